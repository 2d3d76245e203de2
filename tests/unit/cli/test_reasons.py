import errno
import os

import pytest

from suanli.cli.reasons import _KEYS, file_trouble
from suanli.language import entries


@pytest.mark.parametrize("number", sorted(_KEYS))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_reason_is_in_the_language(number, language):
    text = file_trouble(OSError(number, os.strerror(number), "文件"), language)
    assert entries("cli")[f"reason-{_KEYS[number]}"][language] in text
    assert "文件" in text


def test_other_reasons_are_the_systems():
    assert "Bad file descriptor" in file_trouble(OSError(errno.EBADF, "Bad file descriptor"), "zh")
    assert "odd" in file_trouble(OSError("odd"), "en")


def test_output_without_a_name():
    text = file_trouble(OSError(errno.ENOSPC, "No space left on device"), "zh")
    assert text.startswith("无法读写 标准输出：磁盘空间不足。")

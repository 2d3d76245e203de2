import errno
import io
import sys

import pytest

from suanli.cli.reasons import file_trouble


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "磁盘空间不足"), ("en", "the disk is full")]
)
def test_reason_is_in_the_language(language, words):
    text = file_trouble(OSError(errno.ENOSPC, "No space left on device", "文件"), language)
    assert words in text
    assert "文件" in text


class Full(io.StringIO):
    def flush(self):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_output_that_is_stuck_is_named(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Full())
    text = file_trouble(OSError(errno.ENOSPC, "No space left on device"), "zh")
    assert text.startswith("无法读写 标准输出：磁盘空间不足。")


def test_output_is_not_blamed_for_what_has_no_name():
    text = file_trouble(OSError(errno.EIO, "Input/output error"), "zh")
    assert text.startswith("无法读写 文件或标准输出：设备读写出错。")

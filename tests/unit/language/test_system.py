import errno
import os
import socket

import pytest

from suanli.language import entries, system_reason
from suanli.language.system import _KEYS


@pytest.mark.parametrize("number", sorted(_KEYS))
def test_reasons_are_the_catalogues(number):
    reason = system_reason(OSError(number, os.strerror(number)))
    entry = entries("system")[_KEYS[number]]
    assert (reason.zh, reason.en) == (entry["zh"], entry["en"])


def test_other_reasons_are_quoted():
    reason = system_reason(OSError(errno.EBADF, "Bad file descriptor"))
    assert (reason.zh, reason.en) == ("系统提示原文：Bad file descriptor", "Bad file descriptor")
    assert system_reason(OSError("odd")).en == "odd"
    assert system_reason(OSError()).en == "OSError"


def test_reasons_without_a_number_of_their_own():
    assert system_reason(socket.gaierror(-2, "Name or service not known")).zh == "找不到该主机"
    assert system_reason(TimeoutError("timed out")).zh == "等待超时"
    assert system_reason(RuntimeError("Symlink loop from 'a'")).zh == "符号链接循环"

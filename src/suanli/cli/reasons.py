"""What the system refused to read or write, and why, in the program's language."""

import sys

from suanli.language import Language, say, system_reason


def file_trouble(error: OSError, language: Language) -> str:
    """Return which file could not be read or written, and why.

    >>> file_trouble(PermissionError(13, "Permission denied", "a.csv"), "zh")
    '无法读写 a.csv：没有权限。请检查路径、权限和磁盘空间后重试。'
    """
    name = error.filename or say("cli", _output(), language)
    reason = system_reason(error).said(language)
    return say("cli", "file-trouble", language, name=name, reason=reason)


def _output() -> str:
    """Return what to call that which failed without a name: standard output, if what was written to it is stuck."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        return "output-lost"
    return "output-unnamed"

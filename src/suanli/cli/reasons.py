"""Why the system refused to read or write, in the program's language."""

import errno
from collections.abc import Mapping
from types import MappingProxyType

from suanli.language import Language, say

_KEYS: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOENT: "missing",
        errno.EACCES: "denied",
        errno.EPERM: "denied",
        errno.EEXIST: "exists",
        errno.ENOTEMPTY: "exists",
        errno.EISDIR: "folder",
        errno.ENOTDIR: "not-folder",
        errno.ENOSPC: "full",
        errno.EDQUOT: "full",
        errno.EROFS: "read-only",
        errno.ENAMETOOLONG: "name",
        errno.ELOOP: "loop",
    }
)


def file_trouble(error: OSError, language: Language) -> str:
    """Return which file could not be read or written, and why; the system's own words where it has no others.

    >>> file_trouble(PermissionError(13, "Permission denied", "a.csv"), "zh")
    '无法读写 a.csv：没有权限。请检查路径、权限和磁盘空间后重试。'
    """
    key = _KEYS.get(error.errno or 0)
    reason = say("cli", f"reason-{key}", language) if key else error.strerror or str(error)
    name = error.filename or say("cli", "output-lost", language)
    return say("cli", "file-trouble", language, name=name, reason=reason)

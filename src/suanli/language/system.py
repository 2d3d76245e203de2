"""Why the system refused to read, write or connect, in both languages."""

import errno
import socket
from collections.abc import Mapping
from types import MappingProxyType

from suanli.language.catalogue import pair
from suanli.language.text import Text

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
        errno.EMFILE: "open-files",
        errno.ENFILE: "open-files",
        errno.EIO: "device",
        errno.ECONNREFUSED: "refused",
        errno.ETIMEDOUT: "time",
        errno.EHOSTUNREACH: "unreachable",
        errno.ENETUNREACH: "unreachable",
    }
)


def system_reason(error: OSError | RuntimeError) -> Text:
    """Return why the system refused; its own words, marked as such, where the catalogue has no others.

    A `RuntimeError` is what paths say of links that go in a circle.

    >>> system_reason(PermissionError(13, "Permission denied")).zh
    '没有权限'
    """
    key = _key(error)
    if key is not None:
        return pair("system", key)
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return pair("system", "own", words=words)


def _key(error: OSError | RuntimeError) -> str | None:
    if isinstance(error, socket.gaierror):
        return "host"
    if isinstance(error, TimeoutError):
        return "time"
    if isinstance(error, OSError):
        return _KEYS.get(error.errno or 0)
    return "loop"

"""Bytes of a saved folder's files, read with suspicion: ordinary files only, of bounded size, under fixed names."""

import hashlib
import stat
from pathlib import Path

from suanli.language import system_reason
from suanli.problems import Place, Problem, ResultError, Severity

MANIFEST = "result.json"

_MIB = 1 << 20
_LIMITS = {".json": 64 * _MIB, ".yaml": 8 * _MIB}
_LARGEST = 2048 * _MIB


def file_bytes(folder: Path, name: str, problems: str = "result") -> bytes:
    """Return the bytes of one file of a saved folder; `problems` begins the codes of what is wrong with it.

    Raises
    ------
    ResultError
        If the file is missing, is not an ordinary file, or is larger than any such file can be.
    """
    path = folder / name
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise file_error(f"{problems}-file-missing", name)
        limit = _LIMITS.get(path.suffix, _LARGEST)
        if status.st_size > limit:
            code = f"{problems}-file-too-large"
            raise file_error(code, name, f"{status.st_size:,} B", f"{limit:,} B")
        return path.read_bytes()
    except FileNotFoundError as missing:
        raise file_error(f"{problems}-file-missing", name) from missing
    except OSError as refused:
        code, details = f"{problems}-file-unreadable", {"reason": system_reason(refused)}
        problem = Problem(code, Severity.ERROR, Place(file=name), details=details)
        raise ResultError([problem]) from refused


def digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes, in hexadecimal.

    >>> digest(b"")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(data).hexdigest()


def file_error(code: str, name: str, found: str = "", expected: str = "") -> ResultError:
    """Return the error about one file of a saved folder, to be raised."""
    place = Place(file=name)
    return ResultError([Problem(code, Severity.ERROR, place, found=found, expected=expected)])

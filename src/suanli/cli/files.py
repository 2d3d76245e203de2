"""Files that commands are given and write."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

_MANIFEST = "result.json"
_RESULT = "result"


def result_folder(given: str) -> Path:
    """Return the result folder that is meant: the one given, or the result inside the study folder given."""
    folder = Path(given)
    inside = folder / _RESULT
    if not (folder / _MANIFEST).exists() and (inside / _MANIFEST).exists():
        return inside
    return folder


def default_result(study: str) -> Path:
    """Return the folder a study's result is saved in unless another is named."""
    return Path(study) / _RESULT


def write_new(path: str, text: str) -> None:
    """Write a text file that did not exist, from a file beside it; one with the same content is left as it is.

    Raises
    ------
    OSError
        If there is a file with other content, which is not touched, or the file cannot be written, of which nothing is
        left behind.
    """
    target, data = Path(path), text.encode("utf-8")
    if target.is_file() and target.read_bytes() == data:
        return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
    beside = target.parent / f".{target.name}.{token_hex(4)}.writing"
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _renamed_new(beside, target)
    except OSError as error:
        # a full disk has no name, and the file beside is not the one that was asked for
        raise OSError(error.errno, error.strerror, path) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _renamed_new(beside: Path, target: Path) -> None:
    """Give a file its name unless the name was taken meanwhile."""
    try:
        target.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:
        # file systems without second names for a file
        if os.path.lexists(target):
            raise
        beside.rename(target)

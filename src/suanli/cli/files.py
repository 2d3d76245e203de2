"""Files that commands are given and write."""

from contextlib import suppress
from pathlib import Path

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
    """Write a text file that did not exist; one that exists with the same content is left as it is.

    Raises
    ------
    OSError
        If there is a file with other content, which is not touched, or the file cannot be written, of which nothing is
        left behind.
    """
    target, data = Path(path), text.encode("utf-8")
    try:
        file = target.open("xb")
    except FileExistsError:
        if target.is_file() and target.read_bytes() == data:
            return
        raise
    try:
        with file:
            file.write(data)
    except OSError:
        with suppress(OSError):
            target.unlink()
        raise

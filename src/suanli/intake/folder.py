"""The study's folder as the only place its files may come from: contained, regular, of bounded size, hashed."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from suanli.language import system_reason
from suanli.problems import Place, Problem, Severity

STUDY_FILE = "study.yaml"
"""The file that makes a folder a study."""
MAX_TEXT_BYTES = 10_000_000
"""Largest study.yaml, framework, regions or weights file."""
MAX_DATA_BYTES = 150_000_000
"""Largest data file: CSV, TSV, Parquet or Excel."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that a study was read from: its path inside the folder, its SHA-256 and its size in bytes."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of one file, read once: what is hashed is what is parsed."""

    file: InputFile
    content: bytes


def file_content(folder: Path, path: str, *, limit: int) -> FileContent | Problem:
    """Return the bytes of a file inside a folder, or the problem that forbids reading it.

    Refused are absolute paths, `..`, links that lead outside the folder, whatever is not a regular file, and files of
    more than `limit` bytes.
    """
    found = _contained(folder, path)
    if isinstance(found, Problem):
        return found
    try:
        size = found.stat().st_size
        if size > limit:
            return refused("file-too-large", path, limit=limit // 1_000_000)
        with found.open("rb") as stream:
            # one byte more than it should have: a file that grows meanwhile is not read on
            content = stream.read(size + 1)
    except OSError as trouble:
        return refused("file-unreadable", path, reason=system_reason(trouble))
    if len(content) > size:
        return refused("file-changing", path)
    if not content.strip():
        return refused("file-empty", path)
    digest = hashlib.sha256(content).hexdigest()
    return FileContent(InputFile(PurePosixPath(path).as_posix(), digest, len(content)), content)


def check_file(folder: Path, path: str) -> Problem | None:
    """Return the problem that forbids reading a file inside a folder before it is even opened, if there is one."""
    found = _contained(folder, path)
    return found if isinstance(found, Problem) else None


def contained(folder: Path, path: str) -> Path | Problem:
    """Return where a file or a folder inside a folder is, links followed, or the problem that forbids reading it.

    Refused are absolute paths, `..` and links that lead outside the folder.
    """
    if leads_out(path):
        return refused("path-outside", path)
    try:
        root = folder.resolve(strict=True)
        target = (root / path).resolve(strict=True)
    except FileNotFoundError:
        return refused("file-not-found", path, folder=_names_beside(folder, path))
    except (OSError, RuntimeError) as trouble:
        return refused("file-unreadable", path, reason=system_reason(trouble))
    return target if target.is_relative_to(root) else refused("link-outside", path)


def _contained(folder: Path, path: str) -> Path | Problem:
    target = contained(folder, path)
    if isinstance(target, Path) and not target.is_file():
        return refused("file-not-regular", path)
    return target


def leads_out(path: str) -> bool:
    """Return whether a path is not written as one inside a folder: absolute, empty, or with `..` in it."""
    windows = PureWindowsPath(path)
    return (
        not path.strip()
        or "\0" in path
        or path.startswith(("/", "~"))
        or bool(windows.drive or windows.root)
        or ".." in windows.parts
    )


def _names_beside(folder: Path, path: str) -> str:
    beside = (folder / path).parent
    if not beside.is_dir():
        return "–"
    names = sorted(entry.name for entry in beside.iterdir() if entry.is_file())
    return ", ".join(names[:10]) or "–"


def refused(code: str, path: str, **details: object) -> Problem:
    """Return the error of a file that is not read."""
    return Problem(
        code, Severity.ERROR, Place(file=shown(path)), found=shown(path), details=details
    )


def shown(text: str, limit: int = 60) -> str:
    r"""Return text from a file as it may be repeated to a person: cut to `limit`, control characters made visible.

    >>> print(shown("a\x1b[31mb"))
    a\x1b[31mb
    """
    visible = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text[: limit + 1]
    )
    return visible if len(visible) <= limit else f"{visible[: limit - 1]}…"

"""A new folder with its files, written whole or not at all."""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from suanli.language import system_reason
from suanli.problems import Place, Problem, Severity, StudyError


@contextmanager
def unfinished_folder(target: Path) -> Iterator[Path]:
    """Yield a hidden folder beside the target, which gets the target's name at the end or is removed before it.

    Raises
    ------
    StudyError
        If writing fails, or the target was filled meanwhile; nothing is left behind.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.parent / f".{target.name}.{secrets.token_hex(6)}"
        unfinished.mkdir()
        try:
            yield unfinished
            if target.exists():
                target.rmdir()  # Windows renames onto nothing, not even an empty folder
            os.replace(unfinished, target)  # noqa: PTH105 - refuses a folder that was filled meanwhile
        finally:
            if unfinished.exists():
                shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as trouble:
        raise StudyError([_not_written(target, trouble)]) from trouble


def write_folder(target: Path, files: Mapping[str, bytes], *, inside: Sequence[str] = ()) -> None:
    """Write a folder with files, by their paths in it, and the folders `inside` it; whole or not at all.

    Raises
    ------
    StudyError
        If writing fails; nothing is left behind.
    """
    with unfinished_folder(target) as unfinished:
        for name in inside:
            (unfinished / name).mkdir()
        for name, content in files.items():
            (unfinished / name).write_bytes(content)


def check_free(folder: Path) -> list[Problem]:
    """Return an error unless the folder is absent or empty."""
    try:
        taken = folder.is_symlink() or (folder.exists() and not _is_empty_folder(folder))
    except OSError as trouble:
        return [_not_written(folder, trouble)]
    if not taken:
        return []
    place = Place(file=folder.name)
    return [Problem("template-folder-taken", Severity.ERROR, place, found=folder.name)]


def _is_empty_folder(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _not_written(folder: Path, trouble: OSError) -> Problem:
    return Problem(
        "folder-not-written",
        Severity.ERROR,
        Place(file=folder.name),
        found=folder.name,
        details={"reason": system_reason(trouble)},
    )

"""A folder of files is replaced as a whole: written beside the old one, then swapped by renaming.

Beside a folder `NAME` there may be, for the time of a save, `.NAME.writing` (not finished, never read) and
`.NAME.previous` (the former result). A program that is killed leaves the former result where it was, or under
`.NAME.previous`, from where the next load or save brings it back.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from suanli.problems import Place, Problem, ResultError, Severity
from suanli.result.manifest import FORMAT
from suanli.result.reading import MANIFEST, file_bytes

FILES: tuple[str, ...] = (
    MANIFEST,
    "framework.yaml",
    "indicators.csv",
    "normalised.csv",
    "weights.csv",
    "experts.csv",
    "weightings.csv",
    "scores.csv",
    "contributions.csv",
    "changes.csv",
    "problems.csv",
    "result.xlsx",
)
"""Every file of a result folder."""

Loaded = TypeVar("Loaded")

_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class FolderKind:
    """What a folder that the program may replace looks like.

    `files` are all that it can hold, `manifest` the one by which it is known, which `is_manifest` recognises from its
    bytes. `problems` begins the codes of its problems: `<problems>-folder-foreign` and so on.
    """

    problems: str
    manifest: str
    files: tuple[str, ...]
    is_manifest: Callable[[bytes], bool]

    @property
    def litter(self) -> tuple[str, ...]:
        """Files that other programs leave in folders, and those of a workbook that is open."""
        books = [name for name in self.files if name.endswith(".xlsx")]
        return (*_LITTER, *(f"~${name}" for name in books), *(f".~lock.{name}#" for name in books))


RESULT = FolderKind(FORMAT.problems, MANIFEST, FILES, FORMAT.is_in)
"""The folder of a study's result."""


def replace_folder(folder: Path, files: Mapping[str, bytes], kind: FolderKind = RESULT) -> None:
    """Make `folder` hold exactly `files`, all or nothing.

    Raises
    ------
    ResultError
        If the folder exists and is not of this kind, holds files that are not of its kind, or cannot be written. What
        was there before is then as it was.
    """
    given, folder = folder, folder.resolve()
    writing, previous = _beside(folder, "writing"), _beside(folder, "previous")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _locked(folder.parent):
            _recover(folder)
            _refuse_foreign(folder, given, kind)
            shutil.rmtree(writing, ignore_errors=True)
            try:
                _write(writing, files)
                _swap(folder, writing, previous)
            finally:
                shutil.rmtree(writing, ignore_errors=True)
            shutil.rmtree(previous, ignore_errors=True)
    except OSError as failed:
        reason = str(failed.strerror or failed)
        raise _refusal(f"{kind.problems}-not-written", given, reason) from failed


def recovered(folder: Path, kind: FolderKind = RESULT) -> Path:
    """Return the folder to read, after bringing back a former result that a killed save left aside.

    Raises
    ------
    ResultError
        If the former result is there but cannot be renamed.
    """
    given, folder = folder, folder.resolve()
    if not folder.exists() and _beside(folder, "previous").exists():
        try:
            with _locked(folder.parent):
                _recover(folder)
        except OSError as failed:
            code = f"{kind.problems}-not-recovered"
            raise _refusal(code, given, str(failed.strerror)) from failed
    return folder


def retried(
    folder: Path | str, load: Callable[[Path], Loaded], kind: FolderKind = RESULT
) -> Loaded:
    """Return what `load` reads from a folder, once more if a save put another folder in its place meanwhile.

    A former result that a killed save left aside is brought back first.

    Raises
    ------
    ResultError
        As `load` and `recovered`.
    """
    path = Path(folder)
    before = folder_identity(recovered(path, kind))
    try:
        return load(path.resolve())
    except ResultError:
        if folder_identity(recovered(path, kind)) == before:
            raise
    return load(path.resolve())


def folder_identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another that takes its place; None if there is no folder."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _recover(folder: Path) -> None:
    """Undo or finish what a killed save left: the former result returns, or goes if the new one is in place."""
    previous = _beside(folder, "previous")
    if not previous.exists():
        return
    if folder.exists():
        shutil.rmtree(previous, ignore_errors=True)
    else:
        previous.rename(folder)


def _write(writing: Path, files: Mapping[str, bytes]) -> None:
    writing.mkdir()
    for name, data in files.items():
        with (writing / name).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    _sync_folder(writing)


def _swap(folder: Path, writing: Path, previous: Path) -> None:
    had_one = folder.exists()
    if had_one:
        folder.rename(previous)
    try:
        writing.rename(folder)
    except OSError:
        if had_one:
            previous.rename(folder)
        raise
    _sync_folder(folder.parent)


def _refuse_foreign(folder: Path, given: Path, kind: FolderKind) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise _refusal(f"{kind.problems}-folder-foreign", given, folder.name)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name not in kind.litter)
    if not names:
        return
    if kind.manifest not in names or not kind.is_manifest(file_bytes(folder, kind.manifest)):
        raise _refusal(f"{kind.problems}-folder-foreign", given, _listed(names))
    others = [name for name in names if name not in kind.files]
    if others:
        raise _refusal(f"{kind.problems}-folder-other-files", given, _listed(others))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" … ({len(names)})" if len(names) > 8 else "")


def _beside(folder: Path, role: str) -> Path:
    return folder.parent / f".{folder.name}.{role}"


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; there the rename itself is journalled.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _locked(parent: Path) -> Iterator[None]:
    """Hold the parent folder, so that two saves or recoveries beside each other take turns (POSIX only)."""
    if os.name != "posix":
        yield
        return
    import fcntl

    descriptor = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _refusal(code: str, folder: Path, found: str) -> ResultError:
    return ResultError([Problem(code, Severity.ERROR, Place(file=str(folder)), found=found)])

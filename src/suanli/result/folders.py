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

from suanli.language import system_reason
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
    "measures.csv",
    "region_pairs.csv",
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
        If the folder exists and is not of this kind, holds files that are not of its kind, or cannot be written; or
        something that is not of this kind has the name under which a save sets files aside. What was there before is
        then as it was.
    """
    given, folder = folder, folder.resolve()
    writing, previous = _beside(folder, "writing"), _beside(folder, "previous")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _locked(folder.parent):
            _refuse_beside(folder, given, kind)
            _recover(folder, kind)
            _refuse_foreign(folder, given, kind)
            _remove(writing, kind)
            try:
                _write(writing, _manifest_first(files, kind))
                _swap(folder, writing, previous)
            finally:
                _remove(writing, kind)
            _remove(previous, kind)
    except OSError as failed:
        raise _failure(f"{kind.problems}-not-written", given, failed) from failed


def recovered(folder: Path, kind: FolderKind = RESULT) -> Path:
    """Return the folder to read, after bringing back a former result that a killed save left aside.

    Raises
    ------
    ResultError
        If the former result is there but cannot be renamed.
    """
    given, folder = folder, folder.resolve()
    previous = _beside(folder, "previous")
    if not folder.exists() and previous.exists() and _is_own(previous, kind):
        try:
            with _locked(folder.parent):
                _recover(folder, kind)
        except OSError as failed:
            raise _failure(f"{kind.problems}-not-recovered", given, failed) from failed
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


def _recover(folder: Path, kind: FolderKind) -> None:
    """Undo or finish what a killed save left: the former result returns, or goes if the new one is in place."""
    previous = _beside(folder, "previous")
    if not previous.exists():
        return
    if folder.exists():
        _remove(previous, kind)
    else:
        previous.rename(folder)


def _remove(folder: Path, kind: FolderKind) -> None:
    """Delete a folder, its manifest last, so that whatever a killed save leaves of it can still be told as ours."""
    if folder.is_dir():
        for entry in folder.iterdir():
            if entry.name != kind.manifest:
                entry.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _manifest_first(files: Mapping[str, bytes], kind: FolderKind) -> dict[str, bytes]:
    return dict(sorted(files.items(), key=lambda each: each[0] != kind.manifest))


def _refuse_beside(folder: Path, given: Path, kind: FolderKind) -> None:
    """Refuse to save where the names that a save sets files aside under belong to somebody else."""
    for role in ("previous", "writing"):
        path = _beside(folder, role)
        if (path.exists() or path.is_symlink()) and not _is_own(path, kind):
            raise _refusal(f"{kind.problems}-beside-foreign", given, path.name)


def _is_own(path: Path, kind: FolderKind) -> bool:
    """Return whether a save made this folder: it is empty, or holds a manifest and nothing but files of the kind."""
    if path.is_symlink() or not path.is_dir():
        return False
    names = {entry.name for entry in path.iterdir() if entry.name not in kind.litter}
    if not names:
        return True
    manifest = path / kind.manifest
    if kind.manifest not in names or not names <= set(kind.files) or not manifest.is_file():
        return False
    # a save that was killed at its first file left it empty
    begun = names == {kind.manifest} and not manifest.stat().st_size
    return begun or kind.is_manifest(file_bytes(path, kind.manifest))


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


def _failure(code: str, folder: Path, failed: OSError) -> ResultError:
    details = {"reason": system_reason(failed)}
    return ResultError([Problem(code, Severity.ERROR, Place(file=str(folder)), details=details)])


def _refusal(code: str, folder: Path, found: str) -> ResultError:
    return ResultError([Problem(code, Severity.ERROR, Place(file=str(folder)), found=found)])

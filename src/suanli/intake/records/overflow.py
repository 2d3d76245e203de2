"""A folder of an engine's own for what does not fit into memory, removed with the engine whatever happens."""

import shutil
import weakref
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import IO

from suanli.intake.folder import shown
from suanli.problems import Problem, Severity

_PREFIX = "suanli-records-"
_HELD = "held"
"""A file that is locked as long as the program runs: a program that is killed cannot remove its folder itself."""


class Overflow:
    """A new folder that only this user may enter; it goes when closed, forgotten, or when the program ends.

    Folders of programs that were killed are removed first.
    """

    def __init__(self) -> None:
        _remove_abandoned(Path(gettempdir()))
        self.path, self._held = _new_folder()
        self._removal = weakref.finalize(self, _remove, self.path, self._held)
        self._copies = 0

    def copy_of(self, path: str) -> Path:
        """Return where a copy of a file may be written; its folders keep their names, which may be values."""
        self._copies += 1
        below = Path(path).relative_to(Path(path).anchor)
        target = self.path / f"copy-{self._copies}" / below
        target.parent.mkdir(parents=True)
        return target

    def close(self) -> None:
        """Remove the folder with all that is in it."""
        self._removal()


def without_room() -> Problem:
    """Return an error: the folder of temporary files has no room for what would be put there."""
    return Problem("records-without-room", Severity.ERROR, found=shown(gettempdir(), 200))


def _new_folder() -> tuple[Path, IO[bytes]]:
    """Return a new folder and its locked file; it has its name once that is locked, or others might remove it."""
    begun = Path(mkdtemp(prefix=f".{_PREFIX}"))
    held = (begun / _HELD).open("wb")
    if not _is_ours(held):
        # a system without locks does not rename a folder in which a file is open either
        return begun, held
    return begun.rename(begun.with_name(begun.name.removeprefix("."))), held


def _remove(folder: Path, held: IO[bytes]) -> None:
    held.close()
    shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned(home: Path) -> None:
    """Remove the folders that no program holds any more; one that another user owns cannot be opened, and stays."""
    for folder in home.glob(f"{_PREFIX}*"):
        with suppress(OSError), (folder / _HELD).open("r+b") as held:
            if _is_ours(held):
                shutil.rmtree(folder, ignore_errors=True)


def _is_ours(held: IO[bytes]) -> bool:
    """Lock a file and tell whether nobody else has; never where the system has no locks."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

"""A folder of an engine's own for what does not fit into memory, removed with the engine whatever happens."""

import shutil
import weakref
from pathlib import Path
from tempfile import mkdtemp


class Overflow:
    """A new folder that only this user may enter; it goes when closed, forgotten, or when the program ends."""

    def __init__(self) -> None:
        self.path = Path(mkdtemp(prefix="suanli-records-"))
        self._removal = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
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

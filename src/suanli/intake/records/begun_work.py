"""Work of an engine in a thread of its own: an interrupt of the user ends it."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import polars as pl

T = TypeVar("T")
_LISTENING = 0.1
"""Seconds between two looks at whether the user interrupts."""


@dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """What a thread computes.

    Attributes
    ----------
    future
        What comes of it.
    stop
        Ends it if it is under way, and does nothing if it is not yet.
    """

    future: Future[T]
    stop: Callable[[], object]

    def awaited(self) -> T:
        """Return what comes of it; an interrupt of the user ends it."""
        try:
            while not wait([self.future], timeout=_LISTENING).done:
                pass
        except BaseException:
            self.end()
            raise
        return self.future.result()

    def end(self) -> None:
        """End it, if it is not done."""
        while not self.future.done():
            self.stop()
            wait([self.future], timeout=_LISTENING)


@dataclass(frozen=True, slots=True)
class Arriving:
    """Rows that another engine computes.

    Attributes
    ----------
    shape
        A frame of the same columns and kinds, without rows.
    rows
        Their computation.
    """

    shape: "pl.DataFrame"
    rows: Work["pl.DataFrame"]

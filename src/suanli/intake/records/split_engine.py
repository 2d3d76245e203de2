"""Records on two engines: what grows with time on one that spreads it over many machines, all the rest beside Python.

Readings, registers and probes are many because there is a row for every hour or minute; every other table has a few
rows for each centre and year. Spreading those costs more than computing them: hundreds of small plans, each of which
is analysed, compiled and sent out before a row counts.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

import narwhals as nw
import polars as pl

from suanli.intake.records.begun_work import Arriving
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.engine import Engine, Frame, TableFiles

NEAR_BYTES = 1 << 30
"""How large the files of the near tables may be together; beyond, one machine would be slow at them."""


class FarEngine(Engine, Protocol):
    """An engine that computes while others are asked."""

    def arriving(self, frame: Frame) -> Arriving:
        """Return a frame's rows while they are computed."""


class SplitEngine:
    """Records whose large tables are on one engine, `far`, and everything else on DuckDB, `near`.

    What is staged of a far table, a row for each meter and year or each pair of centres, is brought over and stays
    near. Far frames are therefore staged before they are joined with others.

    Parameters
    ----------
    far
        Reads the tables that the schema calls large, and computes on them until what is left is staged.
    near
        Reads all other tables, and computes everything else.
    """

    def __init__(self, far: FarEngine, near: DuckDBEngine) -> None:
        self._far = far
        self._near = near
        self.name = far.name

    def scan(self, table: TableFiles) -> Frame:
        """Return a table with exactly the schema's columns and kinds."""
        return self._reader(table).scan(table)

    def between(self, table: TableFiles, first: datetime, end: datetime) -> "Frame | None":
        """Return the rows of a table whose `time` lies in a span, or None if the table's engine reads all as fast."""
        return self._reader(table).between(table, first, end)

    def misread(self, table: TableFiles) -> Sequence[tuple[str, int, tuple[str, ...]]]:
        """Return columns with texts that are not of their kind: name, how many, and some of their rows."""
        return self._reader(table).misread(table)

    def frame(self, frame: pl.DataFrame) -> Frame:
        """Return a small frame as a table of the near engine."""
        return self._near.frame(frame)

    def staged(self, frame: Frame) -> Frame:
        """Return the frame computed once and kept in the near engine."""
        if self._is_near(frame):
            return self._near.staged(frame)
        return self._near.frame(self._far.collected(frame))

    def kept(self, frame: Frame) -> Frame:
        """Return a small table that is read once, however often it is asked for."""
        return self.staged(frame)

    def stacked(self, frames: Iterable[Frame]) -> Frame:
        """Return frames of the same columns as one, each computed once, the far ones in one query, and kept near."""
        near, far = self._apart(frames)
        if far:
            near.append(self.staged(nw.concat(far, how="vertical")))
        return self._near.stacked(near)

    def begun(self, frames: Iterable[Frame]) -> Frame:
        """Start to compute what `stacked` returns: what rests on it waits for the far frames."""
        near, far = self._apart(frames)
        if not far:
            return self._near.begun(near)
        rows = self._near.awaiting(self._far.arriving(nw.concat(far, how="vertical")))
        return nw.concat([rows, self._near.stacked(near)], how="vertical") if near else rows

    def collected(self, frame: Frame) -> pl.DataFrame:
        """Return a frame's rows."""
        return (self._near if self._is_near(frame) else self._far).collected(frame)

    def close(self) -> None:
        """Give back everything both engines hold."""
        try:
            self._far.close()
        finally:
            self._near.close()

    def _apart(self, frames: Iterable[Frame]) -> tuple[list[Frame], list[Frame]]:
        """Return near frames, and far ones."""
        near: list[Frame] = []
        far: list[Frame] = []
        for frame in frames:
            (near if self._is_near(frame) else far).append(frame)
        return near, far

    def _reader(self, table: TableFiles) -> Engine:
        return self._far if table.schema.large else self._near

    def _is_near(self, frame: Frame) -> bool:
        return frame.implementation.is_duckdb()

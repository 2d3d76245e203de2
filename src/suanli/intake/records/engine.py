"""What an engine does for records: it reads tables, keeps what is computed once, and hands over what is small."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from suanli.intake.records.schema import TableSchema

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl

Frame: TypeAlias = "nw.LazyFrame[Any]"
"""A table of an engine that is not computed yet."""
CHINA = timedelta(hours=8)
"""How far China's clocks are ahead of UTC."""


@dataclass(frozen=True, slots=True)
class TableFiles:
    """Where a table of records lies: its files, all of one format, and units that are not the schema's by column.

    Attributes
    ----------
    schema
        What the table holds.
    paths
        Its files, absolute.
    form
        Format of all files.
    units
        Unit of a column, where it is not the schema's.
    clock
        How far the moments of the files are ahead of UTC. A moment that states its own offset is put on this clock.
    partitions
        Columns whose value a subfolder gives by its name, `year=2023`; they stand before columns of the same name.
    encodings
        Encoding by path of CSV files that are not in UTF-8.
    """

    schema: TableSchema
    paths: tuple[str, ...]
    form: Literal["parquet", "csv"]
    units: Mapping[str, str]
    clock: timedelta = CHINA
    partitions: tuple[str, ...] = ()
    encodings: Mapping[str, str] = field(default_factory=dict)


class Engine(Protocol):
    """One place where records are computed; frames of one engine join only with each other."""

    name: str

    def scan(self, table: TableFiles) -> Frame:
        """Return a table with exactly the schema's columns and kinds; an absent optional column is null.

        What cannot be read as a column's kind is null; `misread` finds it.
        """

    def between(self, table: TableFiles, first: datetime, end: datetime) -> "Frame | None":
        """Return the rows of a table whose `time`, as the files have it, is not before `first`, and before `end`.

        None where the engine reads all rows as fast as some.
        """

    def misread(self, table: TableFiles) -> "Sequence[tuple[str, int, tuple[str, ...]]]":
        """Return columns with values that are not of their kind: name, how many, and some of their rows."""

    def frame(self, frame: "pl.DataFrame") -> Frame:
        """Return a small frame as a table of the engine."""

    def staged(self, frame: Frame) -> Frame:
        """Return the frame computed once and kept in the engine."""

    def kept(self, frame: Frame) -> Frame:
        """Return a small table that is read once, however often it is asked for."""

    def stacked(self, frames: Iterable[Frame]) -> Frame:
        """Return frames of the same columns as one, each computed once and kept in the engine."""

    def begun(self, frames: Iterable[Frame]) -> Frame:
        """Return frames as `stacked` does; the engine may compute them until something rests on them."""

    def collected(self, frame: Frame) -> "pl.DataFrame":
        """Return a frame's rows."""

    def close(self) -> None:
        """Give back everything the engine holds."""

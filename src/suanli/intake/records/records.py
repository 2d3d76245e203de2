"""The records of a study while they are computed: its tables as lazy frames on one engine."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, TypeAlias

import narwhals as nw
import polars as pl

from suanli.framework.units import converted
from suanli.intake.records.engine import Engine, Frame, TableFiles
from suanli.intake.records.kinds import FRAME_KINDS
from suanli.intake.records.moments import in_years, with_year, year_span
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.outlines import COORDINATES, Outlines
from suanli.intake.records.places import place_of
from suanli.intake.records.schema import table_schemas
from suanli.intake.records.span import Span
from suanli.regions import Regions

__all__ = ["Records", "Span", "Sums"]

Sums: TypeAlias = Callable[[Frame, tuple[str, ...]], Frame]
"""What makes sums of rows by its own keys and by further ones."""


class Records:
    """The tables of a study on one engine, with the region and the period of every row.

    A context manager: leaving it gives back what the engine holds. A table that the study lacks is an empty frame.
    """

    def __init__(
        self,
        engine: Engine,
        tables: Mapping[str, TableFiles],
        span: Span,
        options: CaliberOptions | None = None,
    ) -> None:
        self._engine = engine
        self._tables = tables
        self._span = span
        self._open: dict[str, Frame] = {}
        self._staged: dict[str, Frame] = {}
        self._outlined: dict[str, Frame] = {}
        self._places: Frame | None = None
        self._nowhere: tuple[str, ...] = ()
        self._unplaced: dict[str, tuple[str, ...]] = {}
        self._misread: dict[str, Mapping[str, tuple[int, tuple[str, ...]]]] = {}
        self.options = options or CaliberOptions()

    def __enter__(self) -> "Records":
        """Return the records."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the engine."""
        self._engine.close()

    @property
    def engine(self) -> Engine:
        """The engine that computes."""
        return self._engine

    @property
    def periods(self) -> tuple[str, ...]:
        """The calendar years that are evaluated, as text."""
        return self._span.periods

    @property
    def regions(self) -> Regions:
        """The regions that are evaluated."""
        return self._span.regions

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that the study has."""
        return tuple(self._tables)

    def has(self, table: str) -> bool:
        """Return whether the study has a table."""
        return table in self._tables

    def files(self, table: str) -> TableFiles:
        """Return where a table of the study lies."""
        return self._tables[table]

    def table(self, table: str) -> Frame:
        """Return a table with every column of its schema in the schema's units, and `region`, `year` and `period`.

        `region` is the code of the study's region, or null, where a column names a place. `period` is the calendar year
        as text where there is a year, a day that decides it, or a moment; rows of moments outside the study's periods
        are left out (but those of counters stay, since an amount is a difference), and `time` is local time.
        """
        if table not in self._open:
            frame = self._placed(table, self._in_time(table, self._read(table)))
            large = table_schemas()[table].large
            self._open[table] = frame if large else self._engine.kept(frame)
        return self._open[table]

    def by_year(self, table: str, sums: Sums) -> Iterator[Frame]:
        """Yield sums of a table of moments with their `year`, for all periods: for tables of very many rows.

        Parameters
        ----------
        table
            Name of the table.
        sums
            Makes sums of rows, whose `time` is as the files have it, by its own keys and by the further ones that it is
            given: none where the rows are of one year, `year` where the engine reads all years as fast as one.
        """
        for period in self.periods:
            rows = self._of_year(table, int(period))
            if rows is None:
                yield sums(self._with_year(table), ("year",))
                return
            yield sums(rows, ()).with_columns(nw.lit(int(period), dtype=nw.Int64).alias("year"))

    def staged(self, name: str, frame: Callable[[], Frame]) -> Frame:
        """Return a frame that is computed once inside the engine, whoever asks for it."""
        if name not in self._staged:
            self._staged[name] = self._engine.staged(frame())
        return self._staged[name]

    def stacked(self, name: str, frames: Callable[[], Iterable[Frame]]) -> Frame:
        """Return frames of the same columns as one that is computed once inside the engine."""
        if name not in self._staged:
            self._staged[name] = self._engine.stacked(frames())
        return self._staged[name]

    def begin(self, name: str, frames: Callable[[], Iterable[Frame]]) -> None:
        """Start what `stacked` will be asked for by this name, so that other work is done meanwhile."""
        if name not in self._staged:
            self._staged[name] = self._engine.begun(frames())

    def collected(self, frame: Frame) -> pl.DataFrame:
        """Return a frame's rows."""
        return self._engine.collected(frame)

    def misread(self, table: str) -> Mapping[str, tuple[int, tuple[str, ...]]]:
        """Return, by column, how many values of a table are not of their kind, and some of their rows as they are."""
        if table not in self._misread:
            found = self._engine.misread(self._tables[table])
            self._misread[table] = {column: (count, rows) for column, count, rows in found}
        return self._misread[table]

    def unplaced(self, table: str) -> tuple[str, ...]:
        """Return the places that rows of a table name and that lie in no region of the study, in order."""
        column = table_schemas()[table].place
        if column is None or not self.has(table):
            return ()
        self._place_table()
        if table not in self._unplaced and self._nowhere:
            named = self._engine.scan(self._tables[table]).select(nw.col(column).alias("place"))
            found = set(self.collected(named.unique())["place"])
            self._unplaced[table] = tuple(place for place in self._nowhere if place in found)
        return self._unplaced.get(table, ())

    def outlines(self, table: str) -> Outlines | None:
        """Return the outlines that place rows of a table by their coordinates, if there are any and it has them."""
        names = {column.name for column in table_schemas()[table].columns}
        return self._span.outlines if names.issuperset(COORDINATES) and self.has(table) else None

    def outlined(self, table: str) -> Frame:
        """Return the region (`outlined`, or null) in whose outline each pair of coordinates of a table lies.

        Each pair is looked up once, however many rows have it.

        Raises
        ------
        LookupError
            If no outlines place the table's rows.
        """
        outlines = self.outlines(table)
        if outlines is None:
            message = f"no outlines place {table}"
            raise LookupError(message)
        if table not in self._outlined:
            pairs = self._read(table).select(*COORDINATES).drop_nulls().unique()
            found = self.collected(pairs).sort(*COORDINATES)
            longitudes, latitudes = (found[name].to_numpy() for name in COORDINATES)
            regions = outlines.regions_at(longitudes, latitudes)
            placed = found.with_columns(pl.Series("outlined", regions, pl.String))
            self._outlined[table] = self._engine.frame(placed)
        return self._outlined[table]

    def _read(self, table: str) -> Frame:
        schema = table_schemas()[table]
        if table not in self._tables:
            empty = {column.name: FRAME_KINDS[column.kind] for column in schema.columns}
            return self._engine.frame(pl.DataFrame(schema=empty))
        files = self._tables[table]
        return self._in_units(files, self._engine.scan(files))

    def _of_year(self, table: str, year: int) -> "Frame | None":
        """Return the rows of a year, or None where the engine has no faster way to them than through all rows."""
        if not self.has(table):
            return None
        files = self._tables[table]
        rows = self._engine.between(files, *year_span(year, self._span.ahead))
        return None if rows is None else self._in_units(files, rows)

    def _with_year(self, table: str) -> Frame:
        years = [int(period) for period in self.periods]
        return with_year(self._read(table), years, self._span.ahead)

    def _in_units(self, files: TableFiles, frame: Frame) -> Frame:
        for column, unit in files.units.items():
            amount: Any = nw.col(column)  # units are converted by arithmetic alone
            in_schema = converted(amount, unit, files.schema.column(column).unit)
            frame = frame.with_columns(in_schema.alias(column))
        return frame

    def _in_time(self, table: str, frame: Frame) -> Frame:
        schema = table_schemas()[table]
        names = {column.name for column in schema.columns}
        if "time" in names:
            years = [int(period) for period in self.periods]
            return in_years(frame, years, self._span.ahead, others=schema.cumulative)
        day = next((column.name for column in schema.columns if column.role == "day"), None)
        if day is not None:
            frame = frame.with_columns(nw.col(day).dt.year().cast(nw.Int64).alias("year"))
        elif "year" not in names:
            return frame
        return frame.with_columns(nw.col("year").cast(nw.String).alias("period"))

    def _placed(self, table: str, frame: Frame) -> Frame:
        column = table_schemas()[table].place
        if column is None:
            return frame
        places = self._place_table().select(nw.col("place").alias(column), "region")
        placed = frame.join(places, on=column, how="left")
        if not self.outlines(table):
            return placed
        outlined = (
            nw.when(nw.col(column).is_null()).then(nw.col("outlined")).otherwise(nw.col("region"))
        )
        located = placed.join(self.outlined(table), on=list(COORDINATES), how="left")
        return located.with_columns(outlined.alias("region")).drop("outlined")

    def _place_table(self) -> Frame:
        """Return the region that each spelling in any table names; one query finds the spellings."""
        if self._places is None:
            named = [
                self._engine.scan(files).select(nw.col(column).alias("place"))
                for files in self._tables.values()
                if (column := files.schema.place)
            ]
            spellings: list[str] = []
            if named:
                found = self.collected(self._engine.stacked(named).unique())
                spellings = sorted(found["place"].drop_nulls())
            rows = [(place, place_of(place, self.regions)) for place in spellings]
            self._nowhere = tuple(place for place, region in rows if region is None)
            schema = {"place": pl.String(), "region": pl.String()}
            self._places = self._engine.frame(pl.DataFrame(rows, schema=schema, orient="row"))
        return self._places

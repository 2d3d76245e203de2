"""Records on DuckDB, inside this process: bounded memory, with room on disk for what does not fit."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait

import duckdb
import narwhals as nw
import polars as pl

from suanli.intake.records.casts import DUCKDB, Nature, as_text
from suanli.intake.records.csv_lines import MOST_LINES, csv_reader, torn_lines
from suanli.intake.records.duckdb_paths import path_literal, path_pattern
from suanli.intake.records.duckdb_trouble import told
from suanli.intake.records.engine import Frame, TableFiles
from suanli.intake.records.memory import memory_for_records
from suanli.intake.records.overflow import Overflow
from suanli.intake.records.parts import (
    EXAMPLES,
    Part,
    in_utf8,
    misreadings,
    parts,
    projection,
    together,
)
from suanli.problems import Problem

_LISTENING = 0.1
"""Seconds between two looks at whether the user interrupts."""


class DuckDBEngine:
    """Records on DuckDB.

    No extension is installed or loaded, nothing is fetched, and with `reads` no file is opened but those and the
    engine's own folder of overflow, which is removed when the engine is closed or the program ends.

    Parameters
    ----------
    memory
        How much memory tables and intermediate results may take, as DuckDB writes it (`4GB`); half of what the machine
        allows this process when absent.
    threads
        How many threads compute; all cores when absent.
    reads
        The only files that may be read; any when absent.
    """

    name = "duckdb"

    def __init__(
        self,
        *,
        memory: str | None = None,
        threads: int | None = None,
        reads: Sequence[str] | None = None,
    ) -> None:
        self._overflow = Overflow()
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory or f"{memory_for_records() >> 20}MiB",
            "temp_directory": str(self._overflow.path),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "preserve_insertion_order": False,
        }
        if threads:
            settings["threads"] = threads
        self._connection = duckdb.connect(config=settings)
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute("SET enable_progress_bar = false")
        if reads is not None:
            self._confine(reads)
        self._connection.execute("SET lock_configuration = true")
        self._parts: dict[tuple[str, ...], tuple[Part, ...]] = {}
        self._thread = ThreadPoolExecutor(1)
        self._held = 0

    def scan(self, table: TableFiles) -> Frame:
        """Return a table with exactly the schema's columns and kinds."""
        with told():
            scanned: duckdb.DuckDBPyRelation | None = None
            for part in self._parts_of(table):
                raw = self._relation(table, part)
                columns = projection(table, part, self._natures(part, raw), DUCKDB)
                projected = raw.project(", ".join(columns))
                scanned = projected if scanned is None else scanned.union(projected)
            return nw.from_native(scanned)

    def columns(self, table: TableFiles) -> tuple[str, ...]:
        """Return the names of the columns that the files have."""
        names = [name for part in self._parts_of(table) for name in part.names]
        return tuple(dict.fromkeys((*names, *table.partitions)))

    def misread(self, table: TableFiles) -> Sequence[tuple[str, int, tuple[str, ...]]]:
        """Return columns with texts that are not of their kind: name, how many, and some of the texts."""
        with told():
            return together(
                self._misread(self._relation(table, part), table, part)
                for part in self._parts_of(table)
            )

    def check_lines(self, table: TableFiles) -> list[Problem]:
        """Return an error for each line of a table's CSV files that is not as its heading says, up to a limit.

        Raises
        ------
        StudyError
            If a file cannot be taken apart into lines at all.
        """
        problems: list[Problem] = []
        for part in self._parts_of(table):
            for path in part.paths if part.csv else ():
                problems += torn_lines(self._connection, part, path)
        return problems[:MOST_LINES]

    def frame(self, frame: pl.DataFrame) -> Frame:
        """Return a small frame as a table of the engine."""
        self._held += 1
        path = self._overflow.path / f"frame-{self._held}.parquet"
        frame.write_parquet(path)
        name = f"frame_{self._held}"
        with told():
            self._connection.execute(
                f"CREATE TEMP TABLE {name} AS SELECT * FROM read_parquet({path_literal(str(path))})"  # noqa: S608
            )
        path.unlink()
        return nw.from_native(self._connection.table(name))

    def staged(self, frame: Frame) -> Frame:
        """Return the frame computed once and kept in the engine."""
        self._held += 1
        kept = f"staged_{self._held}"
        with told():
            nw.to_native(frame).create(kept)
        return nw.from_native(self._connection.table(kept))

    def kept(self, frame: Frame) -> Frame:
        """Return a small table that is read once, however often it is asked for."""
        return self.staged(frame)

    def stacked(self, frames: Sequence[Frame]) -> Frame:
        """Return frames of the same columns as one, each computed once and kept in the engine.

        As one query in text: a union of relations is planned anew for each frame that is added to it.
        """
        self._held += 1
        kept = f"staged_{self._held}"
        with told():
            queries = [f"({nw.to_native(frame).sql_query()})" for frame in frames]
            self._connection.execute(f"CREATE TEMP TABLE {kept} AS {' UNION ALL '.join(queries)}")
            return nw.from_native(self._connection.table(kept))

    def collected(self, frame: Frame) -> pl.DataFrame:
        """Return a frame's rows."""
        with told():
            # in a thread of its own: Polars, which draws the rows, would not hear that the user interrupts
            drawn = self._thread.submit(pl.DataFrame, nw.to_native(frame))
            try:
                while not wait([drawn], timeout=_LISTENING).done:
                    pass
            except BaseException:
                # a query that is not yet under way does not hear it either
                while not wait([drawn], timeout=_LISTENING).done:
                    self._connection.interrupt()
                raise
            return drawn.result()

    def close(self) -> None:
        """Give back everything the engine holds."""
        self._thread.shutdown()
        self._connection.close()
        self._overflow.close()

    def _confine(self, reads: Sequence[str]) -> None:
        # what is read is named as a pattern, and what the pattern stands for is looked up too
        named = [spelling for path in reads for spelling in (path, path_pattern(path))]
        paths = ", ".join(DUCKDB.literal(path) for path in dict.fromkeys(named))
        own = DUCKDB.literal(str(self._overflow.path))
        self._connection.execute(f"SET allowed_paths = [{paths}]")
        self._connection.execute(f"SET allowed_directories = [{own}]")
        self._connection.execute("SET enable_external_access = false")

    def _parts_of(self, table: TableFiles) -> tuple[Part, ...]:
        if table.paths not in self._parts:
            self._parts[table.paths] = tuple(in_utf8(part, self._overflow) for part in parts(table))
        return self._parts[table.paths]

    def _relation(self, table: TableFiles, part: Part) -> duckdb.DuckDBPyRelation:
        paths = "[" + ", ".join(path_literal(path) for path in part.paths) + "]"
        files = "true" if table.partitions else "false"
        if part.csv is None:
            reader = (
                f"read_parquet({paths}, binary_as_string = true, hive_partitioning = false,"
                f" filename = {files})"
            )
        else:
            reader = csv_reader(paths, part, f", filename = {files}")
        return self._connection.sql(f"SELECT * FROM {reader}")  # noqa: S608

    def _natures(self, part: Part, relation: duckdb.DuckDBPyRelation) -> Mapping[str, Nature]:
        """Return what the columns of a part hold.

        Moments of 96 bits, as Hive and older Spark write them, are instants, which their type does not say.
        """
        kinds = zip(relation.columns, relation.types, strict=True)
        natures = {name: DUCKDB.nature(str(kind)) for name, kind in kinds}
        if part.csv is None and "moment" in natures.values():
            paths = ", ".join(path_literal(path) for path in part.paths)
            query = f"SELECT DISTINCT name FROM parquet_schema([{paths}]) WHERE type = 'INT96'"  # noqa: S608
            found = self._connection.execute(query).fetchall()
            natures |= {name: "instant" for (name,) in found}
        return natures

    def _misread(
        self, raw: duckdb.DuckDBPyRelation, table: TableFiles, part: Part
    ) -> Mapping[str, tuple[int, tuple[str, ...]]]:
        wrong = misreadings(table, part, self._natures(part, raw), DUCKDB)
        if not wrong:
            return {}
        conditions = [condition for _, condition in wrong.values()]
        counted = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions)
        counts = raw.aggregate(counted).fetchone() or ()
        found = {}
        for (name, (column, condition)), count in zip(wrong.items(), counts, strict=True):
            if count:
                some = raw.filter(condition).project(f"{as_text(column, DUCKDB)} AS said")
                texts = some.distinct().order("said").limit(EXAMPLES).fetchall()
                found[name] = (int(count), tuple(text for (text,) in texts))
        return found

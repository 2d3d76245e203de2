"""Records on DuckDB, inside this process: bounded memory, with room on disk for what does not fit."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import chain

import duckdb
import narwhals as nw
import polars as pl

from suanli.intake.records.begun_work import Arriving, Work
from suanli.intake.records.casts import DUCKDB
from suanli.intake.records.csv_lines import MOST_LINES, torn_lines
from suanli.intake.records.duckdb_files import DuckDBFiles
from suanli.intake.records.duckdb_paths import path_literal, path_pattern
from suanli.intake.records.duckdb_trouble import told
from suanli.intake.records.engine import Frame, TableFiles
from suanli.intake.records.memory import memory_for_records
from suanli.intake.records.overflow import Overflow
from suanli.problems import Problem


class DuckDBEngine:
    """Records on DuckDB.

    No extension is installed or loaded, nothing is fetched, and with `reads` no file is opened but those and the
    engine's own folder of overflow, which is removed when the engine is closed or the program ends.

    Parameters
    ----------
    memory
        How much memory tables and intermediate results may take, as DuckDB writes it (`4GB`); what
        `memory_for_records` says when absent.
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
            # a database in memory has nowhere to write to, but would be gone through as if it had
            "checkpoint_threshold": "1TB",
        }
        if threads:
            settings["threads"] = threads
        self._connection = duckdb.connect(config=settings)
        # what was begun is computed beside what is asked for
        self._beside = self._connection.cursor()
        for connection in (self._connection, self._beside):
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = false")
        if reads is not None:
            self._confine(reads)
        self._connection.execute("SET lock_configuration = true")
        self._files = DuckDBFiles(self._connection, self._overflow)
        self._thread = ThreadPoolExecutor(1)
        self._thread_beside = ThreadPoolExecutor(1)
        self._begun: dict[str, list[Work[duckdb.DuckDBPyConnection]]] = {}
        self._arriving: dict[str, Work[pl.DataFrame]] = {}
        self._held = 0

    def scan(self, table: TableFiles) -> Frame:
        """Return a table with exactly the schema's columns and kinds."""
        with self._files.told():
            return self._files.read(table)

    def between(self, table: TableFiles, first: datetime, end: datetime) -> Frame:
        """Return the rows of a table whose `time`, as the files have it, is not before `first`, and before `end`."""
        with self._files.told():
            return self._files.between(table, first, end)

    def misread(self, table: TableFiles) -> Sequence[tuple[str, int, tuple[str, ...]]]:
        """Return columns with values that are not of their kind: name, how many, and some of their rows."""
        with self._files.told():
            return self._files.misread(table)

    def check_lines(self, table: TableFiles) -> list[Problem]:
        """Return an error for each line of a table's CSV files that is not as its heading says, up to a limit.

        Raises
        ------
        StudyError
            If a file cannot be taken apart into lines at all.
        """
        problems: list[Problem] = []
        for part in self._files.parts(table):
            for file in part.files() if part.csv else ():
                problems += torn_lines(self._connection, file)
        return problems[:MOST_LINES]

    def frame(self, frame: pl.DataFrame) -> Frame:
        """Return a small frame as a table of the engine."""
        kept = self._name("frame")
        self._put(frame, f"CREATE TABLE {kept} AS FROM")
        return nw.from_native(self._connection.table(kept))

    def staged(self, frame: Frame) -> Frame:
        """Return the frame computed once and kept in the engine."""
        kept = self._name()
        with self._files.told():
            self._await(frame)
            nw.to_native(frame).create(kept)
        return nw.from_native(self._connection.table(kept))

    def kept(self, frame: Frame) -> Frame:
        """Return a small table that is read once, however often it is asked for."""
        return self.staged(frame)

    def stacked(self, frames: Iterable[Frame]) -> Frame:
        """Return frames of the same columns as one, each computed once and kept in the engine."""
        kept = self._name()
        every = tuple(frames)
        with self._files.told():
            self._await(*every)
            # as one text: a union of relations is planned anew for each frame that is added to it
            queries = [f"({nw.to_native(frame).sql_query()})" for frame in every]
            self._connection.execute(f"CREATE TABLE {kept} AS {' UNION ALL '.join(queries)}")
            return nw.from_native(self._connection.table(kept))

    def begun(self, frames: Iterable[Frame]) -> Frame:
        """Start to compute what `stacked` returns, beside what is asked for meanwhile: what rests on it waits for it.

        The first frame is under way while the next is planned.
        """
        kept = self._name("begun")
        with self._files.told():
            for relation in map(nw.to_native, frames):
                if kept not in self._begun:
                    self._make(kept, relation)
                query = f"INSERT INTO {kept} {relation.sql_query()}"
                begun = self._thread_beside.submit(self._beside.execute, query)
                work = Work(begun, self._beside.interrupt)
                self._begun.setdefault(kept, []).append(work)
            return nw.from_native(self._connection.table(kept))

    def awaiting(self, arriving: Arriving) -> Frame:
        """Return rows of another engine as a table: what rests on it waits until they are there."""
        kept = self._name("begun")
        self._put(arriving.shape, f"CREATE TABLE {kept} AS FROM")
        self._arriving[kept] = arriving.rows
        return nw.from_native(self._connection.table(kept))

    def collected(self, frame: Frame) -> pl.DataFrame:
        """Return a frame's rows."""
        with self._files.told():
            self._await(frame)
            # in a thread of its own: Polars, which draws the rows, would not hear that the user interrupts
            drawn = self._thread.submit(pl.DataFrame, nw.to_native(frame))
            return Work(drawn, self._connection.interrupt).awaited()

    def close(self) -> None:
        """Give back everything the engine holds; what was begun and is not asked for ends here."""
        self._thread_beside.shutdown(wait=False, cancel_futures=True)
        for work in chain(*self._begun.values()):
            work.end()
        self._thread.shutdown()
        self._beside.close()
        self._connection.close()
        self._overflow.close()

    def _name(self, kind: str = "staged") -> str:
        """Return the name of a new table."""
        self._held += 1
        return f"{kind}_{self._held}"

    def _await(self, *frames: Frame) -> None:
        """Wait for what was begun and frames rest on."""
        waiting = (*self._begun, *self._arriving)
        texts = [nw.to_native(frame).sql_query() for frame in frames if waiting]
        for kept in [kept for kept in waiting if any(kept in text for text in texts)]:
            for work in self._begun.get(kept, ()):
                work.awaited()
            self._begun.pop(kept, None)
            if kept in self._arriving:
                self._put(self._arriving[kept].awaited(), f"INSERT INTO {kept} FROM")
                del self._arriving[kept]

    def _put(self, frame: pl.DataFrame, into: str) -> None:
        """Put a frame's rows where a statement says that stands before them."""
        path = self._overflow.path / f"{self._name('rows')}.parquet"
        frame.write_parquet(path)
        with told():
            self._connection.execute(f"{into} read_parquet({path_literal(str(path))})")
        path.unlink()

    def _make(self, kept: str, relation: duckdb.DuckDBPyRelation) -> None:
        """Make a table with a relation's columns and kinds; written as text, its numbers may be of other kinds."""
        kinds = zip(relation.columns, relation.types, strict=True)
        columns = ", ".join(f"{DUCKDB.name(name)} {kind}" for name, kind in kinds)
        self._connection.execute(f"CREATE TABLE {kept} ({columns})")

    def _confine(self, reads: Sequence[str]) -> None:
        # what is read is named as a pattern, and what the pattern stands for is looked up too
        named = [spelling for path in reads for spelling in (path, path_pattern(path))]
        paths = ", ".join(DUCKDB.literal(path) for path in dict.fromkeys(named))
        own = DUCKDB.literal(str(self._overflow.path))
        self._connection.execute(f"SET allowed_paths = [{paths}]")
        self._connection.execute(f"SET allowed_directories = [{own}]")
        self._connection.execute("SET enable_external_access = false")

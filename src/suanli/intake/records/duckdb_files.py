"""Files of records as DuckDB reads them: relations with the schema's columns, and what cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import duckdb
import narwhals as nw

from suanli.intake.folder import shown
from suanli.intake.records.casts import DUCKDB, Nature
from suanli.intake.records.csv_lines import csv_reader
from suanli.intake.records.duckdb_paths import path_literal
from suanli.intake.records.duckdb_trouble import told
from suanli.intake.records.engine import Frame, TableFiles
from suanli.intake.records.file_statistics import parts_between
from suanli.intake.records.moments import in_span
from suanli.intake.records.overflow import Overflow
from suanli.intake.records.parts import (
    EXAMPLES,
    Part,
    in_utf8,
    matched,
    misreadings,
    parts,
    projection,
    together,
)
from suanli.problems import Place, Problem, StudyError


class DuckDBFiles:
    """The files of tables on a connection; copies of those that are not in UTF-8 are made once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, overflow: Overflow) -> None:
        self._connection = connection
        self._overflow = overflow
        self._parts: dict[tuple[str, ...], tuple[Part, ...]] = {}
        self._tables: dict[tuple[str, ...], TableFiles] = {}

    def parts(self, table: TableFiles) -> tuple[Part, ...]:
        """Return the files of a table in parts of equal columns."""
        if table.paths not in self._parts:
            self._parts[table.paths] = tuple(in_utf8(part, self._overflow) for part in parts(table))
            self._tables[table.paths] = table
        return self._parts[table.paths]

    def read(self, table: TableFiles) -> Frame:
        """Return a table with exactly the schema's columns and kinds."""
        return nw.concat([self._read(table, part) for part in self.parts(table)], how="vertical")

    def between(self, table: TableFiles, first: datetime, end: datetime) -> Frame:
        """Return the rows of a table whose `time`, as the files have it, is not before `first`, and before `end`.

        Files that say of themselves that all their moments are so, or none, are not looked through for it.
        """
        frames = [
            frame
            for part in self.parts(table)
            for frame in self._between(table, part, (first, end))
        ]
        return nw.concat(frames, how="vertical") if frames else self.read(table).head(0)

    def misread(self, table: TableFiles) -> Sequence[tuple[str, int, tuple[str, ...]]]:
        """Return columns with values that are not of their kind: name, how many, and some of their rows."""
        return together(self._misread(table, part) for part in self.parts(table))

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what DuckDB refuses into problems of the files that it cannot read, if those are the cause."""
        try:
            with told():
                yield
        except StudyError as trouble:
            if trouble.problems[0].code != "records-unreadable":
                raise
            raise StudyError(self._unreadable() or trouble.problems) from trouble

    def _unreadable(self) -> list[Problem]:
        """Return an error for each file that cannot be read to its end, up to a few; DuckDB does not say which."""
        problems: list[Problem] = []
        for table in self._tables.values():
            for file in (file for part in self.parts(table) for file in part.files()):
                try:
                    with told(Place(file=shown(file.called[0]), code=table.schema.name)):
                        # what only counts rows or values is answered without reading them
                        read = self._projected(table, file).aggregate("bit_xor(hash(COLUMNS(*)))")
                        read.fetchall()
                except StudyError as trouble:
                    problems += trouble.problems
                if len(problems) == EXAMPLES:
                    return problems
        return problems

    def _between(
        self, table: TableFiles, part: Part, span: tuple[datetime, datetime]
    ) -> Iterator[Frame]:
        column = matched(part.names, table.schema).get("time", ("",))[0]
        # files of one form hold the same: one of them tells
        first = next(part.files())
        natures = self._natures(first, self._relation(table, first))
        inside: Part | None = None
        others: Part | None = part
        if part.csv is None and natures.get(column) == "moment":
            inside, others = parts_between(self._connection, part, column, span)
        if inside:
            yield self._read(table, inside)
        if others:
            yield in_span(self._read(table, others), *span)

    def _read(self, table: TableFiles, part: Part) -> Frame:
        return nw.from_native(self._projected(table, part))

    def _projected(self, table: TableFiles, part: Part) -> duckdb.DuckDBPyRelation:
        raw = self._relation(table, part)
        columns = projection(table, part, self._natures(part, raw), DUCKDB)
        return raw.project(", ".join(columns))

    def _relation(self, table: TableFiles, part: Part) -> duckdb.DuckDBPyRelation:
        paths = "[" + ", ".join(path_literal(path) for path in part.paths) + "]"
        more = f", filename = {DUCKDB.literal(DUCKDB.file)}" if table.partitions else ""
        if part.csv is None:
            reader = (
                f"read_parquet({paths}, binary_as_string = true, hive_partitioning = false{more})"
            )
        else:
            reader = csv_reader(paths, part, more)
        relation = self._connection.sql(f"SELECT * FROM {reader}")  # noqa: S608
        kinds = zip(relation.columns, relation.types, strict=True)
        uuids = [DUCKDB.name(name) for name, kind in kinds if str(kind) == "UUID"]
        if uuids:
            texts = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in uuids)
            relation = relation.project(f"* REPLACE ({texts})")
        return relation

    def _natures(self, part: Part, relation: duckdb.DuckDBPyRelation) -> Mapping[str, Nature]:
        kinds = zip(relation.columns, relation.types, strict=True)
        return {
            name: "instant" if name in part.instants else DUCKDB.nature(str(kind))
            for name, kind in kinds
        }

    def _misread(self, table: TableFiles, part: Part) -> Mapping[str, tuple[int, tuple[str, ...]]]:
        raw = self._relation(table, part)
        wrong = misreadings(table, part, self._natures(part, raw), DUCKDB)
        if not wrong:
            return {}
        conditions = [condition for _, condition in wrong.values()]
        counted = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions)
        (counts,) = raw.aggregate(counted).fetchall()
        found = {}
        for (name, (row, condition)), count in zip(wrong.items(), counts, strict=True):
            if count:
                some = raw.filter(condition).project(f"{row} AS said")
                rows = some.order("said").limit(EXAMPLES).fetchall()
                found[name] = (int(count), tuple(said for (said,) in rows))
        return found

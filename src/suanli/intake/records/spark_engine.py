"""Records on Spark: on this machine, or on a standalone cluster whose workers see the same files at the same paths."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from suanli.intake.folder import shown
from suanli.intake.records.begun_work import Arriving, Work
from suanli.intake.records.casts import SPARK, Nature
from suanli.intake.records.engine import Frame, TableFiles
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
from suanli.intake.records.spark_session import quiet_warnings, spark_session
from suanli.intake.records.spark_trouble import told
from suanli.problems import Place, Problem, Severity, StudyError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_SPECIAL = re.compile(r"([\\{}\[\]*?,])")
_KINDS: Mapping[str, pl.DataType] = {
    "string": pl.String(),
    "boolean": pl.Boolean(),
    "tinyint": pl.Int8(),
    "smallint": pl.Int16(),
    "int": pl.Int32(),
    "bigint": pl.Int64(),
    "float": pl.Float32(),
    "double": pl.Float64(),
    "date": pl.Date(),
    "timestamp_ntz": pl.Datetime("us"),
    "void": pl.Null(),
}
_TYPES = {
    pl.String(): "STRING",
    pl.Boolean(): "BOOLEAN",
    pl.Int64(): "BIGINT",
    pl.Int32(): "INT",
    pl.Float64(): "DOUBLE",
    pl.Date(): "DATE",
    pl.Datetime("us"): "TIMESTAMP_NTZ",
}


class SparkEngine:
    """Records on Spark; needs the extra `suanli[spark]` and Java 17 or later.

    Parameters
    ----------
    url
        `local[N]`, `local[*]`, or `spark://host:port` of a standalone cluster.
    adaptive
        Whether Spark plans anew after each step, which pays where large tables are joined.

    Raises
    ------
    StudyError
        If Spark cannot be started there, with the reason.
    """

    name = "spark"

    def __init__(self, url: str = "local[2]", *, adaptive: bool = True) -> None:
        self._overflow = Overflow()
        self._local = url.startswith("local")
        try:
            self._session, self._own = spark_session(url, self._overflow.path, adaptive=adaptive)
        except BaseException:
            self._overflow.close()
            raise
        self._threads = ThreadPoolExecutor()
        self._begun: list[Work[pl.DataFrame]] = []
        self._parts: dict[tuple[str, ...], tuple[Part, ...]] = {}
        self._opened: dict[tuple[str, ...], DataFrame] = {}
        self._kept: list[DataFrame] = []

    def scan(self, table: TableFiles) -> Frame:
        """Return a table with exactly the schema's columns and kinds."""
        scanned = None
        with told():
            for part in self._parts_of(table):
                raw = self._raw(part)
                projected = raw.selectExpr(*projection(table, part, _natures(raw), SPARK))
                scanned = projected if scanned is None else scanned.unionAll(projected)
        return _lazy(scanned)

    def between(self, _table: TableFiles, _first: datetime, _end: datetime) -> None:
        """Return None: a plan of its own for each span takes longer than a look at every row."""

    def misread(self, table: TableFiles) -> Sequence[tuple[str, int, tuple[str, ...]]]:
        """Return columns with values that are not of their kind: name, how many, and some of their rows."""
        with told():
            return together(
                _misread(self._raw(part), table, part) for part in self._parts_of(table)
            )

    def frame(self, frame: pl.DataFrame) -> Frame:
        """Return a small frame as a table of the engine.

        It travels as one text inside the query: workers need neither Python nor a folder that all of them see.
        """
        kinds = ", ".join(f"c{place}: {_TYPES[kind]}" for place, kind in enumerate(frame.dtypes))
        names = [f"c{place} AS {SPARK.name(name)}" for place, name in enumerate(frame.columns)]
        plain = frame.with_columns(pl.col(pl.Date, pl.Datetime).cast(pl.String))
        rows = [
            {f"c{place}": value for place, value in enumerate(row) if value is not None}
            for row in plain.iter_rows()
        ]
        query = f"SELECT inline(from_json(:rows, 'ARRAY<STRUCT<{kinds}>>'))"
        with told():
            held = self._session.sql(query, args={"rows": json.dumps(rows, allow_nan=False)})
            return self._held(held.selectExpr(*names))

    def staged(self, frame: Frame) -> Frame:
        """Return the frame computed once and kept in the engine.

        Workers keep it in memory and on their own disks; what a lost worker held is computed again.
        """
        with told():
            return self._held(nw.to_native(frame))

    def kept(self, frame: Frame) -> Frame:
        """Return a small table that is read once, however often it is asked for; the first to ask has it read."""
        with told():
            return self._held(nw.to_native(frame), at_once=False)

    def stacked(self, frames: Iterable[Frame]) -> Frame:
        """Return frames of the same columns as one, computed once, in one job, and kept in the engine.

        In as many partitions as there are cores: a task for every small frame costs more than its rows.
        """
        stacked = nw.to_native(nw.concat(list(frames), how="vertical"))
        with told():
            return self._held(stacked.coalesce(self._session.sparkContext.defaultParallelism))

    def begun(self, frames: Iterable[Frame]) -> Frame:
        """Return frames as `stacked` does, at once."""
        return self.stacked(frames)

    def collected(self, frame: Frame) -> pl.DataFrame:
        """Return a frame's rows."""
        shape, plain = self._handed_over(frame)
        return self._drawn(shape, plain)

    def arriving(self, frame: Frame) -> Arriving:
        """Return a frame's rows while they are computed."""
        shape, plain = self._handed_over(frame)
        group = f"{self._overflow.path.name}-{len(self._begun)}"
        drawn = self._threads.submit(self._drawn_beside, group, shape, plain)
        rows = Work(drawn, partial(self._cancel, group))
        self._begun.append(rows)
        return Arriving(shape, rows)

    def close(self) -> None:
        """Give back everything the engine holds, and stop Spark if it was started for this."""
        for begun in self._begun:
            begun.end()
        self._threads.shutdown()
        for held in self._kept:
            held.unpersist()
        if self._own:
            self._session.stop()
        self._overflow.close()

    def _handed_over(self, frame: Frame) -> tuple[pl.DataFrame, "DataFrame"]:
        """Return the columns of a frame as Polars has them, and the frame in types that Arrow hands over."""
        native = nw.to_native(frame)
        with told():
            kinds = {field.name: field.dataType.simpleString() for field in native.schema.fields}
            plain = {name: _plain(kind) for name, kind in kinds.items()}
            if plain != kinds:
                native = native.selectExpr(
                    *(f"CAST({SPARK.name(n)} AS {k}) AS {SPARK.name(n)}" for n, k in plain.items())
                )
        return pl.DataFrame(schema={name: _KINDS[kind] for name, kind in plain.items()}), native

    def _drawn_beside(self, group: str, shape: pl.DataFrame, plain: "DataFrame") -> pl.DataFrame:
        context = self._session.sparkContext
        with told():
            context.setJobGroup(group, group)
            context.setLocalProperty("spark.scheduler.pool", "begun")
        return self._drawn(shape, plain)

    def _cancel(self, group: str) -> None:
        from py4j.protocol import Py4JError  # type: ignore[import-untyped]

        # a Java that is gone has ended it already
        with suppress(Py4JError, OSError):
            self._session.sparkContext.cancelJobGroup(group)

    def _drawn(self, shape: pl.DataFrame, plain: "DataFrame") -> pl.DataFrame:
        with told():
            drawn = pl.DataFrame(plain.toArrow())
        return drawn.select(pl.col(name).cast(kind) for name, kind in shape.schema.items())

    def _held(self, frame: "DataFrame", *, at_once: bool = True) -> Frame:
        """Return a frame that workers keep, without the plan that it came by: plans on plans outlast the work."""
        from pyspark import StorageLevel

        held = frame.localCheckpoint(eager=at_once, storageLevel=StorageLevel.MEMORY_AND_DISK)
        self._kept.append(held)
        return _lazy(held)

    def _raw(self, part: Part) -> "DataFrame":
        """Return the rows of a part as they are; Spark looks into the files, in a job of its own, only once."""
        if part.paths not in self._opened:
            self._opened[part.paths] = self._read(part)
        return self._opened[part.paths]

    def _read(self, part: Part) -> "DataFrame":
        paths = ["file:" + _SPECIAL.sub(r"\\\1", path) for path in part.paths]
        if part.csv is None:
            return self._session.read.parquet(*paths)
        return self._session.read.csv(
            paths,
            schema=", ".join(f"{name} STRING" for name in part.own_names),
            sep=part.csv.delimiter,
            header=True,
            enforceSchema=True,
            quote='"',
            escape='"',
            multiLine=True,
            mode="FAILFAST",
            maxCharsPerColumn=2_000_000,
        )

    def _parts_of(self, table: TableFiles) -> tuple[Part, ...]:
        if table.paths not in self._parts:
            for path in table.paths:
                self._check_name(path)
            self._parts[table.paths] = tuple(self._in_utf8(part) for part in parts(table))
        return self._parts[table.paths]

    def _in_utf8(self, part: Part) -> Part:
        """Return a part whose files are in UTF-8; a copy of others is only seen by this machine."""
        if part.encoding != "utf-8" and not self._local:
            name = Path(part.paths[0]).name
            problem = Problem("spark-encoding", Severity.ERROR, Place(file=name), part.encoding)
            raise StudyError([problem])
        return in_utf8(part, self._overflow)

    def _check_name(self, path: str) -> None:
        name = Path(path).name
        if ":" in path or name.startswith((".", "_")):
            place = Place(file=shown(name))
            raise StudyError([Problem("spark-file-name", Severity.ERROR, place, shown(name))])


def _misread(
    raw: "DataFrame", table: TableFiles, part: Part
) -> Mapping[str, tuple[int, tuple[str, ...]]]:
    wrong = misreadings(table, part, _natures(raw), SPARK)
    if not wrong:
        return {}
    counted = [f"count_if({condition})" for _, condition in wrong.values()]
    (counts,) = raw.selectExpr(*counted).collect()
    found = {}
    for (name, (row, condition)), count in zip(wrong.items(), counts, strict=True):
        if count:
            some = raw.filter(condition).selectExpr(f"{row} AS said")
            rows = some.orderBy("said").limit(EXAMPLES).collect()
            found[name] = (int(count), tuple(said for (said,) in rows))
    return found


def _natures(frame: "DataFrame") -> Mapping[str, Nature]:
    return {
        field.name: SPARK.nature(field.dataType.simpleString()) for field in frame.schema.fields
    }


def _plain(kind: str) -> str:
    """Return the type as which a column is handed over: an instant as a moment of UTC, a decimal as a number."""
    if kind in _KINDS:
        return kind
    return {"timestamp": "timestamp_ntz"}.get(
        kind, "double" if kind.startswith("decimal") else "string"
    )


def _lazy(frame: "DataFrame | None") -> Frame:
    with quiet_warnings():
        lazy: Frame = nw.from_native(frame)
    return lazy

"""Records opened on an engine."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from suanli.intake.records.engine import Engine, TableFiles
from suanli.intake.records.records import Records
from suanli.intake.records.sources import RecordSources

if TYPE_CHECKING:
    from suanli.intake.records.duckdb_engine import DuckDBEngine

ENGINES = ("duckdb", "spark")
"""Where records are computed: in this process, or on Spark."""


class WithRecords(Protocol):
    """What has records, such as a study."""

    @property
    def records(self) -> RecordSources | None:
        """The records, or None."""


def open_records(
    study: RecordSources | WithRecords,
    *,
    engine: str = "duckdb",
    engine_url: str | None = None,
) -> Records:
    """Return the records of a study on an engine; leave them as a context to give back what the engine holds.

    Parameters
    ----------
    study
        A study with records, or its records.
    engine
        One of `ENGINES`: `duckdb`, in this process, or `spark`.
    engine_url
        Spark's master: `local[2]` when absent, or `spark://host:port`.

    Raises
    ------
    LookupError
        If the study has no records, or there is no such engine.
    StudyError
        If the engine cannot be started.
    """
    sources = study if isinstance(study, RecordSources) else study.records
    if sources is None:
        message = "the study has no records"
        raise LookupError(message)
    if engine not in ENGINES:
        message = f"no engine {engine!r}; there are: {', '.join(ENGINES)}"
        raise LookupError(message)
    started = _engine(sources, engine, engine_url)
    return Records(started, sources.tables, sources.span, sources.options)


def _engine(sources: RecordSources, engine: str, url: str | None) -> Engine:
    if engine == "spark":
        return _on_spark(sources, url or "local[2]")
    return _in_process(sources.tables.values())


def _on_spark(sources: RecordSources, url: str) -> Engine:
    """Return Spark for tables that grow with time and DuckDB for the others, unless those are huge themselves."""
    from suanli.intake.records.spark_engine import SparkEngine
    from suanli.intake.records.split_engine import NEAR_BYTES, SplitEngine

    near = [table for table in sources.tables.values() if not table.schema.large]
    if sum(Path(path).stat().st_size for table in near for path in table.paths) > NEAR_BYTES:
        return SparkEngine(url)
    spark = SparkEngine(url, adaptive=False)
    try:
        return SplitEngine(spark, _in_process(near))
    except BaseException:
        spark.close()
        raise


def _in_process(tables: Iterable[TableFiles]) -> "DuckDBEngine":
    from suanli.intake.records.duckdb_engine import DuckDBEngine

    return DuckDBEngine(reads=[path for table in tables for path in table.paths])

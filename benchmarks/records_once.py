"""One measure of work on records in a process of its own; prints what it measured as JSON.

`python -m benchmarks.records_once rules|sql|pue|pue-sql STUDY [duckdb|spark] [SHARE]`
"""

import json
import math
import resource
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path

import duckdb
from tests import plain_sql

from benchmarks.records import Once
from suanli.framework import Framework
from suanli.framework.units import converted
from suanli.indicators import recorded
from suanli.intake import read_study
from suanli.intake.records import Records, RecordSources, open_records

PUE = "3.1.2.2"


def main(what: str, folder: Path, engine: str = "duckdb", share: str = "1") -> Once:
    """Return the seconds of the work, after everything is imported and the engine has started."""
    study = read_study(folder)
    assert study.records is not None
    _loaded()
    sources = _part(study.records, float(share))
    if what in ("rules", "pue"):
        framework = study.framework if what == "rules" else _alone(study.framework, PUE)
        with open_records(sources, engine=engine) as records:
            return _timed(sources, lambda: _values(framework, records))
    return _timed(sources, lambda: _by_hand(what, folder, study.periods))


def _loaded() -> None:
    """Import what libraries import at first use: units, and whatever DuckDB looks for when it is given a constant."""
    converted(1.0, "kWh", "MWh")
    duckdb.ConstantExpression(1)


def _values(framework: Framework, records: Records) -> Iterable[float]:
    grid = recorded(framework, records, origin="simulated", source="").grid
    return grid.values[~_missing(grid.values)].tolist()


def _missing(values):
    return values != values


def _by_hand(what: str, folder: Path, periods: tuple[str, ...]) -> Iterable[float]:
    connection = plain_sql.connected(folder / "records", periods)
    plain_sql.stage_centres(connection, probes=what == "sql")
    queries = plain_sql.ccpe_queries()
    chosen = queries.values() if what == "sql" else [queries[PUE]]
    return [value for query in chosen for value in plain_sql.value_of(connection, query).values()]


def _alone(framework: Framework, code: str) -> Framework:
    """Return the framework with the rule of one indicator only."""
    others = {f"nodes/{i.code}/rule": None for i in framework.indicators() if i.code != code}
    return framework.with_changes(others)


def _part(sources: RecordSources, share: float) -> RecordSources:
    """Return the records with only the first part files of the readings."""
    if share == 1:
        return sources
    readings = sources.tables["meter_readings"]
    kept = readings.paths[: max(1, round(share * len(readings.paths)))]
    tables = {**sources.tables, "meter_readings": replace(readings, paths=kept)}
    return replace(sources, tables=tables)


def _timed(sources: RecordSources, work: Callable[[], Iterable[float]]) -> Once:
    start = time.perf_counter()
    numbers = list(work())
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Once(seconds, peak, _rows(sources), math.fsum(math.asinh(each) for each in numbers))


def _rows(sources: RecordSources) -> int:
    counted = 0
    for table in ("meter_readings",):
        paths = list(sources.tables[table].paths)
        (rows,) = duckdb.execute(
            "SELECT sum(num_rows) FROM parquet_file_metadata(?)", [paths]
        ).fetchone() or (0,)
        counted += int(rows)
    return counted


if __name__ == "__main__":
    arguments = sys.argv[1:]
    print(json.dumps(asdict(main(arguments[0], Path(arguments[1]), *arguments[2:]))))

"""One measure of work on records in a process of its own; prints what it measured as JSON.

`python -m benchmarks.records_once WHAT STUDY [duckdb|spark] [SHARE]`, where WHAT is `rules` or `pue`, or hand-written
SQL for the same: `rules-sql`, `pue-sql`, with `-plain` behind it for sums that differ from run to run.
"""

import json
import math
import resource
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path

import duckdb
import numpy as np
from tests import plain_sql, plain_sql_measures

from benchmarks.records import Once
from suanli.framework import Framework
from suanli.framework.units import converted
from suanli.indicators import recorded
from suanli.intake import read_study
from suanli.intake.records import RecordSources, open_records

PUE = "3.1.2.2"
PLAIN = "sum({0})"
_COARSE = "(({0}) + 1610612736.0::DOUBLE) - 1610612736.0::DOUBLE"
REPRODUCIBLE = f"(sum({_COARSE}) + sum(({{0}}) - ({_COARSE})))"
"""How hand-written SQL adds readings up: as they come, or in two parts whose sums are the same in any order."""


def main(what: str, folder: Path, engine: str = "duckdb", share: str = "1") -> Once:
    """Return the seconds of the work, done twice, after everything is imported and the engine has started."""
    study = read_study(folder)
    assert study.records is not None
    _loaded()
    sources = _part(study.records, float(share))
    if what in ("rules", "pue"):
        framework = study.framework if what == "rules" else _alone(study.framework, PUE)
        with ExitStack() as running:
            # a Spark that runs is shared: the second time it is warm
            if engine == "spark":
                running.enter_context(open_records(sources, engine=engine))
            seconds, numbers = _timed(lambda: _fresh(framework, sources, engine))
            again, _ = _timed(lambda: _fresh(framework, sources, engine))
    else:
        seconds, numbers = _timed(lambda: _by_hand(what, folder, study.periods))
        again, _ = _timed(lambda: _by_hand(what, folder, study.periods))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    checksum = math.fsum(math.asinh(each) for each in numbers)
    return Once(seconds, again, peak, _readings(sources), checksum)


def _loaded() -> None:
    """Import what libraries import at first use: units, and whatever DuckDB looks for when it is given a constant."""
    converted(1.0, "kWh", "MWh")
    duckdb.ConstantExpression(1)


def _fresh(framework: Framework, sources: RecordSources, engine: str) -> Iterable[float]:
    """Return the values of PUE, after computing every indicator that has a rule, on an engine that holds nothing."""
    with open_records(sources, engine=engine) as records:
        grid = recorded(framework, records, origin="simulated", source="").grid
    values = grid.values[:, :, grid.codes.index(PUE)]
    return values[~np.isnan(values)].tolist()


def _by_hand(what: str, folder: Path, periods: tuple[str, ...]) -> Iterable[float]:
    """Return the values from hand-written SQL: of all indicators, with all that they rest on, or of PUE alone."""
    connection = plain_sql.connected(folder / "records", periods)
    added = PLAIN if what.endswith("-plain") else REPRODUCIBLE
    if what.startswith("rules"):
        made = plain_sql_measures.everything(connection, added=added)
        return [row[2] / row[3] for row in made.measures["pue"] if row[3]]
    plain_sql.stage_centres(connection, probes=False, added=added)
    return plain_sql.value_of(connection, plain_sql.ccpe_queries()[PUE]).values()


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


def _timed(work: Callable[[], Iterable[float]]) -> tuple[float, list[float]]:
    start = time.perf_counter()
    numbers = list(work())
    return time.perf_counter() - start, numbers


def _readings(sources: RecordSources) -> int:
    paths = list(sources.tables["meter_readings"].paths)
    query = "SELECT sum(num_rows) FROM parquet_file_metadata(?)"
    (rows,) = duckdb.execute(query, [paths]).fetchone() or (0,)
    return int(rows)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    print(json.dumps(asdict(main(arguments[0], Path(arguments[1]), *arguments[2:]))))

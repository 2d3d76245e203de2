"""Calibers on records: all rules against hand-written SQL on a large study, growth with rows, Spark beside DuckDB.

Every measure is a process of its own (`python -m benchmarks.records_once …`): peak memory is of that work alone.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measure import Claim
from suanli.simulation import simulated_study

YEAR, SEED = 2023, 7
SQL_TIMES, MEMORY_MEGABYTES, PUE_TIMES, SPARK_TIMES = 1.5, 1_500.0, 1.2, 4.0
"""Goals; where one is missed, docs/engines.md and decision 0010 say by how much and why."""
RUNS, SPARK_RUNS = 5, 3


@dataclass(frozen=True, slots=True)
class Once:
    """What one process measured: seconds of the work, then and again, peak memory, readings, a checksum of PUE."""

    seconds: float
    again: float
    megabytes: float
    readings: int
    checksum: float


def claims(folder: Path) -> Iterator[Claim]:
    """Yield the claims on records; the large study is made once in the folder."""
    start = time.perf_counter()
    large = folder / "large-records"
    made = simulated_study("ccpe-3.0", YEAR, large, size="large", seed=SEED)
    seconds, rows = time.perf_counter() - start, sum(made.rows.values())
    ours, by_hand, plain = _in_turn("rules", large)
    yield from _beside_sql(
        f"53 indicators of {rows:,} records, DuckDB (the study took {seconds:.0f} s to make)",
        (ours, by_hand, plain),
        SQL_TIMES,
    )
    yield Claim(
        "the same, peak memory of the process",
        f"{ours.megabytes:,.0f} MB",
        f"hand-written SQL {by_hand.megabytes:,.0f} MB",
        f"< {MEMORY_MEGABYTES:,.0f} MB",
        ours.megabytes < MEMORY_MEGABYTES,
    )
    yield from _pue(large)
    spark = _on_spark("rules", large, ours)
    yield _times(
        "53 indicators of the same records, Spark local[2] that has just started",
        spark.seconds,
        ("DuckDB", ours.seconds),
        SPARK_TIMES,
    )
    yield _times(
        "the same once more in the running Spark", spark.again, ("DuckDB", ours.again), SPARK_TIMES
    )


def _pue(large: Path) -> Iterator[Claim]:
    ours, by_hand, plain = _in_turn("pue", large)
    yield from _beside_sql(
        f"PUE by region of {ours.readings:,} readings, DuckDB", (ours, by_hand, plain), PUE_TIMES
    )
    for share in ("0.01", "0.1"):
        part = once("pue", large, "duckdb", share)
        times, rows = ours.seconds / part.seconds, ours.readings / part.readings
        yield Claim(
            f"PUE, growth from {part.readings:,} to {ours.readings:,} readings",
            f"{times:.1f} x the time",
            f"{rows:.1f} x the readings",
            "at most linear",
            times <= rows,
        )
    spark = _on_spark("pue", large, ours)
    yield _times(
        "PUE of the same readings, Spark local[2] that has just started",
        spark.seconds,
        ("DuckDB", ours.seconds),
    )
    yield _times(
        "the same once more in the running Spark", spark.again, ("DuckDB", ours.again), SPARK_TIMES
    )


def _on_spark(what: str, folder: Path, ours: Once) -> Once:
    """Return the fastest of several runs on Spark: of its first computation, and of its second."""
    runs = [once(what, folder, "spark") for _ in range(SPARK_RUNS)]
    for run in runs:
        _same(run, ours)
    first, second = min(run.seconds for run in runs), min(run.again for run in runs)
    return replace(runs[0], seconds=first, again=second)


def _times(
    what: str, seconds: float, baseline: tuple[str, float], limit: float | None = None
) -> Claim:
    """Return the claim that work takes at most so many times its baseline; without a limit, how many it takes."""
    name, against = baseline
    times = seconds / against
    measured, held_against = f"{seconds:.2f} s, {times:.2f} x", f"{name} {against:.2f} s"
    if limit is None:
        return Claim(what, measured, held_against, "no goal", None)
    return Claim(what, measured, held_against, f"<= {limit:g} x", times <= limit)


def _beside_sql(what: str, runs: tuple[Once, Once, Once], limit: float) -> Iterator[Claim]:
    """Yield the claim against SQL for the same numbers, and the ratio to SQL whose sums differ from run to run."""
    ours, by_hand, plain = runs
    yield _times(
        what, ours.seconds, ("hand-written SQL for the same numbers", by_hand.seconds), limit
    )
    yield _times(
        "the same beside plain sums",
        ours.seconds,
        ("hand-written SQL whose last digits differ from run to run", plain.seconds),
    )


def _in_turn(what: str, folder: Path) -> tuple[Once, Once, Once]:
    """Return the fastest of several runs of ours and of hand-written SQL of both kinds, taken in turn."""
    kinds = (what, f"{what}-sql", f"{what}-sql-plain")
    runs = [[once(kind, folder) for kind in kinds] for _ in range(RUNS)]
    ours, by_hand, plain = (
        min(column, key=lambda each: each.seconds) for column in zip(*runs, strict=True)
    )
    _same(ours, by_hand)
    _same(ours, plain)
    return ours, by_hand, plain


def once(what: str, folder: Path, engine: str = "duckdb", share: str = "1") -> Once:
    """Return what one process measured."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.records_once", what, str(folder), engine, share],
        check=True,
        capture_output=True,
        text=True,
    )
    return Once(**json.loads(done.stdout.splitlines()[-1]))


def _same(first: Once, second: Once) -> None:
    """Fail unless both computed the same numbers."""
    if abs(first.checksum - second.checksum) > 1e-9 * abs(second.checksum):
        message = f"different numbers: {first.checksum!r} and {second.checksum!r}"
        raise RuntimeError(message)

"""Calibers on records: all rules against hand-written SQL on a large study, growth with rows, Spark beside DuckDB.

Every measure is a process of its own (`python -m benchmarks.records_once …`): peak memory is of that work alone.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Claim
from suanli.simulation import simulated_study

YEAR, SEED = 2023, 7
SQL_TIMES, MEMORY_MEGABYTES, PUE_TIMES, SPARK_TIMES = 1.5, 1_500.0, 1.2, 4.0
RUNS = 3


@dataclass(frozen=True, slots=True)
class Once:
    """What one process measured: seconds of the work itself, peak memory, rows read and a checksum of the values."""

    seconds: float
    megabytes: float
    rows: int
    checksum: float


def claims(folder: Path) -> Iterator[Claim]:
    """Yield the claims on records; the large study is made once in the folder."""
    start = time.perf_counter()
    large = folder / "large-records"
    simulated_study("ccpe-3.0", YEAR, large, size="large", seed=SEED)
    made = time.perf_counter() - start
    ours, by_hand = _pair("rules", "sql", large)
    _same(ours, by_hand)
    yield Claim(
        f"53 indicators of {ours.rows:,} records, DuckDB (the study took {made:.0f} s to make)",
        f"{ours.seconds:.1f} s, {ours.seconds / by_hand.seconds:.2f} x",
        f"hand-written SQL {by_hand.seconds:.1f} s",
        f"<= {SQL_TIMES} x",
        ours.seconds <= SQL_TIMES * by_hand.seconds,
    )
    yield Claim(
        "the same, peak memory of the process",
        f"{ours.megabytes:,.0f} MB",
        f"hand-written SQL {by_hand.megabytes:,.0f} MB",
        f"< {MEMORY_MEGABYTES:,.0f} MB",
        ours.megabytes < MEMORY_MEGABYTES,
    )
    yield from _pue(large)
    spark = min((once("rules", large, "spark") for _ in range(2)), key=lambda each: each.seconds)
    _same(spark, ours)
    yield Claim(
        "53 indicators of the same records, Spark local[2] after its start",
        f"{spark.seconds:.1f} s, {spark.seconds / ours.seconds:.2f} x",
        f"DuckDB {ours.seconds:.1f} s",
        f"<= {SPARK_TIMES:g} x",
        spark.seconds <= SPARK_TIMES * ours.seconds,
    )


def _pue(large: Path) -> Iterator[Claim]:
    ours, by_hand = _pair("pue", "pue-sql", large)
    _same(ours, by_hand)
    yield Claim(
        f"PUE by region of {ours.rows:,} readings, DuckDB",
        f"{ours.seconds:.2f} s, {ours.seconds / by_hand.seconds:.2f} x",
        f"hand-written SQL {by_hand.seconds:.2f} s",
        f"<= {PUE_TIMES} x",
        ours.seconds <= PUE_TIMES * by_hand.seconds,
    )
    shares = {share: once("pue", large, "duckdb", share) for share in ("0.01", "0.1")}
    for share, part in shares.items():
        times, rows = ours.seconds / part.seconds, ours.rows / part.rows
        yield Claim(
            f"PUE, growth from {part.rows:,} to {ours.rows:,} readings ({share} of the part files)",
            f"{times:.1f} x the time",
            f"{rows:.1f} x the rows",
            "at most linear",
            times <= rows,
        )


def _pair(ours: str, baseline: str, folder: Path) -> tuple[Once, Once]:
    """Return the fastest of several runs of each, taken in turn."""
    runs = [(once(ours, folder), once(baseline, folder)) for _ in range(RUNS)]
    fastest = [min(column, key=lambda each: each.seconds) for column in zip(*runs, strict=True)]
    return fastest[0], fastest[1]


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

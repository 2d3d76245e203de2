"""Timing in this process and of whole processes."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: a figure, what it is held against, the limit, and whether it holds; None of a figure only told."""

    what: str
    measured: str
    baseline: str
    limit: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Process:
    """Medians over several runs of a whole process."""

    seconds: float
    peak_megabytes: float


def median_seconds(call: Callable[[], object], runs: int = 15) -> float:
    """Return the median time of a call after one that is not counted."""
    call()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def paired_seconds(
    ours: Callable[[], object], baseline: Callable[[], object], runs: int = 25
) -> tuple[float, float, float]:
    """Return the medians of two calls taken in turn, and the median of their ratios pair by pair."""
    ours(), baseline()
    pairs = []
    for _ in range(runs):
        start = time.perf_counter()
        ours()
        middle = time.perf_counter()
        baseline()
        pairs.append((middle - start, time.perf_counter() - middle))
    return (
        statistics.median(first for first, _ in pairs),
        statistics.median(second for _, second in pairs),
        statistics.median(first / second for first, second in pairs),
    )


def process(arguments: Sequence[str], folder: Path, runs: int = 5) -> Process:
    """Return wall time and peak resident memory of `python …` run in a folder, after one run that is not counted."""
    runs_seen = [_run(arguments, folder) for _ in range(runs + 1)][1:]
    return Process(
        seconds=statistics.median(seconds for seconds, _ in runs_seen),
        peak_megabytes=max(peak for _, peak in runs_seen),
    )


def _run(arguments: Sequence[str], folder: Path) -> tuple[float, float]:
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert child.stderr is not None
    complaint = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{arguments}: exit {child.returncode}\n{complaint.decode()}")
    return seconds, _megabytes(usage)


def _megabytes(usage: resource.struct_rusage) -> float:
    # the kernel counts kilobytes, macOS bytes
    return usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)

"""Whole processes: the command line from start to end."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks import made
from benchmarks.measure import Claim, process

_MODULE = ["-m", "suanli"]


def claims(folder: Path) -> Iterator[Claim]:
    """Yield the claims on commands run in a scratch folder."""
    nothing = process(["-c", "pass"], folder)
    polars = process(["-c", "import polars"], folder)
    helped = process([*_MODULE, "--help"], folder)
    yield Claim(
        "suanli --help",
        f"{helped.seconds:.3f} s, {helped.seconds / nothing.seconds:.1f} x",
        f"python -c pass {nothing.seconds:.3f} s",
        "under 0.25 s",
        helped.seconds < 0.25,
    )
    shown = process([*_MODULE, "demo"], folder, runs=3)
    yield Claim(
        "suanli demo, wall",
        f"{shown.seconds:.2f} s, {shown.seconds / polars.seconds:.1f} x",
        f"python -c 'import polars' {polars.seconds:.2f} s",
        "under 5 s",
        shown.seconds < 5,
    )
    yield Claim(
        "suanli demo, peak memory",
        f"{shown.peak_megabytes:.0f} MB, {shown.peak_megabytes / polars.peak_megabytes:.1f} x",
        f"python -c 'import polars' {polars.peak_megabytes:.0f} MB",
        "under 400 MB",
        shown.peak_megabytes < 400,
    )
    made.study(folder / "large", 10_000)
    large = process([*_MODULE, "run", "large"], folder, runs=3)
    yield Claim(
        "suanli run, 10,000 regions x 53 from Parquet to saved result",
        f"{large.seconds:.2f} s, {large.peak_megabytes:.0f} MB",
        f"python -c 'import polars' {polars.seconds:.2f} s",
        "under 10 s",
        large.seconds < 10,
    )

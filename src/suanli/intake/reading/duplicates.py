"""Observations that say the same thing twice, or two things of the same cell of the grid."""

from collections.abc import Mapping

import polars as pl

from suanli.intake.reading.tables import described
from suanli.problems import Place, Problem, Severity

_KEY = ["region_code", "period", "code"]


def without_duplicates(observations: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the observations with repetitions of equal values taken out (noted); different values are errors."""
    distinct = observations.select(_KEY).is_duplicated()
    if not distinct.any():
        return observations, []
    twice = observations.filter(distinct).with_columns(
        first_value=pl.first("value").over(_KEY),
        first_file=pl.first("file").over(_KEY),
        first_sheet=pl.first("sheet").over(_KEY),
        first_cell=pl.first("cell").over(_KEY),
        first_raw=pl.first("raw_value").over(_KEY),
        turn=pl.int_range(pl.len()).over(_KEY),
    )
    later = twice.filter(pl.col("turn") > 0)
    different = later.filter(pl.col("value") != pl.col("first_value"))
    problems = described(different, _contradiction)
    equal = later.height - different.height
    if equal:
        first = later.filter(pl.col("value") == pl.col("first_value")).row(0, named=True)
        place = Place(file=str(first["file"]), sheet=str(first["sheet"]), cell=str(first["cell"]))
        problems.append(
            Problem(
                "value-repeated",
                Severity.NOTE,
                place,
                found=_first(first),
                details={"count": equal},
            )
        )
    return observations.unique(_KEY, keep="first", maintain_order=True), problems


def _contradiction(row: Mapping[str, object]) -> Problem:
    place = Place(
        file=str(row["file"]),
        sheet=str(row["sheet"]),
        cell=str(row["cell"]),
        region=str(row["region_code"]),
        period=str(row["period"]),
        code=str(row["code"]),
    )
    return Problem(
        "value-contradicted",
        Severity.ERROR,
        place,
        found=f"{row['raw_value']}",
        expected=f"{row['first_raw']}",
        details={"other": _first(row)},
    )


def _first(row: Mapping[str, object]) -> str:
    parts = (row["first_file"], row["first_sheet"], row["first_cell"])
    return " · ".join(str(part) for part in parts if part)

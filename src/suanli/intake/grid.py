"""The dense view of a study's data: a value, its origin and its source by period, region and code."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

ORIGINS = ("missing", "official", "reported", "estimated", "imputed", "simulated")
"""Where a value comes from, from nothing to made up; the position is the int8 code in a grid."""


@dataclass(frozen=True, slots=True)
class ValueGrid:
    """Values of every code for every region and period, in the units that the framework declares.

    `values`, `origins` and `source_ids` have the shape (periods, regions, codes). NaN is a missing value, and only
    there is the origin 0 (`missing`). `source_ids` index `sources`, whose first entry is the empty one.
    """

    regions: tuple[str, ...]
    periods: tuple[str, ...]
    codes: tuple[str, ...]
    values: NDArray[np.float64]
    origins: NDArray[np.int8]
    source_ids: NDArray[np.int32]
    sources: tuple[str, ...]


def grid_of(
    observations: pl.DataFrame,
    regions: Sequence[str],
    periods: Sequence[str],
    codes: Sequence[str],
) -> ValueGrid:
    """Return observations as a grid over the given regions, periods and codes.

    Parameters
    ----------
    observations
        Columns `region_code`, `period`, `code`, `value`, `origin`, `source`; at most one row a cell.
    regions, periods, codes
        The axes, each without repetition; what has no observation is NaN.

    Raises
    ------
    ValueError
        If an observation lies outside the axes, has an origin that is not in `ORIGINS` or no value, or if two
        observations share a cell.

    >>> one = {"region_code": "110000", "period": "2023", "code": "gdp", "value": 43760.7}
    >>> observations = pl.DataFrame([one | {"origin": "official", "source": "Yearbook"}])
    >>> grid_of(observations, ["110000"], ["2022", "2023"], ["gdp"]).values[:, 0, 0]
    array([    nan, 43760.7])
    """
    shape = (len(periods), len(regions), len(codes))
    at = (
        _positions(observations, "period", periods),
        _positions(observations, "region_code", regions),
        _positions(observations, "code", codes),
    )
    filled = np.zeros(shape, dtype=np.bool_)
    filled[at] = True
    if int(filled.sum()) != observations.height:
        raise ValueError("two observations have the same region, period and code")
    sources = ("", *sorted(set(observations["source"].drop_nulls().unique()) - {""}))
    values = np.full(shape, np.nan)
    values[at] = _values(observations)
    origins = np.zeros(shape, dtype=np.int8)
    origins[at] = _positions(observations, "origin", ORIGINS)
    source_ids = np.zeros(shape, dtype=np.int32)
    source_ids[at] = _positions(
        observations.select(pl.col("source").fill_null("")), "source", sources
    )
    return ValueGrid(
        tuple(regions), tuple(periods), tuple(codes), values, origins, source_ids, sources
    )


def _values(observations: pl.DataFrame) -> NDArray[np.float64]:
    values = observations["value"].cast(pl.Float64).to_numpy()
    if np.isnan(values).any():
        raise ValueError("an observation has no value: leave missing values out")
    return values


def _positions(observations: pl.DataFrame, column: str, axis: Sequence[str]) -> NDArray[np.intp]:
    texts = observations[column].cast(pl.String)
    found = texts.cast(pl.Enum(list(axis)), strict=False)
    if found.null_count():
        stray = texts.filter(found.is_null())[0]
        message = f"{column} {stray!r} is not on its axis"
        raise ValueError(message)
    return found.to_physical().cast(pl.Int64).to_numpy()

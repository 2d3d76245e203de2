"""What the checks look at: a framework and values laid out over a study's regions and periods."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.framework import Framework, Indicator, Variable
from suanli.intake.grid import ValueGrid
from suanli.language import Text
from suanli.regions import Regions

Declared: TypeAlias = Indicator | Variable


@dataclass(frozen=True, slots=True)
class Evidence:
    """Values with their declarations and, where they were read from files, their places.

    `values` is (periods, regions, codes), NaN where missing; `region_codes`, `periods` and `codes`
    are its axes, periods earliest first. `declared` maps each code to its indicator or variable.
    `observations` is None for values that were computed and stand in no cell.
    """

    framework: Framework
    regions: Regions
    periods: tuple[str, ...]
    region_codes: tuple[str, ...]
    codes: tuple[str, ...]
    values: NDArray[np.float64]
    declared: Mapping[str, Declared]
    observations: pl.DataFrame | None = None

    def column(self, code: str) -> NDArray[np.float64]:
        """Return the values of one code, (periods, regions); NaN where the data lack it."""
        if code in self.codes:
            column: NDArray[np.float64] = self.values[:, :, self.codes.index(code)]
            return column
        return np.full((len(self.periods), len(self.region_codes)), np.nan)

    def name(self, code: str) -> Text:
        """Return the name of an indicator or variable."""
        return self.declared[code].name

    def region_name(self, code: str) -> Text:
        """Return the full name of a region; its code where the study does not list it."""
        region = self.regions.by_code.get(code)
        return region.name if region else Text(zh=code, en=code)

    def amount(self, value: float, code: str) -> str:
        """Return a value as evidence, with its unit unless it is a bare number."""
        unit = self.declared[code].unit
        return plain(value) if unit in ("1", "/") else f"{plain(value)} {unit}"


def evidence_of(
    framework: Framework,
    grid: ValueGrid,
    regions: Regions,
    *,
    periods: tuple[str, ...] | None = None,
    observations: pl.DataFrame | None = None,
) -> Evidence:
    """Return the grid's values laid out over the study's regions and periods; gaps are NaN.

    Codes that the framework does not declare are left out: there is nothing to check them against.
    """
    declared: dict[str, Declared] = {variable.code: variable for variable in framework.variables}
    declared |= {indicator.code: indicator for indicator in framework.indicators()}
    wanted = periods if periods is not None else grid.periods
    codes = tuple(code for code in grid.codes if code in declared)
    values = np.full((len(wanted), len(regions.codes), len(codes)), np.nan)
    into = tuple(
        _shared(grid_axis=axis, wanted=want)
        for axis, want in (
            (grid.periods, wanted),
            (grid.regions, regions.codes),
            (grid.codes, codes),
        )
    )
    values[np.ix_(*(target for target, _ in into))] = grid.values[
        np.ix_(*(origin for _, origin in into))
    ]
    return Evidence(
        framework, regions, wanted, tuple(regions.codes), codes, values, declared, observations
    )


def plain(value: float) -> str:
    """Return a number without the noise of binary fractions.

    >>> plain(0.1 + 0.2), plain(2.0), plain(1234567.5)
    ('0.3', '2', '1234567.5')
    """
    return f"{value:.12g}"


def plausible_range(declared: Declared) -> str:
    """Return the declared bounds as evidence; any finite number will do where there are none.

    >>> from suanli.language import Text
    >>> plausible_range(Variable(code="x", name=Text("甲", "x"), unit="%", bounds=(0, 100)))
    '0–100 %'
    """
    low, high = declared.bounds
    unit = "" if declared.unit in ("1", "/") else f" {declared.unit}"
    if low is not None and high is not None:
        return f"{plain(low)}–{plain(high)}{unit}"
    if low is not None:
        return f"≥ {plain(low)}{unit}"
    return f"≤ {plain(high)}{unit}" if high is not None else "< ∞"


def _shared(grid_axis: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[list[int], list[int]]:
    """Return the positions in `wanted`, and in the grid, of the labels that both have."""
    at = {label: position for position, label in enumerate(grid_axis)}
    both = [(target, at[label]) for target, label in enumerate(wanted) if label in at]
    return [target for target, _ in both], [origin for _, origin in both]

"""Values that say something else than the one that is taken: given before records, and records before expressions."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework
from suanli.indicators.listing import listed
from suanli.indicators.statistics import indicator_grid
from suanli.intake.grid import ValueGrid
from suanli.problems import Place, Problem, Severity

_SAME = 1e-3
"""Given figures are often rounded; a thousandth apart is the same figure."""


def overruled_expressions(framework: Framework, given: ValueGrid) -> list[Problem]:
    """Return a note for each indicator and period in which given values differ from what the expression gives.

    The given values are taken; that the variables say something else must not go unsaid.
    """
    expressed = _expressed(framework, given)
    return _differing(expressed, _over(given, expressed.codes), "expression-overruled")


def overruled_records(given: ValueGrid, recorded: ValueGrid) -> list[Problem]:
    """Return a note for each indicator and period in which given values differ from what the records give.

    The given values are taken.
    """
    return _differing(recorded, _over(given, recorded.codes), "records-overruled")


def overruled_by_records(
    framework: Framework, given: ValueGrid, recorded: ValueGrid
) -> list[Problem]:
    """Return a note for each indicator and period in which records differ from what the expression gives.

    The values from records are taken, where none are given.
    """
    expressed = _expressed(framework, given)
    gaps = np.isnan(_over(given, expressed.codes))
    taken = np.where(gaps, _over(recorded, expressed.codes), np.nan)
    return _differing(expressed, taken, "expression-overruled-by-records")


def _expressed(framework: Framework, given: ValueGrid) -> ValueGrid:
    """Return what expressions give for every indicator, from the variables alone."""
    indicators = {indicator.code for indicator in framework.indicators()}
    variables = [column for column, code in enumerate(given.codes) if code not in indicators]
    alone = replace(
        given,
        codes=tuple(given.codes[column] for column in variables),
        values=given.values[:, :, variables],
        origins=given.origins[:, :, variables],
        source_ids=given.source_ids[:, :, variables],
    )
    return indicator_grid(framework, alone)


def _over(grid: ValueGrid, codes: Sequence[str]) -> NDArray[np.float64]:
    """Return the values of codes in their order; what the grid lacks is missing."""
    values = np.full((len(grid.periods), len(grid.regions), len(codes)), np.nan)
    for column, code in enumerate(codes):
        if code in grid.codes:
            values[:, :, column] = grid.values[:, :, grid.codes.index(code)]
    return values


def _differing(other: ValueGrid, taken: NDArray[np.float64], code: str) -> list[Problem]:
    """Return a note for each indicator and period in which the values taken differ from others."""
    values = other.values
    apart = np.abs(values - taken) > _SAME * np.maximum(np.abs(values), np.abs(taken))
    problems = []
    for period, column in np.argwhere(apart.any(axis=1)).tolist():
        regions = [other.regions[region] for region in np.flatnonzero(apart[period, :, column])]
        place = Place(period=other.periods[period], code=other.codes[column])
        details = {"count": len(regions)}
        problems.append(Problem(code, Severity.NOTE, place, found=listed(regions), details=details))
    return problems

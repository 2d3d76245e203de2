"""Given values before computed ones: one grid of what the data files and the records say, and where the two differ."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework
from suanli.indicators.statistics import SAME, indicator_grid
from suanli.intake.grid import ValueGrid
from suanli.problems import Place, Problem, Severity

_NAMED = 12


def merged(framework: Framework, given: ValueGrid, recorded: ValueGrid) -> ValueGrid:
    """Return the given values with recorded ones where nothing is given.

    Both have the same periods and regions; the codes are those of either, in the framework's order: variables, then
    indicators. An indicator that has neither is left to its expression.
    """
    declared = [variable.code for variable in framework.variables]
    declared += [indicator.code for indicator in framework.indicators()]
    either = {*given.codes, *recorded.codes}
    codes = tuple(code for code in declared if code in either)
    sources = tuple(dict.fromkeys(("", *given.sources, *recorded.sources)))
    first, second = (_laid_out(grid, codes, sources) for grid in (given, recorded))
    gaps = np.isnan(first.values)
    return replace(
        first,
        values=np.where(gaps, second.values, first.values),
        origins=np.where(gaps, second.origins, first.origins),
        source_ids=np.where(gaps, second.source_ids, first.source_ids),
    )


def overruled_records(given: ValueGrid, recorded: ValueGrid) -> list[Problem]:
    """Return a note for each indicator and period in which given values differ from what the records give.

    The given values are taken. A thousandth is no difference: given figures are often rounded.
    """
    shared = [code for code in recorded.codes if code in given.codes]
    taken = given.values[:, :, [given.codes.index(code) for code in shared]]
    computed = recorded.values[:, :, [recorded.codes.index(code) for code in shared]]
    return _differing(given, shared, _apart(computed, taken), "records-overruled")


def overruled_by_records(
    framework: Framework, given: ValueGrid, recorded: ValueGrid
) -> list[Problem]:
    """Return a note for each indicator and period in which records differ from what the expression gives.

    The values from records are taken, where none are given.
    """
    codes = {indicator.code for indicator in framework.indicators()}
    variables = [column for column, code in enumerate(given.codes) if code not in codes]
    alone = _chosen(given, variables)
    expressed = indicator_grid(framework, alone)
    taken = np.full_like(expressed.values, np.nan)
    for code in recorded.codes:
        column = recorded.values[:, :, recorded.codes.index(code)]
        if code in given.codes:
            column = np.where(np.isnan(given.values[:, :, given.codes.index(code)]), column, np.nan)
        taken[:, :, expressed.codes.index(code)] = column
    apart = _apart(expressed.values, taken)
    return _differing(given, expressed.codes, apart, "expression-overruled-by-records")


def _laid_out(grid: ValueGrid, codes: tuple[str, ...], sources: tuple[str, ...]) -> ValueGrid:
    """Return a grid over other codes and sources; what it lacks is missing."""
    shape = (len(grid.periods), len(grid.regions), len(codes))
    values = np.full(shape, np.nan)
    origins, ids = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int32)
    renumbered = np.array([sources.index(source) for source in grid.sources], dtype=np.int32)
    for column, code in enumerate(codes):
        if code in grid.codes:
            own = grid.codes.index(code)
            values[:, :, column] = grid.values[:, :, own]
            origins[:, :, column] = grid.origins[:, :, own]
            ids[:, :, column] = renumbered[grid.source_ids[:, :, own]]
    return ValueGrid(grid.regions, grid.periods, codes, values, origins, ids, sources)


def _chosen(grid: ValueGrid, columns: Sequence[int]) -> ValueGrid:
    return replace(
        grid,
        codes=tuple(grid.codes[column] for column in columns),
        values=grid.values[:, :, columns],
        origins=grid.origins[:, :, columns],
        source_ids=grid.source_ids[:, :, columns],
    )


def _apart(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        apart: NDArray[np.bool_] = np.abs(first - second) > SAME * np.maximum(
            np.abs(first), np.abs(second)
        )
    return apart


def _differing(
    grid: ValueGrid, codes: Sequence[str], apart: NDArray[np.bool_], code: str
) -> list[Problem]:
    problems = []
    for period, column in np.argwhere(apart.any(axis=1)).tolist():
        regions = [grid.regions[region] for region in np.flatnonzero(apart[period, :, column])]
        named = ", ".join(regions[:_NAMED]) + (" …" if len(regions) > _NAMED else "")
        place = Place(period=grid.periods[period], code=codes[column])
        details = {"count": len(regions)}
        problems.append(Problem(code, Severity.NOTE, place, found=named, details=details))
    return problems

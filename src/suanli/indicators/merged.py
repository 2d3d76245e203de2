"""Given values before computed ones: one grid of what the data files and the records say."""

from dataclasses import replace

import numpy as np

from suanli.framework import Framework
from suanli.intake.grid import ValueGrid


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

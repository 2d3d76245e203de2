"""Whether a grid and weights fit a framework; everything that does not is reported at once."""

from collections.abc import Iterator, Mapping
from typing import get_args

import numpy as np

from suanli.framework import Mode
from suanli.intake.grid import ValueGrid
from suanli.problems import Place, Problem, ScoringError, Severity
from suanli.scoring.tree import Tree

_SUM_TOLERANCE = 1e-9


def require_inputs(
    tree: Tree, grid: ValueGrid, weights: Mapping[str, float] | None, mode: Mode
) -> None:
    """Raise ScoringError if the grid does not hold the framework's indicators in order, or weights do not fit.

    Weights must name known nodes, whole groups of siblings, and sum to 1 in each; values must be finite or missing.
    """
    found = [*_codes(tree, grid), *_infinite(grid), *_weights(tree, weights or {})]
    if mode not in get_args(Mode):
        found.append(Problem("scoring-mode-unknown", Severity.ERROR, found=str(mode)))
    if found:
        raise ScoringError(found)


def _codes(tree: Tree, grid: ValueGrid) -> Iterator[Problem]:
    wanted = tuple(indicator.code for indicator in tree.indicators)
    if grid.codes != wanted:
        yield Problem(
            "scoring-codes-differ",
            Severity.ERROR,
            found=", ".join(grid.codes),
            expected=", ".join(wanted),
        )


def _infinite(grid: ValueGrid) -> Iterator[Problem]:
    for period, region, column in np.argwhere(np.isinf(grid.values)):
        yield Problem(
            "scoring-value-infinite",
            Severity.ERROR,
            Place(
                region=grid.regions[region],
                period=grid.periods[period],
                code=grid.codes[column],
            ),
            found=str(grid.values[period, region, column]),
        )


def _weights(tree: Tree, weights: Mapping[str, float]) -> Iterator[Problem]:
    for code in weights:
        if code not in tree.positions or not tree.positions[code]:
            yield Problem("scoring-weight-node", Severity.ERROR, found=code)
    for parent, children in enumerate(tree.children):
        codes = [tree.codes[child] for child in children]
        given = [weights[code] for code in codes if code in weights]
        missing = [code for code in codes if code not in weights]
        if given and missing:
            yield Problem(
                "scoring-weight-siblings",
                Severity.ERROR,
                found=tree.codes[parent],
                expected=", ".join(missing),
            )
        elif given and not (abs(sum(given) - 1) <= _SUM_TOLERANCE and min(given) >= 0):
            yield Problem(
                "scoring-weight-sum",
                Severity.ERROR,
                found=f"{sum(given):.10g}",
                expected=tree.codes[parent],
            )

"""What scoring did beyond arithmetic, for the record: filled, treated, constant, unscored."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from suanli.intake.grid import ValueGrid
from suanli.problems import Place, Problem, Severity
from suanli.scoring.impute import Imputed
from suanli.scoring.method_words import method_words
from suanli.scoring.normalise import constant_indicators
from suanli.scoring.rules import rule_of
from suanli.scoring.scores import Floats, Goalposts
from suanli.scoring.treat import Treated
from suanli.scoring.tree import Tree

_NAMED = 12


def notes(
    tree: Tree, complete: Imputed, treated: Treated, goalposts: Goalposts, scores: Floats
) -> tuple[Problem, ...]:
    """Return notes and warnings on a scoring, a line an indicator and period."""
    return (
        *_filled(tree, complete),
        *_refused(tree, complete),
        *_treated(tree, complete.grid, treated),
        *_still_skewed(complete.grid, treated),
        *_constant(tree, complete.grid, treated.values, goalposts),
        *_without_goalposts(tree, goalposts),
        *_without_index(complete.grid, scores),
    )


def _filled(tree: Tree, complete: Imputed) -> Iterator[Problem]:
    for place, regions in _cells(complete.filled, complete.grid):
        yield Problem(
            "imputed-values",
            Severity.NOTE,
            place,
            found=_names(regions),
            details={"count": len(regions), **method_words(tree.framework.missing.method)},
        )


def _refused(tree: Tree, complete: Imputed) -> Iterator[Problem]:
    bounds = {indicator.code: indicator.bounds for indicator in tree.indicators}
    for place, regions in _cells(complete.refused, complete.grid):
        low, high = ("" if end is None else f"{end:.10g}" for end in bounds[place.code])
        yield Problem(
            "imputed-outside-bounds",
            Severity.WARNING,
            place,
            found=_names(regions),
            expected=f"{low}–{high}",
            details={"count": len(regions), **method_words(tree.framework.missing.method)},
        )


def _treated(tree: Tree, grid: ValueGrid, treated: Treated) -> Iterator[Problem]:
    for place, regions in _cells(treated.changed, grid):
        period, column = grid.periods.index(place.period), grid.codes.index(place.code)
        moves = []
        for region in regions:
            row = grid.regions.index(region)
            was, became = grid.values[period, row, column], treated.values[period, row, column]
            moves.append(f"{region} {was:.10g} → {became:.10g}")
        yield Problem(
            "treated-outliers",
            Severity.NOTE,
            place,
            found=_names(moves),
            details={"count": len(regions), **method_words(tree.framework.treatment.method)},
        )


def _still_skewed(grid: ValueGrid, treated: Treated) -> Iterator[Problem]:
    for period, column in np.argwhere(treated.still_skewed):
        yield Problem(
            "treatment-insufficient",
            Severity.NOTE,
            Place(period=grid.periods[period], code=grid.codes[column]),
        )


def _constant(
    tree: Tree, grid: ValueGrid, values: Floats, goalposts: Goalposts
) -> Iterator[Problem]:
    for period, column in np.argwhere(constant_indicators(tree, values, goalposts)):
        yield Problem(
            "constant-indicator",
            Severity.WARNING,
            Place(period=grid.periods[period], code=grid.codes[column]),
            found=f"{goalposts.low[period, column]:.10g}",
            details=method_words(tree.framework.normalisation.constant),
        )


def _without_goalposts(tree: Tree, goalposts: Goalposts) -> Iterator[Problem]:
    for column, indicator in enumerate(tree.indicators):
        rule = rule_of(tree.framework, indicator)
        if rule.compares_values and rule.goalposts == "fixed":
            # a framework that passed its checks declares them; one built around the checks may not
            posts = (goalposts.low[:, column], goalposts.high[:, column])
            if any(np.isnan(post).any() for post in posts):
                yield Problem("no-goalposts", Severity.WARNING, Place(code=indicator.code))


def _without_index(grid: ValueGrid, scores: Floats) -> Iterator[Problem]:
    for period, name in enumerate(grid.periods):
        missing = np.flatnonzero(np.isnan(scores[period, :, 0]))
        if missing.size:
            yield Problem(
                "regions-without-index",
                Severity.WARNING,
                Place(period=name),
                found=_names([grid.regions[region] for region in missing]),
                details={"count": missing.size},
            )


def _cells(mask: NDArray[np.bool_], grid: ValueGrid) -> Iterator[tuple[Place, list[str]]]:
    """Yield each period and indicator in which any cell of the mask is set, with its regions."""
    for period, column in np.argwhere(mask.any(axis=1)):
        regions = [grid.regions[region] for region in np.flatnonzero(mask[period, :, column])]
        yield Place(period=grid.periods[period], code=grid.codes[column]), regions


def _names(names: Sequence[str]) -> str:
    listed = ", ".join(names[:_NAMED])
    return listed if len(names) <= _NAMED else f"{listed} … ({len(names)})"

"""Values to scores: goalposts are fitted from the data or taken as declared, then every indicator is rescaled."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Indicator
from suanli.methods import ranks, scales
from suanli.scoring.ends import Ends, ends_of, fitted_ends, measured
from suanli.scoring.rules import RANKED, Rule, rule_of
from suanli.scoring.scores import Floats, Goalposts
from suanli.scoring.tree import Tree

# (values, bad end, good end) -> 0 at the bad end and 1 at the good one, where the formula has both
_Formula = Callable[[Floats, Floats, Floats], Floats]

FORMULAS: Mapping[str, _Formula] = MappingProxyType(
    {
        "min-max": scales.min_max,
        # its ends are the mean and one standard deviation towards the good side
        "z-score": scales.min_max,
        "distance-to-leader": scales.distance_to_leader,
        "distance-to-reference": lambda values, bad, good: scales.distance_to_reference(
            values, good, bad
        ),
        "target-ratio": lambda values, _, good: scales.target_ratio(values, good),
        "fraction-of-maximum": lambda values, _, good: scales.fraction_of_maximum(values, good),
    }
)
# where lower is better, a ratio is turned over; the others only exchange their ends
TURNED_OVER: Mapping[str, _Formula] = MappingProxyType(
    {
        "target-ratio": lambda values, _, good: scales.inverse_target_ratio(values, good),
        "fraction-of-maximum": lambda values, _, good: scales.fraction_of_minimum(values, good),
    }
)
RANKINGS: Mapping[str, Callable[[Floats], Floats]] = MappingProxyType(
    {"rank": ranks.rank_scores, "percentile-rank": ranks.percentile_ranks, "borda": ranks.borda}
)


def fitted_goalposts(tree: Tree, values: Floats) -> Goalposts:
    """Return the goalposts of every period and indicator for treated values of shape (P, R, I)."""
    periods, _, count = values.shape
    low, high = np.full((periods, count), np.nan), np.full((periods, count), np.nan)
    for rule, columns in tree.alike:
        if rule.compares_values:
            indicators = [tree.indicators[column] for column in columns]
            part = values if len(columns) == count else values[:, :, columns]
            posts = fitted_ends(rule, indicators, part).goalposts
            low[:, columns], high[:, columns] = posts.low, posts.high
    return Goalposts(low=low, high=high)


def normalised(tree: Tree, values: Floats, goalposts: Goalposts) -> Floats:
    """Return scores of shape (P, R, I) for treated values of that shape and goalposts of shape (P, I)."""
    groups = tree.alike
    if len(groups) == 1:
        return _scaled(tree, groups[0][0], tree.indicators, values, goalposts)
    scores = np.empty(values.shape)
    for rule, columns in groups:
        posts = Goalposts(low=goalposts.low[:, columns], high=goalposts.high[:, columns])
        indicators = [tree.indicators[column] for column in columns]
        scores[:, :, columns] = _scaled(tree, rule, indicators, values[:, :, columns], posts)
    return scores


def constant_indicators(tree: Tree, values: Floats, goalposts: Goalposts) -> NDArray[np.bool_]:
    """Return (P, I): whether the goalposts coincide although there are values, so that regions cannot be told apart."""
    # regions that all meet a target are all as good as can be, which tells them apart well enough
    compares = [
        rule_of(tree.framework, indicator).compares_values and indicator.direction != "target"
        for indicator in tree.indicators
    ]
    present = (~np.isnan(values)).any(axis=1)
    constant: NDArray[np.bool_] = np.array(compares) & present & (goalposts.low == goalposts.high)
    return constant


def _scaled(
    tree: Tree, rule: Rule, indicators: Sequence[Indicator], values: Floats, posts: Goalposts
) -> Floats:
    if rule.method == "as-given":
        return values.copy()
    if rule.method in RANKED:
        return _ranked(tree, rule, indicators, values)
    points, ends = ends_of(rule, indicators, values, posts)
    formulas = TURNED_OVER if rule.direction == "lower" else FORMULAS
    fraction = formulas[rule.method](points, ends.bad, ends.good)
    if rule.outside == "cap":
        fraction = scales.capped(fraction)
    # the fractions are this function's own and not needed again
    scores = scales.rescaled(fraction, tree.framework.normalisation.scale, out=fraction)
    return _with_constants(tree, rule, ends, values, scores)


def _ranked(tree: Tree, rule: Rule, indicators: Sequence[Indicator], values: Floats) -> Floats:
    upwards = np.array([1.0 if item.direction == "higher" else -1.0 for item in indicators])
    points = RANKINGS[rule.method](measured(rule, indicators, values) * upwards)
    if rule.method == "percentile-rank":
        return scales.rescaled(points, tree.framework.normalisation.scale)
    return points


def _with_constants(tree: Tree, rule: Rule, ends: Ends, values: Floats, scores: Floats) -> Floats:
    flat = ends.bad == ends.good
    if not flat.any():
        return scores
    low, high = tree.framework.normalisation.scale
    stand_in = {
        "midpoint": (low + high) / 2,
        "lowest": low,
        "highest": high,
        "missing": float("nan"),
    }["highest" if rule.direction == "target" else tree.framework.normalisation.constant]
    score: Floats = np.where(flat[:, None, :] & ~np.isnan(values), stand_in, scores)
    return score

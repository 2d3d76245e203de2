"""How sure the weights are: panels drawn at random, and the intervals they leave."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.intake.panels import Panel
from suanli.weighting.group_draws import connections, group_draws, movement
from suanli.weighting.judgements import judgements
from suanli.weighting.panel import Intervals, PanelWeights
from suanli.weighting.resampling import Resample, resample
from suanli.weighting.tree import by_code, local_weights, overall_weights, weight_tree

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Draws:
    """Weights of drawn panels: local ones (D, N) in tree order, and how the experts were drawn."""

    local: Floats
    resample: Resample


def weight_draws(weights: PanelWeights, panel: Panel, count: int, seed: int) -> Floats:
    """Return local weights (D, N) of every node in tree order, in `count` panels drawn at random.

    As the panel's rules say, a draw takes as many experts as count, with replacement and the same for all groups, and
    moves each judgement by up to half a step of the scale (each score by half a point). Experts keep the proportions
    of their influence. The same seed gives the same bytes.
    """
    return drawn(weights, panel, count, seed).local


def drawn(weights: PanelWeights, panel: Panel, count: int, seed: int) -> Draws:
    """Return the draws of `weight_draws`, with how many resamples of experts had to be repeated.

    A resample whose judgements do not connect the items of some group is drawn again; after many failures the whole
    panel stands in for it. Both are counted.
    """
    rules = weights.rules
    judged = judgements(panel, weights.round)
    if rules.uncertainty.experts:
        needed = connections(weights.groups, rules)
        taken = resample(needed, count, np.random.default_rng([seed, 0]))
    else:
        taken = Resample(np.ones((count, len(weights.experts)), dtype=np.int64), 0, 0)
    told = {}
    for order, (group, each) in enumerate(zip(weights.groups, judged, strict=True), start=1):
        generator = np.random.default_rng([seed, order])
        moved = movement(each, rules, generator) if rules.uncertainty.half_step else None
        told[group.node] = (group.items, group_draws(group, rules, taken.times, moved))
    return Draws(local_weights(weight_tree(weights.framework), told), taken)


def intervals(weights: PanelWeights, draws: Floats) -> Intervals:
    """Return the central interval, at the level of the panel's rules, of local draws (D, N) and what they come to."""
    tree = weight_tree(weights.framework)
    level = weights.rules.uncertainty.interval
    ends = [(1 - level) / 2, (1 + level) / 2]
    local = np.quantile(draws, ends, axis=0)
    overall = np.quantile(overall_weights(tree, draws), ends, axis=0)
    return Intervals(
        level=level,
        local_low=by_code(tree, local[0]),
        local_high=by_code(tree, local[1]),
        global_low=by_code(tree, overall[0]),
        global_high=by_code(tree, overall[1]),
    )

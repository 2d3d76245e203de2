"""The panel without each of its experts in turn, and who matters most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.intake.panels import Expert, PanelRules
from suanli.weighting.group_draws import connections, group_draws
from suanli.weighting.groups import GroupWeights
from suanli.weighting.panel import PanelWeights
from suanli.weighting.tree import WeightTree, local_weights, overall_weights

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Influential:
    """The expert without whom an overall weight would change most."""

    expert: Expert
    node: str
    """The node whose weight would change most."""
    change: float
    """Its overall weight without the expert, less that with everyone."""


def without_each(
    tree: WeightTree, groups: Sequence[GroupWeights], rules: PanelRules, experts: int
) -> Floats:
    """Return the overall weights (E, N), in tree order, that the panel gives without each expert in turn.

    The others keep the proportions of their influence. NaN for nodes below a group that they leave without weights.
    """
    times = 1 - np.eye(experts, dtype=np.int64)
    told = {}
    for group, needed in zip(groups, connections(groups, rules), strict=True):
        held = needed.holds(times)
        found = np.full((experts, len(group.items)), np.nan)
        if held.any():
            found[held] = group_draws(group, rules, times[held], None)
        told[group.node] = (group.items, found)
    return overall_weights(tree, local_weights(tree, told))


def most_influential(weights: PanelWeights) -> Influential | None:
    """Return the expert without whom some overall weight changes most, either way.

    None if no expert was left out, or none can be: a panel of one has no weights without its expert.
    """
    if weights.leave_one_out is None:
        return None
    changes = weights.leave_one_out - np.array(list(weights.overall.values()))
    # changes equal but for rounding are told apart by their place, the first one first
    sizes = np.abs(changes).round(12)
    if not np.isfinite(sizes).any():
        return None
    row, column = np.unravel_index(int(np.nanargmax(sizes)), sizes.shape)
    return Influential(
        expert=weights.experts[int(row)],
        node=tuple(weights.overall)[int(column)],
        change=float(changes[row, column]),
    )

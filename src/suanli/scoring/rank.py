"""Ranks and tiers of every node, from unrounded scores."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Tiers
from suanli.methods import classes, ranks
from suanli.scoring.scores import Floats
from suanli.scoring.tree import Tree

# scores and competition ranks of one node's regions, and the rule -> tiers
CLASSIFICATIONS: Mapping[str, Callable[[Floats, NDArray[np.int32], Tiers], NDArray[np.int16]]] = (
    MappingProxyType(
        {
            "thresholds": lambda scores, _, rule: classes.by_thresholds(scores, rule.cuts),
            "ranks": lambda _, places, rule: classes.by_ranks(places, rule.cuts),
            "shares": lambda _, places, rule: classes.by_shares(places, rule.cuts, axis=0),
            "natural-breaks": lambda scores, _, rule: classes.natural_breaks(
                scores, rule.count or 2, axis=0
            ),
        }
    )
)


def ranked(scores: Floats) -> NDArray[np.int32]:
    """Return competition ranks (1, 2, 2, 4) of every node within each period, shape (P, R, N); 0 where missing."""
    return ranks.competition_ranks(scores, axis=1)


def tiered(tree: Tree, scores: Floats, places: NDArray[np.int32]) -> NDArray[np.int16]:
    """Return tiers of every node within each period from scores and ranks (P, R, N); 1 is best, 0 is none."""
    tiers = np.zeros(scores.shape, dtype=np.int16)
    for position in range(len(tree.codes)):
        rule = tree.tiers(position)
        if rule is None:
            continue
        for period in range(scores.shape[0]):
            tiers[period, :, position] = CLASSIFICATIONS[rule.method](
                scores[period, :, position], places[period, :, position], rule
            )
    return tiers

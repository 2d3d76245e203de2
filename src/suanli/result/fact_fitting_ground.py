"""Orders as linear conditions on the weights of indicators, exact while every region has every indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.result.contents import Contents
from suanli.result.fact_orders import PublishedOrder
from suanli.scoring import Weights
from suanli.scoring.aggregate import aggregated
from suanli.scoring.tree import Tree, tree_of
from suanli.scoring.weigh import weights_of

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Orders as positions; every array has shape (orders,).

    `behind` is -1 where a score is compared with `score` instead of with another region's.
    """

    node: NDArray[np.intp]
    period: NDArray[np.intp]
    ahead: NDArray[np.intp]
    behind: NDArray[np.intp]
    score: Floats
    strict: Flags

    def gaps(self, scores: Floats) -> Floats:
        """Return by how many points each order holds, from scores of shape (P, R, N); negative where it does not."""
        ahead = scores[self.period, self.ahead, self.node]
        behind = scores[self.period, self.behind, self.node]
        gaps: Floats = ahead - np.where(self.behind < 0, self.score, behind)
        return gaps

    def held(self, scores: Floats) -> Flags:
        """Return which orders hold in scores of shape (P, R, N)."""
        gaps = self.gaps(scores)
        held: Flags = (gaps > 0) | (~self.strict & (gaps == 0))
        return held


@dataclass(frozen=True, slots=True)
class Ground:
    """What weights are fitted on: a tree, scores of its indicators, the result's own weights, and orders.

    An indicator's weight here is the product of the local weights from it up to the index. Where a node weighs nothing
    (it is disabled, or the weights say so), the product ends at that node, so that what is below it still has
    weights of its own; such a node keeps its weight of nothing. `members[n, i]` tells whether indicator i counts in
    node n, `sums[b, i]` whether it belongs to part b of the tree, whose weights sum to 1.
    """

    tree: Tree
    normalised: Floats
    """(P, R, I), of the periods that orders speak of."""
    own: Weights
    comparisons: Comparisons
    members: Flags
    sums: Flags
    own_weights: Floats
    """(I,): the result's own."""

    def local(self, weights: Floats) -> Floats:
        """Return the local weight of every node, shape (N,), for weights of the indicators."""
        total = self.members @ weights
        parents = self.tree.parents.copy()
        parents[0] = 0
        local: Floats = np.where(self.own.local > 0, total / total[parents], 0.0)
        return local

    def local_by_code(self, weights: Floats) -> Mapping[str, float]:
        """Return the local weight of every node below the index by its code."""
        below = self.local(weights)[1:].tolist()
        return dict(zip(self.tree.codes[1:], below, strict=True))

    def scores(self, weights: Floats) -> Floats:
        """Return the scores (P, R, N) that a study with these weights has."""
        return self.scores_by(self.local_by_code(weights))

    def scores_by(self, local: Mapping[str, float]) -> Floats:
        """Return the scores (P, R, N) that a study with these local weights has."""
        return aggregated(self.tree, self.normalised, weights_of(self.tree, local))

    def total(self, weights: Floats) -> Floats:
        """Return the weight of the node that each order speaks of, shape (orders,)."""
        total: Floats = (self.members @ weights)[self.comparisons.node]
        return total


def ground_of(result: Contents, orders: Sequence[PublishedOrder]) -> Ground:
    """Return the result and the orders laid out for fitting."""
    tree = tree_of(result.framework)
    periods = [period for period in result.about.periods if any(o.period == period for o in orders)]
    own = _own_weights(tree, result)
    members = _members(tree, own.local)
    idle = own.local[1:] == 0
    ends = np.concatenate(([0], np.flatnonzero(idle) + 1))
    within = np.ones(len(tree.codes))
    for position in range(1, len(tree.codes)):
        if own.local[position] > 0:
            within[position] = within[tree.parents[position]] * own.local[position]
    return Ground(
        tree=tree,
        normalised=_normalised(result, tree, periods),
        own=own,
        comparisons=_comparisons(result, tree, periods, orders),
        members=members,
        sums=members[ends],
        own_weights=within[tree.leaves],
    )


def _own_weights(tree: Tree, result: Contents) -> Weights:
    local = dict(result.weights.select("node", "local_weight").iter_rows())
    return weights_of(tree, {code: local[code] for code in tree.codes[1:]})


def _members(tree: Tree, local: Floats) -> Flags:
    members = np.zeros((len(tree.codes), len(tree.leaves)), dtype=np.bool_)
    members[tree.leaves, np.arange(len(tree.leaves))] = True
    for group in tree.groups_from_below:
        children = tree.children[group]
        members[group] = members[children[local[children] > 0]].any(axis=0)
    return members


def _normalised(result: Contents, tree: Tree, periods: Sequence[str]) -> Floats:
    shape = (len(periods), len(result.regions), len(tree.leaves))
    values = np.full(shape, np.nan)
    if not periods:
        return values
    place = [
        {name: at for at, name in enumerate(names)}
        for names in (
            periods,
            [region.code for region in result.regions],
            [indicator.code for indicator in tree.indicators],
        )
    ]
    rows = result.normalised.filter(pl.col("period").is_in(periods), pl.col("score").is_not_null())
    keys = [
        rows[column].replace_strict(at, return_dtype=pl.Int64).to_numpy()
        for column, at in zip(("period", "region_code", "indicator"), place, strict=True)
    ]
    values[tuple(keys)] = rows["score"].to_numpy()
    return values


def _comparisons(
    result: Contents, tree: Tree, periods: Sequence[str], orders: Sequence[PublishedOrder]
) -> Comparisons:
    regions = {region.code: at for at, region in enumerate(result.regions)} | {"": -1}

    def positions(found: Sequence[int]) -> NDArray[np.intp]:
        return np.array(found, dtype=np.intp)

    return Comparisons(
        node=positions([tree.positions[order.node] for order in orders]),
        period=positions([periods.index(order.period) for order in orders]),
        ahead=positions([regions[order.ahead] for order in orders]),
        behind=positions([regions[order.behind] for order in orders]),
        score=np.array([order.score for order in orders], dtype=np.float64),
        strict=np.array([order.strict for order in orders], dtype=np.bool_),
    )

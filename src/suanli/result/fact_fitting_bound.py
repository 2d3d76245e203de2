"""How many orders any weights could make hold at most: a bound from orders that exclude themselves or each other."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.result.fact_fitting_ground import Flags, Floats, Ground
from suanli.result.fact_fitting_rows import Patterns

_ROUNDING = 1e-9
"""Relative to the largest score: closer contradictions are let pass, so that rounding cannot break the bound."""
_MOST = 1200
"""Orders of one group that are compared with each other; leaving some out only widens the bound."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What no weights can do: orders that cannot hold at all, and pairs of orders that cannot hold together.

    `conflicts` has shape (pairs, 2): positions of orders, each of which could hold alone.
    """

    impossible: Flags
    conflicts: NDArray[np.intp]

    def most(self, chosen: Flags) -> int:
        """Return a number of the chosen orders that no weights can exceed.

        Of each pair in conflict one order fails, so the failures cover every pair; a fractional cover is no larger
        than any cover, and by linear programming duality it is half of a largest matching in the graph taken twice.
        """
        possible = chosen & ~self.impossible
        edges = self.conflicts[possible[self.conflicts].all(axis=1)]
        return int(possible.sum()) - _cover(edges, len(chosen))


def limits(ground: Ground, matrix: Floats, found: Patterns, floors: Floats) -> Limits:
    """Return the orders that no weights at or above the floors can make hold, alone or two at a time.

    Parameters
    ----------
    matrix
        Rows of the orders (orders, I) at any weights, see `rows`.
    found
        The indicators that decide each order. Two regions of a node with the same ones share the weights of their
        siblings alike, so that the order is linear in those weights; of other pairs only the range of the scores tells.
    floors
        Lowest weight of each indicator, shape (I,), above 0.
    """
    corners = _corners(ground, matrix, found, floors)
    slack = _ROUNDING * max(1.0, float(np.nanmax(np.abs(ground.normalised), initial=0.0)))
    never = corners.max(axis=1, initial=-np.inf) < -slack
    # two regions that are alike in everything tie to the last bit; a score and a figure may not
    alike = ~corners.any(axis=1) & found.same & (ground.comparisons.behind >= 0)
    nothing = alike & ground.comparisons.strict
    unscored = ~(found.ahead.any(axis=1) & found.behind.any(axis=1))
    impossible = never | nothing | unscored
    pairs = list(_conflicts(ground, corners, found, impossible, slack))
    return Limits(impossible, np.concatenate([_turned_round(ground), *pairs]))


def _corners(ground: Ground, matrix: Floats, found: Patterns, floors: Floats) -> Floats:
    """Return what each order gains at the corners of the weights that are allowed, shape (orders, I).

    A corner gives one indicator all that the floors leave. An order can hold only if it gains at some corner.
    """
    linear = _linear(ground, matrix, found)
    lacking = found.members & ~found.ahead
    part = _part(ground)
    base = np.where(lacking, 0.0, floors) * part
    spare = 1.0 - base.sum(axis=1, keepdims=True)
    at_floor = (linear * base).sum(axis=1, keepdims=True)
    corners = np.where(part, at_floor + spare * linear, -np.inf)
    # one indicator of the part at least stands in every row; the others never decide
    corners = np.where(part, corners, corners.max(axis=1, keepdims=True))
    ranges = _ranges(ground, found)
    return np.where(found.same[:, None], corners, ranges[:, None])


def _linear(ground: Ground, matrix: Floats, found: Patterns) -> Floats:
    """Return the scores of the first region less those of the second, 0 for indicators that do not decide."""
    if found.complete:
        return matrix
    these = ground.comparisons
    ahead = ground.normalised[these.period, these.ahead]
    behind = ground.normalised[these.period, these.behind]
    other = np.where((these.behind < 0)[:, None], these.score[:, None], behind)
    return np.where(found.ahead & found.same[:, None], ahead - other, 0.0)


def _part(ground: Ground) -> Flags:
    """Return the indicators whose weights sum to 1 together with those of each order's node, shape (orders, I)."""
    members = ground.members[ground.comparisons.node]
    holds = (members @ ground.sums.T.astype(np.float64)) > 0
    return (holds @ ground.sums.astype(np.float64)) > 0


def _ranges(ground: Ground, found: Patterns) -> Floats:
    """Return by how much the best indicator of the first region exceeds the worst of the second, shape (orders,)."""
    these = ground.comparisons
    ahead = ground.normalised[these.period, these.ahead]
    behind = ground.normalised[these.period, these.behind]
    best = np.where(found.ahead, ahead, -np.inf).max(axis=1, initial=-np.inf)
    worst = np.where(found.behind, behind, np.inf).min(axis=1, initial=np.inf)
    return np.asarray(best - np.where(these.behind < 0, these.score, worst))


def _conflicts(
    ground: Ground, corners: Floats, found: Patterns, impossible: Flags, slack: float
) -> Iterator[NDArray[np.intp]]:
    """Yield the pairs of orders of one node and the same indicators of which a mixture gains at no corner."""
    groups: dict[tuple[int, bytes], list[int]] = {}
    for at in np.flatnonzero(found.same & ~impossible).tolist():
        key = (int(ground.comparisons.node[at]), found.ahead[at].tobytes())
        groups.setdefault(key, []).append(at)
    for orders in groups.values():
        chosen = np.array(orders[:_MOST], dtype=np.intp)
        edges = _excluding(corners[chosen], slack)
        yield chosen[edges]


def _turned_round(ground: Ground) -> NDArray[np.intp]:
    """Return the pairs of orders that state of the same two regions the one and the other way round.

    Two that both allow a tie may both hold.
    """
    these = ground.comparisons
    columns = (these.node, these.period, these.ahead, these.behind)
    known: dict[tuple[int, ...], list[int]] = {}
    for at, key in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        known.setdefault(key, []).append(at)
    found = [
        (one, other)
        for (node, period, ahead, behind), ones in known.items()
        if ahead < behind
        for one in ones
        for other in known.get((node, period, behind, ahead), ())
        if these.strict[one] or these.strict[other]
    ]
    return np.array(found, dtype=np.intp).reshape(-1, 2)


def _excluding(corners: Floats, slack: float) -> NDArray[np.intp]:
    """Return the pairs of rows for which some t in 0–1 leaves t · one + (1 − t) · other below 0 at every corner."""
    found = [np.zeros((0, 2), dtype=np.intp)]
    # a corner that several rows share as it is adds nothing
    corners = np.unique(corners, axis=1)
    for first, one in enumerate(corners[:-1]):
        others = corners[first + 1 :]
        slope = one - others
        room = -others - slack
        with np.errstate(divide="ignore", invalid="ignore"):
            at = room / slope
        highest = np.where(slope > 0, at, 1.0).min(axis=1, initial=1.0)
        lowest = np.where(slope < 0, at, 0.0).max(axis=1, initial=0.0)
        level = np.where(slope == 0, room >= 0, True).all(axis=1)  # noqa: FBT003 - numpy's array
        second = np.flatnonzero(level & (lowest <= highest)) + first + 1
        found.append(np.column_stack([np.full(second.size, first), second]))
    return np.concatenate(found)


def _cover(edges: NDArray[np.intp], count: int) -> int:
    """Return the least number of orders, rounded up, that a fractional cover of all edges takes."""
    if not len(edges):
        return 0
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    both = np.concatenate([edges, edges[:, ::-1]])
    graph = coo_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(count, count))
    matched = maximum_bipartite_matching(graph.tocsr(), perm_type="column")
    return -(-int((matched >= 0).sum()) // 2)

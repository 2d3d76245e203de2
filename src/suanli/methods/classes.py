"""Tiers: scores or ranks put into classes, 1 the best, 0 for a region without a score."""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Classes = NDArray[np.int16]
Places = NDArray[np.int64]
Spread = Callable[[Places, Places], Floats]

_TIE = 1e-12
"""Squared deviations, in units of the squared range, that count as equal."""


def by_thresholds(scores: ArrayLike, cuts: Sequence[float]) -> Classes:
    """Return tiers by the lowest score of tier 1, 2, ...; scores below the last make one more tier.

    Scores may have any shape. A score equal to a cut is in the better tier.

    Raises
    ------
    ValueError
        If there is no cut, or they do not fall.

    >>> by_thresholds([95.0, 90.0, 42.0, np.nan], cuts=[90, 60])
    array([1, 1, 3, 0], dtype=int16)
    """
    limits = _cuts(cuts, "thresholds", "fall")
    array = np.asarray(scores, dtype=np.float64)
    tiers = 1 + limits.size - np.searchsorted(limits[::-1], array, side="right")
    return np.where(np.isnan(array), 0, tiers).astype(np.int16)


def by_ranks(ranks: ArrayLike, cuts: Sequence[float]) -> Classes:
    """Return tiers by the last rank of tier 1, 2, ...; ranks beyond the last make one more tier.

    Ranks are competition ranks of any shape, 0 for none; those tied on a rank share its tier.

    Raises
    ------
    ValueError
        If there is no cut, or they do not rise.

    >>> by_ranks([1, 2, 2, 4, 0], cuts=[1, 3])
    array([1, 2, 2, 3, 0], dtype=int16)
    """
    limits = _cuts(cuts, "last ranks", "rise")
    array = np.asarray(ranks)
    tiers = 1 + np.searchsorted(limits, array, side="left")
    return np.where(array == 0, 0, tiers).astype(np.int16)


def by_shares(ranks: ArrayLike, cuts: Sequence[float], *, axis: int = -2) -> Classes:
    """Return tiers by cumulative shares of the ranked regions; beyond the last is one more tier.

    Tier 1 has the ranks up to the first share of the number of ranked regions on `axis`, and so on:
    shares 0.2 and 0.5 of 31 regions end at ranks 6 and 15. Those tied on a rank share its tier, so
    a tier can have more regions than its share.

    Raises
    ------
    ValueError
        If there is no cut, they do not rise, or one is not above 0 and at most 1.

    >>> by_shares([1, 2, 3, 4, 0], cuts=[0.25, 0.75], axis=0)
    array([1, 2, 2, 3, 0], dtype=int16)
    """
    limits = _cuts(cuts, "shares", "rise")
    if limits[0] <= 0 or limits[-1] > 1:
        raise ValueError(f"shares must be above 0 and at most 1, not {list(cuts)}")
    array = np.asarray(ranks)
    count = np.sum(array > 0, axis=axis, keepdims=True)
    tiers = np.ones(array.shape, dtype=np.int64)
    for limit in limits:
        tiers += array > limit * count * (1 + 1e-12)
    return np.where(array == 0, 0, tiers).astype(np.int16)


def natural_breaks(scores: ArrayLike, count: int, *, axis: int = -2) -> Classes:
    """Return `count` tiers that leave the least squared deviation from the tiers' means.

    The optimum itself (Fisher, On grouping for maximum homogeneity, Journal of the American
    Statistical Association 53, 1958; Jenks' natural breaks), by dynamic programming over the
    distinct scores. Best last breaks never move left as scores are added, so halving the search
    takes count x n log n steps. Equal scores share a tier; with fewer distinct scores than `count`,
    each has a tier of its own. Of equally good partitions, the one with the lower breaks is taken.
    Each column of scores along `axis` is classed by itself.

    Raises
    ------
    ValueError
        If `count` is below 1, or a score is infinite.

    >>> natural_breaks([1.0, 2.0, 1.5, 50.0, 52.0, 90.0, np.nan], 3, axis=0)
    array([3, 3, 3, 2, 2, 1, 0], dtype=int16)
    """
    if count < 1:
        raise ValueError(f"scores cannot be put into {count} tiers")
    last = np.moveaxis(np.asarray(scores, dtype=np.float64), axis, -1)
    if np.isinf(last).any():
        raise ValueError("natural breaks need finite scores")
    tiers = np.zeros(last.shape, dtype=np.int16)
    for place in np.ndindex(last.shape[:-1]):
        present = ~np.isnan(last[place])
        if present.any():
            tiers[(*place, present)] = _natural_tiers(last[place][present], count)
    return np.moveaxis(tiers, -1, axis)


def _cuts(cuts: Sequence[float], name: str, way: Literal["fall", "rise"]) -> Floats:
    """Return the cuts as an array if each is beyond the one before."""
    limits = np.asarray(cuts, dtype=np.float64)
    steps = np.diff(limits) if way == "rise" else -np.diff(limits)
    if limits.size == 0 or not np.isfinite(limits).all() or (steps <= 0).any():
        raise ValueError(f"{name} must be finite and {way} from one to the next: {list(cuts)}")
    return limits


def _natural_tiers(scores: Floats, count: int) -> Classes:
    """Return the tiers of one column of finite scores."""
    distinct, position, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    groups = min(count, distinct.size)
    starts = _group_starts(distinct, sizes.astype(np.float64), groups)
    ascending = np.searchsorted(starts, position, side="right")
    return (groups + 1 - ascending).astype(np.int16)


def _group_starts(distinct: Floats, sizes: Floats, groups: int) -> Places:
    """Return where each group of the optimal partition starts among the distinct values."""
    size = distinct.size
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    spread = _spread(distinct, sizes)
    cost = np.full(size + 1, np.inf)
    cost[1:] = spread(np.zeros(size, dtype=np.int64), np.arange(1, size + 1))
    history = []
    for group in range(2, groups + 1):
        cost, breaks = _next_layer(cost, group, spread)
        history.append(breaks)
    starts, end = [], size
    for breaks in reversed(history):
        end = int(breaks[end])
        starts.append(end)
    return np.array([0, *reversed(starts)], dtype=np.int64)


def _spread(distinct: Floats, sizes: Floats) -> Spread:
    """Return the function of the squared deviation, in squared ranges, of values start to end-1."""
    unit = (distinct - np.average(distinct, weights=sizes)) / np.ptp(distinct)
    weight, first, second = (
        np.concatenate([[0.0], np.cumsum(sizes * unit**power)]) for power in (0, 1, 2)
    )

    def spread(start: Places, end: Places) -> Floats:
        sums = first[end] - first[start]
        within = second[end] - second[start] - sums * sums / (weight[end] - weight[start])
        return np.asarray(np.maximum(within, 0.0))

    return spread


def _next_layer(cost: Floats, group: int, spread: Spread) -> tuple[Floats, Places]:
    """Return the least cost of the first values in one group more, and the last group's start.

    `cost[end]` is that of the first `end` values in `group` - 1 groups. Ends are solved by halving:
    the middle end of every open interval at once, its best start then bounding those of the ends on
    either side.
    """
    size = cost.size - 1
    best, breaks = np.full(size + 1, np.inf), np.zeros(size + 1, dtype=np.int64)
    low, high = np.array([group]), np.array([size])
    left, right = np.array([group - 1]), np.array([size - 1])
    while low.size:
        middle = (low + high) // 2
        lengths = np.minimum(right, middle - 1) - left + 1
        offsets = np.cumsum(lengths) - lengths
        start = np.arange(lengths.sum()) + np.repeat(left - offsets, lengths)
        totals = cost[start] + spread(start, np.repeat(middle, lengths))
        least = np.minimum.reduceat(totals, offsets)
        nearly = np.flatnonzero(totals <= np.repeat(least + _TIE, lengths))
        chosen = start[nearly[np.searchsorted(nearly, offsets)]]
        best[middle], breaks[middle] = least, chosen
        below, above = low < middle, middle < high
        left, right = (
            np.concatenate([left[below], chosen[above]]),
            np.concatenate([chosen[below], right[above]]),
        )
        low, high = (
            np.concatenate([low[below], middle[above] + 1]),
            np.concatenate([middle[below] - 1, high[above]]),
        )
    return best, breaks

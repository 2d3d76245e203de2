"""Ranks of regions: competition ranks for results, and scores that come from positions alone.

Two regions tie only when their scores are exactly equal; nothing is rounded.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def competition_ranks(scores: ArrayLike, *, axis: int = -2) -> NDArray[np.int32]:
    """Return ranks 1, 2, 2, 4, the highest score first, of the shape of the scores; NaN has rank 0.

    Standard competition ranking: a rank is 1 plus the number of regions with a higher score.
    `axis` is that of the regions; every other axis is ranked by itself.

    >>> competition_ranks([70.0, 90.0, np.nan, 70.0, 10.0], axis=0)
    array([2, 1, 0, 2, 4], dtype=int32)
    """
    last = _regions_last(scores, axis)
    higher, _ = _neighbours(-last)
    ranked = np.where(np.isnan(last), 0, higher + 1)
    return np.moveaxis(ranked, -1, axis).astype(np.int32)


def rank_scores(values: ArrayLike, *, axis: int = -2) -> Floats:
    """Return ascending ranks as scores: 1 for the lowest value, ties share the lower rank.

    OECD/JRC Handbook (2008), step 5, ranking, with ties as in COINr. Where lower is better, rank
    the negated values.

    >>> rank_scores([5.0, 7.0, np.nan, 5.0], axis=0)
    array([ 1.,  3., nan,  1.])
    """
    last = _regions_last(values, axis)
    lower, _ = _neighbours(last)
    return np.moveaxis(np.where(np.isnan(last), np.nan, lower + 1.0), -1, axis)


def percentile_ranks(values: ArrayLike, *, axis: int = -2) -> Floats:
    """Return (rank - 1) / (n - 1) of the ascending rank among the n values present, 0 to 1.

    Ties share the lower rank, so 1 is reached only by a sole leader. A value alone in its column
    has nothing to be compared with: NaN.

    >>> percentile_ranks([5.0, 7.0, 9.0, np.nan, 5.0], axis=0)
    array([0.        , 0.66666667, 1.        ,        nan, 0.        ])
    """
    last = _regions_last(values, axis)
    lower, _ = _neighbours(last)
    count = np.sum(~np.isnan(last), axis=-1, keepdims=True)
    shares = lower / np.where(count > 1, count - 1, np.nan)
    return np.moveaxis(np.where(np.isnan(last), np.nan, shares), -1, axis)


def borda(values: ArrayLike, *, axis: int = -2) -> Floats:
    """Return Borda points: the number of regions beaten plus half of those tied with, 0 to n - 1.

    Black, The Theory of Committees and Elections (1958), for the half points of ties: the points
    given away are always n (n - 1) / 2. Missing values neither beat nor tie.

    >>> borda([5.0, 7.0, np.nan, 5.0], axis=0)
    array([0.5, 2. , nan, 0.5])
    """
    last = _regions_last(values, axis)
    lower, equal = _neighbours(last)
    points = lower + (equal - 1) / 2.0
    return np.moveaxis(np.where(np.isnan(last), np.nan, points), -1, axis)


def _regions_last(values: ArrayLike, axis: int) -> Floats:
    """Return a contiguous array with the regions on the last axis."""
    array = np.asarray(values, dtype=np.float64)
    return np.ascontiguousarray(np.moveaxis(array, axis, -1))


def _neighbours(values: Floats) -> tuple[Integers, Integers]:
    """Return, for each value, how many on the last axis are lower and how many equal (itself too).

    NaN sorts to the end and so counts for no present value; its own counts mean nothing.
    """
    order = np.argsort(values, axis=-1)
    ordered = np.take_along_axis(values, order, axis=-1)
    size = values.shape[-1]
    place = np.arange(size)
    starts = np.ones(values.shape, dtype=bool)
    starts[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    first = np.maximum.accumulate(np.where(starts, place, 0), axis=-1)
    ends = np.ones(values.shape, dtype=bool)
    ends[..., :-1] = starts[..., 1:]
    backwards = np.where(ends, place, size - 1)[..., ::-1]
    final = np.minimum.accumulate(backwards, axis=-1)[..., ::-1]
    lower, equal = np.empty_like(order), np.empty_like(order)
    np.put_along_axis(lower, order, first, axis=-1)
    np.put_along_axis(equal, order, final - first + 1, axis=-1)
    return lower, equal

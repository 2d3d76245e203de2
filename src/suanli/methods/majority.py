"""Copeland's rule: regions compared two by two, a majority of the weight deciding each match."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.weights import Floats, Missing, taking_part

_BLOCK = 256
"""Regions compared at once with as many others: the working set stays in the processor's cache."""


def copeland(scores: ArrayLike, weights: ArrayLike, *, missing: Missing = "propagate") -> Floats:
    """Return Copeland scores (..., regions), from 0 for losing all matches to 1 for winning all.

    A region wins the match with another if the weight of the indicators in which it is ahead is
    greater than the weight of those in which it is behind; margins within 1e-12 of the weight are
    draws. Its score is (wins - losses) / (n - 1), stretched from -1..1 to 0..1. Copeland, A
    reasonable social welfare function (1951); OECD/JRC Handbook (2008), step 6, non-compensatory
    aggregation. With n the regions that take part; a region alone has no match and scores NaN.

    An indicator that either side lacks counts for neither. Under `missing="propagate"` a region
    with any missing indicator takes no part and scores NaN; under `"renormalise"` it meets the
    others on what both have, and scores NaN only if it has nothing.

    Time grows with regions squared times indicators (300 by 53: hundredths of a second; 10,000 by
    53: seconds), memory only with regions.

    Raises
    ------
    ValueError
        If the weights do not fit the scores, are negative, not finite, or all 0.

    >>> copeland([[3.0, 2.0, 1.0], [2.0, 1.0, 3.0], [1.0, 3.0, 2.0]], [0.5, 0.3, 0.2])
    array([0.75, 0.5 , 0.25])
    """
    array, shares = taking_part(scores, weights)
    if array.ndim < 2:
        raise ValueError("a pairwise comparison needs scores of shape (..., regions, indicators)")
    points = np.full(array.shape[:-1], np.nan)
    for place in np.ndindex(array.shape[:-2]):
        points[place] = _tournament(array[place], shares, missing)
    return points


def _tournament(scores: Floats, weights: Floats, missing: Missing) -> Floats:
    absent = np.isnan(scores)
    out = absent.all(axis=-1) if missing == "renormalise" else absent.any(axis=-1)
    players = np.flatnonzero(~out)
    points = np.full(scores.shape[0], np.nan)
    if players.size > 1:
        balance = _balance(np.ascontiguousarray(scores[players].T), weights)
        points[players] = (balance / (players.size - 1) + 1.0) / 2.0
    return points


def _balance(columns: Floats, weights: Floats) -> NDArray[np.int64]:
    """Return wins minus losses of every region; columns are (indicators, regions)."""
    balance = np.zeros(columns.shape[1], dtype=np.int64)
    slack = 1e-12 * weights.sum()
    for left, right in _blocks(columns.shape[1]):
        margin = _margins(columns[:, left], columns[:, right], weights)
        result = (margin > slack).astype(np.int64) - (margin < -slack)
        balance[left] += result.sum(axis=1)
        if left != right:
            balance[right] -= result.sum(axis=0)
    return balance


def _blocks(size: int) -> Iterator[tuple[slice, slice]]:
    """Yield pairs of slices that meet every pair of places once, and every place with itself."""
    starts = range(0, size, _BLOCK)
    for row in starts:
        for column in starts:
            if column >= row:
                yield slice(row, row + _BLOCK), slice(column, column + _BLOCK)


def _margins(left: Floats, right: Floats, weights: Floats) -> Floats:
    """Return the weight for the left regions minus that for the right, (left, right)."""
    shape = left.shape[1], right.shape[1]
    margin = np.zeros(shape)
    ahead, behind = np.empty(shape, dtype=bool), np.empty(shape, dtype=bool)
    sign, term = np.empty(shape, dtype=np.int8), np.empty(shape)
    for mine, theirs, weight in zip(left, right, weights, strict=True):
        np.greater(mine[:, None], theirs, out=ahead)
        np.less(mine[:, None], theirs, out=behind)
        np.subtract(ahead.view(np.int8), behind.view(np.int8), out=sign)
        np.multiply(sign, weight, out=term)
        margin += term
    return margin

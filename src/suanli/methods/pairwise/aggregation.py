"""A panel's judgements or weights made one: weighted, trimmed, and in many draws at once.

`reciprocal_matrices` of `aggregated_logarithms` are the aggregation of individual judgements (AIJ),
`aggregated_priorities` is that of individual priorities (AIP): Forman and Peniwati, Aggregating
individual judgments and priorities with the analytic hierarchy process, European Journal of
Operational Research 108, 1998.
Under geometric means, complete answers and no trimming both give the same weights, whatever the
influence of the experts.

Influence is at least 0 and need not sum to 1; what an expert did not judge is averaged over the
others, whose influence then makes up the whole. Where nobody with influence judged, the result is
missing. Trimming by t orders what the experts said and cuts from both ends as much of it as makes
up the share t of the influence, part of an expert's answer if need be.
"""

from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.weights import Floats

Mean = Literal["geometric", "arithmetic"]


def aggregated_logarithms(values: ArrayLike, influences: ArrayLike, trim: float = 0.0) -> Floats:
    """Return the weighted and trimmed means (..., K) over experts of values (..., E, K).

    With the logarithms of judgements this is the aggregation of judgements without its matrices;
    influences are (..., E), and leading axes broadcast.

    Raises
    ------
    ValueError
        If shapes do not fit, influence is negative, not finite or all 0, or trim is not within 0 to
        below 0.5.

    >>> aggregated_logarithms([[0.0, 1.0], [2.0, np.nan]], [3, 1])
    array([0.5, 1. ])
    """
    array = np.asarray(values, dtype=np.float64)
    shares = np.asarray(influences, dtype=np.float64)
    _check(array, shares, trim)
    if trim > 0.0:
        return _trimmed_means(array, shares, trim)
    missing = np.isnan(array)
    if not missing.any():
        means: Floats = _weighted_sums(array, shares) / shares.sum(axis=-1)[..., None]
        return means
    present = np.where(missing, 0.0, 1.0)
    sums = _weighted_sums(np.where(missing, 0.0, array), shares)
    return _quotient(sums, _weighted_sums(present, shares))


def aggregated_priorities(
    weights: ArrayLike, influence: ArrayLike, mean: Mean = "geometric", trim: float = 0.0
) -> Floats:
    """Return the group's weights (..., n) from the experts' (..., E, n), summing to 1.

    Experts whose weights are NaN are left out. The means of the items need not sum to 1, so they
    are divided by their sum: for geometric means always, for arithmetic ones when trimmed.

    Raises
    ------
    ValueError
        If shapes do not fit, an expert has weights of some items only, a weight is negative (or 0
        under the geometric mean), or influence and trim are as for `aggregated_logarithms`.

    >>> aggregated_priorities([[0.5, 0.5], [0.8, 0.2]], [1, 1]).round(4).tolist()
    [0.6667, 0.3333]
    """
    array = np.asarray(weights, dtype=np.float64)
    _check_priorities(array, mean)
    if mean == "arithmetic":
        means = aggregated_logarithms(array, influence, trim)
    else:
        logs = aggregated_logarithms(np.log(array), influence, trim)
        means = np.exp(logs - logs.max(axis=-1, keepdims=True))
    group: Floats = means / means.sum(axis=-1, keepdims=True)
    return group


def reciprocal_matrices(logarithms: Floats, size: int) -> Floats:
    """Return the matrices (..., n, n) of the logarithms (..., n (n-1) / 2) of their upper pairs.

    Pairs run along the rows: (0, 1), (0, 2) ... (1, 2) ... A ratio is made on the side where it
    is at least 1 and inverted on the other, so that opposite pairs are reciprocal to the last bit.

    >>> reciprocal_matrices(np.log([[2.0]]), 2).tolist()
    [[[1.0, 2.0], [0.5, 1.0]]]
    """
    count = logarithms.shape[-1]
    values = np.ones((*logarithms.shape[:-1], 2 * count + 1))
    above, below = values[..., :count], values[..., count:-1]
    np.exp(np.abs(logarithms), out=above)
    np.divide(1.0, above, out=below)
    # in place, since most of the time of many draws goes into new memory
    falling = logarithms < 0.0
    large = above.copy()
    np.copyto(above, below, where=falling)
    np.copyto(below, large, where=falling)
    matrices: Floats = np.take(values, _places(size), axis=-1)
    return matrices


@cache
def pairs(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the rows and columns of the pairs above the diagonal, along the rows.

    >>> [part.tolist() for part in pairs(3)]
    [[0, 0, 1], [1, 2, 2]]
    """
    rows, columns = np.triu_indices(size, 1)
    rows.flags.writeable = columns.flags.writeable = False
    return rows, columns


@cache
def _places(size: int) -> NDArray[np.intp]:
    """Return for each cell (n, n) where its value stands: pairs above, pairs below, the diagonal."""
    rows, columns = pairs(size)
    places = np.full((size, size), 2 * len(rows), dtype=np.intp)
    places[rows, columns] = np.arange(len(rows))
    places[columns, rows] = np.arange(len(rows), 2 * len(rows))
    places.flags.writeable = False
    return places


def _weighted_sums(values: Floats, shares: Floats) -> Floats:
    """Return the sums over experts of share times value, (..., K).

    Not as a matrix product: for so few experts its threads cost more than the sums, and one draw
    would not be the same to the last bit alone and among others.
    """
    sums: Floats = np.einsum("...e,...ek->...k", shares, values)
    return sums


def _trimmed_means(values: Floats, shares: Floats, trim: float) -> Floats:
    order = np.argsort(values, axis=-2, kind="stable")
    ordered = np.take_along_axis(values, order, axis=-2)
    missing = np.isnan(ordered)
    if values.ndim == 2:
        held = shares[..., order]
    else:
        held = np.take_along_axis(np.broadcast_to(shares[..., None], order.shape), order, axis=-2)
    if missing.any():
        held = np.where(missing, 0.0, held)
        ordered = np.where(missing, 0.0, ordered)
    reached = np.cumsum(held, axis=-2, out=held)
    totals = reached[..., -1:, :]
    reached /= np.where(totals > 0.0, totals, np.nan)
    np.clip(reached, trim, 1.0 - trim, out=reached)
    # what each answer keeps is how far it carries the clipped sum on
    ends = reached[..., -1, :] * ordered[..., -1, :] - trim * ordered[..., 0, :]
    steps = ordered[..., 1:, :] - ordered[..., :-1, :]
    inner = (reached[..., :-1, :] * steps).sum(axis=-2)
    means: Floats = (ends - inner) / (1.0 - 2.0 * trim)
    return means


def _quotient(sums: Floats, wholes: Floats) -> Floats:
    """Return sums over wholes, missing where the whole is 0."""
    return np.divide(sums, np.where(wholes > 0.0, wholes, np.nan))


def _check(values: Floats, shares: Floats, trim: float) -> None:
    if values.ndim < 2 or shares.ndim < 1 or shares.shape[-1] != values.shape[-2]:
        raise ValueError(f"influence of shape {shares.shape} does not fit {values.shape}")
    if not np.isfinite(shares).all() or (shares < 0.0).any():
        raise ValueError("influence must be finite and not negative")
    if not (shares.sum(axis=-1) > 0.0).all():
        raise ValueError("at least one expert must have influence")
    if not 0.0 <= trim < 0.5:
        raise ValueError(f"the share trimmed at each end must be within 0 to below 0.5, not {trim}")


def _check_priorities(weights: Floats, mean: str) -> None:
    if mean not in ("geometric", "arithmetic"):
        raise ValueError(f"unknown mean {mean!r}; the means are geometric and arithmetic")
    missing = np.isnan(weights)
    if (missing.any(axis=-1) != missing.all(axis=-1)).any():
        raise ValueError("an expert must have weights of all items or of none")
    if (weights < 0.0).any() or np.isinf(weights).any():
        raise ValueError("weights must be finite and not negative")
    if mean == "geometric" and (weights == 0.0).any():
        raise ValueError("a geometric mean needs weights above 0")

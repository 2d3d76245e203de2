"""The graph of comparisons: what they connect, and the logarithmic least squares weights on it."""

import numpy as np
from numpy.typing import ArrayLike

from suanli.methods.pairwise.complete import normalised_exponentials, row_geometric_means
from suanli.methods.pairwise.matrices import Flags, Floats, judged_matrices


def components(comparable: ArrayLike) -> tuple[tuple[int, ...], ...]:
    """Return the groups of items that comparisons connect, each in order, by their first item.

    Parameters
    ----------
    comparable
        (n, n), true where a pair is compared in either direction.

    Raises
    ------
    ValueError
        If it is not square.

    >>> components([[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    ((0, 1), (2,))
    """
    links = np.asarray(comparable, dtype=bool)
    if links.ndim != 2 or links.shape[0] != links.shape[1]:
        raise ValueError(f"comparisons are a square table, not of shape {links.shape}")
    reached = _reachable(links | links.T | np.eye(len(links), dtype=bool))
    firsts = np.argmax(reached, axis=1) if len(links) else np.empty(0, dtype=np.int64)
    return tuple(
        tuple(int(item) for item in np.flatnonzero(firsts == first)) for first in np.unique(firsts)
    )


def least_squares_weights(matrices: ArrayLike, strengths: ArrayLike | None = None) -> Floats:
    """Return the logarithmic least squares weights (..., n) on the graph of known comparisons.

    Minimises the sum over known pairs of s_ij (ln a_ij - ln w_i + ln w_j)^2, a linear system in the
    graph's Laplacian (Bozóki, Fülöp and Rónyai 2010); on a complete matrix with equal strengths it
    is the geometric mean.

    Parameters
    ----------
    matrices
        (..., n, n), NaN where not judged.
    strengths
        (..., n, n), symmetric and not negative: how much each pair counts; missing pairs count 0
        whatever it says. All 1 by default.

    Raises
    ------
    ValueError
        As `judged_matrices`; if strengths do not fit, or the comparisons that count do not connect
        all items.

    >>> least_squares_weights([[1, 2, np.nan], [0.5, 1, 3], [np.nan, 1 / 3, 1]])
    array([0.6, 0.3, 0.1])
    """
    array, known = judged_matrices(matrices)
    if strengths is None:
        if known.all():
            return row_geometric_means(array)
        counting = known.astype(np.float64)
    else:
        counting = np.where(known, _strengths(strengths, array.shape[-1]), 0.0)
    check_connected(counting > 0)
    return weights_on_graph(np.where(known, array, 1.0), counting)


def connected(comparable: Flags) -> Flags:
    """Return in which graphs (...) comparisons (..., n, n) connect all items.

    >>> connected(np.array([[[0, 1], [1, 0]], [[1, 0], [0, 1]]], dtype=bool)).tolist()
    [True, False]
    """
    linked = comparable | np.eye(comparable.shape[-1], dtype=bool)
    if linked.all():
        return np.ones(linked.shape[:-2], dtype=bool)
    return np.asarray(_reachable(linked)[..., 0, :].all(axis=-1))


def check_connected(comparable: Flags) -> None:
    """Raise `ValueError` naming the groups where comparisons (..., n, n) do not connect all items."""
    apart = ~connected(comparable)
    if apart.any():
        groups = components(comparable[tuple(np.argwhere(apart)[0])])
        named = ", ".join(str(list(group)) for group in groups)
        raise ValueError(f"the comparisons do not connect all items; the groups are {named}")


def _strengths(strengths: ArrayLike, n: int) -> Floats:
    counting = np.asarray(strengths, dtype=np.float64)
    if counting.ndim < 2 or counting.shape[-2:] != (n, n):
        raise ValueError(f"strengths are (..., {n}, {n}), not of shape {counting.shape}")
    paired = np.where(np.eye(n, dtype=bool), 0.0, counting)
    known = ~np.isnan(paired)
    if not ((paired >= 0) | ~known).all() or np.isinf(paired).any():
        raise ValueError("strengths are finite and not below 0")
    paired = np.where(known, paired, 0.0)
    if not np.allclose(paired, paired.swapaxes(-1, -2), rtol=1e-9, atol=0):
        raise ValueError("strengths are the same in both directions of a pair")
    return paired


def weights_on_graph(array: Floats, counting: Floats) -> Floats:
    """Return the least squares weights of matrices already known to be connected.

    The Laplacian system's null space, a common factor of the weights, is fixed by a mean logarithm of 0.

    Parameters
    ----------
    array
        (..., n, n), any positive number where `counting` is 0.
    counting
        (..., n, n), how much each pair counts.
    """
    n = array.shape[-1]
    pairs = np.where(np.eye(n, dtype=bool), 0.0, counting)
    totals = pairs.sum(axis=-1)
    # in units of the mean strength the fixing term is of the Laplacian's own size
    unit = np.maximum(totals.mean(axis=-1), np.finfo(float).tiny)[..., None, None]
    laplacian = (totals[..., None] * np.eye(n) - pairs) / unit + 1.0 / n
    pulls = (pairs / unit * np.log(array)).sum(axis=-1)
    return normalised_exponentials(np.linalg.solve(laplacian, pulls[..., None])[..., 0])


def _reachable(linked: Flags) -> Flags:
    """Return which items a path connects, by squaring the links until nothing is added."""
    reached = linked
    while True:
        further = np.matmul(reached.astype(np.float32), reached.astype(np.float32)) > 0
        if (further == reached).all():
            return np.asarray(reached)
        reached = further

"""Weights of complete judgement matrices: principal eigenvector, geometric mean, column mean."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from suanli.methods.pairwise.matrices import Flags, Floats, complete_matrices

SETTLED = 1e-14
"""Spread of the weights' growth in a step below which the power iteration has arrived."""
STEPS = 20
INVERSE_STEPS = 100
NUDGE = 1e-15
EXACT = 1e-10
"""Spread that rounding may leave where entries are very many orders of magnitude apart."""
SMALL = 16
"""Up to this n the iteration goes by eighth powers, beyond by squares: they save more than they cost."""


@dataclass(frozen=True, slots=True)
class Principal:
    """The largest eigenvalue of matrices and its positive right vector, summing to 1."""

    weights: Floats
    """(..., n)"""
    lambda_max: Floats
    """(...)"""


def principal(matrices: ArrayLike) -> Principal:
    """Return the principal eigenvectors (..., n) and eigenvalues (...) of complete matrices.

    Saaty's eigenvector method (Saaty 1977). All matrices iterate together from their geometric
    means to the last digits; the few that do not settle soon, being far from consistent, go on by
    inverse iteration.

    Raises
    ------
    ValueError
        As `complete_matrices`; if judgements are so many orders of magnitude apart that double
        precision cannot tell the eigenvector.

    >>> found = principal([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]])
    >>> found.weights.round(6), found.lambda_max.round(6)
    (array([0.6, 0.3, 0.1]), np.float64(3.0))
    """
    array = complete_matrices(matrices)
    start = row_geometric_means(array)
    n = array.shape[-1]
    if n > 3:
        return perron(array, start)
    # up to three items the geometric mean is the eigenvector (Crawford and Williams 1985)
    return Principal(start, _small_eigenvalues(array))


def _small_eigenvalues(array: Floats) -> Floats:
    """Return the largest eigenvalues (...) of matrices of up to three items.

    With three it is 1 + c + 1 / c, where c³ = a_12 a_23 / a_13 is 1 if they are consistent.
    """
    n = array.shape[-1]
    if n < 3:
        return np.full(array.shape[:-2], float(n))[()]
    detour = np.cbrt(array[..., 0, 1] * array[..., 1, 2] / array[..., 0, 2])
    return np.asarray(1.0 + detour + 1.0 / detour)[()]


def geometric_weights(matrices: ArrayLike) -> Floats:
    """Return the normalised geometric means of the rows of complete matrices, (..., n).

    The row geometric mean method (Crawford and Williams 1985), which is the logarithmic least
    squares solution of a complete matrix.

    Raises
    ------
    ValueError
        As `complete_matrices`.

    >>> geometric_weights([[1, 4], [1 / 4, 1]])
    array([0.8, 0.2])
    """
    return row_geometric_means(complete_matrices(matrices))


def column_mean_weights(matrices: ArrayLike) -> Floats:
    """Return the means of the rows of complete matrices after each column is divided by its sum.

    The additive normalisation of textbooks, (..., n).

    Raises
    ------
    ValueError
        As `complete_matrices`.

    >>> column_mean_weights([[1, 4], [1 / 4, 1]])
    array([0.8, 0.2])
    """
    array = complete_matrices(matrices)
    return np.asarray((array / array.sum(axis=-2, keepdims=True)).mean(axis=-1))


def row_geometric_means(array: Floats) -> Floats:
    """Return the rows' geometric means, summing to 1, of matrices already known to be positive."""
    return normalised_exponentials(np.log(array).mean(axis=-1))


def normalised_exponentials(logarithms: Floats) -> Floats:
    """Return weights summing to 1 from their logarithms (..., n), however large those are."""
    weights = np.exp(logarithms - logarithms.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def perron(matrices: Floats, start: Floats) -> Principal:
    """Return the largest eigenvalue and its vector of non-negative matrices.

    Parameters
    ----------
    matrices
        (..., n, n), a positive diagonal and a connected pattern of positive entries.
    start
        (..., n), positive weights near the vector.
    """
    n = matrices.shape[-1]
    flat = matrices.reshape(-1, n, n)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        weights, settled = _power_iteration(flat, start.reshape(-1, n))
        if not settled.all():
            near = (np.isfinite(weights) & (weights > 0)).all(axis=-1, keepdims=True)
            begin = np.where(near, weights, start.reshape(-1, n))[~settled]
            weights[~settled] = _inverse_iteration(flat[~settled], begin)
    # a plain step takes away what the powers' rounding left, and measures the eigenvalue
    images = _images(flat, weights)
    return Principal(
        weights=(images / images.sum(axis=-1, keepdims=True)).reshape(matrices.shape[:-1]),
        lambda_max=(images.sum(axis=-1) / weights.sum(axis=-1)).reshape(matrices.shape[:-2])[()],
    )


def _power_iteration(matrices: Floats, start: Floats) -> tuple[Floats, Flags]:
    """Return vectors (B, n) and which of them have settled (B,)."""
    weights, settled = start.copy(), np.zeros(len(matrices), dtype=bool)
    powers, active = _powers(matrices), np.arange(len(matrices))
    # hardly any matrix settles in the first two steps, which go without looking
    now = _images(powers, _images(powers, start))
    for _ in range(STEPS):
        after = _images(powers, now)
        growth = after / now
        # the largest and least growth enclose the eigenvalue (Collatz and Wielandt)
        arrived = growth.max(axis=-1) - growth.min(axis=-1) <= SETTLED
        now = after
        if 2 * np.count_nonzero(arrived) > len(arrived):
            weights[active], settled[active] = now, arrived
            active, now, powers = active[~arrived], now[~arrived], powers[~arrived]
        if not active.size:
            break
    weights[active] = now
    return weights, settled


def _powers(matrices: Floats) -> Floats:
    """Return powers of the matrices in units of their trace, by which a vector hardly grows."""
    powers = matrices
    for _ in range(3 if matrices.shape[-1] <= SMALL else 1):
        powers = powers @ powers
    return np.asarray(powers / np.trace(powers, axis1=-2, axis2=-1)[..., None, None])


def _images(matrices: Floats, vectors: Floats) -> Floats:
    return np.asarray((matrices @ vectors[..., None])[..., 0])


def _inverse_iteration(matrices: Floats, start: Floats) -> Floats:
    """Return vectors (B, n) by Noda's iteration, which settles however inconsistent a matrix is.

    In units of the present vector w the row sums are the growths (A w)_i / w_i, and the largest of
    them is a shift that approaches the eigenvalue from above: the inverse of the shifted matrix is
    positive and the convergence quadratic (Noda 1971).
    """
    identity = np.eye(matrices.shape[-1])
    weights: Floats = start / start.max(axis=-1, keepdims=True)
    kept, best = weights.copy(), np.full(len(start), np.inf)
    for _ in range(INVERSE_STEPS):
        scaled = matrices * (weights[:, None, :] / weights[:, :, None])
        growth = scaled.sum(axis=-1)
        largest = growth.max(axis=-1)
        spread = 1 - growth.min(axis=-1) / largest
        better = spread < best
        kept[better], best[better] = weights[better], spread[better]
        if ((best <= SETTLED) | ((best <= EXACT) & ~better)).all():
            break
        # the nudge keeps a shift that is already the eigenvalue from being singular
        shifted = (largest * (1 + NUDGE))[:, None, None] * identity - scaled
        step = np.linalg.solve(shifted, np.ones((*growth.shape, 1)))[..., 0]
        weights = weights * np.abs(step)
        weights /= weights.max(axis=-1, keepdims=True)
    if (best <= EXACT).all():
        return kept
    raise ValueError("judgements so far apart have no principal eigenvector in double precision")

"""How far judgements contradict each other: CI, CR, GCI, cycles, and the judgements that do it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.pairwise.complete import principal, row_geometric_means
from suanli.methods.pairwise.incomplete import least_lambda, least_squares_weights
from suanli.methods.pairwise.matrices import Floats, complete_matrices, judged_matrices
from suanli.methods.pairwise.random_index import DEFAULT, random_index

ROUNDING = 1e-9
"""Relative size of what rounding may leave: of lambda_max below n, of a tie's ratio from 1."""


@dataclass(frozen=True, slots=True)
class Worst:
    """A judgement, what would be consistent in its place, and how much it matters."""

    row: int
    column: int
    judgement: float
    consistent: float
    """w_i / w_j"""
    ratio: float
    """a_ij w_j / w_i: 1 is consistent, above 1 too high"""
    gradient: float
    """d lambda_max / d a_ij: above 0, a lower judgement is more consistent"""


def consistency_index(lambda_max: ArrayLike, n: int) -> Floats:
    """Return CI = (lambda_max - n) / (n - 1), the shape of lambda_max; 0 below n = 3.

    Lambda_max of a reciprocal matrix is at least n; what rounding takes off it counts as 0.

    Raises
    ------
    ValueError
        If a lambda_max is below n by more than rounding.

    >>> float(consistency_index(4.2, 4).round(6))
    0.066667
    """
    if n < 1:
        raise ValueError(f"a matrix has at least one item, not {n}")
    largest = np.asarray(lambda_max, dtype=np.float64)
    if (largest < n * (1 - ROUNDING)).any():
        raise ValueError(f"lambda_max of a reciprocal matrix is at least n = {n}")
    if n < 3:
        return np.where(np.isnan(largest), np.nan, 0.0)[()]
    return np.asarray(np.maximum(largest - n, 0.0) / (n - 1))[()]


def consistency_ratio(
    lambda_max: ArrayLike, n: int, *, table: str = DEFAULT, missing: ArrayLike = 0
) -> Floats:
    """Return CR = CI / RI, of the shape lambda_max and missing broadcast to; NaN where lambda_max is.

    Saaty (1977), for incomplete matrices as Ágoston and Csató (2022) with lambda_max of the completion
    by the least lambda_max. Below n = 3, and where comparisons are a spanning tree, it is 0.

    Parameters
    ----------
    lambda_max
        (...)
    n
        Number of items.
    table
        Name of a random index table, see `random_index`.
    missing
        (...), number of pairs not judged.

    Raises
    ------
    ValueError
        As `consistency_index` and `random_index`.

    >>> float(consistency_ratio(4.2, 4).round(4)), float(consistency_ratio(4.2, 4, missing=1).round(4))
    (0.0756, 0.1144)
    """
    index = consistency_index(lambda_max, n)
    if not np.any(missing):
        expected = random_index(n, table)
        return index / expected if expected else index
    index, gaps = np.broadcast_arrays(index, np.asarray(missing, dtype=np.int64))
    ratios = np.full(index.shape, np.nan)
    there = ~np.isnan(index)
    for count in np.unique(gaps[there]):
        chosen = there & (gaps == count)
        expected = random_index(n, table, int(count))
        ratios[chosen] = index[chosen] / expected if expected else 0.0
    return ratios[()]


def consistency_ratio_limit(n: int) -> float:
    """Return the usual limit of CR by size (Saaty 1994): 0.05 up to n = 3, 0.09 for 4, 0.10 above.

    >>> [consistency_ratio_limit(n) for n in (3, 4, 9)]
    [0.05, 0.09, 0.1]
    """
    return {4: 0.09}.get(n, 0.05 if n < 4 else 0.10)


def gci_limit(n: int) -> float:
    """Return the limit of the geometric consistency index that answers to CR = 0.10.

    Aguarón and Moreno-Jiménez (2003): 0.3147 up to n = 3, 0.3526 for 4, 0.370 above.

    >>> [gci_limit(n) for n in (3, 4, 9)]
    [0.3147, 0.3526, 0.37]
    """
    return {4: 0.3526}.get(n, 0.3147 if n < 4 else 0.370)


def geometric_consistency_index(matrices: ArrayLike) -> Floats:
    """Return the geometric consistency index (...) of matrices, complete or not; 0 below n = 3.

    The sum over known pairs i < j of ln^2(a_ij w_j / w_i), with w the logarithmic least squares
    weights, divided by its degrees of freedom: the known pairs less the n - 1 that weights need.
    On a complete matrix that is 2 / ((n - 1)(n - 2)) times the sum, the index of Aguarón and
    Moreno-Jiménez (2003); on a spanning tree it is 0. It estimates the variance of a judgement's
    logarithm, so the same limits serve for incomplete matrices.

    Raises
    ------
    ValueError
        As `judged_matrices`; if the comparisons do not connect all items.

    >>> float(geometric_consistency_index([[1, 2, 5], [0.5, 1, 3], [0.2, 1 / 3, 1]]).round(7))
    0.0110804
    """
    array, known = judged_matrices(matrices)
    n = array.shape[-1]
    weights = row_geometric_means(array) if known.all() else least_squares_weights(array)
    residuals = np.log(_ratios(np.where(known, array, 1.0), weights))
    upper = np.triu(known, 1)
    freedom = upper.sum(axis=(-2, -1)) - (n - 1)
    squares = np.square(residuals, where=upper, out=np.zeros_like(residuals)).sum(axis=(-2, -1))
    return np.asarray(np.where(freedom > 0, squares / np.maximum(freedom, 1), 0.0))[()]


def lambda_of(matrices: ArrayLike, weights: ArrayLike) -> Floats:
    """Return the mean of (A w)_i / w_i, (...): the textbooks' estimate of lambda_max from any weights.

    It is lambda_max itself for the eigenvector's weights, and never below n.

    Raises
    ------
    ValueError
        As `complete_matrices`; if a weight is not above 0.

    >>> float(lambda_of([[1, 2], [0.5, 1]], [2 / 3, 1 / 3]))
    2.0
    """
    array = complete_matrices(matrices)
    given = _positive(weights, array.shape[-1])
    return np.asarray(((array @ given[..., None])[..., 0] / given).mean(axis=-1))[()]


def lambda_gradient(matrices: ArrayLike) -> Floats:
    """Return d lambda_max / d a_ij (..., n, n) when a_ji follows as 1 / a_ij; 0 on the diagonal.

    Harker (1987): y_i x_j - a_ji^2 y_j x_i with x the right and y the left vector, y x = 1.

    Raises
    ------
    ValueError
        As `complete_matrices`.

    >>> lambda_gradient([[1, 2, 3], [1 / 2, 1, 2], [1 / 3, 1 / 2, 1]])[0, 1:].round(7)
    array([ 0.0320137, -0.0213425])
    """
    array = complete_matrices(matrices)
    right, left = principal(array).weights, principal(array.swapaxes(-1, -2)).weights
    left = left / (left * right).sum(axis=-1, keepdims=True)
    products = left[..., :, None] * right[..., None, :]
    opposite = array.swapaxes(-1, -2)
    return np.asarray(products - opposite * opposite * products.swapaxes(-1, -2))


def cycles(matrix: ArrayLike) -> tuple[tuple[int, int, int], ...]:
    """Return the ordinal three-cycles (i, j, k): i over j, j over k, and yet k over i.

    Each cycle comes once, in its direction of preference from its lowest item, in order. One of the
    three may be a tie: i equal to j, j over k, k over i is a cycle too. With two ties the third
    judgement may be the rounding of a weak preference, and it is none. Missing pairs are in none.

    Raises
    ------
    ValueError
        As `judged_matrices`; if there is more than one matrix.

    >>> cycles([[1, 2, 1 / 3], [1 / 2, 1, 4], [3, 1 / 4, 1]])
    ((0, 1, 2),)
    """
    array, known = judged_matrices(matrix)
    if array.ndim != 2:
        raise ValueError(f"one matrix at a time, not {array.shape[:-2]} of them")
    strict = known & (array > 1 + ROUNDING)
    weak = known & ~strict.T
    found = []
    for first in range(len(array)):
        # both directions round, each from its lowest item
        later = np.arange(len(array)) > first
        around = weak[first][:, None] & weak & weak[:, first][None, :]
        around &= later[:, None] & later[None, :] & ~np.eye(len(array), dtype=bool)
        preferences = strict[first][:, None].astype(np.int8) + strict + strict[:, first][None, :]
        found += [(first, int(j), int(k)) for j, k in np.argwhere(around & (preferences >= 2))]
    return tuple(found)


def worst_judgements(matrix: ArrayLike, weights: ArrayLike, count: int) -> tuple[Worst, ...]:
    """Return the judgements above the diagonal farthest from the weights, the farthest first.

    Ordered by |ln(a_ij w_j / w_i)|, then by row and column; at most `count` of them. The gradient of an
    incomplete matrix is that of its completion by the least lambda_max.

    Raises
    ------
    ValueError
        As `judged_matrices`; if a weight is not above 0, or there is more than one matrix.

    >>> one, = worst_judgements([[1, 2, 8], [0.5, 1, 2], [1 / 8, 0.5, 1]], [4 / 7, 2 / 7, 1 / 7], 1)
    >>> one.row, one.column, one.judgement, round(one.consistent, 6)
    (0, 2, 8.0, 4.0)
    """
    array, known = judged_matrices(matrix)
    if array.ndim != 2:
        raise ValueError(f"one matrix at a time, not {array.shape[:-2]} of them")
    given = _positive(weights, len(array))
    ratios = _ratios(array, given)
    gradients = lambda_gradient(array if known.all() else least_lambda(array))
    rows, columns = np.nonzero(np.triu(known, 1))
    # distances equal but for rounding stay in order of row and column
    distances = np.abs(np.log(ratios[rows, columns])).round(12)
    order = np.lexsort((columns, rows, -distances))[: max(count, 0)]
    return tuple(
        Worst(
            row=int(i),
            column=int(j),
            judgement=float(array[i, j]),
            consistent=float(given[i] / given[j]),
            ratio=float(ratios[i, j]),
            gradient=float(gradients[i, j]),
        )
        for i, j in zip(rows[order], columns[order], strict=True)
    )


def _ratios(array: Floats, weights: Floats) -> Floats:
    return np.asarray(array * (weights[..., None, :] / weights[..., :, None]))


def _positive(weights: ArrayLike, n: int) -> NDArray[np.float64]:
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim < 1 or given.shape[-1] != n:
        raise ValueError(f"weights are (..., {n}), not of shape {given.shape}")
    if not (given > 0).all():
        raise ValueError("every weight is above 0")
    return given

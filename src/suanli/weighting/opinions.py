"""What single matrices say: weights and consistency of each, many at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.methods.pairwise import (
    column_mean_weights,
    connected,
    consistency_ratio,
    geometric_weights,
    least_lambda,
    least_squares_weights,
    missing_count,
    principal,
    weights_by,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Opinions:
    """The consistency of K matrices of n items, and the matrices without gaps.

    Attributes
    ----------
    matrices
        (K, n, n) as judged, NaN where nobody did.
    completed
        (K, n, n) with missing judgements at the values of least λmax; NaN where the judgements do not reach every
        item, so that no value is implied.
    eigenvector, lambda_max
        (K, n) and (K,) of `completed`.
    consistency_ratio
        (K,) with the random index for n items and as many missing judgements.
    missing
        (K,) judgements missing.
    """

    matrices: Floats
    completed: Floats
    eigenvector: Floats
    lambda_max: Floats
    consistency_ratio: Floats
    missing: NDArray[np.int64]


def opinions(matrices: Floats, table: str) -> Opinions:
    """Return what is consistent and what is missing in each of K matrices (K, n, n).

    `table` names the random indices.
    """
    count, n = matrices.shape[:2]
    missing = missing_count(matrices)
    if not missing.any():
        found = principal(matrices)
        ratio = consistency_ratio(found.lambda_max, n, table=table)
        return Opinions(matrices, matrices, found.weights, found.lambda_max, ratio, missing)
    usable = connected(~np.isnan(matrices))
    completed = np.full(matrices.shape, np.nan)
    completed[usable] = least_lambda(matrices[usable])
    eigenvector = np.full((count, n), np.nan)
    lambda_max = np.full(count, np.nan)
    ratio = np.full(count, np.nan)
    if usable.any():
        found = principal(completed[usable])
        eigenvector[usable], lambda_max[usable] = found.weights, found.lambda_max
        ratio[usable] = consistency_ratio(
            lambda_max[usable], n, table=table, missing=missing[usable]
        )
    return Opinions(matrices, completed, eigenvector, lambda_max, ratio, missing)


def priorities(told: Opinions, method: str, strengths: Floats | None = None) -> Floats:
    """Return the weights (K, n) that the matrices give under a method; NaN where judgements do not reach all items.

    As `matrix_weights`, with strengths (K, n, n).
    """
    if method == "eigenvector":
        return told.eigenvector
    usable = np.isfinite(told.lambda_max)
    if method == "column-mean":
        weights = np.full(told.eigenvector.shape, np.nan)
        weights[usable] = column_mean_weights(told.completed[usable])
        return weights
    if usable.all():
        return matrix_weights(method, told.matrices, strengths)
    weights = np.full(told.eigenvector.shape, np.nan)
    counted = None if strengths is None else strengths[usable]
    weights[usable] = matrix_weights(method, told.matrices[usable], counted)
    return weights


def matrix_weights(method: str, matrices: Floats, strengths: Floats | None = None) -> Floats:
    """Return the weights (K, n) of matrices (K, n, n) whose judgements reach every item.

    Eigenvector and column mean complete the matrices by the least λmax. Geometric mean and least squares fit the
    judgements that are there by logarithmic least squares, each counting with its strength (K, n, n) where strengths
    are given; on a complete matrix with even strengths that is the geometric mean.

    Raises
    ------
    ValueError
        If judgements do not connect all items of a matrix.
    """
    if method in ("eigenvector", "column-mean"):
        return weights_by(method, matrices)
    plain = np.isfinite(matrices).all(axis=(-2, -1)) & _even(strengths, len(matrices))
    weights = np.empty(matrices.shape[:-1])
    weights[plain] = geometric_weights(matrices[plain])
    if not plain.all():
        counted = None if strengths is None else strengths[~plain]
        weights[~plain] = least_squares_weights(matrices[~plain], counted)
    return weights


def pair_strengths(ratios: Floats, influences: Floats) -> Floats:
    """Return the summed influence (..., n, n) of those who judged each pair of (E, n, n), from influences (..., E)."""
    strengths: Floats = np.tensordot(influences, np.isfinite(ratios).astype(np.float64), axes=1)
    return strengths


def _even(strengths: Floats | None, count: int) -> NDArray[np.bool_]:
    """Return which matrices have the same strength, to rounding, at every pair."""
    if strengths is None:
        return np.ones(count, dtype=np.bool_)
    n = strengths.shape[-1]
    off = strengths[:, ~np.eye(n, dtype=np.bool_)]
    even: NDArray[np.bool_] = np.ptp(off, axis=-1) <= 1e-12 * off.max(axis=-1)
    return even

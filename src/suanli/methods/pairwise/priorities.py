"""Weights from judgement matrices by a method's name, complete or not."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from suanli.methods.pairwise.complete import (
    Principal,
    column_mean_weights,
    geometric_weights,
    principal,
)
from suanli.methods.pairwise.incomplete import least_lambda, least_squares_weights
from suanli.methods.pairwise.matrices import Floats

__all__ = [
    "METHODS",
    "Method",
    "Principal",
    "column_mean_weights",
    "geometric_weights",
    "principal",
    "weights_by",
]

Method = Literal["eigenvector", "geometric", "least-squares", "column-mean"]
METHODS: tuple[Method, ...] = get_args(Method)


def weights_by(method: str, matrices: ArrayLike) -> Floats:
    """Return the weights (..., n), summing to 1, of matrices by one of `METHODS`.

    Missing judgements are NaN. The eigenvector and the column mean first complete the matrix by the
    least lambda_max; the geometric mean of an incomplete matrix is the logarithmic least squares
    solution on its graph, which equals the geometric mean when nothing is missing.

    Raises
    ------
    ValueError
        If the method is unknown, the matrices are not judgement matrices, or known comparisons do
        not connect all items.

    >>> weights_by("geometric", [[1, 2, np.nan], [0.5, 1, 3], [np.nan, 1 / 3, 1]])
    array([0.6, 0.3, 0.1])
    """
    if method not in METHODS:
        raise ValueError(f"method {method!r} is none of {', '.join(METHODS)}")
    if method in ("geometric", "least-squares"):
        return least_squares_weights(matrices)
    array = np.asarray(matrices, dtype=np.float64)
    complete = least_lambda(array) if np.isnan(array).any() else array
    if method == "eigenvector":
        return principal(complete).weights
    return column_mean_weights(complete)

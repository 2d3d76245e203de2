"""Incomplete judgement matrices: the graph of comparisons, weights on it, and completions."""

import numpy as np
from numpy.typing import ArrayLike

from suanli.methods.pairwise.complete import Principal, perron
from suanli.methods.pairwise.completion import least_lambda
from suanli.methods.pairwise.graph import (
    check_connected,
    components,
    connected,
    least_squares_weights,
)
from suanli.methods.pairwise.matrices import judged_matrices, missing_count

__all__ = [
    "check_connected",
    "components",
    "connected",
    "harker",
    "least_lambda",
    "least_squares_weights",
    "missing_count",
]


def harker(matrix: ArrayLike) -> Principal:
    """Return the weights (n,) and lambda_max of a matrix whose missing pairs stand for w_i / w_j.

    Harker (1987): a missing a_ij becomes 0 and each row's diagonal gains one for each of its missing
    judgements. The value it implies for a missing pair is w_i / w_j.

    Raises
    ------
    ValueError
        As `judged_matrices`; if the comparisons do not connect all items.

    >>> harker([[1, 2, np.nan], [0.5, 1, 3], [np.nan, 1 / 3, 1]]).weights.round(9)
    array([0.6, 0.3, 0.1])
    """
    array, known = judged_matrices(matrix)
    start = least_squares_weights(array)
    missing = (~known).sum(axis=-1)
    return perron(np.where(known, array, 0.0) + missing[..., None] * np.eye(array.shape[-1]), start)

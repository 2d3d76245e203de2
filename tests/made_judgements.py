"""Matrices of judgements that tests make of others."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from suanli.methods.pairwise import aggregated_logarithms, reciprocal_matrices


def aggregated(matrices: Any, influence: Any, trim: float = 0.0) -> NDArray[np.float64]:
    """Return a panel's matrix (n, n), or in draws (D, E) of influence (D, n, n), from matrices (..., E, n, n)."""
    array = np.asarray(matrices, dtype=np.float64)
    size = array.shape[-1]
    rows, columns = np.triu_indices(size, 1)
    logarithms = np.log(array[..., rows, columns])
    return reciprocal_matrices(aggregated_logarithms(logarithms, influence, trim), size)

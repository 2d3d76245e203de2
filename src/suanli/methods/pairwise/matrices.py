"""What counts as a judgement matrix: positive, reciprocal, 1 on the diagonal, NaN where not judged."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.weights import Floats

__all__ = [
    "RECIPROCITY",
    "Flags",
    "Floats",
    "complete_matrices",
    "judged_matrices",
    "missing_count",
]

Flags = NDArray[np.bool_]

RECIPROCITY = 1e-9
"""How far a_ij a_ji may be from 1: room for decimals of full precision, for no rounded entry."""


def complete_matrices(matrices: ArrayLike) -> Floats:
    """Return the matrices as floats (..., n, n), every pair judged.

    Raises
    ------
    ValueError
        If they are not square, an entry is missing, not finite or not above 0, or a pair is not
        reciprocal within `RECIPROCITY`.

    >>> complete_matrices([[1, 2], [0.5, 1]])
    array([[1. , 2. ],
           [0.5, 1. ]])
    """
    array = _square(matrices)
    if not (array > 0).all():
        missing = np.isnan(array)
        if missing.any():
            raise ValueError(f"judgement {_first(missing)} is missing; the matrix must be complete")
        raise ValueError(f"judgement {_first(~(array > 0))} is not above 0")
    _check_reciprocity(array)
    return array


def judged_matrices(matrices: ArrayLike) -> tuple[Floats, Flags]:
    """Return the matrices as floats (..., n, n) with NaN where not judged, and which pairs are known.

    Raises
    ------
    ValueError
        As `complete_matrices` for the pairs that are there; if the diagonal is missing, or a pair is
        missing on one side only.
    """
    array = _square(matrices)
    known = ~np.isnan(array)
    if not known.all():
        if not np.diagonal(known, axis1=-2, axis2=-1).all():
            raise ValueError("the diagonal of a judgement matrix is 1, never missing")
        if (lonely := known & ~known.swapaxes(-1, -2)).any():
            raise ValueError(f"judgement {_first(lonely)} is there but its reciprocal is missing")
    complete_matrices(np.where(known, array, 1.0))
    return array, known


def missing_count(matrices: ArrayLike) -> NDArray[np.int64]:
    """Return how many pairs of each matrix are not judged, (...): half of the entries that are missing.

    >>> int(missing_count([[1, 2, np.nan], [0.5, 1, 3], [np.nan, 1 / 3, 1]]))
    1
    """
    missing = np.isnan(_square(matrices))
    return np.asarray(missing.sum(axis=(-2, -1)) // 2, dtype=np.int64)


def _square(matrices: ArrayLike) -> Floats:
    array = np.asarray(matrices, dtype=np.float64)
    if array.ndim < 2 or array.shape[-1] != array.shape[-2] or array.shape[-1] == 0:
        raise ValueError(f"a judgement matrix is square, not of shape {array.shape}")
    return array


def _check_reciprocity(array: Floats) -> None:
    if array.size == 0:
        return
    with np.errstate(over="ignore"):
        products = array * array.swapaxes(-1, -2)
    if not (products.max() <= 1 + RECIPROCITY and products.min() >= 1 - RECIPROCITY):
        place = _first(~(np.abs(products - 1) <= RECIPROCITY))
        raise ValueError(f"judgement {place} and its reciprocal multiply to another number than 1")


def _first(where: Flags) -> str:
    """Return the first marked place, as [row, column] with its leading axes."""
    return str([int(position) for position in np.argwhere(where)[0]])

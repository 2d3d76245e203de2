"""Weights beside the scores they belong to: which children take part, and in what shape."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Missing = Literal["propagate", "renormalise"]


def taking_part(scores: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    """Return scores (..., k) and weights (k,) of the k children whose weight is above 0.

    Raises
    ------
    ValueError
        If the weights do not fit the scores, are negative, not finite, or all 0; or a score is
        infinite.

    >>> taking_part([[10.0, np.nan, 30.0]], [1.0, 0.0, 3.0])
    (array([[10., 30.]]), array([1., 3.]))
    """
    array, shares = weighted(scores, weights)
    require_finite(array)
    return array, shares


def require_finite(scores: Floats) -> None:
    """Raise ValueError if a score is infinite; missing ones may be."""
    if np.isinf(scores).any():
        raise ValueError("scores must be finite or missing")


def weighted(scores: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    """Return what `taking_part` does, without looking at every score.

    Raises
    ------
    ValueError
        If the weights do not fit the scores, are negative, not finite, or all 0.
    """
    array = np.asarray(scores, dtype=np.float64)
    shares = np.asarray(weights, dtype=np.float64)
    if array.ndim == 0 or shares.shape != array.shape[-1:]:
        raise ValueError(f"weights of shape {shares.shape} do not fit scores of {array.shape}")
    if not np.isfinite(shares).all() or (shares < 0).any():
        raise ValueError("weights must be finite and not negative")
    used = shares > 0
    if not used.any():
        raise ValueError("at least one weight must be above 0")
    return (array, shares) if used.all() else (array[..., used], shares[used])

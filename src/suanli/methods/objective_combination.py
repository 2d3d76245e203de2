"""Combined weights: several weightings of the same indicators made into one.

Weightings are (K, I): K of them, over I indicators. Each is taken as shares, so its sum does not
count; a combination sums to 1.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def combined_linear(weightings: ArrayLike, shares: ArrayLike) -> Floats:
    """Return the weighted mean of K weightings, `shares` (K,) being their parts.

    Raises
    ------
    ValueError
        If a weighting or the shares are negative, not finite or all 0, or their numbers differ.

    >>> combined_linear([[0.5, 0.5], [0.9, 0.1]], [1, 3])
    array([0.8, 0.2])
    """
    rows = _weightings(weightings)
    parts = np.asarray(shares, dtype=np.float64)
    if parts.shape != rows.shape[:1]:
        raise ValueError(f"{rows.shape[0]} weightings need a share each, not {parts.shape}")
    if not np.isfinite(parts).all() or (parts < 0).any() or not parts.any():
        raise ValueError("shares must be finite, not negative, and not all 0")
    return _whole(parts @ rows)


def combined_game(weightings: ArrayLike) -> Floats:
    """Return the game-theoretic combination of K weightings, in the shares `game_coefficients`.

    Every combined weight lies between the lowest and the highest of those combined.

    Raises
    ------
    ValueError
        If a weighting is negative, not finite or all 0.

    >>> combined_game([[0.7, 0.2, 0.1], [0.2, 0.2, 0.6]]).round(4)
    array([0.475, 0.2  , 0.325])
    """
    return _whole(game_coefficients(weightings) @ _weightings(weightings))


def game_coefficients(weightings: ArrayLike) -> Floats:
    """Return the parts (K,) of the weightings in their game-theoretic combination; sum 1.

    Each weighting w_k is a player that sets its own coefficient α_k so as to bring the combination
    Σ α_k w_k nearest to itself, min ‖Σ α_k w_k - w_j‖² for each j. At the equilibrium every
    derivative is 0, which is the linear system Σ_k α_k (w_j · w_k) = w_j · w_j. Its solution is
    brought to shares by |α| / Σ|α|, as is usual with this method in the Chinese literature on
    combined weights (博弈论组合赋权): where a coefficient is negative, which needs weightings at
    odds, it counts by its size. Where one weighting follows from the others the system has no
    single solution and the least-squares one of least norm is taken, so that equals share equally.

    A flat weighting has little say: equal weights get exactly 0 beside any one other.

    Raises
    ------
    ValueError
        If a weighting is negative, not finite or all 0.

    >>> game_coefficients([[0.7, 0.2, 0.1], [0.2, 0.2, 0.6]]).round(4)
    array([0.55, 0.45])
    """
    rows = _weightings(weightings)
    products = rows @ rows.T
    solution = np.linalg.lstsq(products, np.diagonal(products), rcond=1e-10)[0]
    size = np.abs(solution)
    size[size < 1e-12 * size.max()] = 0
    return _whole(size)


def _weightings(weightings: ArrayLike) -> Floats:
    rows = np.asarray(weightings, dtype=np.float64)
    if rows.ndim != 2 or rows.size == 0:
        raise ValueError(f"weightings must be one or more by indicators, not {rows.shape}")
    if not np.isfinite(rows).all() or (rows < 0).any() or not rows.any(axis=1).all():
        raise ValueError("weightings must be finite, not negative, and none of them all 0")
    shares: Floats = rows / rows.sum(axis=1, keepdims=True)
    return shares


def _whole(amounts: Floats) -> Floats:
    shares: Floats = amounts / amounts.sum()
    return shares

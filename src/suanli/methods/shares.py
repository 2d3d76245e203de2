"""Decomposition: a mean or a change taken apart into parts that sum to it.

An arithmetic mean comes apart by itself; a geometric mean by the logarithms of its scores above a
floor; every other mean by the Shapley value. A missing child gives 0 where its weight goes to its
siblings, and all parts are NaN where the mean is.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.means import Missing, arithmetic, geometric
from suanli.methods.shapley import EXACT_PLAYERS, Floats, shapley_change, shapley_values

__all__ = [
    "EXACT_PLAYERS",
    "arithmetic_shares",
    "geometric_shares",
    "shapley_change",
    "shapley_values",
    "substitution_shares",
]

Aggregate = Callable[[Floats], ArrayLike]


def arithmetic_shares(
    scores: ArrayLike, weights: ArrayLike, *, missing: Missing = "propagate"
) -> Floats:
    """Return each child's part w s of the weighted arithmetic mean, the shape of the scores.

    Raises
    ------
    ValueError
        If the weights do not fit the scores, are negative, not finite, or all 0.

    >>> arithmetic_shares([[10.0, 40.0], [20.0, np.nan]], [1, 3], missing="renormalise")
    array([[ 2.5, 30. ], [20. , 0. ]])
    """
    array = np.asarray(scores, dtype=np.float64)
    whole = arithmetic(array, weights, missing=missing)
    portions = _portions(array, weights)
    return _known(portions * np.where(portions > 0, array, 0.0), whole)


def geometric_shares(
    scores: ArrayLike, weights: ArrayLike, floor: float, *, missing: Missing = "propagate"
) -> Floats:
    """Return each child's part of the weighted geometric mean S, the shape of the scores.

    A child's part is S w ln(s / floor) / ln(S / floor): a child at the floor gives nothing. Where
    all are at the floor, they share S by weight. The logarithmic counterpart of additive parts; the
    choice of floor shapes them, so it is the framework's to declare.

    Raises
    ------
    ValueError
        If the floor is not above 0, a score is below it, or the weights as for `arithmetic_shares`.

    >>> geometric_shares([100.0, 10.0, 1.0], [1, 1, 1], floor=1.0).round(4)
    array([6.6667, 3.3333, 0.    ])
    """
    if not (floor > 0 and np.isfinite(floor)):
        raise ValueError(f"logarithmic parts need a finite floor above 0, not {floor}")
    array = np.asarray(scores, dtype=np.float64)
    whole = geometric(array, weights, missing=missing)
    portions = _portions(array, weights)
    if below := int(np.count_nonzero((array < floor) & (portions > 0))):
        raise ValueError(f"{below} scores are below the floor of {floor}; raise them to it first")
    heights = portions * np.log(np.where(portions > 0, array, floor) / floor)
    total = heights.sum(axis=-1, keepdims=True)
    parts = np.where(total > 0, heights / np.where(total > 0, total, 1.0), portions)
    return _known(np.expand_dims(whole, -1) * parts, whole)


def substitution_shares(
    aggregate: Aggregate,
    scores: ArrayLike,
    weights: ArrayLike,
    baseline: float,
    *,
    rng: np.random.Generator | None = None,
) -> Floats:
    """Return each child's part of any aggregate of scores (..., children), the shape of the scores.

    A child that is out of a coalition has the baseline score in every region; the Shapley values
    of the aggregate so defined sum to aggregate(scores) - aggregate(all baseline), and that last
    amount is added by weight, among the children present. A child of weight 0 gives nothing if the
    aggregate heeds weights. `aggregate` maps (..., children) to the shape without that axis; more
    than 12 children need `rng`, see `shapley_values`.

    Raises
    ------
    ValueError
        If the weights do not fit the scores, or as `shapley_values`.

    >>> from suanli.methods.means import harmonic
    >>> scores, weights = np.array([60.0, 30.0]), np.array([0.5, 0.5])
    >>> substitution_shares(lambda s: harmonic(s, weights), scores, weights, baseline=10.0).round(4)
    array([21.0714, 18.9286])
    """
    array = np.asarray(scores, dtype=np.float64)
    absent = np.isnan(array)
    portions = _portions(array, weights)
    stand_in = np.where(absent, np.nan, baseline)
    bottom = np.asarray(aggregate(stand_in), dtype=np.float64)

    def worth(members: NDArray[np.bool_]) -> ArrayLike:
        return aggregate(np.where(members, array, stand_in))

    gains = shapley_values(worth, array.shape[-1], rng=rng)
    return np.moveaxis(gains, 0, -1) + np.expand_dims(bottom, -1) * portions


def _portions(scores: Floats, weights: ArrayLike) -> Floats:
    """Return the weights of the children present, as shares of 1; 0 for those missing."""
    shares = np.where(np.isnan(scores), 0.0, np.asarray(weights, dtype=np.float64))
    whole = shares.sum(axis=-1, keepdims=True)
    return shares / np.where(whole > 0, whole, np.nan)


def _known(parts: Floats, whole: Floats) -> Floats:
    return np.where(np.isnan(np.expand_dims(whole, -1)), np.nan, parts)

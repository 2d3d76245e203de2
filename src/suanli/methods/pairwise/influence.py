"""Experts' influence from their answers: the more consistent, or the nearer the group, the more.

Both rules have the form 1 / (1 + u), then divided by their sum. It never excludes anybody: an
expert at the yardstick (u = 1) keeps half of the influence of one at u = 0. The form is a choice
of this package and is named in reports. Experts without answers (NaN) have none.
"""

import numpy as np
from numpy.typing import ArrayLike

from suanli.methods.weights import Floats

CONSISTENCY_YARDSTICK = 0.1
_ROUNDING = 1e-9


def consistency_influence(
    consistency_ratios: ArrayLike, yardstick: float = CONSISTENCY_YARDSTICK
) -> Floats:
    """Return influence (E,) in proportion to 1 / (1 + CR / yardstick), summing to 1.

    With Saaty's limit of 0.1 as yardstick this is 1 / (1 + 10 CR): a consistent expert counts
    twice as much as one at the limit.

    Raises
    ------
    ValueError
        If a ratio is negative or infinite, the yardstick not above 0, or nobody answered.

    >>> consistency_influence([0.0, 0.1, np.nan]).round(4).tolist()
    [0.6667, 0.3333, 0.0]
    """
    array = np.asarray(consistency_ratios, dtype=np.float64)
    if not yardstick > 0.0:
        raise ValueError(f"the yardstick must be above 0, not {yardstick}")
    if (array < -_ROUNDING).any() or np.isinf(array).any():
        raise ValueError("consistency ratios must be finite and not negative")
    return _influence(np.maximum(array, 0.0) / yardstick)


def distance_influence(weights: ArrayLike) -> Floats:
    """Return influence (E,) in proportion to 1 / (1 + d / mean d), summing to 1.

    d is the distance of an expert's weights (n,) from the geometric mean of all experts' in
    log-ratio space: the Euclidean length of the difference of centred logarithms, which is the
    Aitchison distance of compositions (Aitchison, The Statistical Analysis of Compositional Data,
    1986). An expert at the average distance has half the influence of one at the group's weights.
    If all experts agree to rounding they share equally.

    Raises
    ------
    ValueError
        If weights are not (E, n), not above 0, or nobody answered.

    >>> distance_influence([[0.5, 0.5], [0.5, 0.5], [0.8, 0.2]]).round(4).tolist()
    [0.3704, 0.3704, 0.2593]
    """
    logs = centred_logarithms(weights)
    answered = ~np.isnan(logs).any(axis=1)
    if not answered.any():
        raise ValueError("no expert answered")
    distances = np.sqrt(((logs - logs[answered].mean(axis=0)) ** 2).sum(axis=1))
    average = distances[answered].mean()
    return _influence(
        distances / average if average > _ROUNDING else np.where(answered, 0.0, np.nan)
    )


def centred_logarithms(weights: ArrayLike) -> Floats:
    """Return the logarithms of weights (E, n) less their mean by row; NaN rows stay.

    Raises
    ------
    ValueError
        If weights are not (E, n) or not above 0.

    >>> centred_logarithms([[0.8, 0.2]]).round(4).tolist()
    [[0.6931, -0.6931]]
    """
    array = np.asarray(weights, dtype=np.float64)
    if array.ndim != 2:
        raise ValueError(f"weights must be (experts, items), not {array.shape}")
    if (array <= 0.0).any() or np.isinf(array).any():
        raise ValueError("log ratios need weights above 0")
    logs = np.log(array)
    centred: Floats = logs - logs.mean(axis=1, keepdims=True)
    return centred


def _influence(distances: Floats) -> Floats:
    shares = 1.0 / (1.0 + distances)
    shares[np.isnan(shares)] = 0.0
    total = shares.sum()
    if not total > 0.0:
        raise ValueError("no expert answered")
    influence: Floats = shares / total
    return influence

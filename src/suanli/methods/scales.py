"""Normalisation: values in their own units become comparable scores.

Fitting is apart from applying: `extremes` and `moments` read reference values off the data, the
formulas take them as arguments. A reference value is one number, or an array of the shape of the
values without the regions' axis; where it is NaN, so are the scores.

Sources: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5, for the formulas
unless another is named; Becker et al., COINr: an R package for developing composite indicators,
Journal of Open Source Software 7(78), 2022, for the distance to a reference.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from suanli.methods.goalposts import Floats, extremes, moments
from suanli.methods.ranks import borda, percentile_ranks, rank_scores

__all__ = [
    "borda",
    "capped",
    "distance_to_interval",
    "distance_to_leader",
    "distance_to_reference",
    "extremes",
    "fraction_of_maximum",
    "fraction_of_minimum",
    "inverse_target_ratio",
    "logarithms",
    "min_max",
    "moments",
    "percentile_ranks",
    "rank_scores",
    "rescaled",
    "target_ratio",
    "z_score",
]


def min_max(values: ArrayLike, worst: ArrayLike, best: ArrayLike) -> Floats:
    """Return (x - worst) / (best - worst): 0 at the worst, 1 at the best, free beyond.

    The direction is in the order of the goalposts: where lower is better, `worst` is the higher
    value. Where both are equal the indicator cannot tell regions apart and every score is NaN; the
    caller has the rule for constant indicators.

    Raises
    ------
    ValueError
        If a goalpost is infinite.

    >>> min_max([[10.0], [40.0], [100.0]], worst=10, best=100).ravel()
    array([0.        , 0.33333333, 1.        ])
    """
    low, high = _reference(worst, "goalposts"), _reference(best, "goalposts")
    scores = np.subtract(np.asarray(values, dtype=np.float64), low)
    scores /= _nonzero(high - low)
    return scores


def target_ratio(values: ArrayLike, reference: ArrayLike) -> Floats:
    """Return x / reference: 1 at the target, above 1 beyond it, proportional all the way.

    CAICT, White Paper on China's Computing Power Development Index (2021), scores each indicator
    so, against a target five years ahead.

    Raises
    ------
    ValueError
        If a reference is not above 0.

    >>> target_ratio([[1.3], [0.5]], reference=1.0).ravel()
    array([1.3, 0.5])
    """
    return np.asarray(values, dtype=np.float64) / _positive_reference(reference, "a target")


def inverse_target_ratio(values: ArrayLike, reference: ArrayLike) -> Floats:
    """Return reference / x, the target ratio where lower is better: 0.5 at twice the target.

    Raises
    ------
    ValueError
        If a reference or a value is not above 0.

    >>> inverse_target_ratio([[1.0], [2.0]], reference=1.0).ravel()
    array([1. , 0.5])
    """
    target = _positive_reference(reference, "a target")
    return target / _positive_values(values, "a ratio of target to value")


def z_score(values: ArrayLike, mean: ArrayLike, deviation: ArrayLike) -> Floats:
    """Return (x - mean) / deviation; NaN where the deviation is 0.

    Where lower is better, change the sign of the scores.

    Raises
    ------
    ValueError
        If a deviation is negative or a moment infinite.

    >>> z_score([[1.0], [2.0], [3.0]], mean=2.0, deviation=1.0).ravel()
    array([-1.,  0.,  1.])
    """
    centre, spread = _reference(mean, "moments"), _reference(deviation, "moments")
    if (spread < 0).any():
        raise ValueError("a standard deviation cannot be negative")
    scores = np.subtract(np.asarray(values, dtype=np.float64), centre)
    scores /= _nonzero(spread)
    return scores


def distance_to_leader(values: ArrayLike, worst: ArrayLike, best: ArrayLike) -> Floats:
    """Return 1 minus the distance to the leader as a share of the leader: 0.9 for 10 % behind.

    The leader's value is `best`; `worst` tells the direction and, when equal, that nobody leads
    (NaN). With values above 0 this is x / leader where higher is better, and 2 - x / leader where
    lower is better, which falls below 0 beyond twice the leader's value.

    Raises
    ------
    ValueError
        If a leader's value is 0: nothing can be a percentage of it.

    >>> distance_to_leader([[1.2], [1.5]], worst=1.5, best=1.2).ravel()
    array([1.  , 0.75])
    """
    low, leader = _reference(worst, "goalposts"), _reference(best, "goalposts")
    if (leader == 0).any():
        raise ValueError("a distance to the leader needs a leader whose value is not 0")
    behind = (leader - np.asarray(values, dtype=np.float64)) * np.sign(leader - low)
    return np.where(leader == low, np.nan, 1.0 - behind / np.abs(leader))


def distance_to_reference(values: ArrayLike, reference: ArrayLike, worst: ArrayLike) -> Floats:
    """Return 1 - (reference - x) / (reference - worst): 0 at the worst, 1 at the reference.

    Above 1 beyond the reference; NaN where reference and worst are equal. Where lower is better,
    `worst` is the higher value.

    Raises
    ------
    ValueError
        If a reference is infinite.

    >>> distance_to_reference([[20.0], [50.0], [60.0]], reference=50, worst=10).ravel()
    array([0.25, 1.  , 1.25])
    """
    target, low = _reference(reference, "references"), _reference(worst, "references")
    return 1.0 - (target - np.asarray(values, dtype=np.float64)) / _nonzero(target - low)


def fraction_of_maximum(values: ArrayLike, maximum: ArrayLike) -> Floats:
    """Return x / maximum, for indicators where higher is better.

    Raises
    ------
    ValueError
        If a maximum is not above 0.

    >>> fraction_of_maximum([[1.0], [2.0], [4.0]], maximum=4.0).ravel()
    array([0.25, 0.5 , 1.  ])
    """
    return np.asarray(values, dtype=np.float64) / _positive_reference(maximum, "a maximum")


def fraction_of_minimum(values: ArrayLike, minimum: ArrayLike) -> Floats:
    """Return minimum / x, the fraction where lower is better: the lowest value scores 1.

    Raises
    ------
    ValueError
        If a minimum or a value is not above 0.

    >>> fraction_of_minimum([[1.0], [2.0], [4.0]], minimum=1.0).ravel()
    array([1.  , 0.5 , 0.25])
    """
    lowest = _positive_reference(minimum, "a minimum")
    return lowest / _positive_values(values, "a ratio of minimum to value")


def distance_to_interval(values: ArrayLike, low: ArrayLike, high: ArrayLike) -> Floats:
    """Return how far each value lies outside [low, high], in the value's unit: 0 inside.

    Raises
    ------
    ValueError
        If an interval's low end is above its high end.

    >>> distance_to_interval([[4.0], [6.0], [9.0]], low=5, high=7).ravel()
    array([1., 0., 2.])
    """
    array = np.asarray(values, dtype=np.float64)
    lower, upper = _reference(low, "interval ends"), _reference(high, "interval ends")
    if (lower > upper).any():
        raise ValueError("the low end of a target interval cannot be above its high end")
    return np.maximum(np.maximum(lower - array, array - upper), 0.0)


def rescaled(
    fraction: ArrayLike, scale: tuple[float, float], *, out: Floats | None = None
) -> Floats:
    """Return fractions 0..1 stretched to a scale: 0 becomes its first end, 1 its second.

    `out` takes the result in place of a new array; it may be the fractions themselves.

    >>> rescaled([0.0, 0.5, 1.3], scale=(0, 100))
    array([  0.,  50., 130.])
    """
    low, high = scale
    scores = np.asarray(np.multiply(fraction, high - low, out=out))
    return np.asarray(np.add(scores, low, out=out))


def capped(fraction: ArrayLike, low: float = 0.0, high: float = 1.0) -> Floats:
    """Return the fractions with those beyond an end set to that end; missing ones stay missing.

    Raises
    ------
    ValueError
        If the lower end is above the upper.

    >>> capped([-0.2, 0.5, 1.3, np.nan])
    array([0. , 0.5, 1. , nan])
    """
    if low > high:
        raise ValueError(f"the lower cap {low} is above the upper cap {high}")
    return np.clip(np.asarray(fraction, dtype=np.float64), low, high)


def logarithms(values: ArrayLike, kind: Literal["log", "log1p"]) -> Floats:
    """Return natural logarithms of x (`log`) or of 1 + x (`log1p`).

    Raises
    ------
    ValueError
        If a value has no logarithm: not above 0 for `log`, not above -1 for `log1p`.

    >>> logarithms([[1.0], [np.e]], "log").ravel()
    array([0., 1.])
    """
    array = np.asarray(values, dtype=np.float64)
    floor = 0.0 if kind == "log" else -1.0
    if outside := int(np.count_nonzero(array <= floor)):
        raise ValueError(f"{kind} needs values above {floor:g}; {outside} of {array.size} are not")
    return np.log(array) if kind == "log" else np.log1p(array)


def _reference(reference: ArrayLike, name: str) -> Floats:
    """Return reference values ready to meet values, with an axis where regions are."""
    array = np.asarray(reference, dtype=np.float64)
    if np.isinf(array).any():
        raise ValueError(f"{name} must be finite")
    return array if array.ndim == 0 else np.expand_dims(array, -2)


def _positive_reference(reference: ArrayLike, name: str) -> Floats:
    array = _reference(reference, "references")
    if (array <= 0).any():
        raise ValueError(f"{name} must be above 0")
    return array


def _positive_values(values: ArrayLike, name: str) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    if outside := int(np.count_nonzero(array <= 0)):
        raise ValueError(f"{name} needs values above 0; {outside} of {array.size} are not")
    return array


def _nonzero(span: Floats) -> Floats:
    return np.where(span == 0, np.nan, span)

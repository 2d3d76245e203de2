"""Weighted means of children's scores, and Copeland's rule in their place.

Scores are (..., children) and the result loses that axis; weights are (children,), at least 0, and
need not sum to 1. A child of weight 0 takes no part, missing or not.

`missing="propagate"` gives NaN to a mean with any missing child; `"renormalise"` takes the mean of
the children present, whose weights then make up the whole, and gives NaN only if there are none.

Sums run child by child in a fixed order, so equal rows have equal means wherever they stand; a
matrix product would be as exact but need not keep ties.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.majority import copeland
from suanli.methods.weights import Floats, Missing, require_finite, taking_part, weighted

__all__ = [
    "Missing",
    "arithmetic",
    "copeland",
    "floored",
    "geometric",
    "harmonic",
    "power",
    "taking_part",
    "weighted_median",
]


def arithmetic(scores: ArrayLike, weights: ArrayLike, *, missing: Missing = "propagate") -> Floats:
    """Return the weighted arithmetic mean, sum of w s over sum of w.

    Raises
    ------
    ValueError
        If the weights do not fit the scores, are negative, not finite, or all 0.

    >>> arithmetic([[10.0, 40.0], [20.0, np.nan]], [1, 3], missing="renormalise")
    array([32.5, 20. ])
    """
    terms, shares = weighted(scores, weights)
    averages = _average(terms, shares, missing)
    # an infinite score shows in its mean, which is cheaper to look at than all scores
    known = np.isfinite(averages)
    if not known.all():
        require_finite(terms[~known])
    return averages


def geometric(scores: ArrayLike, weights: ArrayLike, *, missing: Missing = "propagate") -> Floats:
    """Return the weighted geometric mean, the product of s to the power w over sum of w.

    A score of 0 with any weight makes the mean 0: see `floored`. UNDP forms the Human Development
    Index so since 2010.

    Raises
    ------
    ValueError
        If a score is negative, or the weights as for `arithmetic`.

    >>> geometric([[1.0, 100.0], [0.0, 100.0]], [0.5, 0.5])
    array([10., 0.])
    """
    array, shares = _non_negative(scores, weights, "a geometric mean")
    with np.errstate(divide="ignore"):
        return np.exp(_average(np.log(array), shares, missing))


def harmonic(scores: ArrayLike, weights: ArrayLike, *, missing: Missing = "propagate") -> Floats:
    """Return the weighted harmonic mean, sum of w over sum of w / s; a score of 0 makes it 0.

    Raises
    ------
    ValueError
        If a score is negative, or the weights as for `arithmetic`.

    >>> harmonic([[40.0, 60.0], [0.0, 60.0]], [1, 1])
    array([48.,  0.])
    """
    array, shares = _non_negative(scores, weights, "a harmonic mean")
    with np.errstate(divide="ignore"):
        return 1.0 / _average(1.0 / array, shares, missing)


def power(
    scores: ArrayLike, weights: ArrayLike, exponent: float, *, missing: Missing = "propagate"
) -> Floats:
    """Return the weighted power mean, (sum of w s^p over sum of w)^(1/p).

    p = 1 is the arithmetic, p = -1 the harmonic mean, p towards 0 the geometric one; the lower p,
    the less a high score makes up for a low one. Hardy, Littlewood and Polya, Inequalities (1934),
    chapter 2. Computed through logarithms relative to the largest term, so it is exact to rounding
    for exponents near 0 and does not overflow for large ones.

    Raises
    ------
    ValueError
        If the exponent is 0 or not finite, a score is negative, or the weights as for `arithmetic`.

    >>> power([[30.0, 40.0]], [1, 1], exponent=2)
    array([35.35533906])
    """
    if exponent == 0 or not np.isfinite(exponent):
        raise ValueError("the exponent of a power mean must be finite and not 0")
    array, shares = _non_negative(scores, weights, "a power mean")
    extreme = np.fmax if exponent > 0 else np.fmin
    with np.errstate(divide="ignore"):
        logs = np.log(array)
        top = extreme.reduce(logs, axis=-1)
        centre = np.where(np.isneginf(top), 0.0, top)
        terms = np.expm1(exponent * (logs - np.expand_dims(centre, -1)))
        return np.exp(centre + np.log1p(_average(terms, shares, missing)) / exponent)


def weighted_median(
    scores: ArrayLike, weights: ArrayLike, *, missing: Missing = "propagate"
) -> Floats:
    """Return the weighted median: the score at which half of the weight is reached from below.

    Where one half ends exactly between two scores, their midpoint, so that equal weights give the
    ordinary median. Edgeworth, On a new method of reducing observations relating to several
    quantities, Philosophical Magazine 25 (1888). Halves are told apart to 1e-12 of the weight,
    lest rounding pick a side.

    Raises
    ------
    ValueError
        If the weights are as for `arithmetic`.

    >>> weighted_median([[10.0, 20.0, 90.0], [10.0, 20.0, 90.0]], [0.3, 0.3, 0.4])
    array([20., 20.])
    >>> weighted_median([[10.0, 20.0, 90.0]], [0.25, 0.25, 0.5])
    array([55.])
    """
    array, shares = taking_part(scores, weights)
    order = np.argsort(array, axis=-1, kind="stable")
    ordered = np.take_along_axis(array, order, axis=-1)
    absent = np.isnan(ordered)
    reached = np.cumsum(np.where(absent, 0.0, shares[order]), axis=-1)
    half, slack = reached[..., -1:] / 2.0, 1e-12 * reached[..., -1:]
    lower = _at(ordered, np.argmax(reached >= half - slack, axis=-1))
    upper = _at(ordered, np.argmax(reached > half + slack, axis=-1))
    median = np.where(lower == upper, lower, lower + (upper - lower) / 2.0)
    unknown = absent.all(axis=-1) if missing == "renormalise" else absent.any(axis=-1)
    return np.where(unknown, np.nan, median)[()]


def floored(scores: ArrayLike, floor: float) -> Floats:
    """Return the scores with those below the floor raised to it; missing ones stay missing.

    A geometric or harmonic mean needs a floor above 0, or one zero would decide alone.

    Raises
    ------
    ValueError
        If the floor is negative or not finite.

    >>> floored([0.0, 50.0, np.nan], floor=1.0)
    array([ 1., 50., nan])
    """
    if not (floor >= 0 and np.isfinite(floor)):
        raise ValueError(f"a floor must be a finite number of at least 0, not {floor}")
    return np.maximum(np.asarray(scores, dtype=np.float64), floor)


def _non_negative(scores: ArrayLike, weights: ArrayLike, name: str) -> tuple[Floats, Floats]:
    array, shares = taking_part(scores, weights)
    if outside := int(np.count_nonzero(array < 0)):
        raise ValueError(f"{name} needs scores of at least 0; {outside} of {array.size} are below")
    return array, shares


def _average(terms: Floats, weights: Floats, missing: Missing) -> Floats:
    """Return the weighted average of terms on the last axis under the rule for missing ones."""
    averages = _weighted_sum(terms, weights)
    averages /= weights.sum()
    gaps = np.isnan(averages)
    if missing == "propagate" or not gaps.any():
        return averages[()]
    incomplete = terms[gaps]
    absent = np.isnan(incomplete)
    present = np.where(absent, 0.0, weights)
    whole = present.sum(axis=-1)
    sums = np.sum(np.where(absent, 0.0, incomplete) * present, axis=-1)
    averages[gaps] = sums / np.where(whole > 0, whole, np.nan)
    return averages[()]


def _weighted_sum(terms: Floats, weights: Floats) -> Floats:
    """Return the sum of w s on the last axis, child by child."""
    total, product = np.empty(terms.shape[:-1]), np.empty(terms.shape[:-1])
    np.multiply(terms[..., 0], weights[0], out=total)
    for child in range(1, weights.size):
        total += np.multiply(terms[..., child], weights[child], out=product)
    return total


def _at(ordered: Floats, place: NDArray[np.intp]) -> Floats:
    return np.take_along_axis(ordered, np.expand_dims(place, -1), axis=-1)[..., 0]

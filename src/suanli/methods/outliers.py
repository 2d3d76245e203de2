"""Outliers: the shape of a column of values, and treatments that mend it.

Shape functions take (..., regions, indicators), or (regions,) for one column; treatments take one
column and return it treated, with a mask of the points that moved. Missing values are skipped and
stay missing. Source of the rule and its order of treatments: Becker et al., COINr: an R package for
developing composite indicators, Journal of Open Source Software 7(78), 2022; the limits 2 and 3.5
are the practice of OECD/JRC.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Treated = tuple[Floats, NDArray[np.bool_]]

_MARGIN = 0.01
"""Share of the range added before a logarithm, so that the extreme value itself has one."""

_POWERS = (-5.0, 5.0)
"""Where the exponent of a Box-Cox transformation is looked for."""


def skewness(values: ArrayLike) -> Floats:
    """Return sample-corrected skewness G1; NaN below 3 values or without variation.

    G1 = g1 sqrt(n (n - 1)) / (n - 2), as in Excel, SAS and type 2 of Joanes and Gill, Comparing
    measures of sample skewness and kurtosis, The Statistician 47(1), 1998.

    >>> skewness([1.0, 2.0, 3.0, 10.0]).round(6)
    np.float64(1.763633)
    """
    count, second, third, _ = _central_moments(values)
    n = np.where(count >= 3, count, np.nan)
    return np.asarray(third / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2))[()]


def kurtosis(values: ArrayLike) -> Floats:
    """Return sample-corrected excess kurtosis G2; NaN below 4 values or without variation.

    G2 = (n - 1) ((n + 1) g2 + 6) / ((n - 2) (n - 3)), type 2 of Joanes and Gill (1998); 0 for a
    normal distribution.

    >>> kurtosis([1.0, 2.0, 3.0, 10.0]).round(6)
    np.float64(3.228)
    """
    count, second, _, fourth = _central_moments(values)
    n = np.where(count >= 4, count, np.nan)
    excess = fourth / second**2 - 3
    return np.asarray((n - 1) * ((n + 1) * excess + 6) / ((n - 2) * (n - 3)))[()]


def needs_treatment(
    values: ArrayLike, skewness_limit: float = 2.0, kurtosis_limit: float = 3.5
) -> NDArray[np.bool_]:
    """Return whether |skewness| and kurtosis both exceed their limits; never for unknown shapes.

    >>> needs_treatment([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 90.0])
    np.True_
    """
    exceeds = np.abs(skewness(values)) > skewness_limit
    return np.asarray(exceeds & (kurtosis(values) > kurtosis_limit))[()]


def winsorised(
    column: ArrayLike,
    max_points: int,
    *,
    skewness_limit: float = 2.0,
    kurtosis_limit: float = 3.5,
) -> Treated:
    """Return the column with extreme points pulled in to the next value, and which were moved.

    While the shape needs treatment, all points at the maximum (at the minimum, where skewness is
    negative) take the next value, so each step moves one point more, or several that tied. It ends
    when the shape passes or the next step would bring the points moved above `max_points`; whether
    it passed is for `needs_treatment` to say. (COINr looks at the count before a step, and with
    tied points can exceed it.)

    Raises
    ------
    ValueError
        If `max_points` is below 1 or the input is not one column.

    >>> winsorised([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 90.0], max_points=2)[0]
    array([1., 2., 3., 4., 5., 6., 6.])
    """
    if max_points < 1:
        raise ValueError(f"winsorising needs at least 1 point to move, not {max_points}")
    original = _column(column)
    treated = original
    while needs_treatment(treated, skewness_limit, kurtosis_limit):
        pulled = _pulled_in(treated)
        if np.count_nonzero(_differs(original, pulled)) > max_points:
            break
        treated = pulled
    return treated.copy(), _differs(original, treated)


def log_transformed(column: ArrayLike) -> Treated:
    """Return log(x - min + 0.01 (max - min)), order kept, and which points changed: all present.

    Where skewness is negative its mirror image, -log(max - x + 0.01 (max - min)). A column without
    variation has no shape to mend and comes back as it is.

    Raises
    ------
    ValueError
        If the input is not one column.

    >>> log_transformed([0.0, 10.0, 100.0])[0].round(4)
    array([0.    , 2.3979, 4.6151])
    """
    original = _column(column)
    low, high = np.fmin.reduce(original), np.fmax.reduce(original)
    if not low < high:
        return original.copy(), np.zeros(original.shape, dtype=bool)
    margin = _MARGIN * (high - low)
    sign, height = (-1, high - original) if skewness(original) < 0 else (1, original - low)
    return sign * np.log(height + margin), ~np.isnan(original)


def box_cox(column: ArrayLike) -> tuple[Floats, NDArray[np.bool_], float]:
    """Return (x^p - 1) / p, log x where p is 0, which points changed, and the exponent p.

    p is the one between -5 and 5 under which the transformed values are most likely normal. Columns
    with values of 0 or less are first shifted to x - min + 0.01 (max - min). A column of fewer than
    3 values or without variation comes back as it is, with p = 1. Box and Cox, An analysis of
    transformations, Journal of the Royal Statistical Society B 26(2), 1964.

    Raises
    ------
    ValueError
        If the input is not one column.

    >>> treated, changed, exponent = box_cox([1.0, 2.0, 4.0, 8.0, 16.0])
    >>> treated.round(4), abs(round(exponent, 4))
    (array([0.    , 0.6931, 1.3863, 2.0794, 2.7726]), 0.0)
    """
    from scipy.optimize import minimize_scalar

    original = _column(column)
    present = ~np.isnan(original)
    points = original[present]
    if points.size < 3 or np.ptp(points) == 0:
        return original.copy(), np.zeros(original.shape, dtype=bool), 1.0
    if points.min() <= 0:
        points = points - points.min() + _MARGIN * np.ptp(points)
    logs = np.log(points)
    found = minimize_scalar(
        lambda exponent: -_normal_likelihood(logs, exponent),
        bounds=_POWERS,
        method="bounded",
        options={"xatol": 1e-9},
    )
    exponent = float(found.x)
    treated = original.copy()
    treated[present] = _power_transform(logs, exponent)
    return treated, present, exponent


def _column(column: ArrayLike) -> Floats:
    array = np.asarray(column, dtype=np.float64)
    if array.ndim != 1:
        raise ValueError(f"one column of values is treated at a time, not shape {array.shape}")
    return array


def _central_moments(values: ArrayLike) -> tuple[NDArray[np.int64], Floats, Floats, Floats]:
    """Return the count and the second to fourth central moments, in units of the range."""
    array = np.asarray(values, dtype=np.float64)
    axis = -2 if array.ndim > 1 else 0
    low, high = np.fmin.reduce(array, axis=axis), np.fmax.reduce(array, axis=axis)
    count = np.sum(~np.isnan(array), axis=axis)
    size = np.where(count > 0, count, np.nan)
    scale = np.where(high > low, high - low, np.nan)
    unit = (array - np.expand_dims(low, axis)) / np.expand_dims(scale, axis)
    deviations = unit - np.expand_dims(np.nansum(unit, axis=axis) / size, axis)
    squares = deviations * deviations
    second = np.where(np.isnan(scale), np.nan, np.nansum(squares, axis=axis) / size)
    third = np.nansum(squares * deviations, axis=axis) / size
    return count, second, third, np.nansum(squares * squares, axis=axis) / size


def _pulled_in(column: Floats) -> Floats:
    """Return the column with its extreme on the side of the skew replaced by the next value."""
    if skewness(column) > 0:
        top = np.nanmax(column)
        return np.where(column == top, np.nanmax(column[column < top]), column)
    bottom = np.nanmin(column)
    return np.where(column == bottom, np.nanmin(column[column > bottom]), column)


def _differs(original: Floats, treated: Floats) -> NDArray[np.bool_]:
    return np.asarray((original != treated) & ~np.isnan(original))


def _normal_likelihood(logs: Floats, exponent: float) -> float:
    """Return the log-likelihood of an exponent, up to a constant; scaled to avoid overflow."""
    size = logs.size
    centred = logs - logs.mean()
    variance = float(np.var(_power_transform(centred, exponent)))
    return -size / 2.0 * float(np.log(variance))


def _power_transform(logs: Floats, exponent: float) -> Floats:
    return logs if exponent == 0 else np.expm1(exponent * logs) / exponent

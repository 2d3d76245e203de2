"""Reference values read off the data: the extremes and the moments that normalisation refers to."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def extremes(values: ArrayLike) -> tuple[Floats, Floats]:
    """Return the lowest and the highest value over the regions, each of shape (..., indicators).

    Missing values are skipped; an indicator without any value has NaN. For goalposts over all
    periods together, reshape (periods, regions, indicators) to (periods x regions, indicators).

    Raises
    ------
    ValueError
        If there is no region, or a value is infinite: it would press all others to one end.

    >>> extremes([[10.0], [40.0], [np.nan], [100.0]])
    (array([10.]), array([100.]))
    """
    array = np.asarray(values, dtype=np.float64)
    if array.ndim < 2 or array.shape[-2] == 0:
        raise ValueError("reference values need an array (..., regions, indicators) with regions")
    low, high = np.fmin.reduce(array, axis=-2), np.fmax.reduce(array, axis=-2)
    if np.isinf(low).any() or np.isinf(high).any():
        raise ValueError("reference values cannot be taken from infinite values")
    return low, high


def moments(values: ArrayLike) -> tuple[Floats, Floats]:
    """Return mean and sample standard deviation (n - 1) over the regions, each (..., indicators).

    Missing values are skipped. The deviation of a single value is NaN, that of equal values is
    exactly 0: rounding never makes a constant indicator look as if it varied.

    Raises
    ------
    ValueError
        As `extremes`.

    >>> moments([[1.0, 5.0], [2.0, np.nan], [3.0, 5.0]])
    (array([2., 5.]), array([1., 0.]))
    """
    array = np.asarray(values, dtype=np.float64)
    low, high = extremes(array)
    count = np.sum(~np.isnan(array), axis=-2)
    average = np.nansum(array, axis=-2) / np.where(count > 0, count, np.nan)
    centre = np.where(low == high, low, average)
    deviations = array - np.expand_dims(centre, -2)
    squares = np.nansum(deviations * deviations, axis=-2)
    return centre, np.sqrt(squares / np.where(count > 1, count - 1, np.nan))

"""Imputation: missing values filled by a named rule, with a mask of what was filled.

Only missing cells change, only observed values are drawn on, and a cell the rule cannot reach stays
NaN. Sources: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 3; Little and
Rubin, Statistical Analysis with Missing Data (3rd ed., 2019), chapter 4.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.goalposts import moments
from suanli.methods.regression import Regression, regression_fill

__all__ = [
    "Regression",
    "carried_forward",
    "group_means",
    "group_medians",
    "nearest_neighbours_fill",
    "regression_fill",
]

Floats = NDArray[np.float64]
Filled = tuple[Floats, NDArray[np.bool_]]


def carried_forward(
    values: ArrayLike, max_age: int | None = None
) -> tuple[Floats, NDArray[np.int32]]:
    """Return values with gaps filled from the latest earlier period, and the age of every value.

    Periods are on the first axis, evenly spaced and in order of time. The age, of the shape of the
    values, is 0 for an observed value, k for one carried over k periods, -1 for a gap that stays:
    nothing earlier, or nothing younger than `max_age` periods. The mask of filled cells is age > 0.

    Raises
    ------
    ValueError
        If `max_age` is below 1.

    >>> filled, age = carried_forward([[5.0], [np.nan], [np.nan]], max_age=1)
    >>> filled.ravel(), age.ravel()
    (array([ 5.,  5., nan]), array([ 0,  1, -1], dtype=int32))
    """
    if max_age is not None and max_age < 1:
        raise ValueError(f"the greatest age of a carried value must be at least 1, not {max_age}")
    array = np.asarray(values, dtype=np.float64)
    shape = (-1,) + (1,) * (array.ndim - 1)
    period = np.arange(array.shape[0]).reshape(shape)
    latest = np.maximum.accumulate(np.where(np.isnan(array), -1, period), axis=0)
    age = np.where(latest < 0, -1, period - latest)
    if max_age is not None:
        age = np.where(age > max_age, -1, age)
    carried = np.take_along_axis(array, np.maximum(latest, 0), axis=0)
    return np.where(age >= 0, carried, np.nan), age.astype(np.int32)


def group_means(values: ArrayLike, groups: ArrayLike) -> Filled:
    """Return values with gaps filled by the mean of the region's group, and the mask.

    Values are (..., regions, indicators), groups (regions,) labels that are equal within a group;
    the mean is over the group's observed values of the same indicator and period. A group without
    any keeps its gaps; a region without a group needs a label of its own.

    Raises
    ------
    ValueError
        If there is not one label for every region.

    >>> group_means([[1.0], [3.0], [np.nan], [9.0]], groups=["a", "a", "a", "b"])[0].ravel()
    array([1., 3., 2., 9.])
    """
    return _group_fill(values, groups, _column_means)


def group_medians(values: ArrayLike, groups: ArrayLike) -> Filled:
    """Return values with gaps filled by the median of the region's group, and the mask.

    As `group_means`, with the median in place of the mean: half-way between the middle two values
    of an even number.

    Raises
    ------
    ValueError
        If there is not one label for every region.

    >>> group_medians([[1.0], [2.0], [90.0], [np.nan]], groups=[0, 0, 0, 0])[0].ravel()
    array([ 1.,  2., 90.,  2.])
    """
    return _group_fill(values, groups, _column_medians)


def nearest_neighbours_fill(values: ArrayLike, neighbours: int) -> Filled:
    """Return values with gaps filled by the mean of the most similar regions, and the mask.

    Values are (..., regions, indicators). The distance of two regions is the root mean square
    difference of the indicators both have, each in standard deviations over the observed values
    (an indicator without variation counts as no difference). A gap takes the plain mean, in the
    indicator's unit, of the `neighbours` nearest regions that have the indicator, or of all of them
    if there are fewer; regions equally near, to 1e-12, come in their order. A region that shares no
    indicator with any of those keeps its gap. Troyanskaya et al., Missing value estimation methods
    for DNA microarrays, Bioinformatics 17(6), 2001. Time grows with regions that have gaps times
    regions times indicators.

    Raises
    ------
    ValueError
        If fewer than 1 neighbour is asked for, or a value is infinite.

    >>> nearest_neighbours_fill([[1.0, 5.0], [2.0, 6.0], [9.0, 9.0], [1.2, np.nan]], 2)[0][3]
    array([1.2, 5.5])
    """
    if neighbours < 1:
        raise ValueError(f"at least 1 neighbour must be averaged, not {neighbours}")
    array = np.asarray(values, dtype=np.float64)
    filled = array.copy()
    for place in np.ndindex(array.shape[:-2]):
        block, standard = array[place], _standardised(array[place])
        for region in np.flatnonzero(np.isnan(block).any(axis=-1)):
            order = _by_distance(standard, int(region))
            for column in np.flatnonzero(np.isnan(block[region])):
                donors = block[order, column]
                donors = donors[~np.isnan(donors)][:neighbours]
                if donors.size:
                    filled[(*place, region, column)] = donors.mean()
    return filled, np.isnan(array) & ~np.isnan(filled)


def _group_fill(
    values: ArrayLike, groups: ArrayLike, column_value: Callable[[Floats], Floats]
) -> Filled:
    array, labels = np.asarray(values, dtype=np.float64), np.asarray(groups)
    if labels.shape != array.shape[-2:-1]:
        raise ValueError(f"{labels.size} group labels do not fit an array of shape {array.shape}")
    filled = array.copy()
    for label in np.unique(labels):
        members = labels == label
        block = array[..., members, :]
        stand_in = np.expand_dims(column_value(block), -2)
        filled[..., members, :] = np.where(np.isnan(block), stand_in, block)
    return filled, np.isnan(array) & ~np.isnan(filled)


def _column_means(block: Floats) -> Floats:
    count = np.sum(~np.isnan(block), axis=-2)
    return np.asarray(np.nansum(block, axis=-2) / np.where(count > 0, count, np.nan))


def _column_medians(block: Floats) -> Floats:
    ordered = np.sort(block, axis=-2)
    count = np.sum(~np.isnan(block), axis=-2)
    lower, upper = (np.maximum(count - 1, 0) // 2, count // 2)
    last = block.shape[-2] - 1
    middle = [
        np.take_along_axis(ordered, np.expand_dims(np.minimum(place, last), -2), axis=-2)
        for place in (lower, upper)
    ]
    return np.asarray(np.squeeze((middle[0] + middle[1]) / 2.0, axis=-2))


def _standardised(block: Floats) -> Floats:
    """Return columns in standard deviations over their observed values; constant ones all 0."""
    centre, spread = moments(block)
    return np.asarray((block - centre) / np.where(spread > 0, spread, 1.0))


def _by_distance(standard: Floats, region: int) -> NDArray[np.intp]:
    """Return the other regions that share an indicator with one, nearest first."""
    differences = standard - standard[region]
    shared = np.sum(~np.isnan(differences), axis=-1)
    squares = np.nansum(differences * differences, axis=-1)
    distance = squares / np.where(shared > 0, shared, np.nan)
    distance[region] = np.nan
    order = np.argsort(np.round(distance, 12), kind="stable")
    return order[: np.count_nonzero(~np.isnan(distance))]

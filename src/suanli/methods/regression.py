"""Regression imputation: a missing value predicted by least squares from other indicators."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Regression:
    """Values filled by regression, and how well each indicator's regression fits.

    `values` and `filled` (the mask of filled cells) have the shape of the input, (..., regions,
    indicators). The rest are (..., indicators), NaN for an indicator nothing was fitted for:
    `r_squared` is the share of variance explained over the regions fitted to, `error` the root mean
    square of the prediction errors when each region in turn is left out of the fit, in the
    indicator's unit.
    """

    values: Floats
    filled: NDArray[np.bool_]
    r_squared: Floats
    error: Floats


@dataclass(frozen=True, slots=True)
class _Fit:
    coefficients: Floats
    r_squared: float
    error: float


def regression_fill(values: ArrayLike, predictors: Sequence[int] = ()) -> Regression:
    """Return values with gaps predicted by ordinary least squares with an intercept.

    Values are (..., regions, indicators); periods are fitted one by one. `predictors` are positions
    on the last axis; without them, each indicator is predicted from the complete indicator it is
    most correlated with, either sign, the first of equals. A region is fitted to if it has the
    indicator and all predictors, and filled if it has all predictors. An indicator keeps its gaps
    where its predictors explain one another, where one region alone decides a coefficient, or where
    there are no more regions to fit to than coefficients: such a fit says nothing of its error.

    Left-out errors: Allen, The relationship between variable selection and data augmentation and a
    method for prediction, Technometrics 16(1), 1974.

    Raises
    ------
    ValueError
        If a predictor is not the position of an indicator.

    >>> regression_fill([[1.0, 3.0], [2.0, 5.0], [3.0, 7.0], [4.0, np.nan]]).values[3]
    array([4., 9.])
    """
    array = np.asarray(values, dtype=np.float64)
    width = array.shape[-1]
    if outside := [place for place in predictors if not 0 <= place < width]:
        raise ValueError(f"predictors {outside} are not among the {width} indicators")
    filled = array.copy()
    r_squared, error = (np.full((*array.shape[:-2], width), np.nan) for _ in range(2))
    for place in np.ndindex(array.shape[:-2]):
        for column in np.flatnonzero(np.isnan(array[place]).any(axis=0)):
            chosen = _chosen(array[place], int(column), predictors)
            fit = _fit(array[place], int(column), chosen)
            if fit is not None:
                r_squared[(*place, column)] = fit.r_squared
                error[(*place, column)] = fit.error
                filled[(*place, slice(None), column)] = _completed(
                    array[place], int(column), chosen, fit.coefficients
                )
    return Regression(filled, np.isnan(array) & ~np.isnan(filled), r_squared, error)


def _chosen(block: Floats, column: int, predictors: Sequence[int]) -> list[int]:
    if predictors:
        return [place for place in dict.fromkeys(predictors) if place != column]
    seen = ~np.isnan(block[:, column])
    complete = np.flatnonzero(~np.isnan(block).any(axis=0))
    strengths = [_correlation(block[seen, place], block[seen, column]) for place in complete]
    if not strengths or max(strengths) <= 0:
        return []
    return [int(complete[int(np.argmax(strengths))])]


def _correlation(first: Floats, second: Floats) -> float:
    """Return the absolute correlation; 0 where one of the two does not vary."""
    if first.size < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    return float(abs(np.corrcoef(first, second)[0, 1]))


def _fit(block: Floats, column: int, chosen: list[int]) -> _Fit | None:
    """Return the least-squares fit, on centred and scaled predictors, or None if there is none."""
    used = ~np.isnan(block[:, [column, *chosen]]).any(axis=1)
    target, design = block[used, column], block[used][:, chosen]
    size, terms = design.shape[0], len(chosen) + 1
    if not chosen or size < terms + 1 or (np.ptp(design, axis=0) == 0).any():
        return None
    centre, scale = design.mean(axis=0), design.std(axis=0)
    basis, triangle = np.linalg.qr(np.column_stack([np.ones(size), (design - centre) / scale]))
    diagonal = np.abs(np.diag(triangle))
    if diagonal.min() <= 1e-10 * diagonal.max():
        return None
    slopes = np.linalg.solve(triangle, basis.T @ target)
    residuals = target - basis @ (basis.T @ target)
    leverage = np.sum(basis * basis, axis=1)
    if leverage.max() >= 1 - 1e-10:
        return None
    variation = float(np.sum((target - target.mean()) ** 2))
    explained = 1 - float(np.sum(residuals**2)) / variation if np.ptp(target) > 0 else np.nan
    left_out = residuals / (1 - leverage)
    natural = slopes[1:] / scale
    coefficients = np.concatenate([[slopes[0] - natural @ centre], natural])
    return _Fit(coefficients, explained, float(np.sqrt(np.mean(left_out**2))))


def _completed(block: Floats, column: int, chosen: list[int], coefficients: Floats) -> Floats:
    predicted = coefficients[0] + block[:, chosen] @ coefficients[1:]
    observed = block[:, column]
    return np.where(np.isnan(observed), predicted, observed)

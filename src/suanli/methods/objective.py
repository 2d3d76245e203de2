"""Objective weights: what the scores themselves say of their indicators.

Scores are (R, I), regions by indicators, complete and with the better region scoring higher; a
weighting is (I,), not negative, and sums to 1. An indicator in which all regions are equal cannot
tell them apart and weighs 0; if all are so there is nothing to weigh by, a `ValueError`.

None of these knows what an indicator means. They are shown beside experts' weights, not in their
place: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 6.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.objective_benefit import BenefitOfTheDoubt, benefit_of_the_doubt
from suanli.methods.objective_combination import combined_game, combined_linear, game_coefficients

__all__ = [
    "BenefitOfTheDoubt",
    "benefit_of_the_doubt",
    "combined_game",
    "combined_linear",
    "conflicting",
    "critic",
    "entropy",
    "game_coefficients",
    "principal_components",
    "standard_deviation",
    "varying",
]

Floats = NDArray[np.float64]

# Differences below this share of an indicator's size, and correlations this near 1, are rounding.
_ROUNDING = 1e-12
_ALIKE = 1e-9


def varying(scores: ArrayLike) -> NDArray[np.bool_]:
    """Return which indicators (I,) are not constant, differences within rounding being none.

    Raises
    ------
    ValueError
        If the scores are not (R, I), complete and finite.

    >>> varying([[1.0, 5.0], [2.0, 5.0]])
    array([ True, False])
    """
    array = _complete(scores)
    differing: NDArray[np.bool_] = np.ptp(array, axis=0) > _ROUNDING * np.abs(array).max(axis=0)
    return differing


def entropy(scores: ArrayLike) -> Floats:
    """Return entropy weights, high where a few regions hold most of an indicator's total.

    With shares p = x / Σx over the regions, e = -Σ p ln p / ln R (0 ln 0 is 0), the weight is
    (1 - e) / Σ(1 - e). The entropy is Shannon's (1948), its use for weights from Zeleny, Multiple
    Criteria Decision Making (1982), chapter 7. It depends on where the scores' zero is: the same
    spread counts for more the nearer to zero it lies.

    Raises
    ------
    ValueError
        If a score is negative, or all indicators are constant.

    >>> entropy([[1.0, 5.0, 1.0], [2.0, 5.0, 9.0]]).round(4)
    array([0.1333, 0.    , 0.8667])
    """
    array = _complete(scores)
    if (array < 0).any():
        raise ValueError("entropy weights need scores that are not negative")
    varied = _varied(array)
    share = array[:, varied] / array[:, varied].sum(axis=0)
    logarithm = np.log(share, out=np.zeros_like(share), where=share > 0)
    evenness = -(share * logarithm).sum(axis=0) / np.log(array.shape[0])
    return _placed(np.maximum(1 - evenness, 0), varied)


def standard_deviation(scores: ArrayLike) -> Floats:
    """Return weights in proportion to the standard deviations of the scores over their own range.

    Every indicator is first brought to 0..1 between its lowest and highest score, as in Diakoulaki
    et al. (1995), so that neither its unit nor its scale counts: what counts is how far the
    regions are drawn to the two ends.

    Raises
    ------
    ValueError
        If all indicators are constant.

    >>> standard_deviation([[0.0, 10.0], [1.0, 10.0], [2.0, 40.0], [3.0, 40.0]]).round(4)
    array([0.4271, 0.5729])
    """
    array = _complete(scores)
    varied = _varied(array)
    return _placed(_over_range(array[:, varied]).std(axis=0), varied)


def critic(scores: ArrayLike) -> Floats:
    """Return CRITIC weights, high where an indicator is spread and at odds with the others.

    The weight is in proportion to C = σ Σ(1 - r): the standard deviation over the indicator's own
    range, as in `standard_deviation`, times the sum of 1 minus its correlations with the others.
    Source: Diakoulaki, Mavrotas and Papayannakis, Determining objective weights in multiple
    criteria problems: the CRITIC method, Computers & Operations Research 22(7), 1995. An indicator
    that varies alone takes the whole weight.

    Raises
    ------
    ValueError
        If all indicators are constant, or those that vary all order the regions in one line
        (every correlation is 1), which leaves nothing at odds.

    >>> critic([[1.0, 1.0, 3.0], [2.0, 2.0, 2.0], [3.0, 4.0, 1.0]]).round(4)
    array([0.2511, 0.2534, 0.4955])
    """
    array = _complete(scores)
    varied = _varied(array)
    conflict = _conflict(array[:, varied])
    if not conflict.any():
        raise ValueError("all indicators are perfectly correlated: none is at odds with another")
    return _placed(_over_range(array[:, varied]).std(axis=0) * conflict, varied)


def conflicting(scores: ArrayLike) -> bool:
    """Return whether CRITIC has weights to give: an indicator varies, alone or at odds with another.

    Raises
    ------
    ValueError
        If the scores are not (R, I), complete and finite.

    >>> conflicting([[1.0, 10.0], [2.0, 20.0]]), conflicting([[1.0, 20.0], [2.0, 10.0]])
    (False, True)
    """
    array = _complete(scores)
    return bool(_conflict(array[:, varying(array)]).any())


def principal_components(scores: ArrayLike, components: int | None = None) -> Floats:
    """Return weights by principal components, high where indicators vary together.

    Components are those of the correlation matrix. Each kept component passes its share of the
    kept variance to the indicators by their squared loadings scaled to sum 1 (OECD/JRC Handbook,
    2008, step 6); summed over components, a weight is the indicator's communality over the sum of
    communalities. An orthogonal rotation such as varimax leaves communalities as they are, so none
    is made. The Handbook goes on to give each indicator to one rotated factor; here it keeps its
    part in all.

    Kept are components with an eigenvalue of at least 1, further ones until 60 % of the variance
    is reached, and any that equal the last; or the first `components`.

    Raises
    ------
    ValueError
        If all indicators are constant, or there are fewer components than asked for.

    >>> principal_components([[1.0, 1.0, 3.0], [2.0, 2.0, 1.0], [3.0, 3.0, 3.0]], 1)
    array([0.5, 0.5, 0. ])
    """
    array = _complete(scores)
    varied = _varied(array)
    rising, vectors = np.linalg.eigh(_correlations(array[:, varied]))
    values, vectors = np.maximum(rising[::-1], 0), vectors[:, ::-1]
    kept = _kept(values) if components is None else components
    if not 1 <= kept <= values.size:
        raise ValueError(f"there are 1 to {values.size} components, not {kept}")
    communality = (vectors[:, :kept] ** 2 * values[:kept]).sum(axis=1)
    communality[communality < _ROUNDING] = 0
    return _placed(communality, varied)


def _kept(values: Floats) -> int:
    """Return how many components to keep of eigenvalues in falling order."""
    explained = values.cumsum() / values.sum()
    last = max(int((values >= 1 - _ALIKE).sum()), int((explained < 0.6 - _ALIKE).sum()) + 1)
    return int((values >= values[last - 1] - _ALIKE).sum())


def _complete(scores: ArrayLike) -> Floats:
    array = np.asarray(scores, dtype=np.float64)
    if array.ndim != 2 or array.shape[0] < 2 or array.shape[1] < 1:
        raise ValueError(f"scores must be two regions or more by indicators, not {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError("scores must be complete and finite; leave regions with gaps out")
    return array


def _varied(array: Floats) -> NDArray[np.bool_]:
    """Return which indicators are not constant, of which there must be one."""
    found = varying(array)
    if not found.any():
        raise ValueError("all indicators are constant: the scores say nothing of their weights")
    return found


def _conflict(array: Floats) -> Floats:
    """Return Σ(1 - r) of each of K varying indicators; all 0 if it is rounding alone."""
    if array.shape[1] == 1:
        return np.ones(1)
    conflict: Floats = (1 - _correlations(array)).sum(axis=0)
    return conflict if conflict.sum() >= _ALIKE else np.zeros_like(conflict)


def _over_range(array: Floats) -> Floats:
    low = array.min(axis=0)
    unit: Floats = (array - low) / (array.max(axis=0) - low)
    return unit


def _correlations(array: Floats) -> Floats:
    # over the range first, or squares of very small and very large scores leave the numbers there are
    unit = _over_range(array)
    unit -= unit.mean(axis=0)
    unit /= np.sqrt((unit**2).sum(axis=0))
    return np.clip(np.asarray(unit.T @ unit), -1, 1)


def _placed(amounts: Floats, varied: NDArray[np.bool_]) -> Floats:
    """Return weights that sum to 1: the amounts of the varying indicators, 0 for the rest."""
    weights = np.zeros(varied.size)
    weights[varied] = amounts / amounts.sum()
    return weights

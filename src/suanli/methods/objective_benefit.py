"""Benefit of the doubt: every region weighed in the way that puts it in the best light."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# By how much a linear programme may miss a constraint, and a tie its optimum.
_MISSED = 1e-9
_TIED = 1e-10


@dataclass(frozen=True, slots=True)
class BenefitOfTheDoubt:
    """Weights (R, I) by region, each row summing to 1; their mean (I,); and ratios (R,).

    A region's ratio is its weighted score over the best region's under the same weights, at most 1.
    A region that scores 0 in every indicator is 0 under any weights: its row is NaN, outside the
    mean.
    """

    weights: Floats
    mean: Floats
    ratios: Floats


def benefit_of_the_doubt(
    scores: ArrayLike, low: ArrayLike = 0.0, high: ArrayLike = 1.0
) -> BenefitOfTheDoubt:
    """Return for each region the weights under which it comes nearest to the best region.

    For region c, the largest w · x_c with w · x_i ≤ 1 for every region i, w ≥ 0, found by linear
    programming; then w / Σw. `low` and `high`, one number or (I,), bound each weight's share in the
    sum of weights. Sources: Melyn and Moesen (1991); Cherchye, Moesen, Rogge and Van Puyenbroeck,
    An introduction to 'benefit of the doubt' composite indicators, Social Indicators Research 82,
    2007. That paper bounds the shares w_j x_cj of the region's score; bounds on the weights
    themselves are used here because scores are already on one scale, can be read beside the other
    weightings, and do not forbid every weight to a region with a score of 0.

    Where several weights are equally good for a region, those nearest to equal weights are taken.

    Raises
    ------
    ValueError
        If scores are not (R, I), complete, finite and not negative, or all 0; or no weights can
        keep the bounds: 0 ≤ low ≤ high ≤ 1, Σ low ≤ 1 ≤ Σ high.

    >>> found = benefit_of_the_doubt([[1.0, 4.0], [2.0, 1.0]], low=0.25)
    >>> found.mean.round(4), found.ratios.round(4)
    (array([0.625, 0.375]), array([1., 1.]))
    """
    array = _scores(scores)
    bounds = _bounds(low, high, array.shape[1])
    weights = np.full(array.shape, np.nan)
    ratios = np.zeros(array.shape[0])
    peers: list[int] = []
    for region in np.flatnonzero(array.any(axis=1)).tolist():
        best = _best_light(array, region, bounds, peers)
        ratios[region] = _ratio(array, region, best)
        weights[region] = _evenest(array, region, bounds, best)
    return BenefitOfTheDoubt(weights, np.nanmean(weights, axis=0), ratios)


def _scores(scores: ArrayLike) -> Floats:
    array = np.asarray(scores, dtype=np.float64)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(f"scores must be regions by indicators, not {array.shape}")
    if not np.isfinite(array).all() or (array < 0).any():
        raise ValueError("benefit of the doubt needs scores complete, finite and not negative")
    if not array.any():
        raise ValueError("all scores are 0: no weights put a region in a better light")
    scaled: Floats = array / array.max()
    return scaled


def _bounds(low: ArrayLike, high: ArrayLike, count: int) -> tuple[Floats, Floats]:
    floor = np.broadcast_to(np.asarray(low, dtype=np.float64), count)
    ceiling = np.broadcast_to(np.asarray(high, dtype=np.float64), count)
    if not ((floor >= 0) & (floor <= ceiling) & (ceiling <= 1)).all():
        raise ValueError("bounds on shares must be 0 <= low <= high <= 1")
    if floor.sum() > 1 + _MISSED or ceiling.sum() < 1 - _MISSED:
        raise ValueError(
            f"no weights keep bounds that sum to {floor.sum():g} (low) and {ceiling.sum():g} (high)"
        )
    return floor, ceiling


def _ratio(array: Floats, region: int, weights: Floats) -> float:
    weighted = array @ weights
    return float(weighted[region] / weighted.max())


def _best_light(
    array: Floats, region: int, bounds: tuple[Floats, Floats], peers: list[int]
) -> Floats:
    """Return the region's best weights, normalised; regions that bind are added to `peers`.

    Few regions ever bind, so the programme starts with those that bound others and takes in the
    ones it finds above 1.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    # w = low Σw + u: one bound is then u ≥ 0, the other is about u_j and Σw only
    floor, ceiling = bounds
    gain = np.append(array[region], array[region] @ floor)
    below_high = hstack([eye_array(floor.size), (floor - ceiling)[:, None]])
    total = np.append(np.ones(floor.size), floor.sum() - 1)[None]
    while True:
        rows = array[sorted({region, *peers})]
        found = linprog(
            -gain,
            A_ub=vstack([csr_array(np.column_stack([rows, rows @ floor])), below_high]),
            b_ub=np.concatenate([np.ones(len(rows)), np.zeros(floor.size)]),
            A_eq=csr_array(total),
            b_eq=np.zeros(1),
            options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
        )
        if not found.success:
            raise ArithmeticError(f"benefit of the doubt: {found.message}")
        weights = found.x[:-1] + floor * found.x[-1]
        weighted = array @ weights
        highest = np.argsort(-weighted, kind="stable")[:5]
        above = [int(i) for i in highest if weighted[i] > 1 + _MISSED and i not in peers]
        if not above:
            best: Floats = weights / weights.sum()
            return best
        peers.extend(above)


def _evenest(array: Floats, region: int, bounds: tuple[Floats, Floats], best: Floats) -> Floats:
    """Return the weights nearest to equal ones under which the region is as good as with `best`.

    Among weights v with Σv = 1 these are v · (x_c - ratio x_i) ≥ 0 for all i and the bounds, a
    least-distance problem; solved through non-negative least squares (Lawson and Hanson, Solving
    Least Squares Problems, 1974, chapter 23).
    """
    from scipy.linalg import null_space
    from scipy.optimize import nnls

    count = best.size
    if count == 1:
        return np.ones(1)
    unit = np.eye(count)
    rows = np.vstack([array[region] - _ratio(array, region, best) * array, unit, -unit])
    limits = np.concatenate([np.zeros(len(array)), bounds[0], -bounds[1]]) - _TIED
    # distances from equal weights, within the plane in which weights sum to 1
    plane = null_space(np.ones((1, count)))
    needed = limits - rows.sum(axis=1) / count
    system = np.vstack([(rows @ plane).T, needed])
    target = np.concatenate([np.zeros(count - 1), [1.0]])
    residual = system @ nnls(system, target)[0] - target
    nearest = 1 / count - plane @ residual[:-1] / residual[-1]
    if not (rows @ nearest >= limits - _TIED).all():
        return best
    within = np.clip(nearest, *bounds)
    evenest: Floats = within / within.sum()
    return evenest

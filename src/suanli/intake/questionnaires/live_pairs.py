"""What a sheet of comparisons computes while it is being filled in: weights, consistency, the answer to look at again.

The weights are those of the logarithmic least squares, on a complete matrix the geometric mean (根法): with g the
logarithm of each answer, ln w = C g, where C is constant for the pairs asked. An answer on i and j deviates by
d = g − (ln wᵢ − ln wⱼ), and λ, the textbooks' mean of (Aw)ᵢ/wᵢ, is 1 + (1/n)(Σ 2 cosh d + 2m), the m pairs that are
not asked standing at the ratio of their weights. A spreadsheet can do that without a macro; the λmax of the
eigenvector, which counts, is computed when the form is back, and is the same number where answers are consistent.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.intake.questionnaires.layout import Pair

ALIKE = 3
"""Three comparisons of three items always deviate by the same: none of them is the one to look at again."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a consistency index is divided by and should not exceed; `base` is None where there is no such test."""

    base: float | None
    limit: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights (n,), their logarithms before they are made to sum to 1, and by question d and 2 cosh d.

    2 cosh d is rounded to nine decimals, so that equal deviations are equal on every machine.
    """

    places: NDArray[np.float64]
    weights: NDArray[np.float64]
    deviations: NDArray[np.float64]
    sizes: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PairState:
    """The state of a sheet: how many answers there are and, once all are given, weights and consistency."""

    answered: int
    fit: Fit | None = None
    ratio: float | None = None
    review: int | None = None
    """Number of the question whose answer differs most from the others; None where none is told apart."""


def yardstick(count: int, asked: int, table: str) -> Yardstick:
    """Return by what the consistency of so many items with so many pairs asked is judged.

    There is no test of two items, of a tree (where nothing can be contradicted), or beyond the end of a table.
    """
    from suanli.methods.pairwise import consistency_ratio_limit, random_index

    limit = consistency_ratio_limit(count)
    missing = count * (count - 1) // 2 - asked
    if count < 3 or asked < count:
        return Yardstick(None, limit)
    try:
        base = random_index(count, table, missing)
    except ValueError:
        return Yardstick(None, limit)
    return Yardstick(base or None, limit)


def coefficients(count: int, pairs: tuple[Pair, ...]) -> NDArray[np.float64]:
    """Return C, (n, pairs): logarithms of weights from those of answers, by least squares.

    >>> coefficients(2, ((0, 1),)).tolist()
    [[0.5], [-0.5]]
    """
    signs = np.zeros((len(pairs), count))
    for row, (i, j) in enumerate(pairs):
        signs[row, i], signs[row, j] = 1.0, -1.0
    # twelve digits are plenty for a sheet and the same on every machine
    return np.asarray(np.round(np.linalg.pinv(signs), 12) + 0.0)


def pair_state(
    count: int, pairs: tuple[Pair, ...], grades: tuple[float | None, ...], yard: Yardstick
) -> PairState:
    """Return what the formulas of a sheet show for these answers, None one that is not given.

    >>> state = pair_state(3, ((0, 1), (0, 2), (1, 2)), (2.0, 4.0, 2.0), Yardstick(0.5245, 0.05))
    >>> state.fit.weights.round(4).tolist(), round(state.ratio, 9)
    ([0.5714, 0.2857, 0.1429], 0.0)
    """
    known = [grade for grade in grades if grade is not None]
    if len(known) < len(pairs):
        return PairState(len(known))
    fit = _fit(count, pairs, np.log(np.asarray(known)))
    if yard.base is None:
        return PairState(len(known), fit)
    missing = count * (count - 1) // 2 - len(pairs)
    lambda_ = 1 + (float(fit.sizes.sum()) + 2 * missing) / count
    ratio = max(0.0, (lambda_ - count) / (count - 1) / yard.base)
    review = ratio > yard.limit and count > ALIKE
    return PairState(len(known), fit, ratio, int(np.argmax(fit.sizes)) + 1 if review else None)


def _fit(count: int, pairs: tuple[Pair, ...], logs: NDArray[np.float64]) -> Fit:
    places = coefficients(count, pairs) @ logs
    raised = np.exp(places)
    first, second = np.transpose(pairs)
    deviations = logs - (places[first] - places[second])
    return Fit(places, raised / raised.sum(), deviations, np.round(2 * np.cosh(deviations), 9))

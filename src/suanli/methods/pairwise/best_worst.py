"""The linear best-worst method: weights from comparisons with the best and the worst item only.

Rezaei, Best-worst multi-criteria decision-making method, Omega 53, 2015, and its linear model,
Some properties and a linear model, Omega 64, 2016.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.weights import Floats

_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class BestWorst:
    """Weights (..., n), the largest deviation xi (...), and the consistency ratio (...)."""

    weights: Floats
    xi: Floats
    consistency_ratio: Floats


def best_worst_weights(
    best_to_others: ArrayLike, others_to_worst: ArrayLike, best: ArrayLike, worst: ArrayLike
) -> BestWorst:
    """Return the weights of the linear best-worst model, and how consistent the answers are.

    With b_j = how many times the best weighs item j and c_j = how many times item j weighs the
    worst, the weights minimise xi, the largest of |w_best - b_j w_j| and |w_j - c_j w_worst|,
    among weights that sum to 1.

    The solution is found without a solver. Scale the weights so that xi = 1. Their sum must then
    be as large as possible, so each w_j = min((w_best + 1) / b_j, c_j w_worst + 1), and what is
    left are bounds on w_best as rising lines in w_worst: from item j, slope b_j c_j and b_j + 1
    either way. The sum rises with both, so it is largest where the lowest upper line meets the
    highest lower one, which is one point: the weights are unique. Where no two slopes differ in
    that way the answers are consistent, xi = 0 and w_j is proportional to 1 / b_j.

    The consistency ratio is the input-based one of Liang, Brunelli, Rezaei, Consistency issues in
    the best worst method, Omega 96, 2020: the largest of |b_j c_j - a| / (a a - a) with
    a = b_worst, and 0 if a = 1. It is no relative of the ratio by random matrices.

    Parameters
    ----------
    best_to_others, others_to_worst
        Ratios of at least 1, (..., n); b_best = 1, c_worst = 1, b_worst = c_best.
    best, worst
        Positions (...); -1 where an expert gave no answer, whose results are NaN.

    Raises
    ------
    ValueError
        If shapes differ, best and worst are the same or outside, a ratio is missing or below 1, or
        the two vectors contradict each other on best and worst.

    >>> found = best_worst_weights([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], best=1, worst=4)
    >>> found.weights.round(4).tolist(), found.xi.round(4).tolist()
    ([0.2295, 0.4481, 0.1148, 0.153, 0.0546], 0.0109)
    """
    down = np.asarray(best_to_others, dtype=np.float64)
    up = np.asarray(others_to_worst, dtype=np.float64)
    tops, bottoms = np.asarray(best, dtype=np.int64), np.asarray(worst, dtype=np.int64)
    _check_shapes(down, up, tops, bottoms)
    answered = (tops >= 0) & (bottoms >= 0)
    size = down.shape[-1]
    weights = np.full((answered.size, size), np.nan)
    deviation, ratio = np.full(answered.size, np.nan), np.full(answered.size, np.nan)
    chosen = np.flatnonzero(answered)
    if chosen.size:
        answers = _Answers(
            down.reshape(-1, size)[chosen],
            up.reshape(-1, size)[chosen],
            tops.ravel()[chosen],
            bottoms.ravel()[chosen],
        )
        answers.check()
        weights[chosen], deviation[chosen] = answers.solution()
        ratio[chosen] = answers.consistency_ratio()
    shape = answered.shape
    return BestWorst(
        weights.reshape(*shape, size), deviation.reshape(shape)[()], ratio.reshape(shape)[()]
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    """The answers of experts who gave them: ratios (E, n), positions (E,)."""

    down: Floats
    up: Floats
    best: NDArray[np.int64]
    worst: NDArray[np.int64]

    def check(self) -> None:
        size = self.down.shape[1]
        rows = np.arange(len(self.best))
        if (self.best >= size).any() or (self.worst >= size).any():
            raise ValueError(f"best and worst must be positions below {size}")
        if (self.best == self.worst).any():
            raise ValueError("best and worst must be different items")
        for name, array in (("best to others", self.down), ("others to worst", self.up)):
            wrong = ~((array >= 1.0) & np.isfinite(array))
            if wrong.any():
                row, item = (int(axis) for axis in np.argwhere(wrong)[0])
                raise ValueError(
                    f"{name} must be 1 or more for every item; item {item} is {array[row, item]:g}"
                )
        own = np.abs(self.down[rows, self.best] - 1.0) + np.abs(self.up[rows, self.worst] - 1.0)
        if (own > _SLACK).any():
            raise ValueError("the best compared with itself, and the worst with itself, must be 1")
        if (np.abs(self.down[rows, self.worst] - self.up[rows, self.best]) > _SLACK).any():
            raise ValueError("best over worst must be the same in both vectors")

    def solution(self) -> tuple[Floats, Floats]:
        """Return weights (E, n) and xi (E,)."""
        rows = np.arange(len(self.best))
        slopes = self.down * self.up
        offsets = self.down + 1.0
        # best and worst are tied by one line, the row of the best; that of the worst is no tighter
        offsets[rows, self.best] = 1.0
        gaps = slopes[:, :, None] - slopes[:, None, :]
        reach = offsets[:, :, None] + offsets[:, None, :]
        apart = gaps > _SLACK * slopes[:, :, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            meeting = np.where(apart, reach / gaps, np.inf).min(axis=(1, 2))
        consistent = np.isinf(meeting)
        lowest = np.where(consistent, 1.0, meeting)
        highest = (slopes * lowest[:, None] + offsets).min(axis=1)
        scaled = np.minimum((highest[:, None] + 1.0) / self.down, self.up * lowest[:, None] + 1.0)
        scaled[rows, self.best] = highest
        scaled[rows, self.worst] = lowest
        scaled[consistent] = 1.0 / self.down[consistent]
        sums = scaled.sum(axis=1)
        return scaled / sums[:, None], np.where(consistent, 0.0, 1.0 / sums)

    def consistency_ratio(self) -> Floats:
        over = self.down[np.arange(len(self.best)), self.worst]
        distance = np.abs(self.down * self.up - over[:, None]).max(axis=1)
        scale = over * over - over
        ratio: Floats = np.where(scale > 0.0, distance / np.where(scale > 0.0, scale, 1.0), 0.0)
        return ratio


def _check_shapes(
    down: Floats, up: Floats, best: NDArray[np.int64], worst: NDArray[np.int64]
) -> None:
    if down.ndim == 0 or down.shape != up.shape:
        raise ValueError(f"best to others {down.shape} and others to worst {up.shape} must agree")
    if best.shape != down.shape[:-1] or worst.shape != down.shape[:-1]:
        raise ValueError("best and worst must give one position for each pair of vectors")

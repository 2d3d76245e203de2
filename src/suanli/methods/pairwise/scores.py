"""Direct scores to matrices of comparisons, by a rule that every report must name.

Experts who score each item, or share out 100 points, compare nothing. Two rules turn their scores
into ratios all the same, and they do not mean the same: see `score_ratios`.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from suanli.methods.weights import Floats

ScoreRule = Literal["ratio", "difference"]
LARGEST_RATIO = 9.0


def score_ratios(scores: ArrayLike, rule: ScoreRule = "ratio") -> Floats:
    """Return the matrices (..., n, n) that scores (..., n) amount to, exactly reciprocal.

    `"ratio"`: a_ij = s_i / s_j, so the weights are the scores over their sum. Such a matrix is
    consistent by construction: its consistency ratio is 0 whatever the expert thought and proves
    nothing.

    `"difference"`: a_ij = 1 + (s_i - s_j) where s_i is not below s_j, at most 9, and the reciprocal
    below. One point is one degree of the 1-9 scale, so it fits scores out of 9 or 10, not shares of
    100 points. Ties are 1, and the consistency ratio says how far the differences contradict each
    other as ratios. (The R package easyAHP takes s_i - s_j itself, which is 0 for a tie.)

    Missing scores make their row and column missing, the diagonal apart.

    Raises
    ------
    ValueError
        If a score is infinite, or under the ratio rule not above 0; the first one is named.

    >>> score_ratios([6, 3]).tolist(), score_ratios([6, 3], "difference").tolist()
    ([[1.0, 2.0], [0.5, 1.0]], [[1.0, 4.0], [0.25, 1.0]])
    """
    array = np.asarray(scores, dtype=np.float64)
    if array.ndim == 0:
        raise ValueError("scores need an axis of items")
    if rule not in ("ratio", "difference"):
        raise ValueError(f"unknown rule {rule!r}; the rules are ratio and difference")
    _check_scores(array, rule)
    rows, columns = array[..., :, None], array[..., None, :]
    if rule == "ratio":
        sizes = np.where(rows >= columns, rows / columns, columns / rows)
    else:
        sizes = np.minimum(1.0 + np.abs(rows - columns), LARGEST_RATIO)
    matrices = np.where(rows >= columns, sizes, 1.0 / sizes)
    places = np.arange(array.shape[-1])
    matrices[..., places, places] = 1.0
    return matrices


def _check_scores(scores: Floats, rule: str) -> None:
    wrong = np.isinf(scores)
    if rule == "ratio":
        wrong |= scores <= 0.0
    if wrong.any():
        place = tuple(int(axis) for axis in np.argwhere(wrong)[0])
        wanted = "finite and above 0" if rule == "ratio" else "finite"
        raise ValueError(f"scores must be {wanted}; the one at {place} is {scores[place]:g}")

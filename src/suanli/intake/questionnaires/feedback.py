"""What an expert is told about a group before answering again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Feedback:
    """The expert's earlier answers on one group, those of all experts, and changes that would restore consistency.

    Attributes
    ----------
    own, median, lower, upper
        (n, n) grades of the row's item over the column's where items are compared, (n,) scores or points otherwise:
        the expert's earlier answers (NaN not answered), and the group's median and quartiles.
    consistency_ratio, limit
        Of the earlier answers, and what it should not exceed; NaN where there is none.
    proposal
        Row, column and grade of each judgement that would change; empty where nothing is proposed.
    ratio_after
        The consistency ratio with the proposal; None where nothing is proposed.
    extremes
        Positions of the best and the worst item named earlier; best–worst only.
    """

    own: NDArray[np.float64]
    median: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    consistency_ratio: float = np.nan
    limit: float = np.nan
    proposal: tuple[tuple[int, int, float], ...] = ()
    ratio_after: float | None = None
    extremes: tuple[int, int] | None = None

    def proposed(self, row: int, column: int) -> float | None:
        """Return the grade proposed for the row's item over the column's, whichever way round it was stated."""
        for i, j, grade in self.proposal:
            if (i, j) == (row, column):
                return grade
            if (j, i) == (row, column):
                return 1 / grade
        return None

    def outside(self, *place: int) -> bool:
        """Return whether the expert's answer at a place lies outside the group's quartiles."""
        own, lower, upper = self.own[place], self.lower[place], self.upper[place]
        # a grade and its reciprocal are not exact: the last digits must not decide
        return bool(own < lower * (1 - 1e-9) or own > upper * (1 + 1e-9))

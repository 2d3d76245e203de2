"""Stretches of a series that leave its level and return: wrong figures rather than developments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 3
"""More periods than this away from the old level are a development."""
_BACK = 0.5
"""The share of the jump, in logarithms, that may still separate a series from its old level."""


@dataclass(frozen=True, slots=True)
class Excursion:
    """Periods `start` … `end` − 1 stand apart from `start` − 1 and `end`, which agree."""

    start: int
    end: int


def excursions(series: NDArray[np.float64], jumps: Sequence[int]) -> list[Excursion]:
    """Return the excursions of one series of positive values, NaN where missing.

    `jumps` are the positions whose value jumped against the one before. A jump may be the way out
    (some later value is near the level before it) or the way back (some earlier value is near the
    level after it); near means that at most half of the jump's logarithm is left. The nearest such
    value counts, at most four positions away; of a way out and a way back the shorter. The largest
    jumps are settled first, and no position is in two excursions.

    >>> excursions(np.array([100.0, 98.0, 300.0, 104.0]), [2, 3])
    [Excursion(start=2, end=3)]
    >>> excursions(np.array([100.0, 98.0, 300.0, 310.0]), [2])
    []
    """
    levels = np.log(series)
    found: list[Excursion] = []
    for jump in sorted(jumps, key=lambda at: -abs(levels[at] - levels[at - 1])):
        free = (
            excursion
            for excursion in sorted(_candidates(levels, jump), key=lambda e: e.end - e.start)
            if not any(_clash(excursion, other) for other in found)
        )
        if not any(jump in (other.start, other.end) for other in found):
            found += [excursion for excursion, _ in zip(free, range(1), strict=False)]
    return sorted(found, key=lambda excursion: excursion.start)


def _candidates(levels: NDArray[np.float64], jump: int) -> Iterator[Excursion]:
    near = _BACK * abs(levels[jump] - levels[jump - 1])
    for end in range(jump + 1, min(jump + LONGEST + 1, len(levels))):
        if abs(levels[end] - levels[jump - 1]) <= near:
            yield Excursion(jump, end)
            break
    for origin in range(jump - 2, max(jump - 2 - LONGEST, -1), -1):
        if abs(levels[origin] - levels[jump]) <= near:
            yield Excursion(origin + 1, jump)
            break


def _clash(one: Excursion, other: Excursion) -> bool:
    """Return whether one rests on a level that the other calls apart, or both call one apart."""
    return (one.start - 1 < other.end and other.start <= one.end) or (
        other.start - 1 < one.end and one.start <= other.end
    )

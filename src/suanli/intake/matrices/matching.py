"""The two sides of every pair brought together: what is used of each, and which of them contradict each other."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from suanli.intake.folder import shown
from suanli.intake.matrices.entries import Entries, Entry
from suanli.intake.reading.judgements import (
    TOLERANCE,
    Judgement,
    is_rounded,
    reciprocal_of,
    stands_for,
)
from suanli.intake.reading.tables import cells_words
from suanli.problems import Problem, Severity

_SAME = 1e-9
_DIGITS = 1e-12
_SIMPLE = 99
"""Largest denominator of a ratio that is shown as a fraction."""


@dataclass(frozen=True, slots=True)
class Snap:
    """A judgement that is used other than as written: 0.33 as 1/3, 2.99 as 3, a rounded reciprocal as the exact one."""

    row: int
    column: int
    written: float
    used: float
    cell: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Ratios (n, n), NaN where nobody judged, diagonal 1; what was changed; pairs that repeat another."""

    values: NDArray[np.float64]
    snaps: tuple[Snap, ...]
    repeated: tuple[tuple[int, int], ...]


def matched(entries: Entries, code: str) -> tuple[Matched, list[Problem]]:
    """Return the matrix that judgements make, and an error of the given code for each pair that disagrees.

    A pair needs one side only. Where both are given and reciprocal within 1 %, the side of at least 1 is used.
    """
    labels = entries.labels
    values = np.full((len(labels), len(labels)), np.nan)
    np.fill_diagonal(values, 1.0)
    sides: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries.entries:
        low, high = sorted((entry.row, entry.column))
        sides.setdefault((low, high), []).append(entry)
    snaps: list[Snap] = []
    repeated: list[tuple[int, int]] = []
    problems: list[Problem] = []
    for (low, high), given in sorted(sides.items()):
        first, *others = given
        against = [other for other in others if not agree(first, other)]
        problems += [_contradiction(code, first, other, labels) for other in against]
        values[low, high], values[high, low] = _ratio([first] if against else given, low)
        if against:
            continue
        snaps += _snaps(given, values)
        ways = [(entry.row, entry.column) for entry in given]
        repeated += [way for at, way in enumerate(ways) if way in ways[:at]]
    return Matched(values, tuple(snaps), tuple(repeated)), problems


def agree(first: Entry, second: Entry) -> bool:
    """Tell whether two judgements of one pair say the same, each in its direction.

    They may differ by 1 %, and by more only where a decimal stands for the reciprocal of the whole number that it
    faces, or that the decimal which it faces stands for.
    """
    one, two = first.judgement, second.judgement
    if first.row == second.row:
        return abs(one.value / two.value - 1) <= TOLERANCE + _SAME
    small, large = sorted((one, two), key=lambda judgement: judgement.value)
    if abs(small.value * large.value - 1) <= TOLERANCE + _SAME:
        return True
    whole = reciprocal_of(small)
    meant = (stands_for(large) or (large.value,))[0]
    return whole is not None and abs(meant - whole) <= _SAME * whole


def ratio_words(value: float) -> str:
    """Return a ratio as a person writes it: a whole number or a fraction where it is one.

    >>> ratio_words(3.0), ratio_words(1 / 3), ratio_words(0.7302967)
    ('3', '1/3', '0.7303')
    """
    simple = Fraction(value).limit_denominator(_SIMPLE)
    if simple and abs(value / float(simple) - 1) <= _SAME:
        return str(simple)
    return f"{value:.4g}"


def _ratio(given: Sequence[Entry], low: int) -> tuple[float, float]:
    """Return the ratio of the first item to the second and its reciprocal, from judgements that agree."""
    alone = len({entry.row for entry in given}) == 1
    exact = next((entry for entry in given if _is_exact(entry.judgement)), None)
    if exact is not None:
        return _turned(exact, (exact.judgement.value, exact.judgement.inverse), low)
    for entry in given:
        meant = stands_for(entry.judgement)
        whole = reciprocal_of(entry.judgement)
        if meant and (alone or (whole and is_rounded(entry.judgement, whole))):
            return _turned(entry, meant, low)
    # of two decimals that differ a little, the one below 1 has fewer digits and is the rounded one
    best = max(given, key=lambda entry: entry.judgement.value)
    return _turned(best, (best.judgement.value, best.judgement.inverse), low)


def _is_exact(one: Judgement) -> bool:
    """Tell whether a judgement is written as a fraction or as a whole number."""
    return one.decimals is None or one.value.is_integer()


def _turned(entry: Entry, ratio: tuple[float, float], low: int) -> tuple[float, float]:
    """Return a judgement's ratio and reciprocal as those of the first item to the second."""
    return ratio if entry.row == low else (ratio[1], ratio[0])


def _snaps(given: Iterable[Entry], values: NDArray[np.float64]) -> list[Snap]:
    found = []
    for entry in given:
        written, used = entry.judgement.value, float(values[entry.row, entry.column])
        if not math.isclose(written, used, rel_tol=_DIGITS):
            found.append(Snap(entry.row, entry.column, written, used, entry.place.cell))
    return found


def _contradiction(code: str, first: Entry, second: Entry, labels: Sequence[str]) -> Problem:
    same = first.row == second.row
    one = first.judgement
    details = {
        "first_item": shown(labels[first.row]),
        "first_other": shown(labels[first.column]),
        "first": shown(one.written),
        **cells_words("first_cell", [first.place.cell]),
        "item": shown(labels[second.row]),
        "other": shown(labels[second.column]),
    }
    return Problem(
        code,
        Severity.ERROR,
        second.place,
        found=shown(second.judgement.written),
        expected=ratio_words(one.value if same else one.inverse),
        details=details,
    )

"""Repair as a proposal: the smallest changes of judgements that reach a limit of consistency."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from suanli.methods.pairwise.complete import principal
from suanli.methods.pairwise.consistency import consistency_ratio, consistency_ratio_limit
from suanli.methods.pairwise.incomplete import check_connected, least_lambda
from suanli.methods.pairwise.judgement_scales import grades_at, places, ratios
from suanli.methods.pairwise.matrices import Floats, judged_matrices, missing_count
from suanli.methods.pairwise.random_index import DEFAULT, random_index
from suanli.methods.pairwise.repair_search import GRADES, KEPT, Choices, Task, smallest_change
from suanli.methods.pairwise.repair_spectra import Pattern

_ROUNDING = 1e-12
_PLACES = np.arange(GRADES) - GRADES // 2


@dataclass(frozen=True, slots=True)
class Change:
    """One judgement above the diagonal, as a grade now and as proposed."""

    row: int
    column: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes of grades that bring a matrix within a limit, with what they come to.

    `changes` are in order of position; `before` and `after` are the consistency ratios, the
    weights (n,) are the principal eigenvector's.
    """

    changes: tuple[Change, ...]
    before: float
    after: float
    weights_before: Floats
    weights_after: Floats
    limit: float


def proposal(
    matrix: ArrayLike,
    *,
    limit: float | None = None,
    table: str = DEFAULT,
    scale: str = "saaty",
) -> Proposal | None:
    """Return the smallest changes that bring the consistency ratio to the limit; None if it is there.

    Changed judgements move to grades of the form 1/9, 1/8, … 1, … 9, on which neighbours are a step
    apart; one between two grades starts from there, 2.5 being half a step from 3. Sought
    are the fewest changed judgements, of those the smallest total of steps, then the lowest ratio,
    then the first position. One and two changes are found exhaustively (beyond 15 items two are
    sought among the 105 judgements with the most to gain); more by a beam search, in which each
    change is then taken back as far as the limit allows, so that a smaller set may exist.

    Missing judgements stay missing: the ratio is that of the completion by the least lambda_max
    over RI[n, m].

    Parameters
    ----------
    matrix
        (n, n) grades, reciprocal, NaN where not judged.
    limit
        The consistency ratio to reach; by size when absent (`consistency_ratio_limit`).
    table
        Random index, see `random_index`.
    scale
        How grades become ratios, see `ratios`.

    Raises
    ------
    ValueError
        As `judged_matrices`; if comparisons do not connect all items, the table ends before n, a
        grade does not fit the scale, or the limit is negative.

    >>> found = proposal([[1, 2, 1 / 7], [1 / 2, 1, 3], [7, 1 / 3, 1]], limit=0.1)
    >>> [(change.row, change.column, round(change.after, 4)) for change in found.changes]
    [(1, 2, 0.1667)]
    """
    grades, known = judged_matrices(matrix)
    if grades.ndim != 2:
        raise ValueError(f"one matrix at a time, not {grades.shape[:-2]} of them")
    check_connected(known)
    n = len(grades)
    aim = consistency_ratio_limit(n) if limit is None else float(limit)
    if not aim >= 0:
        raise ValueError("the limit must not be negative")
    missing = int(missing_count(grades))
    weights, largest = _solved(_ratios(grades, scale))
    before = float(consistency_ratio(largest, n, table=table, missing=missing))
    if before <= aim + _ROUNDING:
        return None
    task = _task(grades, aim * random_index(n, table, missing), scale)
    chosen = smallest_change(task)
    changed = _changed(grades, task.pattern, chosen)
    weights_after, largest = _solved(_ratios(changed, scale))
    return Proposal(
        changes=_changes(grades, changed, task.pattern, chosen),
        before=before,
        after=float(consistency_ratio(largest, n, table=table, missing=missing)),
        weights_before=weights,
        weights_after=weights_after,
        limit=aim,
    )


def _ratios(grades: Floats, scale: str) -> Floats:
    # on this scale grades are ratios, those beyond 9 too
    return grades if scale == "saaty" else ratios(grades, scale)


def _solved(matrix: Floats) -> tuple[Floats, Floats]:
    found = principal(least_lambda(matrix))
    return found.weights, found.lambda_max


def _task(grades: Floats, index: float, scale: str) -> Task:
    """Return the search for a version whose consistency index is at most `index`."""
    n = len(grades)
    known = ~np.isnan(grades)
    rows, columns = np.nonzero(np.triu(known, 1))
    matrix = _ratios(grades, scale)
    form = grades_at(_PLACES)
    moves = np.abs(_PLACES - places(grades[rows, columns])[:, None])
    return Task(
        pattern=Pattern(n, rows, columns),
        given=np.log(matrix[rows, columns]),
        grid=np.log(form if scale == "saaty" else ratios(form, scale, items=n)),
        steps=np.where(moves < 1e-9, np.inf, moves),
        limit=float(np.log(n + (n - 1) * index)) + _ROUNDING,
    )


def _changed(grades: Floats, pattern: Pattern, chosen: Choices) -> Floats:
    changed = grades.copy()
    moved = chosen != KEPT
    rows, columns = pattern.rows[moved], pattern.columns[moved]
    changed[rows, columns] = grades_at(_PLACES[chosen[moved]])
    changed[columns, rows] = grades_at(-_PLACES[chosen[moved]])
    return changed


def _changes(
    grades: Floats, changed: Floats, pattern: Pattern, chosen: Choices
) -> tuple[Change, ...]:
    moved = np.flatnonzero(chosen != KEPT)
    places = zip(pattern.rows[moved].tolist(), pattern.columns[moved].tolist(), strict=True)
    return tuple(
        Change(row, column, float(grades[row, column]), float(changed[row, column]))
        for row, column in places
    )

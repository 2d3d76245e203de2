"""Sums that do not depend on the order of their rows: engines add in whatever order their threads come by."""

from collections.abc import Mapping, Sequence

import narwhals as nw

from suanli.intake.records.engine import Frame

_STEPS = (2.0**10, 2.0**-16, 2.0**-42)
"""Each slice of a number is a multiple of its step, and less than the step before: sums of up to 2²⁷ rows are exact."""

_COARSE = 1.5 * 2.0**30
"""Added and taken away again, it leaves the nearest multiple of 2⁻²²: there its own last bit is."""


def exact_sums(
    frame: Frame,
    keys: Sequence[str],
    *columns: str,
    whole: Sequence[str] = (),
    beside: Mapping[str, nw.Expr] | None = None,
) -> Frame:
    """Return Σ of columns by keys, the same to the last bit whatever the order of the rows; nulls add nothing.

    Every number is taken apart into multiples of 2¹⁰, 2⁻¹⁶ and 2⁻⁴², whose sums are exact in any order, and a rest that
    is too small to matter; sums stay exact up to 2⁶³. A group without any number has the sum 0.

    Parameters
    ----------
    frame
        Rows.
    keys
        Columns to group by.
    columns
        Columns of numbers; each becomes its sum, under its own name.
    whole
        Columns of whole numbers, whose plain sums are exact.
    beside
        Further aggregates by name, which depend on no order themselves and not on the columns summed; they come last.
    """
    sliced = frame.with_columns(nw.col(column).cast(nw.Float64()) for column in (*columns, *whole))
    for place, step in enumerate(_STEPS):
        slices = {column: (nw.col(column) / step).floor() * step for column in columns}
        sliced = sliced.with_columns(
            *(part.alias(_slice(column, place)) for column, part in slices.items()),
            *((nw.col(column) - part).alias(column) for column, part in slices.items()),
        )
    names = [_slice(column, place) for column in columns for place in range(len(_STEPS))]
    summed = (nw.col(name).sum() for name in (*columns, *whole, *names))
    further = beside or {}
    sums = sliced.group_by(*keys).agg(
        *summed, *(aggregate.alias(name) for name, aggregate in further.items())
    )
    return sums.select(*keys, *map(_total, columns), *whole, *further)


def large_sums(
    frame: Frame,
    keys: Sequence[str],
    column: str,
    *,
    beside: Mapping[str, nw.Expr] | None = None,
) -> Frame:
    """Return Σ of a column by keys for tables of very many rows, the same to the last bit in all but freak cases.

    Each number is a multiple of 2⁻²², whose sums are exact up to 2³¹, and a rest below 2⁻²³, whose sum is off by far
    less than the last bit of the whole. Two sums, where `exact_sums` takes four; nulls add nothing.

    Parameters
    ----------
    frame
        Rows.
    keys
        Columns to group by.
    column
        Column of numbers; it becomes its sum, under its own name.
    beside
        Further aggregates by name, which depend on no order themselves; they come last.
    """
    further = {name: value.alias(name) for name, value in (beside or {}).items()}
    coarse = (nw.col(column) + _COARSE) - _COARSE
    rest = nw.col(column) - nw.col(_slice(column, 0))
    sliced = frame.with_columns(coarse.alias(_slice(column, 0))).with_columns(
        rest.alias(_slice(column, 1))
    )
    sums = sliced.group_by(*keys).agg(
        *(nw.col(_slice(column, place)).sum() for place in (0, 1)), *further.values()
    )
    whole = nw.col(_slice(column, 0)) + nw.col(_slice(column, 1))
    return sums.select(*keys, whole.alias(column), *further)


def _total(column: str) -> nw.Expr:
    """Return the slices' sums added up, the smallest first."""
    total = nw.col(column)
    for place in reversed(range(len(_STEPS))):
        total = nw.col(_slice(column, place)) + total
    return total.alias(column)


def _slice(column: str, place: int) -> str:
    return f"{column}_{place}"

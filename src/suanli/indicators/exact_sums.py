"""Sums that do not depend on the order of their rows: engines add in whatever order their threads come by."""

from collections.abc import Mapping, Sequence

import narwhals as nw

from suanli.intake.records.engine import Frame

_STEPS = (2.0**10, 2.0**-16, 2.0**-42)
"""Each slice of a number is a multiple of its step, and at most half the step before: sums of up to 2²⁷ are exact."""

_LARGE_STEP = 2.0**-22
"""The same where one slice must do; sums are exact up to 2³¹."""


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
        Further aggregates by name, which depend on no order themselves; they come last.
    """
    sliced = frame
    for place, step in enumerate(_STEPS):
        sliced = sliced.with_columns(
            _nearest(_rest(column, place), step).alias(_slice(column, place)) for column in columns
        )
    places = range(len(_STEPS))
    summed = (nw.col(_slice(column, place)).sum() for column in columns for place in places)
    rests = (_rest(column, len(_STEPS)).sum().alias(column) for column in columns)
    wholes = (nw.col(name).cast(nw.Float64()).sum() for name in whole)
    further = beside or {}
    aggregates = (aggregate.alias(name) for name, aggregate in further.items())
    sums = sliced.group_by(*keys).agg(*rests, *wholes, *summed, *aggregates)
    return sums.select(*keys, *map(_total, columns), *whole, *further)


def whole_sums(
    frame: Frame,
    keys: Sequence[str],
    column: str,
    *,
    beside: Mapping[str, nw.Expr] | None = None,
) -> Frame:
    """Return Σ of a column by keys as `exact_sums` does, but null where any row does not state it."""
    further = beside or {}
    counts = {"rows": nw.len(), "stated": nw.col(column).count()}
    sums = exact_sums(frame, keys, column, beside={**counts, **further})
    every = nw.col("rows") == nw.col("stated")
    whole = nw.when(every).then(nw.col(column)).otherwise(None)
    return sums.select(*keys, whole.alias(column), *further)


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
    coarse = _nearest(nw.col(column), _LARGE_STEP).alias(_slice(column, 0))
    sliced = frame.with_columns(coarse)
    rest = _rest(column, 1).sum().alias(column)
    sums = sliced.group_by(*keys).agg(nw.col(_slice(column, 0)).sum(), rest, *further.values())
    whole = nw.col(_slice(column, 0)) + nw.col(column)
    return sums.select(*keys, whole.alias(column), *further)


def _nearest(number: nw.Expr, step: float) -> nw.Expr:
    """Return the multiple of a power of two that is nearest to a number; of a far larger number, itself."""
    # a number whose last bit is the step has no room for less
    large = 1.5 * 2.0**52 * step
    return (number + large) - large


def _rest(column: str, places: int) -> nw.Expr:
    """Return what is left of a number without its first slices; each difference is exact."""
    rest = nw.col(column)
    for place in range(places):
        rest = rest - nw.col(_slice(column, place))
    return rest


def _total(column: str) -> nw.Expr:
    """Return the slices' sums added up, the smallest first."""
    total = nw.col(column)
    for place in reversed(range(len(_STEPS))):
        total = nw.col(_slice(column, place)) + total
    return total.alias(column)


def _slice(column: str, place: int) -> str:
    return f"{column}_{place}"

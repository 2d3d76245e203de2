"""Moments of readings and the calendar years they belong to."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import narwhals as nw

from suanli.intake.records.engine import Frame

_MOMENT = nw.col("time")


def in_local_time(frame: Frame, ahead: timedelta) -> Frame:
    """Return a frame whose `time`, so far behind local time, is local."""
    if not ahead:
        return frame
    minutes = int(ahead.total_seconds() // 60)
    return frame.with_columns(_MOMENT.dt.offset_by(f"{minutes}m").alias("time"))


def year_span(year: int, ahead: timedelta) -> tuple[datetime, datetime]:
    """Return the first moment of a local year and that of the next, as files that are so far behind local time say."""
    first, end = (datetime(each, 1, 1) - ahead for each in (year, year + 1))  # noqa: DTZ001
    return first, end


def in_span(frame: Frame, first: datetime, end: datetime) -> Frame:
    """Return the rows whose `time`, as it stands in the files, is not before a moment, and before another."""
    return frame.filter((_literal(first) <= _MOMENT) & (_literal(end) > _MOMENT))


def in_years(frame: Frame, years: Sequence[int], ahead: timedelta, *, others: bool) -> Frame:
    """Return the rows of some years of local time with their `period`; `others` keeps the rest, without a period."""
    periods = {year: nw.lit(str(year)) for year in years}
    period = _by_year(periods, nw.lit(None, dtype=nw.String), ahead)
    if others:
        return in_local_time(frame.with_columns(period.alias("period")), ahead)
    return in_local_time(_kept(frame, years, ahead, "period", period), ahead)


def with_year(frame: Frame, years: Sequence[int], ahead: timedelta) -> Frame:
    """Return the rows of some years of local time with their `year`; `time` stays as the files have it."""
    numbers = {year: nw.lit(year, dtype=nw.Int64) for year in years}
    year = _by_year(numbers, nw.lit(None, dtype=nw.Int64), ahead)
    return _kept(frame, years, ahead, "year", year)


def _by_year(names: Mapping[int, nw.Expr], other: nw.Expr, ahead: timedelta) -> nw.Expr:
    """Return the name of the year of local time that a moment lies in, `other` if it has none."""
    name = other
    for year in sorted(names):
        first, end = _bounds(year, ahead)
        inside = (first <= _MOMENT) & (end > _MOMENT)
        name = nw.when(inside).then(names[year]).otherwise(name)
    return name


def _kept(
    frame: Frame, years: Sequence[int], ahead: timedelta, column: str, name: nw.Expr
) -> Frame:
    """Return the rows of some years with the name of their year in a column."""
    first, end = _bounds(min(years), ahead)[0], _bounds(max(years), ahead)[1]
    kept = frame.filter((first <= _MOMENT) & (end > _MOMENT)).with_columns(name.alias(column))
    if max(years) - min(years) < len(years):
        return kept
    # years between them are not asked for
    return kept.drop_nulls([column])


def _bounds(year: int, ahead: timedelta) -> tuple[nw.Expr, nw.Expr]:
    first, end = year_span(year, ahead)
    return _literal(first), _literal(end)


def _literal(moment: datetime) -> nw.Expr:
    """Return a moment as Narwhals compares it on any engine.

    Spark takes a datetime of Python for one in the time zone of the machine, and shifts it.
    """
    return nw.lit(moment.isoformat(" ")).cast(nw.Datetime("us"))

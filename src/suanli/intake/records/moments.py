"""Moments of readings and the calendar years they belong to."""

from collections.abc import Sequence
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
    period = nw.lit(None, dtype=nw.String)
    ordered = sorted(years)
    for year in ordered:
        first, end = _bounds(year, ahead)
        inside = (first <= _MOMENT) & (end > _MOMENT)
        period = nw.when(inside).then(nw.lit(str(year))).otherwise(period)
    if not others:
        first, end = _bounds(ordered[0], ahead)[0], _bounds(ordered[-1], ahead)[1]
        frame = frame.filter((first <= _MOMENT) & (end > _MOMENT))
    kept = frame.with_columns(period.alias("period"))
    if not others and ordered[-1] - ordered[0] >= len(ordered):
        kept = kept.filter(~nw.col("period").is_null())
    return in_local_time(kept, ahead)


def _bounds(year: int, ahead: timedelta) -> tuple[nw.Expr, nw.Expr]:
    first, end = year_span(year, ahead)
    return _literal(first), _literal(end)


def _literal(moment: datetime) -> nw.Expr:
    """Return a moment as Narwhals compares it on any engine.

    Spark takes a datetime of Python for one in the time zone of the machine, and shifts it.
    """
    return nw.lit(moment.isoformat(" ")).cast(nw.Datetime("us"))

"""What each meter has of each year: how much of it, how many readings, over which span; staged once in the engine."""

import narwhals as nw

from suanli.intake.records.checks.conditions import readable
from suanli.intake.records.engine import Frame
from suanli.intake.records.meter_units import factored_meters
from suanli.intake.records.records import Records

MINUTES_PER_DAY = 1440
_KEY = ("meter_id", "period")
_UNKNOWN = nw.lit(None, dtype=nw.Float64)


def meter_years(records: Records) -> Frame:
    """Return a row for each meter and each year of the study in which its centre is in use.

    `readings` is how many there are (0 if none), `full` and `expected` how many intervals the year has, and how many of
    them since the centre entered service; `share` is what part of the year in service the readings cover, `base` the
    amount in the quantity's base unit, `first` and `last` the minutes of the year between which it is. A register
    covers the time between its first and its last reading. Of a meter with both kinds of readings, the intervals count.
    """
    return records.staged("checked_meter_years", lambda: _meter_years(records))


def register_steps(records: Records) -> Frame:
    """Return each register reading that has one before it, with `risen` since then; after a fall it is the reading."""
    readings = records.table("meter_registers").filter(~nw.col("reading").is_null())
    # by the moment itself: readings before and after the study's periods belong to none of them
    dated = readings.with_columns(
        _minute().alias("minute"), nw.col("time").dt.year().cast(nw.String).alias("period")
    )
    stepped = dated.with_columns(
        nw.col(name).shift(1).over("meter_id", order_by="time").alias(f"earlier_{name}")
        for name in ("reading", "minute", "period")
    )
    fell = nw.col("reading") < nw.col("earlier_reading")
    risen = nw.col("reading") - nw.col("earlier_reading")
    return stepped.filter(~nw.col("earlier_reading").is_null()).with_columns(
        fell.alias("fell"),
        nw.when(fell).then(nw.col("reading")).otherwise(risen).alias("risen"),
    )


def closed_registers(records: Records) -> Frame:
    """Return the meters whose last register reading, not the only one, is the first moment of a year: `closed` is 1.

    Such a reading closes the year before; `period` is the year in which the meter has nothing any more.
    """
    return records.staged("checked_closed_registers", lambda: _closed(records))


def _closed(records: Records) -> Frame:
    readings = records.table("meter_registers").filter(~nw.col("reading").is_null())
    ends = readings.group_by("meter_id").agg(
        nw.col("time").min().alias("begun"), nw.col("time").max().alias("time")
    )
    closing = (nw.col("begun") < nw.col("time")) & (_minute() == 0)
    year = nw.col("time").dt.year().cast(nw.String)
    return ends.filter(closing).select("meter_id", year.alias("period"), nw.lit(1).alias("closed"))


def _meter_years(records: Records) -> Frame:
    meters = factored_meters(records).select(
        *("meter_id", "facility_id", "quantity", "factor", "interval_minutes")
    )
    years = [int(period) for period in records.periods]
    in_use = (nw.col("status") == "in_use") & nw.col("year").is_in(years)
    register = records.table("facilities").filter(in_use)
    register = register.select("facility_id", "year", "period", "in_service")
    owned = meters.join(register, on="facility_id", how="inner")
    counted = _counted(records)
    joined = owned.join(counted, on=[*_KEY], how="left")
    timed = joined.with_columns(_days().alias("days")).with_columns(
        (nw.col("days") * MINUTES_PER_DAY).alias("year_minutes"),
        (_days_in_service() * MINUTES_PER_DAY).alias("minutes_in_service"),
        nw.coalesce(nw.col("readings"), nw.lit(0)).alias("readings"),
    )
    return _shared(timed)


def _shared(timed: Frame) -> Frame:
    interval = nw.col("interval_minutes")
    # the reading that closes a register's year counts unless it is late
    kept = nw.col("closing_minutes") <= 2 * interval
    intervals = nw.col("kind") == 0
    covered = nw.col("readings") * interval
    whole = timed.with_columns(
        nw.when(kept).then(nw.col("closing")).otherwise(0.0).alias("closing"),
        nw.when(kept).then(nw.col("left")).otherwise(0.0).alias("left"),
    ).with_columns(
        nw.when(intervals)
        .then(covered)
        .otherwise(nw.coalesce(nw.col("minutes") + nw.col("left"), nw.lit(0.0)))
        .alias("covered"),
        nw.when(intervals)
        .then(nw.col("last") + interval)
        .otherwise(nw.col("last") + nw.col("left"))
        .alias("last"),
    )
    open_minutes = nw.col("minutes_in_service")
    return whole.with_columns(
        (nw.col("year_minutes") / interval).alias("full"),
        (open_minutes / interval).alias("expected"),
        nw.when(open_minutes > 0)
        .then(nw.col("covered") / open_minutes)
        .otherwise(_UNKNOWN)
        .alias("share"),
        ((nw.col("amount") + nw.col("closing")) * nw.col("factor")).alias("base"),
    )


def _counted(records: Records) -> Frame:
    both = records.stacked(
        "checked_meters_counted", lambda: [_intervals(records), _registers(records)]
    )
    first = nw.col("kind").min().over(*_KEY)
    return both.with_columns(first.alias("wanted")).filter(nw.col("kind") == nw.col("wanted"))


def _intervals(records: Records) -> Frame:
    """Return the readings of each meter and year added up: one pass, nothing joined."""
    rows = readable(records, "meter_readings").filter(~nw.col("amount").is_null())
    sums = (
        rows.with_columns(_minute().alias("minute"))
        .group_by(*_KEY)
        .agg(
            nw.len().cast(nw.Int64).alias("readings"),
            nw.col("amount").sum(),
            nw.col("minute").min().alias("first"),
            nw.col("minute").max().alias("last"),
        )
    )
    nothing = [nw.lit(0.0).alias(name) for name in ("minutes", "closing", "left")]
    nothing += [_UNKNOWN.alias("closing_minutes"), nw.lit(0).alias("kind")]
    return sums.with_columns(*nothing).select(*_COUNTED)


def _registers(records: Records) -> Frame:
    """Return what registers rose by in each year; a step across the end of the year is kept apart as its `closing`."""
    then = nw.col("earlier_period").cast(nw.Int64)
    crossing = nw.col("period").cast(nw.Int64) - then
    inside, closes = crossing == 0, crossing == 1
    left = _days(then) * MINUTES_PER_DAY - nw.col("earlier_minute")
    minutes = nw.col("minute") - nw.col("earlier_minute")
    last = nw.when(inside).then(nw.col("minute")).otherwise(nw.col("earlier_minute"))
    steps = register_steps(records).with_columns(
        nw.when(inside).then(nw.col("risen")).otherwise(0.0).alias("amount"),
        nw.when(inside).then(minutes).otherwise(0.0).alias("minutes"),
        nw.when(closes).then(nw.col("risen")).otherwise(_UNKNOWN).alias("closing"),
        nw.when(closes).then(left).otherwise(_UNKNOWN).alias("left"),
        nw.when(closes).then(left + nw.col("minute")).otherwise(_UNKNOWN).alias("closing_minutes"),
        last.alias("last"),
    )
    sums = steps.group_by("meter_id", "earlier_period").agg(
        nw.len().cast(nw.Int64).alias("readings"),
        *(nw.col(name).sum() for name in ("amount", "minutes")),
        *(nw.col(name).max() for name in ("closing", "left", "closing_minutes", "last")),
        nw.col("earlier_minute").min().alias("first"),
    )
    named = sums.rename({"earlier_period": "period"}).with_columns(nw.lit(1).alias("kind"))
    return named.select(*_COUNTED)


_COUNTED = (
    *(*_KEY, "kind", "readings", "amount", "first", "last"),
    *("minutes", "closing", "left", "closing_minutes"),
)


def _minute() -> nw.Expr:
    """Return the minute of the year of `time`."""
    moment = nw.col("time").dt
    days = moment.ordinal_day() - 1
    minute = days * MINUTES_PER_DAY + moment.hour() * 60 + moment.minute()
    return minute.cast(nw.Float64)


def _days_in_service() -> nw.Expr:
    """Return how many days of the year the centre was in service; all where the day is not known."""
    year, begun = nw.col("year"), nw.col("in_service").dt.year().cast(nw.Int64)
    before = nw.col("in_service").dt.ordinal_day().cast(nw.Int64) - 1
    part = nw.when(begun == year).then(nw.col("days") - before).otherwise(nw.col("days"))
    return nw.when(begun > year).then(nw.lit(0)).otherwise(part)


def _days(year: nw.Expr | None = None) -> nw.Expr:
    named = nw.col("year") if year is None else year
    leap = (named % 4 == 0) & ((named % 100 != 0) | (named % 400 == 0))
    return nw.when(leap).then(nw.lit(366)).otherwise(nw.lit(365))

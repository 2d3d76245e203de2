"""What meters counted, by computing centre and year: energy, water, carbon and electricity bills."""

from collections.abc import Iterator
from functools import partial

import narwhals as nw

from suanli.indicators.exact_sums import exact_sums, large_sums, whole_sums
from suanli.indicators.items import CENTRE_YEAR
from suanli.intake.records.engine import Frame
from suanli.intake.records.meter_units import BASE_UNITS, factored_meters
from suanli.intake.records.records import Records

MINUTES_PER_DAY = 1440
HOURS_PER_DAY = 24
QUANTITIES = (*BASE_UNITS, "electricity")
"""What is metered: the quantities of the meters, and the part of the total energy that is electricity."""

_KEY = ("meter_id", "year")
_COUNTED = "meters_counted"
_SPANNING = ("spanning_amount", "spanning_minutes", "minutes_left")
_UNKNOWN = nw.lit(None, dtype=nw.Float64)


def facility_years(records: Records) -> Frame:
    """Return what was metered at each centre and year: `facility_id`, `year` and a column a quantity.

    Amounts are in kWh (energy of every carrier), L (water), kg (carbon) and 元 (bills); `electricity` is the part of
    `total_energy` whose carrier is electricity or not stated. A quantity is null unless every meter of it that has
    readings in the year covers enough of the year and has a unit that converts: one of two feeds is not the total.
    `category` is the least of the PUE measurement categories of the IT meters, null where IT energy is. Computed once.
    """
    return records.staged("facility_years", lambda: _facility_years(records))


def begin_meters(records: Records) -> None:
    """Start to count what meters say: the longest work on most studies."""
    records.begin(_COUNTED, partial(_counted, records))


def with_days(frame: Frame) -> Frame:
    """Return a frame of `year` and `in_service` with `days` of the year, and those `days_in_service` within it.

    All days count where the day of entering service is not known or earlier; none where it is later than the year.
    """
    year = nw.col("year")
    begun = nw.col("in_service").dt.year().cast(nw.Int64)
    before = nw.col("in_service").dt.ordinal_day().cast(nw.Int64) - 1
    dated = frame.with_columns(_days(year).alias("days"))
    return dated.with_columns(
        nw.when(begun > year)
        .then(nw.lit(0))
        .otherwise(nw.when(begun == year).then(nw.col("days") - before).otherwise(nw.col("days")))
        .alias("days_in_service")
    )


def _facility_years(records: Records) -> Frame:
    """Return the amounts of meters added up by centre.

    They are kept first: they are few, are asked for more than once, and rest on all the readings.
    """
    service = records.table("facilities").select(*CENTRE_YEAR, "in_service")
    meters = factored_meters(records).select(
        *(
            "meter_id",
            "facility_id",
            "quantity",
            "carrier",
            "factor",
            "interval_minutes",
            "category",
        )
    )
    placed = (
        _meter_years(records)
        .join(meters, on="meter_id", how="inner")
        .join(service, on=list(CENTRE_YEAR), how="left")
    )
    amounts = _amounts(with_days(placed), records.options.least_meter_share)
    return _by_facility(records.staged("meter_amounts", lambda: amounts))


def _amounts(meter_years: Frame, least_share: float) -> Frame:
    """Return `base`, the amount in the quantity's base unit, null where too little of the year is covered."""
    kept = nw.col("spanning_minutes") <= 2 * nw.col("interval_minutes")
    whole = meter_years.with_columns(
        nw.when(kept).then(nw.col("spanning_amount")).otherwise(nw.lit(0.0)).alias("last"),
        nw.when(kept).then(nw.col("minutes_left")).otherwise(nw.lit(0.0)).alias("last_minutes"),
    )
    regular = nw.col("intervals") * nw.col("interval_minutes")
    covered = regular + nw.col("minutes") + nw.col("last_minutes")
    expected = (nw.col("days_in_service") * MINUTES_PER_DAY).cast(nw.Float64)
    enough = (expected > 0) & (covered > 0) & (covered >= expected * least_share)
    amount = (nw.col("amount") + nw.col("last")) * nw.col("factor")
    base = nw.when(enough).then(amount).otherwise(_UNKNOWN)
    return whole.select(*CENTRE_YEAR, "quantity", "carrier", "category", base.alias("base"))


def _by_facility(amounts: Frame) -> Frame:
    """Return a row for each centre and year with a column a quantity: null unless every meter of it is known."""
    quantity = nw.col("quantity")
    carrier = nw.coalesce(nw.col("carrier"), nw.lit("electricity"))
    electricity = amounts.filter(
        (quantity == "total_energy") & (carrier == "electricity")
    ).with_columns(nw.lit("electricity").alias("quantity"))
    every = nw.concat([amounts, electricity], how="vertical")
    least = {"category": nw.col("category").min()}
    sums = whole_sums(every, (*CENTRE_YEAR, "quantity"), "base", beside=least)
    own = {name: (name, "base") for name in QUANTITIES} | {"category": ("it_energy", "category")}
    wide = sums.filter(~nw.col("base").is_null()).with_columns(
        nw.when(quantity == of).then(nw.col(column)).otherwise(None).alias(name)
        for name, (of, column) in own.items()
    )
    return wide.group_by(*CENTRE_YEAR).agg(nw.col(name).max() for name in own)


def _meter_years(records: Records) -> Frame:
    """Return what each meter counted in each year; of a meter with both kinds of readings, the intervals count."""
    both = records.stacked(_COUNTED, partial(_counted, records))
    first = nw.col("kind").min().over(*_KEY)
    return both.with_columns(first.alias("first")).filter(nw.col("kind") == nw.col("first"))


def _counted(records: Records) -> Iterator[Frame]:
    """Yield what intervals and registers say."""
    for intervals in records.by_year("meter_readings", _intervals):
        yield intervals.select(
            *_KEY,
            nw.lit(0).alias("kind"),
            "amount",
            "intervals",
            *(nw.lit(0.0).alias(name) for name in ("minutes", *_SPANNING)),
        )
    yield _registers(records)


def _intervals(readings: Frame, further: tuple[str, ...]) -> Frame:
    """Return Σ of interval readings by meter and further keys, and how many there are: one pass, no join."""
    intervals = {"intervals": nw.col("amount").count().cast(nw.Float64)}
    return large_sums(readings, ("meter_id", *further), "amount", beside=intervals)


def _registers(records: Records) -> Frame:
    """Return what registers rose by in each year, and for how many minutes of it that is known.

    A rise is that from a reading to the meter's next; where the next is lower, the register was reset and the next
    reading is the rise. It belongs to the year in which it begins. One that spans the end of the year is kept apart
    (`spanning_amount`, over `spanning_minutes`, of which `minutes_left` of the year): it counts only if the next
    reading is not late. The last reading of a meter begins no rise: a meter that is closed at the end of a year has
    nothing of the next.
    """
    readings = records.table("meter_registers").filter(~nw.col("reading").is_null())
    following = readings.select("meter_id", "time", "reading").with_columns(
        nw.col(name).shift(-1).over("meter_id", order_by="time").alias(f"next_{name}")
        for name in ("reading", "time")
    )
    begun = following.filter(~nw.col("next_time").is_null())
    timed = begun.with_columns(
        nw.col("time").dt.year().cast(nw.Int64).alias("year"),
        nw.col("next_time").dt.year().cast(nw.Int64).alias("next_year"),
        _minute_of_year("time").alias("minute"),
        _minute_of_year("next_time").alias("next_minute"),
    )
    reset = nw.col("next_reading") < nw.col("reading")
    risen = nw.col("next_reading") - nw.col("reading")
    rise = nw.when(reset).then(nw.col("next_reading")).otherwise(risen)
    year = nw.col("year")
    inside = nw.col("next_year") == year
    spans = nw.col("next_year") == year + 1
    left = _days(year) * MINUTES_PER_DAY - nw.col("minute")
    elapsed = nw.col("next_minute") - nw.col("minute")
    rises = timed.with_columns(
        nw.when(inside).then(rise).otherwise(nw.lit(0.0)).alias("amount"),
        nw.when(inside).then(elapsed).otherwise(nw.lit(0.0)).alias("minutes"),
        nw.when(spans).then(rise).otherwise(nw.lit(0.0)).alias("spanning_amount"),
        nw.when(spans)
        .then(left + nw.col("next_minute"))
        .otherwise(nw.lit(0.0))
        .alias("spanning_minutes"),
        nw.when(spans).then(left).otherwise(nw.lit(0.0)).alias("minutes_left"),
    )
    # a meter has at most one rise that spans the end of a year, so that its sum is itself
    minutes = ("minutes", "spanning_minutes", "minutes_left")
    sums = exact_sums(rises, _KEY, "amount", "spanning_amount", whole=minutes)
    return sums.select(
        *_KEY,
        nw.lit(1).alias("kind"),
        "amount",
        nw.lit(0.0).alias("intervals"),
        *("minutes", *_SPANNING),
    )


def _days(year: nw.Expr) -> nw.Expr:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return nw.when(leap).then(nw.lit(366)).otherwise(nw.lit(365))


def _minute_of_year(column: str) -> nw.Expr:
    moment = nw.col(column).dt
    day = (moment.ordinal_day() - 1) * MINUTES_PER_DAY
    return (day + moment.hour() * 60 + moment.minute()).cast(nw.Float64)

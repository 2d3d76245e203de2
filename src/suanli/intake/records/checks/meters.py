"""Meters whose unit, readings or span do not make a year's amount."""

import narwhals as nw

from suanli.intake.records.checks.conditions import Condition, told
from suanli.intake.records.checks.metered import (
    MINUTES_PER_DAY,
    closed_registers,
    meter_years,
    register_steps,
)
from suanli.intake.records.engine import Frame
from suanli.intake.records.meter_units import factored_meters
from suanli.intake.records.records import Records
from suanli.problems import Problem, Severity

_SLACK = 1e-9


def check_meter_units(records: Records) -> list[Problem]:
    """Return an error if meters have a unit that is unknown, or is none of their quantity and carrier."""
    if not records.has("meters"):
        return []
    stated = ~nw.col("quantity").is_null() & ~nw.col("unit").is_null()
    condition = Condition(
        "meter-unit",
        Severity.ERROR,
        stated & nw.col("factor").is_null(),
        "meters.unit",
        ("meter_id",),
        ("quantity", "carrier", "unit"),
    )
    return told(records, factored_meters(records), [condition])


def check_meter_coverage(records: Records) -> list[Problem]:
    """Return what is wrong with the number of readings that meters have of a year in which their centre is in use.

    A warning for years without any, or covered by less than the option `least_meter_share`: such a year is left out. A
    meter closed at the turn of the year needs none where another of its centre and quantity goes on. An error for
    years with at least one reading more than the whole year has intervals: the interval is wrong, or readings are there
    twice.
    """
    if not records.has("meters"):
        return []
    least = records.options.least_meter_share
    read, path = nw.col("readings") > 0, "meters.meter_id"
    key = ("meter_id", "period")
    replaced = ~nw.col("closed").is_null() & (nw.col("others") > 0)
    empty = ~read & (nw.col("expected") > 0) & ~replaced
    short = read & (nw.col("share") < least - _SLACK)
    full = (nw.col("kind") == 0) & (nw.col("readings") >= nw.col("full") + 1)
    conditions = [
        Condition("meter-year-empty", Severity.WARNING, empty, path, key),
        Condition(
            "meter-year-short", Severity.WARNING, short, path, key, ("share",), f"≥ {least:g}"
        ),
        Condition(
            *("meter-year-overfull", Severity.ERROR, full, "meters.interval_minutes", key),
            values=("readings", "full"),
        ),
    ]
    # a meter that is replaced has no readings itself: the most readings are another's
    others = nw.col("readings").max().over("facility_id", "quantity", "period")
    years = meter_years(records).join(closed_registers(records), on=[*key], how="left")
    return told(records, years.with_columns(others.alias("others")), conditions)


def check_meter_spans(records: Records) -> list[Problem]:
    """Return a warning for years in which a centre's total and IT meters begin or end more than a day apart."""
    if not records.has("meters"):
        return []
    spans = [_spans(records, quantity) for quantity in ("total", "it")]
    both = spans[0].join(spans[1], on=["facility_id", "period"], how="inner")
    apart = [(nw.col(f"total_{end}") - nw.col(f"it_{end}")).abs() for end in ("first", "last")]
    days = [
        (gap / MINUTES_PER_DAY).alias(f"{end}_apart")
        for gap, end in zip(apart, ("first", "last"), strict=True)
    ]
    condition = Condition(
        "meter-spans-differ",
        Severity.WARNING,
        (nw.col("first_apart") > 1) | (nw.col("last_apart") > 1),
        "meters.quantity",
        ("facility_id", "period"),
        ("first_apart", "last_apart"),
    )
    return told(records, both.with_columns(*days), [condition])


def check_register_resets(records: Records) -> list[Problem]:
    """Return a note if registers fall: a fall is taken for a reset."""
    if not records.has("meter_registers"):
        return []
    condition = Condition(
        "register-reset",
        Severity.NOTE,
        nw.col("fell"),
        "meter_registers.reading",
        ("meter_id", "time"),
        ("earlier_reading", "reading"),
    )
    return told(records, register_steps(records), [condition])


def _spans(records: Records, quantity: str) -> Frame:
    rows = meter_years(records).filter(
        (nw.col("quantity") == f"{quantity}_energy") & (nw.col("readings") > 0)
    )
    return rows.group_by("facility_id", "period").agg(
        nw.col("first").min().alias(f"{quantity}_first"),
        nw.col("last").max().alias(f"{quantity}_last"),
    )

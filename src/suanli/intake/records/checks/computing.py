"""Chips and machines that are there twice, or not at all."""

import narwhals as nw

from suanli.intake.records.checks.conditions import Condition, told
from suanli.intake.records.records import Records
from suanli.problems import Problem, Severity

_CENTRE = ("facility_id", "year")


def check_ai_centres(records: Records) -> list[Problem]:
    """Return a note for AI centres in use without a single AI chip in a year of the study."""
    if not (records.has("facilities") and records.has("chips")):
        return []
    chips = records.table("chips").filter(nw.col("purpose") == "ai")
    having = chips.select(*_CENTRE).unique().with_columns(nw.lit(1).alias("chips"))
    years = [int(period) for period in records.periods]
    centres = records.table("facilities").filter(
        (nw.col("kind") == "ai_centre")
        & (nw.col("status") == "in_use")
        & nw.col("year").is_in(years)
    )
    joined = centres.select(*_CENTRE).join(having, on=[*_CENTRE], how="left")
    condition = Condition(
        *("ai-centre-without-chips", Severity.NOTE, nw.col("chips").is_null()),
        *("facilities.kind", _CENTRE),
    )
    return told(records, joined, [condition])


def check_chip_counts(records: Records) -> list[Problem]:
    """Return a warning for chips whose rows in several precisions differ in count or purpose: they are the same."""
    if not records.has("chips"):
        return []
    counted = (
        records.table("chips")
        .group_by(*_CENTRE, "chip")
        .agg(
            nw.col("count").min().alias("least"),
            nw.col("count").max().alias("most"),
            nw.col("purpose").n_unique().alias("purposes"),
        )
    )
    differ = (nw.col("least") != nw.col("most")) | (nw.col("purposes") > 1)
    condition = Condition(
        *("chip-precisions-differ", Severity.WARNING, differ, "chips.count", (*_CENTRE, "chip")),
        values=("least", "most"),
    )
    return told(records, counted, [condition])


def check_machines(records: Records) -> list[Problem]:
    """Return an error for supercomputers that stand in two regions in one year."""
    if not records.has("supercomputers"):
        return []
    placed = records.table("supercomputers").filter(~nw.col("region").is_null())
    stood = placed.group_by("system_id", "year").agg(
        nw.col("region").n_unique().alias("regions"),
        nw.col("region").min().alias("first"),
        nw.col("region").max().alias("last"),
    )
    condition = Condition(
        *("machine-in-two-regions", Severity.ERROR, nw.col("regions") > 1),
        *("supercomputers.region_code", ("system_id", "year"), ("first", "last")),
    )
    return told(records, stood, [condition])

"""Energy that cannot be: IT above total energy, a PUE beyond belief, claims of clean energy that do not add up."""

import narwhals as nw

from suanli.intake.records.checks.conditions import Condition, told
from suanli.intake.records.checks.metered import meter_years
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records
from suanli.problems import Problem, Severity

HIGHEST_PUE = 5.0
"""A PUE above is more likely a wrong unit or a missing IT meter."""

_SLACK = 1e-9
_YEAR = ("facility_id", "period")


def check_pue(records: Records) -> list[Problem]:
    """Return an error if a centre's IT energy is above its total energy in a year, a warning if its PUE is above 5.

    Compared are years in which every meter of both that has readings covers enough of the year and has a unit.
    """
    if not records.has("meters"):
        return []
    total, it = nw.col("total_energy"), nw.col("it_energy")
    both = _amounts(records, "total_energy").join(
        _amounts(records, "it_energy"), on=[*_YEAR], how="inner"
    )
    share = both.with_columns((total / it).alias("pue"))
    values = ("total_energy", "it_energy", "pue")
    path = "meters.quantity"
    below = it > total * (1 + _SLACK)
    above = (it > 0) & (nw.col("pue") > HIGHEST_PUE)
    conditions = [
        Condition("it-energy-above-total", Severity.ERROR, below, path, _YEAR, values, "PUE ≥ 1"),
        Condition(
            *("pue-implausible", Severity.WARNING, above, path, _YEAR, values),
            f"PUE ≤ {HIGHEST_PUE:g}",
        ),
    ]
    return told(records, share, conditions)


def check_clean_energy(records: Records) -> list[Problem]:
    """Return an error if a centre claims more clean energy in a year than it used; a claim counts once."""
    if not (records.has("clean_energy") and records.has("meters")):
        return []
    once = (
        records.table("clean_energy")
        .group_by(*_YEAR, "claim_id")
        .agg(nw.col("amount").max())
        .group_by(*_YEAR)
        .agg(nw.col("amount").sum().alias("clean_energy"))
    )
    joined = once.join(_amounts(records, "total_energy"), on=[*_YEAR], how="inner")
    condition = Condition(
        "clean-energy-above-total",
        Severity.ERROR,
        nw.col("clean_energy") > nw.col("total_energy") * (1 + _SLACK),
        "clean_energy.amount",
        _YEAR,
        ("clean_energy", "total_energy"),
    )
    return told(records, joined, [condition])


def check_claims(records: Records) -> list[Problem]:
    """Return an error for claims of one number at several centres in a year; a note where they are of several kinds.

    A contract and the certificate issued for it are one claim, which counts once.
    """
    if not records.has("clean_energy"):
        return []
    claims = records.table("clean_energy").filter(~nw.col("claim_id").is_null())
    counted = claims.group_by("claim_id", "year").agg(
        nw.col("facility_id").n_unique().alias("centres"),
        nw.col("facility_id").min().alias("first"),
        nw.col("facility_id").max().alias("last"),
        nw.col("instrument").n_unique().alias("instruments"),
    )
    key, path = ("claim_id", "year"), "clean_energy.claim_id"
    shared = nw.col("centres") > 1
    several = ~shared & (nw.col("instruments") > 1)
    conditions = [
        Condition("claim-at-two-centres", Severity.ERROR, shared, path, key, ("first", "last")),
        Condition("claim-counted-once", Severity.NOTE, several, path, key, ("first",)),
    ]
    return told(records, counted, conditions)


def _amounts(records: Records, quantity: str) -> Frame:
    """Return the amount of a quantity by centre and year, where every meter of it that has readings is complete."""
    enough = nw.col("share") >= records.options.least_meter_share - _SLACK
    whole = enough & ~nw.col("base").is_null()
    rows = meter_years(records).filter((nw.col("quantity") == quantity) & (nw.col("readings") > 0))
    marked = rows.with_columns(nw.when(whole).then(0).otherwise(1).alias("lacking"))
    sums = marked.group_by(*_YEAR).agg(
        nw.col("base").sum().alias(quantity), nw.col("lacking").sum().alias("lacking")
    )
    return sums.filter(nw.col("lacking") == 0).select(*_YEAR, quantity)

"""Energy that cannot be: IT above total energy, a PUE beyond belief, claims of clean energy that do not add up."""

import narwhals as nw

from suanli.intake.records.checks.conditions import Condition, told
from suanli.intake.records.checks.metered import meter_years
from suanli.intake.records.claims import CLAIMED, distinct_claims, with_clean_energy
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records
from suanli.problems import Problem, Severity

HIGHEST_PUE = 5.0
"""A PUE above is more likely a wrong unit or a missing IT meter."""

_SLACK = 1e-9
_YEAR = ("facility_id", "period")
_KEY = ("facility_id", "year", "period")


def check_pue(records: Records) -> list[Problem]:
    """Return an error if a centre's IT energy is above its total energy in a year, a warning if its PUE is above 5.

    The warning includes IT energy of 0 beside some total energy, which has no PUE. Compared are years in which every
    meter of both that has readings covers enough of the year and has a unit.
    """
    if not records.has("meters"):
        return []
    total, it = nw.col("total_energy"), nw.col("it_energy")
    both = _amounts(records, "total_energy").join(
        _amounts(records, "it_energy"), on=[*_KEY], how="inner"
    )
    ratio = nw.when(it > 0).then(total / it).otherwise(None)
    share = both.with_columns(ratio.alias("pue"))
    values = ("total_energy", "it_energy", "pue")
    path = "meters.quantity"
    # amounts below zero are told by themselves
    below = (it > total * (1 + _SLACK)) & (total >= 0)
    above = (total > 0) & ((it <= 0) | (nw.col("pue") > HIGHEST_PUE))
    conditions = [
        Condition("it-energy-above-total", Severity.ERROR, below, path, _YEAR, values, "PUE ≥ 1"),
        Condition(
            *("pue-implausible", Severity.WARNING, above, path, _YEAR, values),
            f"PUE ≤ {HIGHEST_PUE:g}",
        ),
    ]
    return told(records, share, conditions)


def check_clean_energy(records: Records) -> list[Problem]:
    """Return an error if a centre used more clean energy in a year than energy: what rules count of claims and meters.

    Own generation that is metered counts where none is claimed; a claim counts once.
    """
    if not (records.has("clean_energy") and records.has("meters")):
        return []
    sums = (nw.col(name).sum() for name in CLAIMED)
    claims = distinct_claims(records).group_by("facility_id", "year").agg(*sums)
    energy = _amounts(records, "total_energy").join(
        _amounts(records, "clean_energy"), on=[*_KEY], how="left"
    )
    joined = with_clean_energy(records, energy, claims)
    condition = Condition(
        "clean-energy-above-total",
        Severity.ERROR,
        nw.col("clean") > nw.col("total_energy") * (1 + _SLACK),
        "clean_energy.amount",
        _YEAR,
        ("clean", "total_energy"),
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
    sums = marked.group_by(*_KEY).agg(
        nw.col("base").sum().alias(quantity), nw.col("lacking").sum().alias("lacking")
    )
    return sums.filter(nw.col("lacking") == 0).select(*_KEY, quantity)

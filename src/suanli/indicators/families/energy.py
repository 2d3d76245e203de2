"""How computing centres use energy: PUE, CUE, WUE, the price of electricity and the share of clean energy."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import narwhals as nw

from suanli.indicators.exact_sums import exact_sums
from suanli.indicators.families.metered import HOURS_PER_DAY, facility_years, with_days
from suanli.indicators.items import CENTRE_YEAR, centres, items
from suanli.indicators.rule import Rule
from suanli.intake.records.claims import CLAIMED, INSTRUMENTS, distinct_claims, with_clean_energy
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

KW_PER_STANDARD_RACK = 2.5
"""Rated power of a standard rack."""

_METERED, _DESIGNED, _BY_RACKS, _PLAIN = range(4)
_UNKNOWN = nw.lit(None, dtype=nw.Float64)

_NO_PART = nw.lit("")


def pue(records: Records) -> Frame:
    """Return the items of PUE: Σ total energy / Σ IT energy of the centres in use, both in kWh (ccpe-3.0 3.1.2.2).

    Levels: metered; IT energy from design power × load × hours, total from the PUE reported; where a region has no such
    centre, PUEs as reported by standard racks in use; where it has no racks either, their simple mean, if enough
    centres report (ISO/IEC 30134-2 asks for the first).
    """
    ranked = _ranked(centre_energy(records))
    own = nw.col("own")
    enough = nw.col("reporting") >= records.options.least_report_share * nw.col("centres")
    used = (own <= _DESIGNED) | ((own == nw.col("best")) & ((own == _BY_RACKS) | enough))
    leveled = ranked.with_columns(nw.when(used).then(own).otherwise(None).alias("used_level"))
    reported = nw.col("reported_pue")
    return items(
        leveled,
        record=nw.col("facility_id"),
        numerator=_by_level(
            nw.col("total_energy"),
            reported * nw.col("it"),
            reported * nw.col("rack_energy"),
            reported,
        ),
        denominator=_by_level(
            nw.col("it_energy"), nw.col("it"), nw.col("rack_energy"), nw.lit(1.0)
        ),
        part=_category(),
        weight=nw.col("weight"),
        level=nw.coalesce(nw.col("used_level"), nw.lit(0)),
    )


def pue_metered(records: Records) -> Frame:
    """Return the items of the PUE of metered centres only."""
    return _metered(
        records, above=nw.col("total_energy"), below=nw.col("it_energy"), part=_category()
    )


def cue(records: Records) -> Frame:
    """Return the items of CUE: Σ carbon (kg) / Σ IT energy (kWh), metered or by design (ccpe-3.0 3.1.2.3)."""
    return _per_it_energy(records, "carbon")


def wue(records: Records) -> Frame:
    """Return the items of WUE: Σ water (L) / Σ IT energy (kWh), metered or by design (ccpe-3.0 3.1.2.4)."""
    return _per_it_energy(records, "water")


def electricity_price(records: Records) -> Frame:
    """Return the items of 电价: Σ electricity bills (元) / Σ electricity (kWh) where both are metered (3.4.1.1)."""
    return _metered(records, above=nw.col("electricity_cost"), below=nw.col("electricity"))


def clean_energy_share(records: Records, *, of: str = "total_energy") -> Frame:
    """Return the items of 清洁能源利用率: Σ distinct claims / Σ total energy, both in kWh (ccpe-3.0 3.4.1.4).

    This is the renewable energy factor of ISO/IEC 30134-3. In a year that has any claims, a centre without claims and
    without a meter of clean energy used none; one whose meter of it is incomplete is unknown unless it claims its own
    generation. Nothing is capped at 100 %.

    Parameters
    ----------
    records
        Of the study.
    of
        `total_energy` of every carrier, or `electricity`.
    """
    return _clean(records, nw.col("clean"), of)


def clean_by_instrument(records: Records, *, instrument: str) -> Frame:
    """Return the items of the share of clean energy by one instrument in total energy."""
    return _clean(records, nw.col(instrument), "total_energy")


def centre_energy(records: Records) -> Frame:
    """Return the centres in use with what was metered there, and what stands in where nothing was; in kWh.

    `designed` is design IT power × load × hours in service; `it` the IT energy as metered, else as designed;
    `rack_energy` that of the standard racks in use at their rated power all year; `weight` the best of the three, by
    which coverage is told. IT energy that is metered as none beside some total energy is not known. Computed once.
    """
    return records.staged("centre_energy", lambda: _centre_energy(records))


def _centre_energy(records: Records) -> Frame:
    metered = facility_years(records)
    joined = with_days(centres(records)).join(metered, on=list(CENTRE_YEAR), how="left")
    # an IT meter at rest while the centre uses energy has failed: its energy is not 0
    at_rest = (nw.col("it_energy") <= 0) & (nw.col("total_energy") > 0)
    credible = joined.with_columns(
        nw.when(at_rest).then(None).otherwise(nw.col(name)).alias(name)
        for name in ("it_energy", "category")
    )
    hours = nw.col("days_in_service") * HOURS_PER_DAY
    designed = nw.col("design_it_power") * nw.col("load_rate") * hours
    racks = nw.col("racks_used") * KW_PER_STANDARD_RACK * nw.col("days") * HOURS_PER_DAY
    stated = credible.with_columns(
        nw.when(designed > 0).then(designed).otherwise(_UNKNOWN).alias("designed"),
        nw.when(racks > 0).then(racks).otherwise(_UNKNOWN).alias("rack_energy"),
    ).with_columns(nw.coalesce("it_energy", "designed").alias("it"))
    return stated.with_columns(nw.coalesce("it", "rack_energy").alias("weight"))


def _ranked(energy: Frame) -> Frame:
    """Return centres with `own`, the level that each can be at, and `best`, the least of its region and period."""
    reports = ~nw.col("reported_pue").is_null()
    own: nw.Expr = nw.lit(None, dtype=nw.Int64)
    for level, possible in (
        (_PLAIN, reports),
        (_BY_RACKS, reports & ~nw.col("rack_energy").is_null()),
        (_DESIGNED, reports & (nw.col("it") > 0)),
        (_METERED, ~(nw.col("total_energy").is_null() | nw.col("it_energy").is_null())),
    ):
        own = nw.when(possible).then(nw.lit(level)).otherwise(own)
    reporting = nw.when(reports).then(nw.lit(1)).otherwise(nw.lit(0))
    placed = energy.with_columns(own.alias("own"), reporting.alias("reports"))
    return placed.with_columns(
        nw.col("own").min().over("region", "period").alias("best"),
        nw.col("reports").sum().over("region", "period").alias("reporting"),
        nw.len().over("region", "period").alias("centres"),
    )


def _by_level(*amounts: nw.Expr) -> nw.Expr:
    """Return the amount of the level that a centre is used at; null where it is not."""
    chosen: nw.Expr = _UNKNOWN
    for level, amount in enumerate(amounts):
        chosen = nw.when(nw.col("used_level") == level).then(amount).otherwise(chosen)
    return chosen


def _category() -> nw.Expr:
    """Return the PUE measurement category of a centre as a part."""
    category = nw.concat_str([nw.lit("category-"), nw.col("category").cast(nw.String)])
    return nw.when(nw.col("category").is_null()).then(nw.lit("")).otherwise(category)


def _metered(
    records: Records, *, above: nw.Expr, below: nw.Expr, part: nw.Expr = _NO_PART
) -> Frame:
    return items(
        centre_energy(records),
        record=nw.col("facility_id"),
        numerator=above,
        denominator=below,
        part=part,
        weight=nw.col("weight"),
    )


def _per_it_energy(records: Records, quantity: str) -> Frame:
    designed = nw.when(nw.col("it_energy").is_null()).then(nw.lit(_DESIGNED))
    return items(
        centre_energy(records),
        record=nw.col("facility_id"),
        numerator=nw.col(quantity),
        denominator=nw.col("it"),
        weight=nw.col("weight"),
        level=designed.otherwise(nw.lit(_METERED)),
    )


def _clean(records: Records, claimed: nw.Expr, of: str) -> Frame:
    """Return clean energy over metered energy, in years in which anything at all is claimed."""
    return items(
        records.staged("centre_claims", lambda: _centre_claims(records)),
        record=nw.col("facility_id"),
        numerator=claimed,
        denominator=nw.col(of),
        weight=nw.col("weight"),
    )


def _centre_claims(records: Records) -> Frame:
    """Return the centres' energy with what they used as clean, claims counting once."""
    *amounts, whole = CLAIMED
    claims = exact_sums(distinct_claims(records), CENTRE_YEAR, *amounts, whole=(whole,))
    return with_clean_energy(records, centre_energy(records), claims)


def _rule(
    name: str,
    rule_items: Callable[[Records], Frame],
    unit: str,
    tables: tuple[str, ...] = ("meters",),
    levels: tuple[str, ...] = ("metered",),
) -> Rule:
    return Rule(
        name=name,
        items=rule_items,
        reduction="ratio",
        unit=unit,
        tables=("facilities", *tables),
        levels=levels,
        awaits="meters",
    )


_CLAIMED = ("meters", "clean_energy")

RULES: tuple[Rule, ...] = (
    replace(
        _rule("pue", pue, "1", (), ("metered", "designed", "by_racks", "plain_mean")),
        beside={"pue_metered": _rule("pue_metered", pue_metered, "1")},
    ),
    _rule("cue", cue, "kgCO2/kWh", levels=("metered", "designed")),
    _rule("wue", wue, "L/kWh", levels=("metered", "designed")),
    _rule("electricity_price", electricity_price, "元/kWh"),
    replace(
        _rule("clean_energy_share", clean_energy_share, "1", _CLAIMED),
        beside={
            "clean_share_of_electricity": _rule(
                "clean_share_of_electricity",
                partial(clean_energy_share, of="electricity"),
                "1",
                _CLAIMED,
            ),
            **{
                f"clean_{instrument}": _rule(
                    f"clean_{instrument}",
                    partial(clean_by_instrument, instrument=instrument),
                    "1",
                    _CLAIMED,
                )
                for instrument in INSTRUMENTS
            },
        },
    ),
)
"""Rules of energy."""

"""Computing power of machines shipped to a region or listed there: the device caliber."""

from collections.abc import Callable, Sequence
from functools import partial

import narwhals as nw

from suanli.indicators.caliber import Caliber, Performance
from suanli.indicators.families.chips import TFLOPS_PER_EFLOPS
from suanli.indicators.families.natives import Stated, native_rules
from suanli.indicators.families.precision import bit_width_factor, in_fp32
from suanli.indicators.items import items, over_years
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.records import Records

YEARS_IN_SERVICE = 6
"""Years for which a shipped server counts: the year it was shipped and the five after it."""

_UNIT = "EFLOPS(FP32)"
_PFLOPS_PER_EFLOPS = 1e3
_GIGA_PER_TERA = 1e3
_LISTS = ("TOP500", "HPC_TOP100", "vendor")
_UNKNOWN = 100
_MACHINES = ("supercomputers",)
_DEVICE = Caliber("device")
_MEASURED = Caliber("device", performance="measured")


def server_compute(records: Records) -> Frame:
    """Return the items of 基础算力: Σ over six years of servers shipped × mean FP32 capability (cpdi-2.0 2.1.1.1)."""
    return _shipment_items(shipments(records, "general"))


def ai_server_compute(records: Records) -> Frame:
    """Return the items of 智能算力: Σ over six years of AI servers shipped × mean capability (cpdi-2.0 2.1.1.2)."""
    return _shipment_items(shipments(records, "ai"))


def supercomputer_compute(records: Records) -> Frame:
    """Return the items of 超算算力: Σ Rmax or Rpeak of the supercomputers, in FP32 (cpdi-2.0 2.1.1.3)."""
    return _machine_items(machines(records))


def supercomputer_performance(options: CaliberOptions) -> Performance:
    """Return what `supercomputer_compute` counts under a study's options: Rmax is measured, Rpeak is a peak.

    >>> supercomputer_performance(CaliberOptions(supercomputer="rpeak"))
    'peak'
    """
    return "measured" if options.supercomputer == "rmax" else "peak"


def shipments(records: Records, kind: str) -> Frame:
    """Return the shipments that count in each period, `fp32` and `native` in EFLOPS: units × capability of a unit.

    `level` is 1 where the capability is processors × operations per cycle × clock × cores, which is FP32 whatever the
    row's precision; where it stands in for a figure that the row does not state, `precision` is FP32 too. Where the
    list has no row of the kind for a year of the window, of whatever region, inside the study or not, the window is
    incomplete and its figures are null: a shorter sum would pass for a smaller one. A year that the list has and a
    region with shipments lacks is a row without figures: not known, and not none.
    """
    composed = nw.col("processors") * nw.col("flop_per_cycle") * nw.col("clock") * nw.col("cores")
    shipped = (
        records.table("server_shipments")
        .filter(nw.col("kind") == kind)
        .with_columns(
            in_fp32(nw.col("mean_compute"), nw.col("compute_fp32"), records.options).alias(
                "stated"
            ),
            (composed / _GIGA_PER_TERA).alias("composed"),
        )
        .with_columns(_precision().alias("precision"))
    )
    eflops = (
        nw.when(nw.col("years") == YEARS_IN_SERVICE)
        .then(nw.col("units") / TFLOPS_PER_EFLOPS)
        .otherwise(None)
    )
    stands_in = nw.col("stated").is_null() & ~nw.col("composed").is_null()
    return _windows(shipped, records.periods).with_columns(
        (nw.coalesce("stated", "composed") * eflops).alias("fp32"),
        (nw.coalesce("mean_compute", "composed") * eflops).alias("native"),
        nw.when(stands_in).then(nw.lit(1)).otherwise(nw.lit(0)).alias("level"),
    )


def _windows(shipped: Frame, periods: Sequence[str]) -> Frame:
    """Return the rows of each period's window, one at least for each year of it and each region that ships in it.

    `years` is how many years of the window the list has rows of, whatever their region.
    """
    inside = over_years(shipped, periods, YEARS_IN_SERVICE)
    years = inside.select("period", "year").unique()
    counted = years.group_by("period").agg(nw.len().alias("years"))
    regions = inside.filter(~nw.col("region").is_null()).select("region", "period").unique()
    wanted = regions.join(years, on="period", how="inner").join(counted, on="period", how="left")
    return wanted.join(inside, on=["region", "period", "year"], how="left")


def _precision() -> nw.Expr:
    """Return the precision of the native figure: the row's, but FP32 where the figure is composed."""
    composed = nw.col("mean_compute").is_null() & ~nw.col("composed").is_null()
    return nw.when(composed).then(nw.lit("FP32")).otherwise(nw.col("precision"))


def machines(records: Records, performance: str | None = None) -> Frame:
    """Return each supercomputer of each year once, `fp32` and `native` in EFLOPS.

    Parameters
    ----------
    records
        Of the study.
    performance
        `rmax` or `rpeak`; as the options say when absent. A machine on several lists counts as the first of TOP500,
        HPC TOP100 and its vendor has it, among those that state this performance. FP64 counts twice, by the width of
        the number, whatever the options say of chips: lists give no FP32 figure.
    """
    column = performance or records.options.supercomputer
    gap = nw.when(nw.col(column).is_null()).then(nw.lit(_UNKNOWN)).otherwise(nw.lit(0))
    place: nw.Expr = nw.lit(len(_LISTS))
    for order, name in enumerate(_LISTS):
        place = nw.when(nw.col("list") == name).then(nw.lit(order)).otherwise(place)
    placed = records.table("supercomputers").with_columns((place + gap).alias("place"))
    first = nw.col("place").min().over("system_id", "year")
    chosen = placed.with_columns(first.alias("first")).filter(nw.col("place") == nw.col("first"))
    return chosen.with_columns(
        (nw.col(column) / _PFLOPS_PER_EFLOPS).alias("native"),
    ).with_columns(
        (nw.col("native") * bit_width_factor()).alias("fp32"),
    )


def _shipment_items(frame: Frame, *, amount: str = "fp32") -> Frame:
    year = nw.col("year").cast(nw.String)
    return items(
        frame,
        record=nw.coalesce(nw.concat_str([year, nw.col("model")], separator=" "), year),
        numerator=nw.col(amount),
        part=year,
        weight=nw.col("units"),
        level=nw.col("level"),
    )


def _machine_items(frame: Frame, *, amount: str = "fp32") -> Frame:
    return items(
        frame, record=nw.col("system_id"), numerator=nw.col(amount), part=nw.col("precision")
    )


def _performance(records: Records, *, performance: str) -> Frame:
    return _machine_items(machines(records, performance))


def _server_rule(name: str, rule_items: Callable[[Records], Frame], kind: str) -> Rule:
    tables = ("server_shipments",)
    return Rule(
        name=name,
        items=rule_items,
        reduction="sum",
        unit=_UNIT,
        tables=tables,
        caliber=_DEVICE,
        levels=("stated", "composed"),
        years=YEARS_IN_SERVICE,
        beside=native_rules(
            Stated(partial(shipments, kind=kind), _shipment_items, tables, _DEVICE)
        ),
    )


def _performance_rule(performance: str, caliber: Caliber) -> Rule:
    return Rule(
        name=f"supercomputer_{performance}",
        items=partial(_performance, performance=performance),
        reduction="sum",
        unit=_UNIT,
        tables=_MACHINES,
        absent="zero",
        caliber=caliber,
    )


_STATED_MACHINES = Stated(machines, _machine_items, _MACHINES, _MEASURED, supercomputer_performance)

RULES: tuple[Rule, ...] = (
    _server_rule("server_compute", server_compute, "general"),
    _server_rule("ai_server_compute", ai_server_compute, "ai"),
    Rule(
        name="supercomputer_compute",
        items=supercomputer_compute,
        reduction="sum",
        unit=_UNIT,
        tables=_MACHINES,
        absent="zero",
        caliber=_MEASURED,
        performance=supercomputer_performance,
        beside={
            "supercomputer_rmax": _performance_rule("rmax", _MEASURED),
            "supercomputer_rpeak": _performance_rule("rpeak", _DEVICE),
            **native_rules(_STATED_MACHINES, ("FP64", "FP32")),
        },
    ),
)
"""Rules of the device caliber."""

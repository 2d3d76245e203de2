"""The register of computing centres: racks, AI centres, revenue and the industries they serve."""

from collections.abc import Callable
from functools import partial

import narwhals as nw

from suanli.indicators.items import centres, items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

_TABLES = ("facilities",)


def rack_utilisation(records: Records) -> Frame:
    """Return the items of 上架率: Σ standard racks in use / Σ standard racks fitted out (ccpe-3.0 3.1.2.1)."""
    return items(
        centres(records),
        record=nw.col("facility_id"),
        numerator=nw.col("racks_used"),
        denominator=nw.col("racks_built"),
        weight=nw.col("racks_built"),
    )


def ai_centres(records: Records, *, status: str) -> Frame:
    """Return the items of 智算中心数量: AI centres of a status, each counts 1 (ccpe-3.0 3.1.1.3 and 3.1.1.4)."""
    counted = centres(records, status=status).filter(nw.col("kind") == "ai_centre")
    return items(counted, record=nw.col("facility_id"), numerator=nw.lit(1.0))


def computing_revenue(records: Records) -> Frame:
    """Return the items of 算力业务收入: Σ revenue of the centres in use, in 万元 (ccpe-3.0 3.1.2.5)."""
    return items(
        centres(records),
        record=nw.col("facility_id"),
        numerator=nw.col("revenue"),
        weight=nw.col("racks_built"),
    )


def industries_served(records: Records) -> Frame:
    """Return the items of 行业赋能覆盖量: Σ industries × w / Σ w, with w = 1 or racks in use (ccpe-3.0 3.1.2.6)."""
    racks = records.options.industries_weight == "racks"
    weight = nw.col("racks_used") if racks else nw.lit(1.0)
    return items(
        centres(records),
        record=nw.col("facility_id"),
        numerator=nw.col("industries_served") * weight,
        denominator=weight,
        weight=weight,
    )


def _sum(name: str, rule_items: Callable[[Records], Frame], unit: str) -> Rule:
    return Rule(
        name=name, items=rule_items, reduction="sum", unit=unit, tables=_TABLES, absent="zero"
    )


RULES: tuple[Rule, ...] = (
    Rule(
        name="rack_utilisation", items=rack_utilisation, reduction="ratio", unit="1", tables=_TABLES
    ),
    _sum("ai_centres_in_use", partial(ai_centres, status="in_use"), "个"),
    _sum("ai_centres_under_construction", partial(ai_centres, status="under_construction"), "个"),
    _sum("computing_revenue", computing_revenue, "万元"),
    Rule(
        name="industries_served",
        items=industries_served,
        reduction="ratio",
        unit="个",
        tables=_TABLES,
    ),
)
"""Rules of the register."""

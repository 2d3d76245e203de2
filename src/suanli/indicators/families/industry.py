"""Industry: output of equipment and circuits, software revenue, IT spending."""

from collections.abc import Sequence

import narwhals as nw

from suanli.indicators.items import items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

_EQUIPMENT = ("server", "ai_server", "supercomputer", "other_equipment")
_CIRCUITS = ("processor", "memory", "other_circuit")
_SOFTWARE = ("products", "integration", "consulting", "data_services", "embedded", "ic_design")
_SPENDING = ("hardware", "software", "services")


def equipment_output(records: Records) -> Frame:
    """Return the items of 计算设备产量: Σ computing equipment made (台; cpdi-2.0 2.2.1.1).

    Servers, AI servers, supercomputers and other equipment; microcomputers do not count.
    """
    return _output(records, _EQUIPMENT)


def circuit_output(records: Records) -> Frame:
    """Return the items of 集成电路产量: Σ processors, memories and other circuits (块; cpdi-2.0 2.2.2.1)."""
    return _output(records, _CIRCUITS)


def software_revenue(records: Records) -> Frame:
    """Return the items of 软件业务收入: Σ of six components (万元; cpdi-2.0 2.2.3.1)."""
    return _whole_sum(records.table("software_revenue"), _SOFTWARE, "revenue")


def it_spending(records: Records) -> Frame:
    """Return the items of IT支出规模: Σ hardware, software and services (万元; cpdi-2.0 2.4.2.1)."""
    return _whole_sum(records.table("it_spending"), _SPENDING, "amount")


def _output(records: Records, products: Sequence[str]) -> Frame:
    made = records.table("production").filter(nw.col("product").is_in(list(products)))
    product = nw.col("product")
    record = nw.concat_str(["region_code", "product"], separator=" ")
    return items(made, record=record, part=product, numerator=nw.col("quantity"))


def _whole_sum(rows: Frame, components: Sequence[str], amount: str) -> Frame:
    """Return an item for each component that a place should state, those it does not state included.

    Fewer components would pass for the whole, so none of a region's items is complete unless every place of it that
    states any component states all of them. Those that are known stay items, which a trace lists among what does not
    count; they are no parts of a value, since there is none.
    """
    place = ["region", "region_code", "period"]
    places = rows.select(*place).unique()
    wanted = nw.concat(
        [places.with_columns(nw.lit(name).alias("component")) for name in components],
        how="vertical",
    )
    stated = rows.select("region_code", "period", "component", nw.col(amount).alias("amount"))
    known = wanted.join(stated, on=["region_code", "period", "component"], how="left")
    gaps = known.group_by("region", "period").agg(
        nw.len().alias("wanted"), nw.col("amount").count().alias("stated")
    )
    whole = nw.when(nw.col("stated") == nw.col("wanted")).then(1.0).otherwise(None)
    return items(
        known.join(gaps, on=["region", "period"], how="left"),
        record=nw.concat_str(["region_code", "component"], separator=" "),
        part=nw.col("component"),
        numerator=nw.col("amount"),
        denominator=whole,
    )


RULES: tuple[Rule, ...] = (
    Rule("equipment_output", equipment_output, "sum", "台", ("production",)),
    Rule("circuit_output", circuit_output, "sum", "块", ("production",)),
    Rule("software_revenue", software_revenue, "sum", "万元", ("software_revenue",)),
    Rule("it_spending", it_spending, "sum", "万元", ("it_spending",)),
)
"""The rules of this family."""

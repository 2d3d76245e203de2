"""Application: egress, 5G, mobile traffic, digitalisation of industry, open data and filed AI services."""

import narwhals as nw

from suanli.indicators.families.operators import of_operators, operator_row
from suanli.indicators.items import as_of, items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records


def internet_egress(records: Records) -> Frame:
    """Return the items of 互联网省际出口带宽: Σ operators' metro egress bandwidth (Gbps; cpdi-2.0 2.4.1.1).

    The name says interprovincial, the formula metro egress; ccpe-3.0 keeps the two apart (3.3.2.2, 3.3.2.6).
    """
    return of_operators(records, "metro_egress_bandwidth")


def coverage_5g(records: Records) -> Frame:
    """Return the items of 5G覆盖率: Σ 5G base stations / Σ 4G base stations (cpdi-2.0 2.4.1.2).

    A ratio of stations, not a share of ground or people: it may exceed 100 %.
    """
    return items(
        records.table("operator_networks"),
        record=operator_row(),
        part=nw.col("operator"),
        numerator=nw.col("base_stations_5g"),
        denominator=nw.col("base_stations_4g"),
        weight=nw.col("base_stations_4g"),
    )


def open_data_index(records: Records) -> Frame:
    """Return the items of 数据开放数林指数, as it is given (cpdi-2.0 2.4.3.1); an index is never added up."""
    return _given(records, "open_data_index")


def mobile_traffic(records: Records) -> Frame:
    """Return the items of 移动互联网月均流量: Σ operators' traffic in a mean month (GB; cpdi-2.0 2.5.1.1).

    Where an operator states no traffic, its users of mobile Internet × use per user and month stand in; users of
    mobile telephones, whom the published formula names, would overstate it by 17 % nationwide.
    """
    traffic = nw.col("mobile_traffic")
    users, use = nw.col("mobile_internet_users"), nw.col("mobile_data_use")
    return items(
        records.table("operator_networks"),
        record=operator_row(),
        part=nw.col("operator"),
        numerator=nw.coalesce(traffic, users * use),
        weight=users,
        level=nw.when(traffic.is_null()).then(1).otherwise(0),
    )


def industry_digitalisation(records: Records) -> Frame:
    """Return the items of 产业数字化规模, as the region's accounts give it (亿元; cpdi-2.0 2.5.2.1)."""
    return _given(records, "industry_digitalisation")


def ai_services(records: Records) -> Frame:
    """Return the items of 大模型发布数量: generative-AI services filed by the period's end (个; ccpe-3.0 3.1.2.7)."""
    filed = as_of(records.table("ai_services"), records.periods)
    return items(filed, record=nw.col("filing_id"), numerator=nw.lit(1.0))


def _given(records: Records, column: str) -> Frame:
    rows = records.table("region_statistics")
    return items(rows, record=nw.col("region_code"), numerator=nw.col(column))


_OPERATORS = ("operator_networks",)
_REGIONS = ("region_statistics",)

RULES: tuple[Rule, ...] = (
    Rule("internet_egress", internet_egress, "sum", "Gbps", _OPERATORS),
    Rule("coverage_5g", coverage_5g, "ratio", "1", _OPERATORS),
    Rule("open_data_index", open_data_index, "ratio", "/", _REGIONS),
    Rule(
        "mobile_traffic",
        mobile_traffic,
        "sum",
        "GB",
        _OPERATORS,
        levels=("traffic_stated", "users_and_use"),
    ),
    Rule("industry_digitalisation", industry_digitalisation, "sum", "亿元", _REGIONS),
    Rule("ai_services", ai_services, "sum", "个", ("ai_services",), absent="zero", lasting=True),
)
"""The rules of this family."""

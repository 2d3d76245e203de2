"""Access networks (入算网络): ports, cable, coverage, private lines and download rates."""

import narwhals as nw

from suanli.indicators.families.operators import of_operators, operator_row, per_area
from suanli.indicators.items import items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records


def broadband_ports(records: Records) -> Frame:
    """Return the items of 互联网宽带接入端口数: Σ operators' ports (个; ccpe-3.0 3.3.1.1)."""
    return of_operators(records, "broadband_ports")


def access_fibre_density(records: Records) -> Frame:
    """Return the items of 单位面积接入网光缆线路长度: Σ operators' cable / area (km/km²; ccpe-3.0 3.3.1.2)."""
    return per_area(records, "access_fibre")


def gigabit_coverage(records: Records) -> Frame:
    """Return the items of 千兆光网覆盖率: Σ households within reach / Σ households (ccpe-3.0 3.3.1.3).

    The published definition names the spread of fibre access, which is another figure; gigabit reach counts here.
    """
    return items(
        records.table("households"),
        record=nw.col("region_code"),
        numerator=nw.col("gigabit_covered"),
        denominator=nw.col("households"),
        weight=nw.col("households"),
    )


def otn_coverage(records: Records) -> Frame:
    """Return the items of 综合接入节点OTN覆盖率: nodes with OTN / nodes (ccpe-3.0 3.3.1.4)."""
    return _node_share(records, "otn")


def ip_line_coverage(records: Records) -> Frame:
    """Return the items of 综合接入节点IP专线覆盖率: nodes with IP private lines / nodes (ccpe-3.0 3.3.1.5)."""
    return _node_share(records, "ip_line")


def fast_ip_line_users(records: Records) -> Frame:
    """Return the items of 高速IP专线用户数: Σ operators' users (户; ccpe-3.0 3.3.1.6)."""
    return of_operators(records, "fast_ip_line_users")


def internet_line_users(records: Records) -> Frame:
    """Return the items of 互联网专线用户数: Σ operators' users (户; ccpe-3.0 3.3.1.7)."""
    return of_operators(records, "internet_line_users")


def fixed_download_rate(records: Records) -> Frame:
    """Return the items of 固定宽带平均下载速率: Σ users × rate / Σ users (Mbit/s; ccpe-3.0 3.3.1.8)."""
    return _rate(records, "fixed")


def mobile_download_rate(records: Records) -> Frame:
    """Return the items of 移动宽带平均下载速率: Σ users × rate / Σ users (Mbit/s; ccpe-3.0 3.3.1.9)."""
    return _rate(records, "mobile")


def _node_share(records: Records, flag: str) -> Frame:
    nodes = records.table("access_nodes")
    return items(nodes, record=nw.col("node_id"), numerator=nw.col(flag).cast(nw.Float64))


def _rate(records: Records, access: str) -> Frame:
    users = nw.col("users")
    return items(
        records.table("access_speeds").filter(nw.col("access") == access),
        record=operator_row(),
        part=nw.col("operator"),
        numerator=users * nw.col("rate"),
        denominator=users,
        weight=users,
    )


_OPERATORS = ("operator_networks",)
_NODES = ("access_nodes",)
_SPEEDS = ("access_speeds",)

RULES: tuple[Rule, ...] = (
    Rule("broadband_ports", broadband_ports, "sum", "个", _OPERATORS),
    Rule(
        "access_fibre_density",
        access_fibre_density,
        "ratio",
        "km/km²",
        (*_OPERATORS, "region_statistics"),
    ),
    Rule("gigabit_coverage", gigabit_coverage, "ratio", "1", ("households",)),
    Rule("otn_coverage", otn_coverage, "ratio", "1", _NODES),
    Rule("ip_line_coverage", ip_line_coverage, "ratio", "1", _NODES),
    Rule("fast_ip_line_users", fast_ip_line_users, "sum", "户", _OPERATORS),
    Rule("internet_line_users", internet_line_users, "sum", "户", _OPERATORS),
    Rule("fixed_download_rate", fixed_download_rate, "ratio", "Mbit/s", _SPEEDS),
    Rule("mobile_download_rate", mobile_download_rate, "ratio", "Mbit/s", _SPEEDS),
)
"""The rules of this family."""

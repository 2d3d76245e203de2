"""Networks between computing centres (算间网络): backbone, transport, and delay and loss between centres."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import narwhals as nw

from suanli.indicators.families.operators import of_operators, per_area
from suanli.indicators.families.probe_pairs import centre_pairs, pair_years, region_pairs
from suanli.indicators.items import as_of, items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

__all__ = ["RULES", "pair_years", "region_pairs"]


def exchange_points(records: Records) -> Frame:
    """Return the items of 国家级互联网骨干直联点数: points opened by the period's end (个; ccpe-3.0 3.3.2.1)."""
    opened = as_of(records.table("exchange_points"), records.periods)
    return items(opened, record=nw.col("point_id"), numerator=nw.lit(1.0))


def interprovincial_bandwidth(records: Records) -> Frame:
    """Return the items of 省际出口带宽: Σ operators' bandwidth to other provinces (Gbps; ccpe-3.0 3.3.2.2)."""
    return of_operators(records, "interprovincial_bandwidth")


def long_distance_fibre_density(records: Records) -> Frame:
    """Return the items of 单位面积长途光缆长度: Σ operators' cable / area (km/km²; ccpe-3.0 3.3.2.3)."""
    return per_area(records, "long_distance_fibre")


def optical_transport_ports(records: Records) -> Frame:
    """Return the items of 省内高速光传输网络端口数: Σ operators' ports (个; ccpe-3.0 3.3.2.4)."""
    return of_operators(records, "optical_transport_ports")


def oxc_deployment(records: Records) -> Frame:
    """Return the items of 重点站点全光交换（OXC）部署率: key sites with OXC / key sites (ccpe-3.0 3.3.2.5)."""
    sites = records.table("key_sites")
    return items(sites, record=nw.col("site_id"), numerator=nw.col("oxc").cast(nw.Float64))


def metro_egress_bandwidth(records: Records) -> Frame:
    """Return the items of 城域出口IP带宽: Σ operators' bandwidth from metro networks to backbones (Gbps; 3.3.2.6)."""
    return of_operators(records, "metro_egress_bandwidth")


def ip_router_ports(records: Records) -> Frame:
    """Return the items of 省内高速IP路由器网络端口数: Σ operators' ports (个; ccpe-3.0 3.3.2.7)."""
    return of_operators(records, "ip_router_ports")


def delay_between_regions(records: Records) -> Frame:
    """Return the items of 算力中心间网络时延（省间）: Σ delay of pairs / pairs (ms; ccpe-3.0 3.3.2.8).

    Pairs of centres in use in two regions; each pair is an item of both regions.
    """
    return _delay(_between(records))


def loss_between_regions(records: Records) -> Frame:
    """Return the items of 算力中心间网络丢包（省间）: Σ packets lost / Σ packets sent (ccpe-3.0 3.3.2.9).

    The published caliber is a mean of rates; packets count here, so that a short probe weighs little.
    """
    return _loss(_between(records))


def delay_within_region(records: Records) -> Frame:
    """Return the items of 算力中心间网络时延（省内）: Σ delay of pairs / pairs (ms; ccpe-3.0 3.3.2.10).

    A region with fewer than two centres in use has no pair and no value.
    """
    return _delay(_within(records))


def loss_within_region(records: Records) -> Frame:
    """Return the items of 算力中心间网络丢包（省内）: Σ packets lost / Σ packets sent (ccpe-3.0 3.3.2.11)."""
    return _loss(_within(records))


def normalised_delay_between_regions(records: Records) -> Frame:
    """Return the items of delay over theoretical delay between regions: Σ measured / Σ theoretical of pairs.

    Light in fibre takes 5 µs a km; a round trip is over twice the distance. Pairs without coordinates do not count.
    """
    return _normalised(_between(records))


def normalised_delay_within_region(records: Records) -> Frame:
    """Return the items of delay over theoretical delay within a region, as between regions."""
    return _normalised(_within(records))


def _between(records: Records) -> Frame:
    """Return the pairs of centres in two regions, once for each region."""
    pairs = centre_pairs(records).filter(nw.col("low_region") != nw.col("high_region"))
    sides = [pairs.with_columns(nw.col(f"{end}_region").alias("region")) for end in ("low", "high")]
    return nw.concat(sides, how="vertical")


def _within(records: Records) -> Frame:
    pairs = centre_pairs(records).filter(nw.col("low_region") == nw.col("high_region"))
    return pairs.with_columns(nw.col("low_region").alias("region"))


def _delay(pairs: Frame) -> Frame:
    return items(
        pairs,
        record=_pair(),
        part=nw.coalesce("direction", nw.lit("")),
        numerator=nw.col("delay"),
        weight=nw.col("sent"),
    )


def _loss(pairs: Frame) -> Frame:
    sent = nw.col("sent")
    return items(pairs, record=_pair(), numerator=nw.col("lost"), denominator=sent, weight=sent)


def _normalised(pairs: Frame) -> Frame:
    return items(
        pairs,
        record=_pair(),
        part=nw.coalesce("direction", nw.lit("")),
        numerator=nw.col("measured"),
        denominator=nw.col("theoretical"),
        weight=nw.col("sent"),
    )


def _pair() -> nw.Expr:
    return nw.concat_str(["low_id", "high_id"], separator=" – ")


_OPERATORS = ("operator_networks",)


def _delay_rule(
    name: str,
    delay: Callable[[Records], Frame],
    normalised: Callable[[Records], Frame],
    counted_in: Literal["one", "both"],
) -> Rule:
    beside = _of_probes("normalised_delay", normalised, "1", counted_in)
    return replace(_of_probes(name, delay, "ms", counted_in), beside={beside.name: beside})


def _of_probes(
    name: str,
    rule_items: Callable[[Records], Frame],
    unit: str,
    counted_in: Literal["one", "both"],
) -> Rule:
    tables = ("probes", "facilities")
    return Rule(*(name, rule_items, "ratio", unit, tables), counted_in=counted_in, awaits="probes")


RULES: tuple[Rule, ...] = (
    Rule(
        "exchange_points",
        exchange_points,
        "sum",
        "个",
        ("exchange_points",),
        absent="zero",
        lasting=True,
    ),
    Rule("interprovincial_bandwidth", interprovincial_bandwidth, "sum", "Gbps", _OPERATORS),
    Rule(
        "long_distance_fibre_density",
        long_distance_fibre_density,
        "ratio",
        "km/km²",
        (*_OPERATORS, "region_statistics"),
    ),
    Rule("optical_transport_ports", optical_transport_ports, "sum", "个", _OPERATORS),
    Rule("oxc_deployment", oxc_deployment, "ratio", "1", ("key_sites",)),
    Rule("metro_egress_bandwidth", metro_egress_bandwidth, "sum", "Gbps", _OPERATORS),
    Rule("ip_router_ports", ip_router_ports, "sum", "个", _OPERATORS),
    _delay_rule(
        "delay_between_regions", delay_between_regions, normalised_delay_between_regions, "both"
    ),
    _of_probes("loss_between_regions", loss_between_regions, "1", "both"),
    _delay_rule("delay_within_region", delay_within_region, normalised_delay_within_region, "one"),
    _of_probes("loss_within_region", loss_within_region, "1", "one"),
)
"""The rules of this family."""

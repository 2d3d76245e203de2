"""Networks of computing centres (算内网络): egress bandwidth, connections, routes and technology."""

import narwhals as nw

from suanli.indicators.exact_sums import whole_sums
from suanli.indicators.items import CENTRE_YEAR, centres, items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

_GBPS = 1000.0  # Mbit/s
_RELIABLE = 2  # physically separate routes


def centre_egress_bandwidth(records: Records) -> Frame:
    """Return the items of 算力中心网络出口带宽: Σ bandwidth of centres in use (Gbps; ccpe-3.0 3.3.3.1).

    A centre without a link on record has not reported.
    """
    return items(
        _with_bandwidth(records),
        record=nw.col("facility_id"),
        numerator=nw.col("bandwidth"),
        weight=nw.col("racks_built"),
    )


def bandwidth_per_rack(records: Records) -> Frame:
    """Return the items of 单机架带宽: Σ egress bandwidth / Σ standard racks (Mbit/s/标准机架; ccpe-3.0 3.3.3.2).

    Over the same centres: one that states only its links or only its racks counts in neither sum.
    """
    racks = nw.col("racks_built")
    return items(
        _with_bandwidth(records),
        record=nw.col("facility_id"),
        numerator=nw.col("bandwidth") * _GBPS,
        denominator=racks,
        weight=racks,
    )


def backbone_connections(records: Records) -> Frame:
    """Return the items of 算力中心省级骨干网接入: Σ provincial backbones each centre joins (个; ccpe-3.0 3.3.3.3)."""
    return _connections(records, "provincial_backbone", nw.col("networks"))


def backbone_centres(records: Records) -> Frame:
    """Return the items of the other reading of 3.3.3.3: centres that join a provincial backbone (个)."""
    return _connections(records, "provincial_backbone", _any("networks"))


def metro_connections(records: Records) -> Frame:
    """Return the items of 算力中心城域网接入: Σ metro networks each centre joins (个; ccpe-3.0 3.3.3.4)."""
    return _connections(records, "metro", nw.col("networks"))


def metro_centres(records: Records) -> Frame:
    """Return the items of the other reading of 3.3.3.4: centres that join a metro network (个)."""
    return _connections(records, "metro", _any("networks"))


def route_reliability(records: Records) -> Frame:
    """Return the items of 出口光纤路由可靠性: centres with two or more separate routes / centres (ccpe-3.0 3.3.3.5).

    A link that names no route adds none. A centre of which no route is known has not reported.
    """
    routes = (
        records.table("egress_links")
        .filter(~nw.col("route_id").is_null())
        .select(*CENTRE_YEAR, "route_id")
        .unique()
        .group_by(*CENTRE_YEAR)
        .agg(nw.len().alias("routes"))
    )
    known = centres(records).join(routes, on=list(CENTRE_YEAR), how="left")
    reliable = nw.when(nw.col("routes") >= _RELIABLE).then(1.0).otherwise(0.0)
    return items(
        known,
        record=nw.col("facility_id"),
        numerator=nw.when(nw.col("routes").is_null()).then(None).otherwise(reliable),
        weight=nw.col("racks_built"),
    )


def fast_network_use(records: Records) -> Frame:
    """Return the items of 算内高性能网络技术应用: centres with RoCE or the like / centres (ccpe-3.0 3.3.3.6).

    By `network_weight`, centres count once or by their racks in use; a centre that does not say has not reported.
    """
    return _use(records, "fast_network")


def smart_network_use(records: Records) -> Frame:
    """Return the items of 算内智能化网络技术应用: centres with network maps or the like / centres (ccpe-3.0 3.3.3.7).

    By `network_weight`, centres count once or by their racks in use; a centre that does not say has not reported.
    """
    return _use(records, "smart_network")


def _with_bandwidth(records: Records) -> Frame:
    """Return the centres in use with `bandwidth`, null where a centre has no link or one without a bandwidth.

    Computed once.
    """
    return records.staged("centre_bandwidth", lambda: _centre_bandwidth(records))


def _centre_bandwidth(records: Records) -> Frame:
    stated = whole_sums(records.table("egress_links"), CENTRE_YEAR, "bandwidth")
    return centres(records).join(stated, on=list(CENTRE_YEAR), how="left")


def _connections(records: Records, network: str, numerator: nw.Expr) -> Frame:
    """Return the centres in use as items; `networks` is how many networks of a kind each joins, null without links."""
    return items(
        records.staged(f"centres_in_{network}", lambda: _joining(records, network)),
        record=nw.col("facility_id"),
        numerator=numerator,
        weight=nw.col("racks_built"),
    )


def _joining(records: Records, network: str) -> Frame:
    networks = _networks(records, network)
    return centres(records).join(networks, on=list(CENTRE_YEAR), how="left")


def _networks(records: Records, network: str) -> Frame:
    """Return the number of distinct networks of a kind that each centre with links joins.

    Several links into one network are one connection. Links that do not name the network are one together, and none
    beside named ones, which they may be.
    """
    joined = nw.coalesce("network_name", nw.lit(""))
    of_kind = nw.when(nw.col("network") == network).then(joined).otherwise(None)
    distinct = (
        records.table("egress_links")
        .with_columns(of_kind.alias("joined"))
        .select(*CENTRE_YEAR, "joined")
        .unique()
        .with_columns(
            nw.when(nw.col("joined") != "").then(1).otherwise(0).alias("named"),
            nw.when(nw.col("joined") == "").then(1).otherwise(0).alias("unnamed"),
        )
    )
    sums = distinct.group_by(*CENTRE_YEAR).agg(nw.col("named").sum(), nw.col("unnamed").max())
    named = nw.col("named")
    counted = nw.when(named > 0).then(named).otherwise(nw.col("unnamed"))
    return sums.select(*CENTRE_YEAR, counted.cast(nw.Float64).alias("networks"))


def _any(column: str) -> nw.Expr:
    some = nw.when(nw.col(column) > 0).then(1.0).otherwise(0.0)
    return nw.when(nw.col(column).is_null()).then(None).otherwise(some)


def _use(records: Records, flag: str) -> Frame:
    by_racks = records.options.network_weight == "racks"
    size = nw.col("racks_used") if by_racks else nw.lit(1.0)
    return items(
        centres(records),
        record=nw.col("facility_id"),
        numerator=nw.col(flag).cast(nw.Float64) * size,
        denominator=size,
        weight=size,
    )


_CENTRES = ("facilities",)
_LINKS = ("facilities", "egress_links")

RULES: tuple[Rule, ...] = (
    Rule("centre_egress_bandwidth", centre_egress_bandwidth, "sum", "Gbps", _LINKS),
    Rule("bandwidth_per_rack", bandwidth_per_rack, "ratio", "Mbit/s/标准机架", _LINKS),
    Rule(
        "backbone_connections",
        backbone_connections,
        "sum",
        "个",
        _LINKS,
        beside={
            "backbone_centres": Rule("backbone_centres", backbone_centres, "sum", "个", _LINKS)
        },
    ),
    Rule(
        "metro_connections",
        metro_connections,
        "sum",
        "个",
        _LINKS,
        beside={"metro_centres": Rule("metro_centres", metro_centres, "sum", "个", _LINKS)},
    ),
    Rule("route_reliability", route_reliability, "ratio", "1", _LINKS),
    Rule("fast_network_use", fast_network_use, "ratio", "1", _CENTRES),
    Rule("smart_network_use", smart_network_use, "ratio", "1", _CENTRES),
)
"""The rules of this family."""

"""Storage of computing centres: capacity, its proportion to racks and computing power, speed and medium."""

from functools import partial

import narwhals as nw

from suanli.indicators.exact_sums import whole_sums
from suanli.indicators.families.chips import centre_chips
from suanli.indicators.items import CENTRE_YEAR, at_centres, centres, items
from suanli.indicators.rule import Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

TIB_PER_EIB = float(2**20)

_TABLES = ("facilities", "storage_systems")


def storage_capacity(records: Records) -> Frame:
    """Return the items of 存储总体容量: Σ capacity of the centres in use, in TiB (ccpe-3.0 3.2.1.1).

    A centre without storage systems in the records has stated nothing: it is an item without a number, not one of 0.
    """
    return items(
        _centre_storage(records),
        record=nw.col("facility_id"),
        numerator=nw.col("capacity"),
        weight=nw.col("racks_built"),
    )


def storage_in(records: Records, *, place: str) -> Frame:
    """Return the items of the capacity inside servers (`internal`) or outside them (`external`), in TiB."""
    systems = _systems(records).filter(nw.col("place") == place)
    return items(systems, record=nw.col("system_id"), numerator=nw.col("capacity"))


def storage_per_rack(records: Records) -> Frame:
    """Return the items of 单机架存力: Σ capacity / Σ standard racks fitted out, in TiB a rack (ccpe-3.0 3.2.1.2).

    Only centres that state their storage are in the ratio, above and below the line.
    """
    return items(
        _centre_storage(records),
        record=nw.col("facility_id"),
        numerator=nw.col("capacity"),
        denominator=nw.col("racks_built"),
        weight=nw.col("racks_built"),
    )


def storage_iops(records: Records) -> Frame:
    """Return the items of IOPS: Σ operations per second / Σ capacity in TiB (ccpe-3.0 3.2.2.1)."""
    return items(
        _systems(records),
        record=nw.col("system_id"),
        numerator=nw.col("iops"),
        denominator=nw.col("capacity"),
        weight=nw.col("capacity"),
    )


def storage_iops_total(records: Records) -> Frame:
    """Return the items of Σ operations per second, whatever the capacity."""
    return items(
        _systems(records),
        record=nw.col("system_id"),
        numerator=nw.col("iops"),
        weight=nw.col("capacity"),
    )


def storage_compute_balance(records: Records) -> Frame:
    """Return the items of 存算均衡: Σ capacity (EiB) / Σ computing power in use (EFLOPS, FP32) (ccpe-3.0 3.2.2.2).

    A centre is in the ratio if it states both; one with a chip of unknown power states no computing power.
    """
    furthest = {"level": nw.col("level").max()}
    power = whole_sums(centre_chips(records), CENTRE_YEAR, "fp32", beside=furthest)
    both = _centre_storage(records).join(power, on=list(CENTRE_YEAR), how="left")
    return items(
        both,
        record=nw.col("facility_id"),
        numerator=nw.col("capacity") / TIB_PER_EIB,
        denominator=nw.col("fp32"),
        weight=nw.col("racks_built"),
        level=nw.coalesce(nw.col("level"), nw.lit(0)),
    )


def advanced_storage_share(records: Records) -> Frame:
    """Return the items of 先进存储占比: Σ external all-flash capacity / Σ external capacity (ccpe-3.0 3.2.2.3)."""
    external = _systems(records).filter(nw.col("place") == "external")
    flash = nw.when(nw.col("medium") == "all_flash").then(nw.col("capacity")).otherwise(nw.lit(0.0))
    return items(
        external,
        record=nw.col("system_id"),
        numerator=flash,
        denominator=nw.col("capacity"),
        weight=nw.col("capacity"),
    )


def _systems(records: Records) -> Frame:
    """Return the storage systems of the centres in use; computed once."""
    return records.staged("centre_storage_systems", lambda: at_centres(records, "storage_systems"))


def _centre_storage(records: Records) -> Frame:
    """Return the centres in use with `capacity` in TiB, null where a centre states no storage or not all of it.

    Computed once.
    """
    return records.staged("centre_storage", lambda: _stated_storage(records))


def _stated_storage(records: Records) -> Frame:
    stated = whole_sums(records.table("storage_systems"), CENTRE_YEAR, "capacity")
    return centres(records).join(stated, on=list(CENTRE_YEAR), how="left")


def _sum_of(place: str) -> Rule:
    return Rule(
        name=f"storage_{place}",
        items=partial(storage_in, place=place),
        reduction="sum",
        unit="TiB",
        tables=_TABLES,
    )


_OPERATIONS = Rule(
    name="storage_iops_total",
    items=storage_iops_total,
    reduction="sum",
    unit="IOPS",
    tables=_TABLES,
)

RULES: tuple[Rule, ...] = (
    Rule(
        name="storage_capacity",
        items=storage_capacity,
        reduction="sum",
        unit="TiB",
        tables=_TABLES,
        absent="zero",
        beside={"storage_internal": _sum_of("internal"), "storage_external": _sum_of("external")},
    ),
    Rule(
        name="storage_per_rack",
        items=storage_per_rack,
        reduction="ratio",
        unit="TiB/标准机架",
        tables=_TABLES,
    ),
    Rule(
        name="storage_iops",
        items=storage_iops,
        reduction="ratio",
        unit="IOPS/TiB",
        tables=_TABLES,
        beside={_OPERATIONS.name: _OPERATIONS},
    ),
    _OPERATIONS,
    Rule(
        name="storage_compute_balance",
        items=storage_compute_balance,
        reduction="ratio",
        unit="EiB/EFLOPS(FP32)",
        tables=(*_TABLES, "chips"),
        levels=("stated", "composed"),
    ),
    Rule(
        name="advanced_storage_share",
        items=advanced_storage_share,
        reduction="ratio",
        unit="1",
        tables=_TABLES,
    ),
)
"""Rules of storage."""

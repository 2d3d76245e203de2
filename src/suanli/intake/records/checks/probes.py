"""Probes that measure different things, or are faster than light in fibre."""

import narwhals as nw

from suanli.intake.records.checks.conditions import Condition, told
from suanli.intake.records.engine import Frame
from suanli.intake.records.great_circle import FIBRE_DELAY, with_distance
from suanli.intake.records.records import Records
from suanli.problems import Problem, Severity

_PAIR = ("source_id", "target_id")
_SLACK = 1e-4  # ms, 20 m of fibre: coordinates say no more


def check_probe_directions(records: Records) -> list[Problem]:
    """Return a warning for periods with both one-way and round-trip delays: neither is made into the other."""
    if not records.has("probes"):
        return []
    counted = (
        _measured(records)
        .group_by("period")
        .agg(
            nw.col("direction").n_unique().alias("directions"),
            nw.col("one_way").sum(),
            nw.col("round_trip").sum(),
            nw.col("probes").sum(),
        )
    )
    condition = Condition(
        "probe-directions-mixed",
        Severity.WARNING,
        nw.col("directions") > 1,
        "probes.direction",
        ("period",),
        ("one_way", "round_trip"),
        rows="probes",
    )
    return told(records, counted, [condition], rows="probes")


def check_probe_delays(records: Records) -> list[Problem]:
    """Return a warning if the least delay of a pair is below that of light in fibre along the great circle."""
    if not (records.has("probes") and records.has("facilities")):
        return []
    pairs = _measured(records).filter(~nw.col("least").is_null())
    for end in _PAIR:
        pairs = pairs.join(_coordinates(records, end), on=[end, "period"], how="inner")
    located = with_distance(pairs, _point("source_id"), _point("target_id"))
    ways = nw.when(nw.col("direction") == "round_trip").then(2.0).otherwise(1.0)
    condition = Condition(
        "probe-faster-than-light",
        Severity.WARNING,
        nw.col("least") + _SLACK < nw.col("distance") * FIBRE_DELAY * ways,
        "probes.delay",
        (*_PAIR, "period"),
        ("least",),
    )
    return told(records, located, [condition])


def _measured(records: Records) -> Frame:
    """Return the probes of each pair, direction and period, in one pass: how many, and the least delay of each."""
    return records.staged("checked_probes", lambda: _pairs(records))


def _pairs(records: Records) -> Frame:
    received = nw.col("lost") < nw.col("sent")
    rows = records.table("probes").filter(~nw.col("direction").is_null())
    timed = rows.with_columns(
        nw.when(received).then(nw.col("delay")).otherwise(None).alias("delay")
    )
    counted = timed.group_by(*_PAIR, "direction", "period").agg(
        nw.len().cast(nw.Int64).alias("probes"), nw.col("delay").min().alias("least")
    )
    return counted.with_columns(
        nw.when(nw.col("direction") == name).then(nw.col("probes")).otherwise(0).alias(name)
        for name in ("one_way", "round_trip")
    )


def _coordinates(records: Records, end: str) -> Frame:
    known = ~nw.col("longitude").is_null() & ~nw.col("latitude").is_null()
    places = records.table("facilities").filter(known)
    longitude, latitude = _point(end)
    return (
        places.group_by("facility_id", "period")
        .agg(nw.col("longitude").min().alias(longitude), nw.col("latitude").min().alias(latitude))
        .rename({"facility_id": end})
    )


def _point(end: str) -> tuple[str, str]:
    """Return the columns that hold where an end is."""
    return f"{end}_longitude", f"{end}_latitude"

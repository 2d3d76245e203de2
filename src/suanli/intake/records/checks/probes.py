"""Probes that measure different things, or are faster than light in fibre."""

from math import pi

import narwhals as nw

from suanli.intake.records.checks.conditions import Condition, told
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records
from suanli.problems import Problem, Severity

FIBRE_KM_PER_MS = 299.792458 / 1.468
"""How far light comes in fibre in a millisecond: its speed in vacuum by the refractive index of ITU-T G.652 fibre."""

_EARTH_RADIUS = 6371.0088
_PAIR = ("source_id", "target_id")


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
    """Return a warning if the least delay of a pair of centres is below that of light in fibre along the great circle.

    The haversine of the distance is compared with that of the way light comes: engines share no arcsine.
    """
    if not (records.has("probes") and records.has("facilities")):
        return []
    pairs = _measured(records).filter(~nw.col("least").is_null())
    for end in _PAIR:
        pairs = pairs.join(_coordinates(records, end), on=[end, "period"], how="inner")
    ways = nw.when(nw.col("direction") == "round_trip").then(2.0).otherwise(1.0)
    reach = nw.col("least") * FIBRE_KM_PER_MS / ways / (2 * _EARTH_RADIUS)
    reached = nw.when(reach >= pi / 2).then(1.0).otherwise(reach.sin() * reach.sin())
    located = pairs.with_columns(_haversine().alias("apart"), reached.alias("reached"))
    condition = Condition(
        "probe-faster-than-light",
        Severity.WARNING,
        nw.col("apart") > nw.col("reached") + 1e-12,
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
    point = ("longitude", "latitude")
    known = ~nw.col("longitude").is_null() & ~nw.col("latitude").is_null()
    places = records.table("facilities").filter(known)
    return (
        places.group_by("facility_id", "period")
        .agg(*(nw.col(name).min().alias(f"{end}_{name}") for name in point))
        .rename({"facility_id": end})
    )


def _haversine() -> nw.Expr:
    """Return sin²(σ/2) of the angle σ between the two ends."""
    degrees = pi / 180
    source, target = (nw.col(f"{end}_latitude") * degrees for end in _PAIR)
    across = (nw.col("target_id_longitude") - nw.col("source_id_longitude")) * degrees / 2
    along = (target - source) / 2
    return along.sin() * along.sin() + source.cos() * target.cos() * across.sin() * across.sin()

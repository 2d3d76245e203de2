"""Probes to pairs of computing centres, and pairs of centres to pairs of regions."""

from collections.abc import Iterator
from functools import partial

import narwhals as nw

from suanli.indicators.exact_sums import exact_sums, large_sums
from suanli.indicators.items import centres
from suanli.intake.records.engine import Frame
from suanli.intake.records.great_circle import FIBRE_DELAY, with_distance
from suanli.intake.records.records import Records

PAIR_COLUMNS = (
    *("period", "region_code", "other_code", "pairs"),
    *("delay", "delay_median", "delay_p95", "sent", "lost", "loss"),
    *("distance", "theoretical", "delay_ratio"),
)
"""Columns of the matrix of regions, in order; see `region_pairs`."""

_ROUTES = "route_years"
_ROUTE = ("source_id", "target_id", "direction")
_DIRECTIONS = ("one_way", "round_trip")
_MEANS = ("delay", "distance", "under")


def pair_years(records: Records) -> Frame:
    """Return what the probes of a period say of each unordered pair of centres; computed once.

    Columns: low_id, high_id, period, probes, sent, lost, and for either direction (`one_way`, `round_trip`) the packets
    whose delay is known and the sum of their delays. A probe's delay is the mean of the packets received, so it counts
    by them; a probe that lost every packet counts in the loss alone. A probe of a centre to itself is no pair.
    """
    return records.staged("pair_years", lambda: _pair_years(records))


def begin_probes(records: Records) -> None:
    """Start to add up the probes of each route."""
    records.begin(_ROUTES, partial(_route_years, records))


def centre_pairs(records: Records) -> Frame:
    """Return each pair of centres in use that year whose regions are both known; computed once.

    Columns: those of `pair_years` that are sums, the regions `low_region` and `high_region`, and

    * `direction`: how its delay was measured, null if it was not,
    * `measured`: mean delay in that direction, ms,
    * `delay`: the same, but null unless the direction is the one that counts,
    * `distance`, km, and `theoretical`, ms: the delay of light in fibre along the great circle, there and back for a
      round trip; null without coordinates.

    Delays one way and there and back do not mix: in each period the direction counts in which more pairs were
    measured (one way if equally many), and delays are never halved or doubled. Only the ratio to the theoretical
    delay takes both, each over its own.
    """
    return records.staged("centre_pairs", lambda: _centre_pairs(records))


def region_pairs(records: Records) -> Frame:
    """Return the matrix of regions: a row for each period and unordered pair of regions, a region with itself included.

    Columns `PAIR_COLUMNS`, with region_code ≤ other_code. `delay`, `delay_median` and `delay_p95` (ms) are over pairs
    of centres in the direction that counts; `loss` is Σ lost / Σ sent; `distance` (km) is the mean over pairs with
    coordinates; `theoretical` (ms) is the mean and `delay_ratio` the ratio of sums over pairs with both delays.
    """
    pairs = centre_pairs(records)
    ascending = nw.col("low_region") <= nw.col("high_region")
    low, high = nw.col("low_region"), nw.col("high_region")
    both = ~(nw.col("measured").is_null() | nw.col("theoretical").is_null())
    ready = pairs.with_columns(
        nw.when(ascending).then(low).otherwise(high).alias("region_code"),
        nw.when(ascending).then(high).otherwise(low).alias("other_code"),
        nw.when(both).then(nw.col("measured")).otherwise(None).alias("over"),
        nw.when(both).then(nw.col("theoretical")).otherwise(None).alias("under"),
    )
    beside = {
        "pairs": nw.len().cast(nw.Int64),
        "delay_median": nw.col("delay").median(),
        "delay_p95": nw.col("delay").quantile(0.95, interpolation="linear"),
        **{f"{name}_count": nw.col(name).count() for name in _MEANS},
    }
    sums = exact_sums(
        ready,
        ("period", "region_code", "other_code"),
        *("delay", "distance", "over", "under"),
        whole=("sent", "lost"),
        beside=beside,
    )
    return sums.with_columns(
        _quotient("lost", "sent").alias("loss"),
        _quotient("over", "under").alias("delay_ratio"),
        _quotient("under", "under_count").alias("theoretical"),
        *(_quotient(name, f"{name}_count").alias(name) for name in ("delay", "distance")),
    ).select(*PAIR_COLUMNS)


def _pair_years(records: Records) -> Frame:
    """Return the routes of every period as unordered pairs."""
    routes = records.stacked(_ROUTES, partial(_route_years, records))
    source, target = nw.col("source_id"), nw.col("target_id")
    directed = routes.filter(source != target).with_columns(
        nw.when(source < target).then(source).otherwise(target).alias("low_id"),
        nw.when(source < target).then(target).otherwise(source).alias("high_id"),
        *(
            nw.when(nw.col("direction") == direction)
            .then(nw.col(name))
            .otherwise(None)
            .alias(f"{direction}_{name}")
            for direction in _DIRECTIONS
            for name in ("received", "delay")
        ),
    )
    # at most two numbers make each sum, one from either end: their order changes nothing
    return directed.group_by("low_id", "high_id", "period").agg(
        nw.col(name).sum()
        for name in (
            *("probes", "sent", "lost"),
            *(f"{direction}_{name}" for direction in _DIRECTIONS for name in ("received", "delay")),
        )
    )


def _route_years(records: Records) -> Iterator[Frame]:
    """Yield what the probes of each period say from one centre to another, by direction."""
    for routes in records.by_year("probes", _routes):
        period = nw.col("year").cast(nw.String).alias("period")
        yield routes.select(*_ROUTE, period, "probes", "sent", "lost", "received", "delay")


def _routes(probes: Frame, further: tuple[str, ...]) -> Frame:
    """Return the sums of probes by route and further keys: one pass over all of them."""
    sent, lost, delay = nw.col("sent"), nw.col("lost"), nw.col("delay")
    timed = nw.when((sent > lost) & ~delay.is_null()).then(sent - lost).otherwise(None)
    known = probes.with_columns(timed.alias("received")).with_columns(
        (delay * nw.col("received")).alias("delay")
    )
    beside = {
        "probes": nw.len().cast(nw.Int64),
        **{name: nw.col(name).sum() for name in ("sent", "lost", "received")},
    }
    return large_sums(known, (*_ROUTE, *further), "delay", beside=beside)


def _centre_pairs(records: Records) -> Frame:
    pairs = pair_years(records)
    for end in ("low", "high"):
        pairs = pairs.join(_ends(records, end), on=[f"{end}_id", "period"], how="inner")
    pairs = pairs.join(_directions(pairs), on="period", how="left")
    one_way, round_trip = nw.col("one_way_received") > 0, nw.col("round_trip_received") > 0
    first = nw.col("counting") == "one_way"
    named = (
        nw.when(one_way & (first | ~round_trip))
        .then(nw.lit("one_way"))
        .otherwise(nw.when(round_trip).then(nw.lit("round_trip")).otherwise(None))
    )
    pairs = pairs.with_columns(named.alias("direction"))
    there, back = nw.col("direction") == "one_way", nw.col("direction") == "round_trip"
    measured = (
        nw.when(there)
        .then(nw.col("one_way_delay") / nw.col("one_way_received"))
        .otherwise(
            nw.when(back)
            .then(nw.col("round_trip_delay") / nw.col("round_trip_received"))
            .otherwise(None)
        )
    )
    counts = nw.col("direction") == nw.col("counting")
    located = with_distance(
        pairs.with_columns(measured.alias("measured")),
        ("low_longitude", "low_latitude"),
        ("high_longitude", "high_latitude"),
    )
    ways = nw.when(back).then(2.0).otherwise(1.0)
    return located.with_columns(
        nw.when(counts).then(nw.col("measured")).otherwise(None).alias("delay"),
        (nw.col("distance") * FIBRE_DELAY * ways).alias("theoretical"),
    ).select(
        *("low_id", "high_id", "period", "low_region", "high_region", "probes", "sent", "lost"),
        *("direction", "measured", "delay", "distance", "theoretical"),
    )


def _ends(records: Records, end: str) -> Frame:
    """Return the centres in use as one end of a pair: where each stood that year."""
    placed = centres(records).filter(~nw.col("region").is_null())
    return placed.select(
        nw.col("facility_id").alias(f"{end}_id"),
        "period",
        *(nw.col(name).alias(f"{end}_{name}") for name in ("region", "longitude", "latitude")),
    )


def _directions(pairs: Frame) -> Frame:
    """Return the direction that counts in each period: that in which more pairs were measured."""
    flags = pairs.with_columns(
        *(
            nw.when(nw.col(f"{direction}_received") > 0).then(1).otherwise(0).alias(direction)
            for direction in ("one_way", "round_trip")
        )
    )
    counts = flags.group_by("period").agg(nw.col("one_way").sum(), nw.col("round_trip").sum())
    more = nw.col("one_way") >= nw.col("round_trip")
    counting = nw.when(more).then(nw.lit("one_way")).otherwise(nw.lit("round_trip"))
    return counts.select("period", counting.alias("counting"))


def _quotient(over: str, under: str) -> nw.Expr:
    return nw.when(nw.col(under) > 0).then(nw.col(over) / nw.col(under)).otherwise(None)

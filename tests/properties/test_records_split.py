"""Centres entered as two in the same region: sums and ratios stay, counts and means move by as much as they should."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from suanli.indicators import Recorded
from suanli.indicators.rules import RULES
from tests.properties.varied_studies import (
    CLOSE,
    Tables,
    base,
    column,
    computed,
    rule_names,
    written,
)

HALVES = ("+1", "+2")
"""Endings of the names of what was split in two."""
AMOUNTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "facilities": ((), ("racks_built", "racks_used", "design_it_power", "revenue")),
    "chips": ((), ("count",)),
    "storage_systems": (("system_id",), ("capacity", "iops")),
    "clean_energy": ((), ("amount",)),
    "egress_links": (("link_id",), ("bandwidth",)),
    "meters": (("meter_id",), ()),
}
"""Of the tables of centres, further names that must stay apart, and the amounts that are divided."""
READINGS = {"meter_readings": "amount", "meter_registers": "reading"}
ENDS = ("source_id", "target_id")
TOUCHED = {*AMOUNTS, *READINGS, "probes"}

Rows = Mapping[tuple[str, str], float]


def halves(
    frame: pl.DataFrame, key: str, chosen: frozenset[str], share: float, columns: tuple[str, ...]
) -> Iterator[pl.DataFrame]:
    """Yield the rows whose key is not chosen, then those that are, twice, with a share of their amounts."""
    own = pl.col(key).is_in(list(chosen))
    yield frame.filter(~own)
    for ending, part in zip(HALVES, (share, 1 - share), strict=True):
        divided = [pl.col(name) * part for name in columns if name in frame.columns]
        yield frame.filter(own).with_columns(pl.col(key) + ending, *divided)


def split(tables: Tables, chosen: frozenset[str], share: float) -> Tables:
    """Return tables in which each chosen centre is two, the first with a share of every amount.

    Both halves stand where it stood, join the networks and routes that it joined, and are probed as it was.
    """
    found = dict(tables)
    for table, (names, amounts) in AMOUNTS.items():
        if table not in tables:
            continue
        first, *parts = halves(tables[table], "facility_id", chosen, share, amounts)
        endings = zip(parts, HALVES, strict=True)
        named = [part.with_columns(pl.col(names) + ending) for part, ending in endings]
        found[table] = pl.concat([first, *(named if names else parts)])
    if "meters" in tables:
        held = tables["meters"].filter(pl.col("facility_id").is_in(list(chosen)))
        meters = frozenset(held["meter_id"])
        for table, amount in READINGS.items():
            found[table] = pl.concat(halves(tables[table], "meter_id", meters, share, (amount,)))
        probes = tables["probes"]
        for end in ENDS:
            probes = pl.concat(halves(probes, end, chosen, share, ("sent", "lost")))
        found["probes"] = probes
    return found


def one_a_region(tables: Tables, place: int) -> frozenset[str]:
    """Return a centre of each region and status, and every AI centre whose number ends in an even digit."""
    register = tables["facilities"].sort("facility_id").unique("facility_id", maintain_order=True)
    groups = register.group_by(pl.col("region_code").str.head(2), "status", maintain_order=True)
    names = [own["facility_id"][place % len(own)] for _, own in groups]
    even = register.filter(
        (pl.col("kind") == "ai_centre") & pl.col("facility_id").str.contains("[02468]$")
    )
    return frozenset([*names, *even["facility_id"]])


# What moves, and why, each with how it follows from the tables if centre f counts as `times` centres.


def register(tables: Tables, status: str = "in_use") -> pl.DataFrame:
    """Return centres of a status by region and year, with how many each one counts as."""
    of_status = tables["facilities"].filter(pl.col("status") == status)
    return of_status.with_columns(
        pl.col("region_code").str.head(2).alias("region"), pl.col("year").cast(pl.String)
    )


def rows(frame: pl.DataFrame, value: pl.Expr) -> Rows:
    """Return a value by region and year."""
    found = frame.group_by("region", "year").agg(value.alias("value")).drop_nulls()
    return {(region, year): value for region, year, value in found.iter_rows()}


def mean_of(frame: pl.DataFrame, name: str, per: float = 1.0) -> Rows:
    """Return the mean of a column over centres that state it."""
    stated = frame.drop_nulls(name).with_columns(pl.col(name).cast(pl.Float64))
    return rows(stated, per * (pl.col(name) * pl.col("times")).sum() / pl.col("times").sum())


def ai_centres(tables: Tables, status: str) -> Rows:
    counted = register(tables, status).filter(pl.col("kind") == "ai_centre")
    return rows(counted, pl.col("times").sum())


def connections(tables: Tables, network: str) -> Rows:
    networks = (
        tables["egress_links"]
        .group_by("facility_id", pl.col("year").cast(pl.String))
        .agg(pl.col("network_name").filter(pl.col("network") == network).n_unique().alias("n"))
    )
    joined = register(tables).join(networks, on=["facility_id", "year"])
    return rows(joined, (pl.col("n") * pl.col("times")).sum())


def reliable(tables: Tables) -> Rows:
    routes = (
        tables["egress_links"]
        .group_by("facility_id", pl.col("year").cast(pl.String))
        .agg((pl.col("route_id").n_unique() >= 2).alias("reliable"))
    )
    return mean_of(register(tables).join(routes, on=["facility_id", "year"]), "reliable", 100.0)


def temperatures(tables: Tables) -> Rows:
    stations = tables["weather_stations"].select(
        "station_id", pl.col("year").cast(pl.String), "temperature"
    )
    return mean_of(register(tables).join(stations, on=["station_id", "year"]), "temperature")


def delays(tables: Tables, *, inside: bool) -> Rows:
    """Return the mean delay over pairs of centres; two halves of one are a pair that nobody probed."""
    received = pl.col("sent") - pl.col("lost")
    low, high = pl.min_horizontal(ENDS), pl.max_horizontal(ENDS)
    year = pl.col("time").dt.year().cast(pl.String)
    pairs = (
        tables["probes"]
        .group_by(low.alias("low"), high.alias("high"), year.alias("year"))
        .agg(((pl.col("delay") * received).sum() / received.sum()).alias("delay"))
    )
    ends = register(tables).select("facility_id", "year", "region", "times")
    for end in ("low", "high"):
        own = ends.rename({"facility_id": end, "region": f"{end}_region", "times": f"{end}_times"})
        pairs = pairs.join(own, on=[end, "year"])
    pairs = pairs.with_columns((pl.col("low_times") * pl.col("high_times")).alias("times"))
    same = pl.col("low_region") == pl.col("high_region")
    if inside:
        return mean_of(pairs.filter(same).with_columns(region="low_region"), "delay")
    sides = [pairs.filter(~same).with_columns(region=f"{end}_region") for end in ("low", "high")]
    return mean_of(pl.concat(sides), "delay")


MOVES: Mapping[str, Callable[[Tables], Rows]] = {
    # centres are counted
    "ai_centres_in_use": lambda tables: ai_centres(tables, "in_use"),
    "ai_centres_under_construction": lambda tables: ai_centres(tables, "under_construction"),
    # what each centre joins is counted, and both halves join it
    "backbone_connections": lambda tables: connections(tables, "provincial_backbone"),
    "metro_connections": lambda tables: connections(tables, "metro"),
    # means over centres, each of which counts once
    "industries_served": lambda tables: mean_of(register(tables), "industries_served"),
    "fast_network_use": lambda tables: mean_of(register(tables), "fast_network", 100.0),
    "smart_network_use": lambda tables: mean_of(register(tables), "smart_network", 100.0),
    "route_reliability": reliable,
    "mean_temperature": temperatures,
    # means over pairs of centres, each of which counts once
    "delay_between_regions": lambda tables: delays(tables, inside=False),
    "delay_within_region": lambda tables: delays(tables, inside=True),
}
"""The indicators of ccpe-3.0 that move; the other forty-two are sums and ratios of sums, or of other tables."""


def counted(tables: Tables, chosen: frozenset[str]) -> Tables:
    """Return tables whose chosen centres count as two."""
    own = pl.col("facility_id").is_in(list(chosen))
    times = pl.when(own).then(2.0).otherwise(1.0).alias("times")
    return {**tables, "facilities": tables["facilities"].with_columns(times)}


def check_moved(made: Recorded, name: str, code: str, wanted: Rows) -> None:
    values = column(made, code)
    for (p, r), value in np.ndenumerate(values):
        place = (made.grid.regions[r][:2], made.grid.periods[p])
        if RULES[name].absent == "zero":
            assert value == wanted.get(place, 0.0), (name, place)
        else:
            assert value == pytest.approx(wanted.get(place, np.nan), rel=CLOSE, nan_ok=True), name


@pytest.mark.parametrize(("place", "share"), [(0, 0.5), (3, 0.3)])
def test_splitting_centres_moves_counts_and_means_alone(
    place: int, share: float, tmp_path: Path
) -> None:
    tables, before = base("ccpe-3.0")
    chosen = one_a_region(tables, place)
    assert len(chosen) > 31
    made = computed(written(tmp_path / "split", "ccpe-3.0", split(tables, chosen, share)))
    named = rule_names(made, "ccpe-3.0")
    assert len(named) == 53
    assert MOVES.keys() < set(named.values())
    for code, name in named.items():
        values, wanted = column(made, code), column(before, code)
        if name in MOVES:
            check_moved(before, name, code, MOVES[name](counted(tables, frozenset())))
            check_moved(made, name, code, MOVES[name](counted(tables, chosen)))
            assert not np.allclose(values, wanted, rtol=CLOSE, atol=0, equal_nan=True), name
        elif TOUCHED.isdisjoint(RULES[name].tables):
            assert values.tobytes() == wanted.tobytes(), name
        else:
            np.testing.assert_allclose(values, wanted, rtol=CLOSE, err_msg=name)
    # as much of the whole is covered as before, by more centres
    for measure, grows in (("weight_share", False), ("used", True)):
        kept = [code for code, name in named.items() if name not in MOVES]
        own = (pl.col("measure") == measure) & pl.col("indicator").is_in(kept)
        parts = [one.measures.filter(own) for one in (made, before)]
        assert parts[0].drop("value").equals(parts[1].drop("value"))
        after, then = (part["value"] for part in parts)
        if grows:
            assert (after >= then).all()
            assert after.sum() > then.sum()
        else:
            np.testing.assert_allclose(after, then, rtol=CLOSE)


def test_splitting_centres_moves_nothing_of_an_index_that_counts_none(tmp_path: Path) -> None:
    tables, before = base("cpdi-2.0")
    chosen = one_a_region(tables, 1)
    made = computed(written(tmp_path / "split", "cpdi-2.0", split(tables, chosen, 0.3)))
    assert made.measures.filter(measure="used")["value"].sum() > (
        before.measures.filter(measure="used")["value"].sum()
    )
    for code, name in rule_names(made, "cpdi-2.0").items():
        values, wanted = column(made, code), column(before, code)
        np.testing.assert_allclose(values, wanted, rtol=CLOSE, err_msg=name)
        if name != "infrastructure_compute":
            assert values.tobytes() == wanted.tobytes(), name

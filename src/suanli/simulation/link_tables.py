"""Egress links of computing centres: bandwidth, networks joined, and separate routes."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.simulation.aims import Aims
from suanli.simulation.centre_tables import Centres
from suanli.simulation.register import IN_USE, Group
from suanli.simulation.shares import Counts, Floats, stream, whole_split

BANDWIDTH, BACKBONE, METRO, RELIABLE = "3.3.3.1", "3.3.3.3", "3.3.3.4", "3.3.3.5"
_NETWORKS = ("internet", "provincial_backbone", "metro")
_NAMES = ("模拟互联网", "模拟省级骨干网", "模拟城域网")
_STEPS = np.array([1.0, 2.0, 4.0, 10.0, 20.0, 40.0, 100.0])
"""Sizes of links, one to another."""


@dataclass(frozen=True, slots=True)
class _Links:
    """Links of one region and year by row: the centre, the network by number, and the how-manieth of its kind."""

    centre: NDArray[np.intp]
    network: Counts
    number: Counts


def egress_links(aims: Aims, of: Centres) -> pl.DataFrame:
    """Return the table of links; a centre joins a network of a name once, and reliable centres have two routes."""
    rng = stream(aims.seed, "egress_links")
    listed = of.register
    bandwidth = aims.of(BANDWIDTH, "Gbps")
    reliable = listed.flagged(aims.of(RELIABLE, "1"), rng)
    draw = listed.drawn(0.4, rng) * np.sqrt(listed.size)
    joined = aims.of(BACKBONE, "个"), aims.of(METRO, "个")
    frames = []
    for group in listed.groups(IN_USE):
        at = (group.period, group.centres)
        counts = [
            whole_split(float(total[group.period, group.region]), draw[at]) for total in joined
        ]
        safe = reliable[at]
        # every centre reaches the Internet; a reliable one has a second link to put on another route
        single = 1 + (safe & (counts[0] + counts[1] == 0)).astype(np.int64)
        links = _links(group, [single, *counts])
        total = float(bandwidth[group.period, group.region])
        weights = of.racks_built[group.period, links.centre] * rng.choice(_STEPS, links.centre.size)
        frames.append(
            _table(aims, of, group, links, (_sizes(total, weights), reliable[group.period]))
        )
    return pl.concat(frames)


def _links(group: Group, counts: list[Counts]) -> _Links:
    """Return a row for each link: of each centre, the Internet first, then backbones, then metro networks."""
    table = np.stack(counts, axis=1)
    rows = np.repeat(np.arange(table.size), table.ravel())
    starts = np.cumsum(table.ravel()) - table.ravel()
    return _Links(
        centre=group.centres[rows // len(counts)],
        network=rows % len(counts),
        number=np.arange(rows.size) - starts[rows] + 1,
    )


def _sizes(total: float, weights: Floats) -> Floats:
    """Return bandwidths of one figure, but for the largest link, which takes what is left of the total."""
    parts: Floats = total * weights / weights.sum()
    if total <= 0:
        return parts
    figure = 10.0 ** np.floor(np.log10(parts))
    rounded: Floats = np.floor(parts / figure) * figure
    largest = int(np.argmax(parts))
    rounded[largest] += total - rounded.sum()
    return rounded


def _table(
    aims: Aims, of: Centres, group: Group, links: _Links, what: tuple[Floats, NDArray[np.bool_]]
) -> pl.DataFrame:
    bandwidth, reliable = what
    ids = pl.Series(of.register.ids)[links.centre]
    first = np.flatnonzero(np.diff(links.centre, prepend=-1))
    place = np.arange(links.centre.size) - np.repeat(
        first, np.diff(np.append(first, links.centre.size))
    )
    route = np.where(reliable[links.centre], place % 2, 0)
    letters = pl.Series(["A", "B"])[route]
    frame = pl.DataFrame(
        {
            "facility_id": ids,
            "kind": pl.Series(["N", "P", "M"])[links.network],
            "number": links.number,
            "bandwidth": bandwidth,
            "network": pl.Series(_NETWORKS)[links.network],
            "name": pl.Series(_NAMES)[links.network],
            "letter": letters,
        }
    )
    return frame.select(
        pl.format("{}-{}{}", pl.col("facility_id"), "kind", "number").alias("link_id"),
        pl.lit(aims.years[group.period], dtype=pl.Int64).alias("year"),
        "facility_id",
        "bandwidth",
        "network",
        pl.format("{}{}", "name", "number").alias("network_name"),
        pl.format("{}-R{}", "facility_id", "letter").alias("route_id"),
    )

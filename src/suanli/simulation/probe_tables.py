"""Probes between computing centres: delays and losses of pairs whose means by region are the targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.simulation.aims import Aims
from suanli.simulation.coordinates import coordinates
from suanli.simulation.places import EQUIPMENT, FIBRE_DELAY, ROUTES, great_circle
from suanli.simulation.register import IN_USE, Register
from suanli.simulation.shares import Counts, Floats, chosen, stream
from suanli.simulation.sizes import DAY, interval_count

DELAY_BETWEEN, LOSS_BETWEEN = "3.3.2.8", "3.3.2.9"
DELAY_WITHIN, LOSS_WITHIN = "3.3.2.10", "3.3.2.11"
_SENT = 100_000
"""Packets of a probe."""
_INSIDE = 0.15
"""Share of pairs that lie within a region."""
_FLOOR = 1.12
"""Least delay of a pair, relative to that of light in fibre along the great circle."""
_NOISE = 0.05
"""How far the probes of a pair lie from its delay at most, relative to it; their mean may take as much again."""
_STEPS, _ENOUGH = 2_000, 1e-13
"""Most steps of balancing the factors of regions, and the relative change at which it ends."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of centres probed in a year: positions in the register, and the regions of both ends in ascending order."""

    one: NDArray[np.intp]
    other: NDArray[np.intp]
    regions: Counts
    """2 × pairs."""


def probes(aims: Aims, listed: Register) -> Iterator[pl.DataFrame]:
    """Yield the probes in parts of a limited number of rows; each pair is probed equally often in both directions.

    A pair's delay grows with the distance of its centres and never falls below that of light in fibre. What it has
    above that, and its loss, are made of a factor of the two regions and one of the pair, and scaled until the means
    over all pairs of each region are its targets.

    Raises
    ------
    ValueError
        If targets of delay are below what distances allow.
    """
    points = coordinates(aims, listed)
    repeats = aims.size.probe_repeats
    for period, year in enumerate(aims.years):
        rng = stream(aims.seed, "probes", year)
        pairs = _pairs(aims, listed, period, rng)
        delay = _delays(aims, pairs, points, period)
        loss = _losses(aims, pairs, period, rng)
        ends = np.concatenate([[pairs.one, pairs.other], [pairs.other, pairs.one]], axis=1)
        figures = np.stack([np.tile(delay, 2), _lost(np.tile(loss, 2), repeats)])
        most = max(aims.size.part_rows // repeats, 1)
        for start in range(0, ends.shape[1], most):
            part = slice(start, start + most)
            yield _part(listed, year, ends[:, part], figures[:, part], (repeats, rng))


def _part(
    listed: Register,
    year: int,
    ends: NDArray[np.intp],
    figures: Floats,
    how: tuple[int, np.random.Generator],
) -> pl.DataFrame:
    repeats, rng = how
    count = ends.shape[1]
    ids = pl.Series(listed.ids)
    delay, lost = figures
    noise = _NOISE * rng.uniform(-1, 1, (count, repeats))
    noise -= noise.mean(axis=1, keepdims=True)
    delays = np.round(delay[:, None] * (1 + noise), 3)
    shares = np.arange(repeats + 1) * (lost[:, None] / repeats) + rng.random((count, 1))
    # a year's slots, one for each repeat, so that no moment is probed twice
    slot = interval_count(year, DAY) * DAY // repeats
    minutes = np.arange(repeats) * slot + rng.integers(0, slot, (count, repeats))
    begin = np.datetime64(f"{year:04d}-01-01T00:00:00", "us")
    return pl.DataFrame(
        {
            "source_id": ids.gather(np.repeat(ends[0], repeats)),
            "target_id": ids.gather(np.repeat(ends[1], repeats)),
            "time": begin + (minutes * 60_000_000).ravel().astype("timedelta64[us]"),
            "sent": np.full(count * repeats, float(_SENT)),
            "lost": np.diff(np.floor(shares), axis=1).ravel(),
            "delay": delays.ravel(),
        }
    ).with_columns(pl.lit("round_trip").alias("direction"))


def _lost(loss: Floats, repeats: int) -> Floats:
    """Return whole packets lost by each pair and direction; what rounding leaves goes on to the next."""
    running = np.floor(np.cumsum(loss * (_SENT * repeats)) + 0.5)
    return np.diff(running, prepend=0.0)


def _pairs(aims: Aims, listed: Register, period: int, rng: np.random.Generator) -> _Pairs:
    """Return pairs of centres in use, as many between any two regions as there can be up to a limit."""
    held: list[NDArray[np.intp]] = [np.empty(0, dtype=np.intp) for _ in aims.regions]
    for group in listed.groups(IN_USE):
        if group.period == period:
            held[group.region] = group.centres
    kinds = list(combinations_with_replacement(range(len(held)), 2))
    wanted = aims.size.probes / len(aims.years) / 2 / aims.size.probe_repeats
    between = max(round(wanted * (1 - _INSIDE) / max(len(kinds) - len(held), 1)), 1)
    within = max(round(wanted * _INSIDE / len(held)), 1)
    found = [
        _drawn(held[one], held[other], within if one == other else between, rng)
        for one, other in kinds
    ]
    sizes = [part.shape[1] for part in found]
    ends = np.concatenate(found, axis=1)
    regions = np.repeat(np.array(kinds).T, sizes, axis=1)
    return _Pairs(ends[0], ends[1], regions)


def _drawn(
    one: NDArray[np.intp], other: NDArray[np.intp], most: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    if one is other:
        first, second = np.triu_indices(one.size, k=1)
    else:
        first, second = np.divmod(np.arange(one.size * other.size), max(other.size, 1))
    if first.size > most:
        kept = chosen(most, first.size, rng)
        first, second = first[kept], second[kept]
    return np.stack([one[first], other[second]])


def _delays(aims: Aims, pairs: _Pairs, points: Floats, period: int) -> Floats:
    """Return the round trip of each pair in ms: what light needs and, on top of it, what routes and equipment add."""
    rng = stream(aims.seed, "routes")
    count = len(aims.regions)
    routes = rng.uniform(*ROUTES, (count, count))
    distances = great_circle(points[:, pairs.one], points[:, pairs.other])
    least = _FLOOR * FIBRE_DELAY * distances
    one, other = pairs.regions
    longer = (routes[one, other] - _FLOOR) * FIBRE_DELAY * distances
    added = longer + EQUIPMENT * np.exp(rng.normal(0, 0.25, one.size))
    return least + _scaled(aims, pairs, period, (DELAY_BETWEEN, DELAY_WITHIN, "ms"), (least, added))


def _losses(aims: Aims, pairs: _Pairs, period: int, rng: np.random.Generator) -> Floats:
    """Return the share of packets that each pair loses."""
    one, other = pairs.regions
    count = len(aims.regions)
    factors = np.exp(rng.normal(0, 0.4, (count, count)))[one, other]
    factors = factors * np.exp(rng.normal(0, 0.25, one.size))
    none = np.zeros(one.size)
    return _scaled(aims, pairs, period, (LOSS_BETWEEN, LOSS_WITHIN, "1"), (none, factors))


def _scaled(
    aims: Aims,
    pairs: _Pairs,
    period: int,
    what: tuple[str, str, str],
    parts: tuple[Floats, Floats],
) -> Floats:
    """Return what pairs add to their least so that the means over pairs between and within regions are the targets.

    `parts` are the least of each pair and what it adds before it is scaled by a factor of either region.

    Raises
    ------
    ValueError
        If a region's target is below what its pairs have at least.
    """
    between, within, unit = what
    least, added = parts
    count = len(aims.regions)
    one, other = pairs.regions
    apart = one != other
    outside = np.concatenate([one[apart], other[apart]])
    goals = (
        _beyond(outside, aims.maybe(between, unit)[period], np.tile(least[apart], 2)),
        _beyond(one[~apart], aims.maybe(within, unit)[period], least[~apart]),
    )
    if min(goal.min() for goal in goals) < 0:
        message = f"targets of {between} or {within} are below what distances allow"
        raise ValueError(message)
    linked = np.zeros((count, count))
    np.add.at(linked, (one[apart], other[apart]), added[apart])
    own = _balanced(linked + linked.T, goals[0])
    inner = np.bincount(one[~apart], added[~apart], count)
    inside = np.divide(goals[1], inner, out=np.zeros(count), where=inner > 0)
    factors = np.where(apart, own[one] * own[other], inside[one])
    return np.asarray(factors * added)


def _beyond(ends: Counts, means: Floats, least: Floats) -> Floats:
    """Return by region what its ends of pairs have in sum, at their mean, beyond the least of each."""
    sums = np.nan_to_num(means) * np.bincount(ends, minlength=means.size)
    return np.asarray(sums - np.bincount(ends, least, means.size))


def _balanced(matrix: Floats, sums: Floats) -> Floats:
    """Return factors by which rows and columns of a symmetric matrix are multiplied to have the given row sums."""
    factors: Floats = np.sqrt(sums / np.maximum(matrix.sum(axis=1), 1e-300))
    for _ in range(_STEPS):
        rows = matrix @ factors
        wanted = sums / np.where(rows > 0, rows, 1.0)
        if np.allclose(wanted, factors, rtol=_ENOUGH, atol=0):
            break
        factors = np.sqrt(factors * wanted)
    return factors

"""The register of a simulated study: which centres there are, and what each takes of its region's totals."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.simulation.aims import Aims
from suanli.simulation.counts import CentreCounts, centre_counts
from suanli.simulation.shares import Counts, Floats, shares_about, split, stream, uneven

Days = NDArray[np.datetime64]

ABSENT, IN_USE, BUILDING = 0, 1, 2
DATA_CENTRE, AI_CENTRE, SUPERCOMPUTING = 0, 1, 2
KINDS = ("data_centre", "ai_centre", "supercomputing_centre")
_SUPER_EVERY = 30
"""One other centre in so many is a supercomputing centre."""
_OPENING_DAYS = 180
"""What opens in the last period does so within so many days."""
_SIZE_SPREAD = 0.9
"""Standard deviation of the logarithm of a centre's size: the largest of a hundred is some ten times the median."""


@dataclass(frozen=True, slots=True)
class Group:
    """The centres of one region, period and status: their positions in the register."""

    period: int
    region: int
    centres: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Register:
    """Every centre that ever stands in a study; arrays of periods × centres are NaN or 0 where it is absent."""

    ids: tuple[str, ...]
    region: Counts
    kind: Counts
    status: Counts
    """Periods × centres."""
    size: Floats
    """Of a centre, relative to others of its region."""
    opened: Days
    """The day a centre entered service, or would have if it is not in use yet."""

    def groups(self, status: int) -> Iterator[Group]:
        """Yield the centres of a status by period and region, where there are any."""
        for period in range(self.status.shape[0]):
            here = np.flatnonzero(self.status[period] == status)
            starts = np.flatnonzero(np.diff(self.region[here], prepend=-1))
            for centres in np.split(here, starts[1:]) if here.size else ():
                yield Group(period, int(self.region[centres[0]]), centres)

    def taken_apart(
        self, totals: Floats, weights: Floats, *, decimals: int, status: int = IN_USE
    ) -> Floats:
        """Return totals of periods × regions as amounts of the centres of a status, in proportion to weights."""
        amounts = np.full(self.status.shape, np.nan)
        for group in self.groups(status):
            at = (group.period, group.centres)
            amounts[at] = split(float(totals[group.period, group.region]), weights[at], decimals)
        return amounts

    def shares(self, means: Floats, weights: Floats, offsets: Floats) -> Floats:
        """Return shares of the centres in use whose weighted means are those of their regions."""
        found = np.full(self.status.shape, np.nan)
        for group in self.groups(IN_USE):
            at = (group.period, group.centres)
            mean = float(means[group.period, group.region])
            found[at] = shares_about(mean, weights[at], offsets[at])
        return found

    def flagged(self, means: Floats, rng: np.random.Generator) -> NDArray[np.bool_]:
        """Return flags of the centres in use of which whole numbers come nearest to the shares of their regions."""
        order = rng.random(len(self.ids))  # a centre keeps its place, so that few lose a flag
        flags = np.zeros(self.status.shape, dtype=np.bool_)
        for group in self.groups(IN_USE):
            share = float(means[group.period, group.region])
            count = round(share * group.centres.size)
            first = group.centres[np.argsort(order[group.centres], kind="stable")[:count]]
            flags[group.period, first] = True
        return flags

    def drawn(self, spread: float, rng: np.random.Generator) -> Floats:
        """Return factors of periods × centres: a centre's own, nearly the same in every period."""
        own = uneven(len(self.ids), spread, rng)
        return np.stack([own * uneven(own.size, spread / 6, rng) for _ in self.status])

    def service(self, years: tuple[int, ...]) -> Floats:
        """Return the share of each year in which a centre in use was in service: periods × centres."""
        starts = np.array([np.datetime64(f"{year:04d}-01-01") for year in years])
        ends = np.array([np.datetime64(f"{year + 1:04d}-01-01") for year in years])
        days = (ends - starts).astype(np.float64)
        late = (self.opened - starts[:, None]).astype(np.float64)
        share: Floats = 1.0 - np.clip(late, 0, None) / days[:, None]
        return share

    def offsets(self, spread: float, rng: np.random.Generator) -> Floats:
        """Return offsets in logits of periods × centres: a centre's own, nearly the same in every period."""
        return np.log(self.drawn(spread, rng))


def register(aims: Aims) -> Register:
    """Return the register of a study: centres of every kind and status as its targets need them."""
    counts = centre_counts(aims)
    rng = stream(aims.seed, "register")
    ids: list[str] = []
    parts: list[Counts] = []
    for region, code in enumerate(aims.regions):
        block = _of_region(counts, region)
        ids += [f"C{code}{number:04d}" for number in range(1, block.shape[1] + 1)]
        parts.append(np.vstack([np.full(block.shape[1], region), block]))
    rows = np.concatenate(parts, axis=1)
    kind = _kinds(aims, rows)
    size = uneven(len(ids), _SIZE_SPREAD, rng) * np.where(kind == SUPERCOMPUTING, 2.0, 1.0)
    return Register(
        ids=tuple(ids),
        region=rows[0],
        kind=kind,
        status=rows[2:],
        size=size,
        opened=_opening_days(aims, rows[2], rng),
    )


def _of_region(counts: CentreCounts, region: int) -> Counts:
    """Return rows of kind and of status in each period for the centres of a region."""
    others = _statuses(counts.other_in_use[:, region], counts.other_building[:, region])
    ai = _statuses(counts.ai_in_use[:, region], counts.ai_building[:, region])
    kinds = np.repeat([DATA_CENTRE, AI_CENTRE], [others.shape[1], ai.shape[1]])
    return np.vstack([kinds, np.concatenate([others, ai], axis=1)])


def _statuses(in_use: Counts, building: Counts) -> Counts:
    """Return the status of centres in two periods; what is built in the first is the first to open in the second."""
    opened = int(in_use.max())
    width = max(int(in_use[0] + building[0]), opened + int(building[1]))
    status = np.zeros((2, width), dtype=np.int64)
    status[0, : in_use[0]] = IN_USE
    status[0, in_use[0] : in_use[0] + building[0]] = BUILDING
    status[1, : in_use[1]] = IN_USE
    status[1, opened : opened + building[1]] = BUILDING
    return status


def _kinds(aims: Aims, rows: Counts) -> Counts:
    """Return the kind of each centre; supercomputing centres only where their computing power is counted."""
    kind: Counts = rows[1].copy()
    if aims.has("3.1.1.1"):
        lasting = np.flatnonzero((kind == DATA_CENTRE) & (rows[2:] == IN_USE).all(axis=0))
        kind[lasting[_SUPER_EVERY // 2 :: _SUPER_EVERY]] = SUPERCOMPUTING
    return kind


def _opening_days(aims: Aims, before: Counts, rng: np.random.Generator) -> Days:
    """Return the day each centre entered service: in the last period if it was not in use before."""
    old = before == IN_USE
    first = aims.years[0] - rng.geometric(0.15, old.size).clip(max=15)
    year = np.where(old, first, aims.years[1])
    within = np.where(old, 365, _OPENING_DAYS)
    days = np.floor(rng.random(old.size) * within).astype("timedelta64[D]")
    opened: Days = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]") + days
    return opened

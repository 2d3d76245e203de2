"""Meters of computing centres: what each measures in a year, so that a region's sums are its targets."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.simulation.aims import Aims
from suanli.simulation.centre_tables import Centres
from suanli.simulation.register import IN_USE, Days
from suanli.simulation.shares import Floats, settled, stream

CUE, WUE, PRICE = "3.1.2.3", "3.1.2.4", "3.4.1.1"
_SECOND = 0.12
"""Share of centres with a second meter of the same quantity."""
_DIESEL = 0.1
"""Share of centres whose generators have a meter of their own."""
_DIESEL_ENERGY = 0.002
"""Share of such a centre's energy that comes from its generators."""
_COUNTERS = 0.03
"""Share of electricity meters that are counters, which only rise."""
_OTHER_UNIT = 0.2
"""Share of meters in the second unit of their quantity."""


@dataclass(frozen=True, slots=True)
class Meters:
    """Meters by row: an interval's amount is `steady` × load + `extra` × cooling, each of which adds up to 1 in a year.

    `steady` and `extra` are periods × meters in the meter's unit, 0 where a meter does not run; the two add up to the
    year's amount.
    """

    ids: tuple[str, ...]
    centre: NDArray[np.intp]
    opened: Days
    """When its centre entered service."""
    quantity: NDArray[np.str_]
    carrier: NDArray[np.str_]
    unit: NDArray[np.str_]
    minutes: NDArray[np.int64]
    counter: NDArray[np.bool_]
    """Whether it is a counter that only rises."""
    steady: Floats
    extra: Floats

    @property
    def year_amounts(self) -> Floats:
        """What each meter measures in each period."""
        return self.steady + self.extra


@dataclass(frozen=True, slots=True)
class _Part:
    """One meter for each of some centres."""

    centre: NDArray[np.intp]
    quantity: str
    carrier: str
    units: tuple[tuple[str, float], tuple[str, float]]
    """Unit of most and of some meters, with what one is in the unit of the amounts."""
    steady: Floats
    extra: Floats


def meters_of(aims: Aims, of: Centres) -> Meters:
    """Return the meters of a study."""
    rng = stream(aims.seed, "meters")
    energy = ("kWh", 1.0), ("MWh", 1000.0)
    overhead = of.it_energy * (of.pue - 1.0)
    total = of.it_energy + overhead
    everywhere = np.arange(total.shape[1])
    none = np.zeros_like(total)
    fuel = np.zeros_like(total) + (rng.random(everywhere.size) < _DIESEL) * _DIESEL_ENERGY
    parts = [
        *_metered("it_energy", "electricity", energy, (of.it_energy, none), rng),
        *_metered(
            "total_energy",
            "electricity",
            energy,
            (of.it_energy * (1 - fuel), overhead * (1 - fuel)),
            rng,
        ),
        _Part(np.flatnonzero(fuel[0]), "total_energy", "diesel", energy, none, fuel * total),
        _carbon(aims, of, rng, total),
        _water(aims, of, rng),
    ]
    if aims.has(PRICE):
        electricity = total * (1 - fuel)
        cost = _scaled(aims.of(PRICE, "元/kWh"), of, electricity, rng, 0.1)
        units = ("元", 1.0), ("万元", 10_000.0)
        part = of.it_energy / total
        parts.append(
            _Part(
                everywhere, "electricity_cost", "electricity", units, cost * part, cost * (1 - part)
            )
        )
    return _joined(aims, of.register.opened, parts, rng)


def meters(of: Meters, ids: tuple[str, ...]) -> pl.DataFrame:
    """Return the table of meters, of centres with these ids."""
    measured = of.quantity == "it_energy"
    return pl.DataFrame(
        {
            "meter_id": of.ids,
            "facility_id": pl.Series(ids)[of.centre],
            "quantity": of.quantity,
            "carrier": of.carrier,
            "unit": of.unit,
            "interval_minutes": of.minutes.astype(np.float64),
            "category": np.where(measured, of.centre % 3 + 1, 0),
        }
    ).with_columns(category=pl.when(pl.col("category") > 0).then("category"))


def _metered(
    quantity: str,
    carrier: str,
    units: tuple[tuple[str, float], tuple[str, float]],
    amounts: tuple[Floats, Floats],
    rng: np.random.Generator,
) -> list[_Part]:
    """Return a meter for each centre, and for some a second one that takes a part of the amounts."""
    steady, extra = amounts
    count = steady.shape[1]
    second = np.where(rng.random(count) < _SECOND, rng.uniform(0.25, 0.5, count), 0.0)
    return [
        _Part(
            np.arange(count), quantity, carrier, units, steady * (1 - second), extra * (1 - second)
        ),
        _Part(np.flatnonzero(second), quantity, carrier, units, steady * second, extra * second),
    ]


def _carbon(aims: Aims, of: Centres, rng: np.random.Generator, total: Floats) -> _Part:
    units = ("kg", 1.0), ("t", 1000.0)
    carbon = _scaled(aims.of(CUE, "kgCO2/kWh"), of, of.it_energy, rng, 0.15)
    part = of.it_energy / total
    everywhere = np.arange(total.shape[1])
    return _Part(everywhere, "carbon", "none", units, carbon * part, carbon * (1 - part))


def _water(aims: Aims, of: Centres, rng: np.random.Generator) -> _Part:
    units = ("m³", 1000.0), ("L", 1.0)
    water = _scaled(aims.of(WUE, "L/kWh"), of, of.it_energy, rng, 0.7)
    everywhere = np.arange(water.shape[1])
    return _Part(everywhere, "water", "water", units, np.zeros_like(water), water)


def _scaled(
    ratios: Floats, of: Centres, energy: Floats, rng: np.random.Generator, spread: float
) -> Floats:
    """Return amounts of each centre about its energy times the region's ratio, which their sum is exactly."""
    factors = of.register.drawn(spread, rng)
    amounts = np.full(energy.shape, np.nan)
    for group in of.register.groups(IN_USE):
        at = (group.period, group.centres)
        total = float(ratios[group.period, group.region]) * float(energy[at].sum())
        weights = energy[at] * factors[at]
        amounts[at] = settled(total * weights / weights.sum(), total, 0)
    return amounts


def _joined(aims: Aims, opened: Days, parts: list[_Part], rng: np.random.Generator) -> Meters:
    """Return the parts as one table of meters, those of a centre together."""
    first, last = aims.size.energy_minutes
    blocks = []
    for part in parts:
        other = rng.random(part.centre.size) < _OTHER_UNIT
        electric = part.carrier == "electricity" and part.quantity.endswith("energy")
        counter = (rng.random(part.centre.size) < _COUNTERS) & electric
        units = np.array([part.units[0][0], part.units[1][0]])[other.astype(int)]
        factor = np.array([part.units[0][1], part.units[1][1]])[other.astype(int)]
        amounts = np.stack([part.steady[:, part.centre], part.extra[:, part.centre]]) / factor
        amounts = np.nan_to_num(amounts)
        fine = ~counter & electric
        # a centre's energy meters begin together, so the coarse ones are not coarser than the first
        coarse = first if part.quantity.endswith("energy") else aims.size.other_minutes
        runs = [(np.ones((2, 1)), coarse, ~fine)]
        if first == last:
            runs.append((np.ones((2, 1)), first, fine))
        else:  # the meters are replaced by finer ones between the periods
            runs += [
                (np.array([[1.0], [0.0]]), first, fine),
                (np.array([[0.0], [1.0]]), last, fine),
            ]
        for active, minutes, chosen in runs:
            kept = chosen & ((amounts.sum(axis=0) * active).sum(axis=0) > 0)
            blocks.append((part, minutes, kept, counter, units, amounts * active))
    return _listed(blocks, opened)


_Block = tuple[_Part, int, NDArray[np.bool_], NDArray[np.bool_], NDArray[np.str_], Floats]


def _listed(blocks: list[_Block], opened: Days) -> Meters:
    """Return the meters that are kept of each block, those of a centre together."""
    kept = [block[2] for block in blocks]
    centre = np.concatenate(
        [part.centre[flags] for (part, *_), flags in zip(blocks, kept, strict=True)]
    )
    order = np.argsort(centre, kind="stable")
    sizes = [int(flags.sum()) for flags in kept]
    amounts = np.concatenate([block[5][:, :, block[2]] for block in blocks], axis=2)[:, :, order]
    return Meters(
        ids=tuple(f"M{number:07d}" for number in range(1, order.size + 1)),
        centre=centre[order],
        opened=opened[centre[order]],
        quantity=np.repeat([block[0].quantity for block in blocks], sizes)[order],
        carrier=np.repeat([block[0].carrier for block in blocks], sizes)[order],
        unit=np.concatenate([block[4][block[2]] for block in blocks])[order],
        minutes=np.repeat([block[1] for block in blocks], sizes)[order],
        counter=np.concatenate([block[3][block[2]] for block in blocks])[order],
        steady=amounts[0],
        extra=amounts[1],
    )

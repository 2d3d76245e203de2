"""The register of computing centres as a table, and the amounts of each centre that other tables share."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.simulation.aims import Aims
from suanli.simulation.coordinates import coordinates
from suanli.simulation.register import BUILDING, IN_USE, KINDS, Register, register
from suanli.simulation.shares import Floats, stream, whole_split
from suanli.simulation.sizes import HOUR, interval_count
from suanli.simulation.weather_tables import station_of

_OWNERS = ("telecom", "internet", "third_party", "government", "finance", "enterprise", "other")
_OWNER_SHARES = (0.34, 0.14, 0.27, 0.09, 0.06, 0.08, 0.02)
_STAGES = ("planned", "approved", "building", "equipping")
_RACK_POWER = 2.5
"""Of a standard rack, in kW."""
_FULLEST = 0.9
"""Load, relative to its design power, that a centre has at most."""
UTILISATION, PUE, REVENUE, INDUSTRIES = "3.1.2.1", "3.1.2.2", "3.1.2.5", "3.1.2.6"
_FAST, _SMART = "3.3.3.6", "3.3.3.7"
_TYPICAL_UTILISATION = 0.6
"""Share of racks in use where a framework does not ask for it."""


@dataclass(frozen=True, slots=True)
class Centres:
    """The register with the amounts that several tables rest on: periods × centres, NaN where not in use."""

    register: Register
    racks_built: Floats
    racks_used: Floats
    it_energy: Floats
    """In kWh a year."""
    pue: Floats

    @property
    def total_energy(self) -> Floats:
        """The energy of each centre in kWh a year: periods × centres."""
        return self.it_energy * self.pue


def centres(aims: Aims) -> Centres:
    """Return the centres of a study with their racks and energy."""
    listed = register(aims)
    rng = stream(aims.seed, "centres")
    sizes = listed.drawn(0.2, rng) * listed.size
    built = listed.taken_apart(aims.base("racks_built"), sizes, decimals=0)
    used = _racks_used(aims, listed, built, rng)
    loads = np.nan_to_num(used) * listed.drawn(0.18, rng) * listed.service(aims.years)
    energy = listed.taken_apart(aims.base("it_energy"), loads, decimals=0)
    return Centres(listed, built, used, energy, _pue(aims, listed, energy, rng))


def facilities(aims: Aims, of: Centres) -> pl.DataFrame:
    """Return the table of computing centres: a row for each centre and year in which it stands."""
    listed = of.register
    rng = stream(aims.seed, "facilities")
    present = listed.status != 0
    period, centre = np.nonzero(present)
    in_use = listed.status[period, centre] == IN_USE
    hours = np.array([interval_count(year, HOUR) for year in aims.years], dtype=np.float64)
    served = listed.service(aims.years) * hours[:, None]
    power = np.maximum(of.racks_built * _RACK_POWER, of.it_energy / served / _FULLEST)
    planned = listed.size * float(np.nanmedian(of.racks_built)) * _RACK_POWER
    power = np.ceil(np.where(listed.status == BUILDING, planned, power))
    points = coordinates(aims, listed)
    owners = rng.choice(len(_OWNERS), len(listed.ids), p=_OWNER_SHARES)
    stages = rng.integers(0, len(_STAGES), listed.status.shape)
    columns = {
        "facility_id": pl.Series(listed.ids)[centre],
        "year": pl.Series(np.array(aims.years)[period], dtype=pl.Int64),
        "name": pl.Series(
            [f"模拟算力中心{number:04d}" for number in range(1, len(listed.ids) + 1)]
        )[centre],
        "region_code": pl.Series(aims.regions)[listed.region[centre]],
        "longitude": _number(points[0][centre]),
        "latitude": _number(points[1][centre]),
        "owner_type": pl.Series(_OWNERS)[owners[centre]],
        "kind": pl.Series(KINDS)[listed.kind[centre]],
        "status": pl.Series(np.where(in_use, "in_use", "under_construction")),
        "stage": _where(~in_use, pl.Series(_STAGES)[stages[period, centre]]),
        "in_service": _where(in_use, pl.Series(listed.opened)[centre]),
        "racks_built": _number(of.racks_built[period, centre]),
        "racks_used": _number(of.racks_used[period, centre]),
        "design_it_power": _number(power[period, centre]),
        "load_rate": _number((of.it_energy / (power * served))[period, centre].round(4)),
    }
    for name, values in _further(aims, of, rng).items():
        columns[name] = _where(in_use, pl.Series(values[period, centre]))
    if aims.has("3.4.1.2"):
        columns["station_id"] = station_of(aims, listed)[centre]
    return pl.DataFrame(columns)


def _further(aims: Aims, of: Centres, rng: np.random.Generator) -> dict[str, NDArray[np.generic]]:
    """Return the columns of centres in use that only some frameworks need."""
    listed = of.register
    found: dict[str, NDArray[np.generic]] = {}
    if aims.has(PUE):
        found["reported_pue"] = np.maximum(np.round(of.pue, 2), 1.0)
    if aims.has(REVENUE):
        found["revenue"] = listed.taken_apart(
            aims.of(REVENUE, "万元"), of.racks_used * listed.drawn(0.5, rng), decimals=2
        )
    if aims.has(INDUSTRIES):
        found["industries_served"] = _industries(aims, listed, rng)
    for column, code in (("fast_network", _FAST), ("smart_network", _SMART)):
        if aims.has(code):
            found[column] = listed.flagged(aims.of(code, "1"), rng)
    return found


def _racks_used(aims: Aims, listed: Register, built: Floats, rng: np.random.Generator) -> Floats:
    means = (
        aims.of(UTILISATION, "1")
        if aims.has(UTILISATION)
        else np.full(aims.shape, _TYPICAL_UTILISATION)
    )
    shares = listed.shares(means, built, listed.offsets(0.7, rng))
    used = np.floor(built * shares * 10) / 10
    for group in listed.groups(IN_USE):
        at = (group.period, group.centres)
        left = float(means[group.period, group.region]) * built[at].sum() - used[at].sum()
        room = built[at] - used[at]
        if room.max() >= left:
            used[group.period, group.centres[int(np.argmax(room))]] += left
        else:
            used[at] = built[at] * shares[at]
    return used


def _pue(aims: Aims, listed: Register, energy: Floats, rng: np.random.Generator) -> Floats:
    """Return each centre's PUE; the energy on top of that of IT equipment adds up to the region's."""
    if not aims.has(PUE):
        return np.full(energy.shape, np.nan)
    factors = listed.drawn(0.3, rng)
    found = np.full(energy.shape, np.nan)
    means = aims.of(PUE, "1")
    for group in listed.groups(IN_USE):
        at = (group.period, group.centres)
        mean = float(energy[at] @ factors[at] / energy[at].sum())
        found[at] = 1.0 + (means[group.period, group.region] - 1.0) * factors[at] / mean
    return found


def _industries(aims: Aims, listed: Register, rng: np.random.Generator) -> NDArray[np.generic]:
    """Return whole numbers of industries whose mean is nearest to the region's."""
    means = aims.of(INDUSTRIES, "个")
    factors = listed.drawn(0.35, rng)
    found = np.zeros(listed.status.shape, dtype=np.int64)
    for group in listed.groups(IN_USE):
        at = (group.period, group.centres)
        total = float(means[group.period, group.region]) * group.centres.size
        found[at] = whole_split(total, factors[at])
    return found


def _number(values: Floats) -> pl.Series:
    return pl.Series(values).fill_nan(None)


def _where(flags: NDArray[np.bool_], values: pl.Series) -> pl.Series:
    """Return the values, null where a flag is not set."""
    name = "value"
    table = pl.DataFrame({name: values, "flag": flags})
    return table.select(pl.when("flag").then(name).alias(name))[name]

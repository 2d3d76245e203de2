"""Servers shipped in eleven years, so that both six-year windows hold, and supercomputers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import polars as pl

from suanli.simulation.aims import Aims
from suanli.simulation.shares import Floats, settled, stream, uneven, whole_split

GENERAL, AI, SUPERCOMPUTERS = "2.1.1.1", "2.1.1.2", "2.1.1.3"
WINDOW, YEARS = 6, 11
_KNOWN_YEAR = 2022
_UNITS: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        # units shipped nationwide in the six years to 2022: 20.91 and 0.82 million, of which 3.846 and 0.28 in 2022
        "general": (3_110_000, 3_300_000, 3_177_000, 3_500_000, 3_977_000, 3_846_000),
        "ai": (35_000, 55_000, 80_000, 140_000, 230_000, 280_000),
    }
)
_GROWTH = MappingProxyType({"general": 1.02, "ai": 1.3})
"""Yearly growth of units before and after those years."""
_LEAST_LEFT = 0.04
"""Share of the smaller window that the year it alone has keeps at least."""
_EFFICIENCY = 0.68
"""Rmax of a supercomputer relative to its Rpeak."""


@dataclass(frozen=True, slots=True)
class _Model:
    """A class of servers: its share of units, and its power, processors and FP32 power relative to the stated."""

    name: str
    share: float
    power: float
    processors: float
    fp32: float


_MODELS: Mapping[str, tuple[_Model, ...]] = MappingProxyType(
    {
        "general": (
            _Model("模拟双路通用服务器", 0.86, 1.0, 2.0, 1.0),
            _Model("模拟四路通用服务器", 0.1, 2.1, 4.0, 1.0),
            _Model("模拟单路通用服务器", 0.04, 0.5, 1.0, 1.0),
        ),
        "ai": (
            _Model("模拟八卡训练服务器", 0.55, 1.5, 8.0, 0.0625),
            _Model("模拟四卡推理服务器", 0.45, 0.4, 4.0, 0.125),
        ),
    }
)
_PRECISION = MappingProxyType({"general": ("FP32", 1.0), "ai": ("FP16", 0.5)})


def server_shipments(aims: Aims) -> pl.DataFrame:
    """Return the table of shipments; units times mean power over six years are each period's target."""
    rng = stream(aims.seed, "server_shipments")
    rows: list[tuple[object, ...]] = []
    for kind, code in (("general", GENERAL), ("ai", AI)):
        power = _yearly_power(aims.of(code, "TFLOPS"), rng)
        for step in range(YEARS):
            year = aims.years[1] - YEARS + 1 + step
            units = whole_split(national_units(kind, year), power[step])
            for region, code_of_region in enumerate(aims.regions):
                place = (code_of_region, year, kind)
                rows += _models(place, int(units[region]), float(power[step, region]), rng)
    schema = {
        "region_code": pl.String,
        "year": pl.Int64,
        "kind": pl.String,
        "model": pl.String,
        "units": pl.Float64,
        "precision": pl.String,
        "mean_compute": pl.Float64,
        "compute_fp32": pl.Float64,
        "processors": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def supercomputers(aims: Aims) -> pl.DataFrame:
    """Return the table of supercomputers; the large ones are on two lists, and each counts once."""
    rng = stream(aims.seed, "supercomputers")
    totals = aims.of(SUPERCOMPUTERS, "TFLOPS") / 1000.0
    rows: list[tuple[object, ...]] = []
    for region, code in enumerate(aims.regions):
        sizes = np.sort(uneven(int(rng.integers(2, 6)), 1.0, rng))[::-1]
        for period, year in enumerate(aims.years):
            total = float(totals[period, region])
            if total <= 0:
                continue
            # PFLOPS in FP64 count twice in FP32
            measured = settled(total / 2 * sizes / sizes.sum(), total / 2, 3)
            for number, rmax in enumerate(measured, start=1):
                lists = ("TOP500", "HPC_TOP100") if number == 1 else ("HPC_TOP100",)
                figures = (code, "FP64", float(rmax), round(float(rmax) / _EFFICIENCY, 3))
                rows += [(f"G{code}-{number}", year, name, *figures) for name in lists]
    schema = {
        "system_id": pl.String,
        "year": pl.Int64,
        "list": pl.String,
        "region_code": pl.String,
        "precision": pl.String,
        "rmax": pl.Float64,
        "rpeak": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def national_units(kind: str, year: int) -> float:
    """Return how many servers of a kind are shipped nationwide in a year.

    >>> national_units("general", 2022)
    3846000.0
    """
    known = _UNITS[kind]
    step = year - _KNOWN_YEAR
    if -len(known) < step <= 0:
        return float(known[step - 1])
    edge, beyond = (known[-1], step) if step > 0 else (known[0], step + len(known) - 1)
    return float(round(edge * _GROWTH[kind] ** beyond))


def _yearly_power(windows: Floats, rng: np.random.Generator) -> Floats:
    """Return what is shipped, in TFLOPS: years × regions; six years to each of the last two are the windows' sums.

    The two windows share five years, and each has one of its own: shipments grow steadily at the rate of the windows,
    but for some noise.
    """
    before, last = windows
    growth = np.clip(np.divide(last, before, out=np.ones_like(last), where=before > 0), 0.75, 2.5)
    powers = growth ** np.arange(WINDOW)[:, None]
    shared = before * (1 - 1 / powers.sum(axis=0))
    shared = np.minimum(shared, np.minimum(before, last) * (1 - _LEAST_LEFT))
    middle = powers[1:] * np.exp(rng.normal(0, 0.06, (WINDOW - 1, before.size)))
    middle *= shared / middle.sum(axis=0)
    first, final = before - middle.sum(axis=0), last - middle.sum(axis=0)
    older = YEARS - WINDOW - 1
    earlier = first * growth ** -np.arange(older, 0, -1)[:, None]
    found: Floats = np.vstack([earlier, first, middle, final])
    return found


def _models(
    place: tuple[str, int, str], units: int, power: float, rng: np.random.Generator
) -> list[tuple[object, ...]]:
    """Return a row for each class of servers; together they have the power shipped to the region that year."""
    if power <= 0:
        return []
    kind = place[2]
    models = _MODELS[kind]
    precision, factor = _PRECISION[kind]
    counts = whole_split(max(units, 1), np.array([model.share for model in models]))
    weights = counts * np.array([model.power for model in models])
    weights = weights * np.exp(rng.normal(0, 0.03, weights.size))
    amounts = power * weights / weights.sum()
    return [
        (
            *place,
            model.name,
            float(count),
            precision,
            float(amount / count / factor),
            float(amount / count / factor * model.fp32),
            model.processors,
        )
        for model, count, amount in zip(models, counts, amounts, strict=True)
        if count
    ]

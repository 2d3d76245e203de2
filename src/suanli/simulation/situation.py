"""The regions that values are simulated for, with their official statistics; those of prefectures are shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from suanli.framework import Framework
from suanli.intake import ValueGrid, bundled_study, read_study
from suanli.regions import Region, Regions, prefectures, provinces
from suanli.simulation.quantities import Floats

CITIES, AUTONOMOUS_PREFECTURES = 274, 28
"""How many of each the report counts; prefectures and leagues it does not."""

_STUDY = "open-1.0"
_FALLING = 0.8
"""How fast the share of a prefecture in its province falls with its place in the official order."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Regions in two consecutive periods, and official statistics by name: (2, regions) each.

    `gdp` is in 亿元, `resident_population` in 万人, `land_area` in km², others in the unit of their source.
    """

    regions: Regions
    periods: tuple[str, str]
    statistics: Mapping[str, Floats]


def situation(framework: Framework, published: int, keep: frozenset[str]) -> Situation:
    """Return the regions of a framework and their statistics of the published year and the one before.

    `keep` are codes of regions that may not be left out: a report names them.
    """
    periods = (str(published - 1), str(published))
    if framework.region_level == "province":
        return Situation(provinces(), periods, _of_provinces(periods))
    of_provinces = _of_provinces(periods)
    chosen = _counted(keep, of_provinces["gdp"][1])
    homes, shares = _homes(chosen), _shares(chosen)
    statistics = {name: values[:, homes] * shares for name, values in of_provinces.items()}
    everyone = (*prefectures().members, *provinces().members)
    return Situation(Regions("prefecture", chosen, everyone), periods, MappingProxyType(statistics))


@cache
def _official() -> ValueGrid:
    return read_study(bundled_study(_STUDY)).grid


def _of_provinces(periods: tuple[str, str]) -> Mapping[str, Floats]:
    """Return the statistics of the provinces; what a province does not publish is taken as the least published."""
    grid = _official()
    rows = [grid.regions.index(code) for code in provinces().codes]
    years = [grid.periods.index(period) for period in periods]
    found = {}
    for column, name in enumerate(grid.codes):
        values = grid.values[np.ix_(years, rows, [column])][:, :, 0]
        least = np.broadcast_to(np.nanmin(values, axis=1, keepdims=True), values.shape)
        found[name] = np.where(np.isnan(values), least, values)
    return MappingProxyType(found)


def _shares(members: tuple[Region, ...]) -> Floats:
    """Return the share of each prefecture in its province: falling with its place in the official order."""
    seen: dict[str, int] = {}
    raw = []
    for region in members:
        home = str(region.parent)
        seen[home] = seen.get(home, 0) + 1
        raw.append((home, (seen[home] + 0.5) ** -_FALLING))
    sums: dict[str, float] = {}
    for home, weight in raw:
        sums[home] = sums.get(home, 0.0) + weight
    return np.array([weight / sums[home] for home, weight in raw])


def _homes(members: tuple[Region, ...]) -> list[int]:
    """Return the position of each prefecture's province."""
    return [provinces().codes.index(str(region.parent)) for region in members]


def _counted(keep: frozenset[str], gdp: Floats) -> tuple[Region, ...]:
    """Return as many cities and autonomous prefectures as the report counts: those kept and the largest economies.

    `gdp` is that of the provinces.
    """
    members = prefectures().members
    sizes = gdp[_homes(members)] * _shares(members)
    size = dict(zip((region.code for region in members), sizes, strict=True))
    chosen: set[str] = set()
    for kind, count in (("city", CITIES), ("autonomous_prefecture", AUTONOMOUS_PREFECTURES)):
        ranked = sorted(
            (region.code for region in members if region.kind == kind),
            key=lambda code: (code not in keep, -size[code], code),
        )
        chosen.update(ranked[:count])
    return tuple(region for region in members if region.code in chosen)

"""Values of every indicator of a framework that agree with the published facts, for simulated records to give."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework, bundled
from suanli.regions import Regions
from suanli.simulation.profiles import Profile, profiles
from suanli.simulation.quantities import Floats
from suanli.simulation.rounding import in_parts, in_steps
from suanli.simulation.solution import Solution, ratios, solution

_FADING = 0.8
"""What a further year away from the published one has of the movement of the year before it; an assumption. At the pace
of the report, 2035 would have 60,000 times the AI services of 2023, and most rates would stand at their bounds."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Simulated regional values of two consecutive years, and the bases that their ratios stand on.

    Attributes
    ----------
    framework, regions, periods, codes
        What the values are of; `codes` are the framework's indicators in tree order.
    values
        (periods, regions, codes) in the framework's units, none missing. Counts are whole numbers; ratios of parts are
        computed from those parts and the bases.
    bases
        Further amounts by name, (periods, regions) each: `population` (万人), `gdp` (亿元), `area` (km²), `households`
        (户), `mobile_internet_users` (万户), `fibre_length` (km, all optical cable), `racks_built` (standard racks),
        `it_energy` (kWh a year), `centres_in_use`; with ccpe `centres_building`, with cpdi `base_stations_4g`.
    """

    framework: Framework
    regions: Regions
    periods: tuple[str, ...]
    codes: tuple[str, ...]
    values: NDArray[np.float64]
    bases: Mapping[str, NDArray[np.float64]]


def targets(framework_id: str, year: int, *, seed: int) -> Targets:
    """Return simulated values of a year and the year before, the same for the same seed.

    In the year of the report that the framework is of, they agree with every fact about the framework's indicators.
    Values of other years are those of that year, or of the year before it, moved by each indicator's yearly movement,
    which fades with every year away from it; they claim no facts.

    Raises
    ------
    ValueError
        If values cannot be simulated for the framework, or the facts cannot hold together.

    >>> found = targets("cpdi-2.0", 2022, seed=1)
    >>> found.periods, round(found.values[1, :, found.codes.index("2.1.2.1")].sum())
    (('2021', '2022'), 180)
    """
    published = profiles(framework_id).published
    framework = bundled(framework_id)
    solved = solution(framework, seed)
    moved = [_moved(solved, one - published) for one in (year - 1, year)]
    codes = tuple(indicator.code for indicator in framework.indicators())
    names = sorted(solved.bases)
    return Targets(
        framework=framework,
        regions=solved.situation.regions,
        periods=(str(year - 1), str(year)),
        codes=codes,
        values=np.stack([np.column_stack([values[code] for code in codes]) for values, _ in moved]),
        bases=MappingProxyType(
            {name: np.stack([bases[name] for _, bases in moved]) for name in names}
        ),
    )


def _moved(solved: Solution, years: int) -> tuple[Mapping[str, Floats], Mapping[str, Floats]]:
    """Return values and bases so many years after the published one; before it for negative numbers."""
    at = 1 if years >= 0 else 0
    movements = yearly_movements(years if years >= 0 else years + 1)
    bases = {
        name: both[at] * (both[1] / both[0]) ** movements for name, both in solved.bases.items()
    }
    values = {code: both[at] for code, both in solved.values.items()}
    if not movements:
        return values, bases
    for name, profile in solved.profiles.bases.items():
        bases[name] = _shifted(solved.bases[name][at], profile, movements)
    bases["households"] = np.round(bases["households"])
    for code, profile in solved.profiles.indicators.items():
        values[code] = _shifted(values[code], profile, movements)
    return _consistent(solved, values, bases), bases


def yearly_movements(years: int) -> float:
    """Return how many movements of a whole year so many years come to; negative before the published year.

    >>> [round(yearly_movements(years), 2) for years in (-2, 0, 1, 2, 12)]
    [-1.8, 0.0, 1.0, 1.8, 4.66]
    """
    return math.copysign((1 - _FADING ** abs(years)) / (1 - _FADING), years)


def _shifted(values: Floats, profile: Profile, movements: float) -> Floats:
    """Return values moved by so many yearly movements, within the profile's bounds and in its steps."""
    factor = 1.0 if profile.is_rate else (1 + profile.growth / 100) ** movements
    moved = np.asarray(values * factor + profile.change * movements)
    if profile.low is not None:
        moved = np.maximum(moved, float(profile.low))
    if profile.high is not None and profile.is_rate:
        moved = np.minimum(moved, float(profile.high))
    return in_steps(moved, profile.step) if profile.step else moved


def _consistent(
    solved: Solution, values: dict[str, Floats], bases: Mapping[str, Floats]
) -> Mapping[str, Floats]:
    """Return the values with shares of counted things in whole counts and ratios computed from their parts."""
    for code, profile in solved.profiles.indicators.items():
        if profile.per:
            values[code] = in_parts(values[code], bases[profile.per], profile.grain)
        if profile.within:
            values[code] = np.minimum(values[code], bases[profile.within])
    return {**values, **ratios(solved.profiles, values, bases)}

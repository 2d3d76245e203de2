"""What ratios stand on and records are made from: racks, centres, energy, households, population, output, area."""

from collections.abc import Mapping

import numpy as np

from suanli.simulation.priors import Given, prior_values
from suanli.simulation.profiles import Profile, Profiles
from suanli.simulation.quantities import Floats
from suanli.simulation.rounding import in_steps

_PERSONS_PER_HOUSEHOLD = 2.62
"""Mean size of a household in the census of 2020."""

_TEN_THOUSAND = 1e4

Bases = Mapping[str, Floats]
"""Bases by name, each of shape (periods, regions)."""


def official_bases(given: Given) -> Bases:
    """Return the bases that are official statistics, or follow from them.

    `population` in 万人, `gdp` in 亿元, `area` in km², `households` in 户, `mobile_internet_users` in 万户,
    `fibre_length` (all optical cable) in km.
    """
    statistics = given.situation.statistics
    population = statistics["resident_population"]
    return {
        "population": population,
        "gdp": statistics["gdp"],
        "area": statistics["land_area"],
        "households": np.round(population * _TEN_THOUSAND / _PERSONS_PER_HOUSEHOLD),
        "mobile_internet_users": statistics["mobile_internet_users"],
        "fibre_length": statistics["optical_cable_length"],
    }


def needed_bases(profiles: Profiles) -> frozenset[str]:
    """Return the bases that indicators are divided by, weighed by or limited by, and those that these follow."""
    shaped = profiles.indicators.values()
    waiting = {name for one in shaped for name in (one.over, one.weight, one.per, one.within)}
    found: set[str] = set()
    while waiting := {name for name in waiting if name in profiles.bases} - found:
        found |= waiting
        waiting = {leader for name in waiting for leader in profiles.bases[name].follows}
    return frozenset(found)


def profiled_bases(
    profiles: Profiles, given: Given, settled: Mapping[str, Floats], names: frozenset[str]
) -> Bases:
    """Return the bases of these names, which follow what is settled or one another, in the order of the profiles."""
    found: dict[str, Floats] = {}
    for name, profile in profiles.bases.items():
        leaders = {**settled, **{known: values[1] for known, values in found.items()}}
        if name in names:
            now = _bounded(prior_values(name, profile, given, leaders), profile)
            noise = 1 + 0.03 * given.noise(name, "before")
            before = _bounded(now / (1 + profile.growth / 100 * noise), profile)
            found[name] = np.stack([before, now])
    return found


def _bounded(values: Floats, profile: Profile) -> Floats:
    lowest = values if profile.low is None else np.maximum(values, float(profile.low))
    return in_steps(lowest, profile.step) if profile.step else lowest

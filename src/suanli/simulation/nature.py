"""What nature and wealth give each region, by name: priors follow it where size and rank decide nothing."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from suanli.simulation.places import apart, likely_delays, places
from suanli.simulation.quantities import Floats
from suanli.simulation.situation import Situation


def natural(situation: Situation) -> Mapping[str, Floats]:
    """Return by name what regions have; a prefecture has what its province has.

    `temperature` (°C), `clean_power` (%), `wealth` (gross product a head), and for provinces `remoteness` (mean
    distance from the others, km), `delay_between` and `delay_within` (likely round trips, ms).
    """
    members = situation.regions.members
    homes = [
        places()[str(one.parent) if one.level == "prefecture" else one.code] for one in members
    ]
    statistics = {name: values[1] for name, values in situation.statistics.items()}
    found = {
        "temperature": np.array([home.temperature for home in homes]),
        "clean_power": np.array([float(home.clean_power) for home in homes]),
        "wealth": statistics["gdp"] / statistics["resident_population"],
    }
    if situation.regions.level == "province":
        codes = situation.regions.codes
        between, within = likely_delays(codes, statistics["land_area"])
        found["delay_between"], found["delay_within"] = between, within
        found["remoteness"] = apart(codes).sum(axis=1) / (len(codes) - 1)
    return MappingProxyType(found)

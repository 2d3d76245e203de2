"""Targets as another module would solve them, but simply drawn: every value plausible, ratios of parts consistent."""

from types import MappingProxyType

import numpy as np

from suanli.framework import bundled
from suanli.regions import Regions, prefectures, provinces
from suanli.simulation.targets import Targets

# least and most of a region; `n` counts are whole
RANGES = {
    "2.1.1.1": (0.01, 20),
    "2.1.1.2": (0.001, 40),
    "2.1.1.3": (0, 0.8),
    "2.1.2.1": (0.05, 20),
    "2.2.1.1": (0.01, 800),
    "2.2.2.1": (10, 6e6),
    "2.2.3.1": (1, 20000),
    "2.3.1.1": (20, 30000),
    "2.3.1.2": (5, 9000),
    "2.3.2.1": (0.5, 900),
    "2.4.1.1": (5, 120),
    "2.4.1.2": (20, 60),
    "2.4.2.1": (20, 4000),
    "2.4.3.1": (5, 70),
    "2.5.1.1": (0.05, 2.5),
    "2.5.2.1": (300, 40000),
    "3.1.1.1": (0.001, 28),
    "3.1.1.2": (0.0005, 15),
    "3.1.1.3": (0, 5),
    "3.1.1.4": (0, 5),
    "3.1.2.1": (45, 85),
    "3.1.2.2": (1.15, 1.7),
    "3.1.2.3": (0.2, 1.2),
    "3.1.2.4": (0.4, 2.5),
    "3.1.2.5": (0.3, 200),
    "3.1.2.6": (3, 10),
    "3.1.2.7": (0, 12),
    "3.2.1.1": (0.5, 120),
    "3.2.2.1": (300, 1500),
    "3.2.2.3": (10, 45),
    "3.3.1.1": (300, 9000),
    "3.3.1.2": (0.2, 20),
    "3.3.1.6": (500, 60000),
    "3.3.1.7": (5000, 900000),
    "3.3.1.8": (60, 110),
    "3.3.1.9": (45, 95),
    "3.3.2.1": (0, 3),
    "3.3.2.2": (5, 150),
    "3.3.2.3": (0.02, 0.6),
    "3.3.2.4": (500, 50000),
    "3.3.2.6": (8, 200),
    "3.3.2.7": (900, 80000),
    "3.3.2.8": (18, 35),
    "3.3.2.9": (0.04, 0.08),
    "3.3.2.10": (3, 8),
    "3.3.2.11": (0.01, 0.04),
    "3.3.3.1": (20, 700),
    "3.3.3.3": (10, 300),
    "3.3.3.4": (15, 400),
    "3.4.1.1": (0.4, 0.8),
    "3.4.1.2": (3, 24),
    "3.4.1.3": (3, 60),
    "3.4.2.1": (4, 60),
    "3.4.2.2": (20000, 800000),
    "3.4.2.3": (2, 60),
    "3.4.2.4": (5, 100),
    "3.4.2.5": (0.5, 90),
    "3.4.2.6": (50, 8000),
}
SHARE = (20, 95)  # what is not listed is a share in per cent
BASES = {
    "population": (300, 12000),
    "gdp": (2000, 130000),
    "area": (6000, 900000),
    "households": (900_000, 40_000_000),
    "mobile_internet_users": (300, 15000),
    "fibre_length": (1e5, 3e6),
    "racks_built": (8_000, 700_000),
    "it_energy": (7e7, 6e9),
    "centres_in_use": (9, 700),
    "centres_building": (1, 90),
    "base_stations_4g": (20_000, 500_000),
}
WHOLE_UNITS = {"个", "件", "户", "人", "次"}
WHOLE_BASES = {
    "households",
    "centres_in_use",
    "centres_building",
    "base_stations_4g",
    "racks_built",
}
# these only grow here, since what has begun stays
GROWING = {"3.1.2.7", "3.3.2.1"}


def fake_targets(framework_id: str, year: int = 2023, *, count: int = 6, seed: int = 3) -> Targets:
    """Return targets for the first regions of the framework's level."""
    rng = np.random.default_rng(seed)
    framework = bundled(framework_id)
    listed = prefectures() if framework.region_level == "prefecture" else provinces()
    regions = Regions(listed.level, listed.members[:count])
    bases = {
        name: drawn(low, high, name in WHOLE_BASES, count, rng)
        for name, (low, high) in BASES.items()
    }
    bases["it_energy"] = bases["racks_built"] * rng.uniform(8_000, 11_000, (2, count))
    columns, codes = [], []
    for indicator in framework.indicators():
        low, high = RANGES.get(indicator.code, SHARE)
        whole = indicator.unit in WHOLE_UNITS and indicator.code != "3.1.2.6"
        values = drawn(low, high, whole, count, rng)
        if indicator.code in GROWING:
            values[0] = np.minimum(values[0], values[1])
        columns.append(values)
        codes.append(indicator.code)
    table = np.stack(columns, axis=2)
    for code, unit, over in (
        ("3.2.1.2", 2.0**20, "racks_built"),
        ("3.3.3.2", 1e6, "racks_built"),
        ("3.2.2.2", 1.0, "3.1.1.1"),
    ):
        if code in codes:
            above = "3.3.3.1" if code == "3.3.3.2" else "3.2.1.1"
            below = bases[over] if over in bases else table[..., codes.index(over)]
            table[..., codes.index(code)] = table[..., codes.index(above)] * unit / below
    return Targets(
        framework=framework,
        regions=regions,
        periods=(str(year - 1), str(year)),
        codes=tuple(codes),
        values=table,
        bases=MappingProxyType(bases),
    )


def drawn(low: float, high: float, whole: bool, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return values of two years: a region keeps its place, and grows a little."""
    place = rng.uniform(0, 1, count)
    values = (
        low + (high - low) * place**3 if low > 0 and high / low > 20 else low + (high - low) * place
    )
    both = np.clip(np.stack([values * 0.9, values]), low, high)
    return np.rint(both) if whole else both

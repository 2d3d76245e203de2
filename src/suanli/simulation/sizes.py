"""How large a simulated study is: how many computing centres, how often meters and probes report."""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

SizeName = Literal["small", "medium", "large"]

HOUR, DAY, TWELFTH, QUARTER = 60, 1440, 43_800, 131_400
"""Minutes of the intervals of meters; twelve and four of the longest are 365 days."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a size stands for.

    Attributes
    ----------
    centres
        Computing centres in use in the last period at least, about: a region has as many as its targets need.
    energy_minutes
        Intervals of electricity meters in the earlier and in the last period. Meters of fuels and counters that only
        rise are read as in the earlier one.
    other_minutes
        Intervals of meters of water, carbon and cost.
    probes
        Measurements between centres in both periods together, about.
    probe_repeats
        Measurements of a pair of centres in each direction and year.
    nodes, sites
        Least and most access nodes, and key sites, of a region.
    part_rows
        Rows of a part file, at most.
    """

    centres: int
    energy_minutes: tuple[int, int]
    other_minutes: int
    probes: int
    probe_repeats: int
    nodes: tuple[int, int]
    sites: tuple[int, int]
    part_rows: int


SIZES: Mapping[SizeName, Size] = MappingProxyType(
    {
        "small": Size(
            centres=160,
            energy_minutes=(TWELFTH, TWELFTH),
            other_minutes=QUARTER,
            probes=4_000,
            probe_repeats=1,
            nodes=(100, 200),
            sites=(50, 150),
            part_rows=1_000_000,
        ),
        "medium": Size(
            centres=1_000,
            energy_minutes=(DAY, DAY),
            other_minutes=TWELFTH,
            probes=200_000,
            probe_repeats=5,
            nodes=(300, 600),
            sites=(80, 200),
            part_rows=1_000_000,
        ),
        "large": Size(
            centres=5_200,
            energy_minutes=(DAY, HOUR),
            other_minutes=DAY,
            probes=10_000_000,
            probe_repeats=25,
            nodes=(600, 1_200),
            sites=(150, 300),
            part_rows=1_500_000,
        ),
    }
)


def interval_count(year: int, minutes: int) -> int:
    """Return how many intervals of a meter a calendar year has.

    >>> interval_count(2024, DAY), interval_count(2024, TWELFTH)
    (366, 12)
    """
    return (366 if isleap(year) else 365) * DAY // minutes

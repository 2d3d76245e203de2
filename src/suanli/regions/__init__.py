"""Regions, their names in all spellings, and their groups; imports only problems and language."""

from suanli.regions.bundled import everything, prefectures, provinces
from suanli.regions.custom import custom
from suanli.regions.grouped import grouped
from suanli.regions.groupings import (
    Grouping,
    by_parent,
    grouping,
    groupings,
    groupings_named,
)
from suanli.regions.looking_up import looked_up
from suanli.regions.region import Region
from suanli.regions.region_group import RegionGroup
from suanli.regions.regions import Regions

__all__ = [
    "Grouping",
    "Region",
    "RegionGroup",
    "Regions",
    "by_parent",
    "custom",
    "everything",
    "grouped",
    "grouping",
    "groupings",
    "groupings_named",
    "looked_up",
    "prefectures",
    "provinces",
]

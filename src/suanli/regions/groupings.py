"""Groups of regions that reports compare: economic regions, city clusters, computing hubs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from suanli.language import Text
from suanli.problems import Place, Problem, RegionError, Severity
from suanli.regions.name_key import name_key
from suanli.regions.region_group import RegionGroup
from suanli.regions.regions import Regions

_LEFT_OUT = ("国家", "算力", "地区", "城市群", "region")
"""Words without which groups are named as well: 八大枢纽, 东部, 长三角."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way of grouping regions; groups need not cover every region and may overlap."""

    code: str
    name: Text
    groups: tuple[RegionGroup, ...]
    note: Text

    def groups_of(self, region: str) -> tuple[RegionGroup, ...]:
        """Return the groups that hold the region with this code.

        >>> [group.name.zh for group in grouping("economic-belts").groups_of("510000")]
        ['西部地区']
        """
        return tuple(group for group in self.groups if region in group.members)

    def only(self, codes: Iterable[str]) -> "Grouping":
        """Return the grouping cut down to these regions; a group that is left empty goes."""
        kept = frozenset(codes)
        cut = (
            replace(group, members=tuple(code for code in group.members if code in kept))
            for group in self.groups
        )
        return replace(self, groups=tuple(group for group in cut if group.members))


def groupings() -> tuple[Grouping, ...]:
    """Return the bundled groupings of provinces.

    >>> [grouping.code for grouping in groupings()]
    ['economic-belts', 'three-belts', 'city-clusters', 'computing-hubs']
    """
    return tuple(declared for declared in _declared().values() if declared.groups)


def grouping(code: str) -> Grouping:
    """Return the bundled grouping with this code.

    Raises
    ------
    RegionError
        If there is no such grouping.

    >>> len(grouping("computing-hubs").groups)
    8
    """
    by_code = {known.code: known for known in groupings()}
    if code not in by_code:
        problem = Problem(
            "region-grouping-unknown", Severity.ERROR, Place(), code, ", ".join(by_code)
        )
        raise RegionError([problem])
    return by_code[code]


def groupings_named(spelling: str) -> tuple[Grouping, ...]:
    """Return the bundled groupings that a spelling names, or whose groups it names, cut to those.

    >>> [(named.code, named.groups[0].members) for named in groupings_named("成渝")]
    [('city-clusters', ('500000', '510000'))]
    """
    wanted = _group_key(spelling)
    named = []
    for known in groupings():
        if wanted and wanted in _keys(known):
            named.append(known)
        elif groups := tuple(group for group in known.groups if wanted and wanted in _keys(group)):
            named.append(replace(known, groups=groups))
    return tuple(named)


def _keys(named: Grouping | RegionGroup) -> frozenset[str]:
    return frozenset(map(_group_key, (named.code, named.name.zh, named.name.en)))


def _group_key(name: str) -> str:
    """Return the normal form of a group's name without the words that people leave out."""
    key = name_key(name)
    for word in _LEFT_OUT:
        key = key.replace(word, "")
    return key


def by_parent(regions: Regions) -> Grouping:
    """Return the members grouped by the unit that holds them; without one, they are in no group.

    >>> from suanli.regions import prefectures
    >>> by_parent(prefectures()).groups[0].name.zh
    '河北省'
    """
    holders = {region.code: region for region in regions.known}
    members: dict[str, list[str]] = {}
    for region in regions.members:
        if region.parent is not None:
            members.setdefault(region.parent, []).append(region.code)
    groups = tuple(
        RegionGroup(
            code=parent,
            name=holders[parent].name if parent in holders else Text(parent, parent),
            members=tuple(codes),
        )
        for parent, codes in members.items()
    )
    return replace(_declared()["by-parent"], groups=groups)


@cache
def _declared() -> Mapping[str, Grouping]:
    source = files("suanli.regions").joinpath("data", "groupings.yaml")
    entries = yaml.safe_load(source.read_text(encoding="utf-8"))
    return MappingProxyType({code: _grouping(code, entry) for code, entry in entries.items()})


def _grouping(code: str, entry: Mapping[str, Any]) -> Grouping:
    groups = tuple(_group(key, group) for key, group in entry["groups"].items())
    return Grouping(code, Text(**entry["name"]), groups, Text(**entry["note"]))


def _group(code: str, entry: Mapping[str, Any]) -> RegionGroup:
    note = Text(**entry["note"]) if "note" in entry else None
    return RegionGroup(code, Text(**entry["name"]), tuple(entry["members"]), note)

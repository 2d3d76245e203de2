"""A list of regions, and the region that a spelling names in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from suanli.problems import Problem, RegionError, Severity
from suanli.regions import refusals
from suanli.regions.closest import Likeness, likeness
from suanli.regions.name_index import NameIndex, name_index
from suanli.regions.name_key import name_key
from suanli.regions.not_regions import is_aggregate
from suanli.regions.outside import not_covered
from suanli.regions.region import Region, depth
from suanli.regions.region_group import RegionGroup

_LEVELS_OF_CHINA = {"province", "prefecture"}


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions that are evaluated, in their official order.

    Attributes
    ----------
    level
        `province`, `prefecture`, `everything` (both) or `custom`.
    members
        The regions; codes are unique.
    known
        Members and the regions around them, whose names are recognised: a subset knows what it
        leaves out, a list of prefectures knows the provinces. The members when not given.
    groups
        Of what units each member is made up, where the list is of groups; their members are codes.
    parents
        The group, or else the unit, that holds each unit known here.
    """

    level: str
    members: tuple[Region, ...]
    known: tuple[Region, ...] = field(default=(), repr=False)
    groups: tuple[RegionGroup, ...] = field(default=(), repr=False)
    by_code: Mapping[str, Region] = field(init=False, repr=False, compare=False)
    parents: Mapping[str, str] = field(init=False, repr=False, compare=False)
    index: NameIndex = field(init=False, repr=False, compare=False)
    likeness: Likeness = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index names and parents once."""
        by_code = {region.code: region for region in self.members}
        object.__setattr__(self, "known", self.known or self.members)
        object.__setattr__(self, "by_code", MappingProxyType(by_code))
        object.__setattr__(self, "parents", MappingProxyType(self._parents()))
        object.__setattr__(self, "index", name_index(self.known))
        object.__setattr__(self, "likeness", likeness(self.members))

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the members, in order."""
        return tuple(self.by_code)

    def candidates(self, spelling: str) -> tuple[Region, ...]:
        """Return every region that a spelling may mean here: several when it is ambiguous.

        Units below the level of the list do not compete for a name: among provinces 吉林 is the
        province. Units above it do: among prefectures 吉林 may be the city, or a row for the whole
        province.
        """
        return self._at_level(self.index.hits(name_key(spelling)))

    def find(self, spelling: str) -> Region | Problem:
        """Return the member that a spelling names, or the problem with it.

        What a sound table may well contain (a total, a region left out of a subset, 香港 澳门 台湾)
        comes back as a warning: the row can be passed over.

        >>> from suanli.regions import provinces
        >>> provinces().find("44").name.zh, provinces().find("合计").code
        ('广东省', 'region-aggregate')
        """
        key = name_key(spelling)
        hits = self.index.hits(key)
        meant = self._at_level(hits)
        if len(meant) == 1 and meant[0].code in self.by_code:
            return meant[0]
        if len(meant) > 1:
            return refusals.ambiguous(spelling, meant, self._first_member(meant))
        if hits:
            return refusals.not_a_member(spelling, hits, self.level)
        return self._unknown(spelling, key)

    def resolve(self, spelling: str) -> Region:
        """Return the member that a spelling names.

        Raises
        ------
        RegionError
            If the spelling is blank, unknown or ambiguous, or no region evaluated here.

        >>> from suanli.regions import provinces
        >>> provinces().resolve("内蒙").code
        '150000'
        """
        found = self.find(spelling)
        if isinstance(found, Problem):
            raise RegionError([replace(found, severity=Severity.ERROR)])
        return found

    def only(self, spellings: Iterable[str]) -> "Regions":
        """Return the list cut down to the regions named, in official order; the rest stay known.

        Raises
        ------
        RegionError
            If a spelling names no single member or a region is named twice; all problems at once.

        >>> from suanli.regions import provinces
        >>> provinces().only(["上海", "Beijing"]).codes
        ('110000', '310000')
        """
        problems: list[Problem] = []
        chosen: set[str] = set()
        for spelling in spellings:
            found = self.find(spelling)
            if isinstance(found, Problem):
                problems.append(replace(found, severity=Severity.ERROR))
            elif found.code in chosen:
                problems.append(refusals.named_twice(spelling, found))
            else:
                chosen.add(found.code)
        if not chosen and not problems:
            problems.append(refusals.empty_list())
        if problems:
            raise RegionError(problems)
        members = tuple(region for region in self.members if region.code in chosen)
        groups = tuple(group for group in self.groups if group.code in chosen)
        return Regions(self.level, members, known=self.known, groups=groups)

    def _parents(self) -> dict[str, str]:
        stated = {region.code: region.parent for region in self.known if region.parent}
        return stated | {member: group.code for group in self.groups for member in group.members}

    def _at_level(self, hits: tuple[Region, ...]) -> tuple[Region, ...]:
        deepest = depth(self.level)
        return tuple(
            region
            for region in hits
            if region.code in self.by_code or depth(region.level) <= deepest
        )

    def _first_member(self, meant: tuple[Region, ...]) -> Region:
        return next((region for region in meant if region.code in self.by_code), meant[0])

    def _unknown(self, spelling: str, key: str) -> Problem:
        if not spelling.strip():
            return refusals.blank(self.members)
        if outside := not_covered(key):
            return refusals.outside(spelling, outside)
        of_china = any(region.level in _LEVELS_OF_CHINA for region in self.members)
        if is_aggregate(key, of_china=of_china):
            return refusals.aggregate(spelling)
        return refusals.unknown(spelling, self.likeness.closest(key), self.members)

"""The divisions of China that make up each group in a list of the user's own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from suanli.language import LANGUAGES, Text
from suanli.problems import Place, Problem, Severity
from suanli.regions.bundled import everything
from suanli.regions.division_codes import (
    PROVINCE_DIGITS,
    down_to_county,
    holders,
    is_division_code,
)
from suanli.regions.grouped import division
from suanli.regions.name_key import plain_code
from suanli.regions.refusals import shown
from suanli.regions.region import Region
from suanli.regions.region_group import RegionGroup

_BETWEEN_MEMBERS = re.compile(r"[|;；、]")
_ERROR = Severity.ERROR
_OF_MEMBERS: Mapping[str, str] = MappingProxyType(
    {
        "region-aggregate": "group-member-aggregate",
        "region-not-covered": "group-member-not-covered",
    }
)
"""Problems whose sentences speak of rows of data, and their like for members of groups."""


@dataclass(frozen=True, slots=True)
class ListedRegion:
    """A region in a list, where it stands there, and what it is made up of, as written."""

    place: Place
    region: Region
    members: str


@dataclass(frozen=True, slots=True)
class _Member:
    """A division and the region of the list that it counts in."""

    unit: Region
    of: ListedRegion


def read_groups(
    listed: Sequence[ListedRegion],
) -> tuple[tuple[RegionGroup, ...], list[Problem]]:
    """Return the groups in a list of regions with a column of members, and what is wrong with them.

    A province or prefecture without members stands for itself. No division may count twice.
    """
    problems: list[Problem] = []
    groups: list[RegionGroup] = []
    members: list[_Member] = []
    for one in listed:
        if not one.members and _is_of_china(one.region):
            members.append(_Member(one.region, one))
            continue
        units, faults = _units(one)
        problems += faults or check_code(one) or check_names(one, units)
        members += (_Member(unit, one) for unit in units)
        codes = tuple(unit.code for unit in units)
        groups.append(RegionGroup(one.region.code, one.region.name, codes))
    return tuple(groups), problems + check_overlaps(members)


def check_code(group: ListedRegion) -> list[Problem]:
    """Return an error if a group's code is that of a division, so that rows of it would be the group's."""
    code = group.region.code
    of_province = division(f"{code[:PROVINCE_DIGITS]}0000") is not None
    if not code.isdigit() or not (
        everything().candidates(code) or (of_province and is_division_code(code))
    ):
        return []
    return [Problem("group-code-taken", _ERROR, group.place, shown(code))]


def check_names(group: ListedRegion, units: Sequence[Region]) -> list[Problem]:
    """Return an error for each name of a group, or code in letters, that means a division other than the group.

    A figure told by such a name, of one member say, would be taken for that of the whole group.
    """
    own = group.region
    names = (own.name.zh, own.name.en, own.short.zh, own.short.en, *own.aliases)
    codes = () if own.code.isdigit() else (own.code,)
    problems = []
    for name in dict.fromkeys((*codes, *names)):
        if others := _others(name, units):
            zh, en = ([it.name.said(language) for it in others] for language in LANGUAGES)
            details = _named("others", Text("、".join(zh), "; ".join(en)))
            place = group.place
            problems.append(Problem("group-name-taken", _ERROR, place, shown(name), "", details))
    return problems


def check_overlaps(members: Sequence[_Member]) -> list[Problem]:
    """Return an error for each division that counts twice, by itself or inside another."""
    first: dict[str, _Member] = {}
    problems = []
    for member in members:
        earlier = first.setdefault(member.unit.code, member)
        if earlier is not member:
            problems.append(_overlap("group-member-twice", member, earlier))
    for member in first.values():
        around = (first[code] for code in holders(member.unit.code) if code in first)
        problems += (_overlap("group-member-inside", member, holder) for holder in around)
    return problems


def _others(name: str, units: Sequence[Region]) -> list[Region]:
    """Return the divisions that a group's name may mean and that are not all of the group.

    A group of a single division may bear its name even if that also means a part of it (吉林).
    """
    code = division(down_to_county(plain_code(name)))
    meant = [code] if code else list(everything().candidates(name))
    if len(units) != 1 or units[0] not in meant:
        return meant
    return [one for one in meant if units[0].code not in (one.code, *holders(one.code))]


def _overlap(code: str, member: _Member, other: _Member) -> Problem:
    details = {
        **_named("member", member.unit.name),
        **_named("holder", other.unit.name),
        **_named("group", other.of.region.name),
    }
    found = member.unit.code
    return Problem(code, _ERROR, member.of.place, found, other.unit.code, details)


def _units(group: ListedRegion) -> tuple[list[Region], list[Problem]]:
    """Return the divisions that a group's members name, and what is wrong with them."""
    spellings = [part.strip() for part in _BETWEEN_MEMBERS.split(group.members) if part.strip()]
    found = [_unit(spelling) for spelling in spellings]
    problems = [
        replace(one, code=_OF_MEMBERS.get(one.code, one.code), severity=_ERROR, place=group.place)
        for one in found
        if isinstance(one, Problem)
    ]
    if not found:
        name = _named("group", group.region.name)
        problems.append(Problem("group-without-members", _ERROR, group.place, details=name))
    return [one for one in found if isinstance(one, Region)], problems


def _unit(spelling: str) -> Region | Problem:
    # a town or village stands for its county, as it does where records lie
    return division(down_to_county(plain_code(spelling))) or everything().find(spelling)


def _is_of_china(region: Region) -> bool:
    known = everything().by_code.get(region.code)
    return known is not None and known in everything().candidates(region.name.zh)


def _named(word: str, text: Text) -> dict[str, str]:
    return {f"{word}_zh": shown(text.zh), f"{word}_en": shown(text.en)}

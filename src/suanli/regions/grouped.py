"""Regions that are groups of administrative divisions of China: provinces, prefectures, counties."""

from collections.abc import Iterable

from suanli.language import Text
from suanli.regions.bundled import everything
from suanli.regions.division_codes import (
    COUNTY_DIGITS,
    PREFECTURE_DIGITS,
    PROVINCE_DIGITS,
    holders,
    is_division_code,
)
from suanli.regions.region import Region
from suanli.regions.region_group import RegionGroup
from suanli.regions.regions import Regions

# districts and counties of municipalities, and units that a province runs without a prefecture
_WITHOUT_PREFECTURE = ("01", "02", "90")


def grouped(
    members: Iterable[Region], groups: Iterable[RegionGroup], around: Iterable[Region] = ()
) -> Regions:
    """Return regions of which some are groups, as a list that knows what they are made up of.

    `around` are further regions whose names are recognised.

    >>> south = Text("华南", "South")
    >>> one = Region("S", south, south, "custom", None, "", None)
    >>> made = grouped([one], [RegionGroup("S", south, ("440000", "460000"))])
    >>> made.codes, made.find("广东").code
    (('S',), 'region-not-selected')
    """
    listed, made_of = tuple(members), tuple(groups)
    units = (division(code) for group in made_of for code in group.members)
    known = {unit.code: unit for unit in (*listed, *around, *units) if unit is not None}
    return Regions("custom", listed, known=tuple(known.values()), groups=made_of)


def division(code: str) -> Region | None:
    """Return the province, prefecture or county of a code, or None if there can be none.

    Counties are not listed: one is known by the unit that holds it, and bears its code for a name.

    >>> division("440100").name.zh, division("429004").parent, division("449904")
    ('广州市', '420000', None)
    """
    known = everything().by_code.get(code)
    if known is not None or not _is_of_county(code):
        return known
    prefecture, province = holders(code)
    if prefecture in everything().by_code:
        return _county(code, prefecture)
    under_province = code[PROVINCE_DIGITS:PREFECTURE_DIGITS] in _WITHOUT_PREFECTURE
    return _county(code, province) if under_province and division(province) else None


def _is_of_county(code: str) -> bool:
    return is_division_code(code) and len(code) == COUNTY_DIGITS and not code.endswith("00")


def _county(code: str, parent: str) -> Region:
    name = Text(code, code)
    return Region(code, name, name, "county", parent, "", None)

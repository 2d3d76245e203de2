"""The region of the study in which a place of the records lies, or why it lies in none."""

from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from suanli.problems import Problem, Severity
from suanli.regions import Region, Regions, everything
from suanli.regions.division_codes import (
    PROVINCE_DIGITS,
    down_to_county,
    holders,
    is_division_code,
)
from suanli.regions.refusals import shown

_CORPS_CODE = "66"
_CORPS = ("生产建设兵团", "新疆兵团")
_CORPS_ALONE = ("兵团", "xpcc")
_BELOW = ("区", "县", "旗", "市", "镇", "乡", "街道", "苏木", "村", "社区")


def place_of(place: str, regions: Regions) -> str | None:
    """Return the code of the study's region that a code or name lies in, or None if it lies in none.

    >>> from suanli.regions import provinces
    >>> place_of("440106", provinces()), place_of("苏州市", provinces()), place_of("Atlantis", provinces())
    ('440000', '320000', None)
    """
    found = located(place, regions)
    return None if isinstance(found, Problem) else found


def located(place: str, regions: Regions) -> str | Problem:
    """Return the code of the study's region that a code or name lies in, or the problem with it.

    A place is a name in any usual spelling, a path of names (广东省广州市天河区), or a code of 6, 9 or 12 digits; a
    county, town or village lies in the prefecture and province that its first digits name. What may lie in more
    than one region is not guessed. The problem is a warning where the place is known and the study leaves it out.

    >>> from suanli.regions import provinces
    >>> located("440106001007", provinces()), located("新疆生产建设兵团", provinces()).code
    ('440000', 'place-corps')
    """
    spelling = _plain(place)
    own = regions.find(spelling)
    if not isinstance(own, Problem):
        return own.code
    if _is_corps(spelling):
        return Problem("place-corps", Severity.ERROR, found=shown(place))
    starts = _starts(spelling)
    around = [tuple(_around(start, regions)) for start in starts]
    within = {next((code for code in chain if code in regions.by_code), None) for chain in around}
    if len(within) == 1 and None not in within:
        return str(within.pop())
    if not around:
        return own
    if within == {None}:
        return Problem("place-outside-study", Severity.WARNING, found=shown(place))
    if own.code == "region-ambiguous":
        return own
    if None in within:
        return _ambiguous(place, set(starts), _everywhere())
    return _ambiguous(place, {code for code in within if code}, regions)


def lineage(place: str, regions: Regions) -> tuple[str, ...]:
    """Return the code of a place and those of the units that hold it, smallest first, the study's regions included.

    Every spelling of a place gives the same; one that is not known gives itself.

    >>> from suanli.regions import provinces
    >>> lineage("440106001007", provinces()), lineage("广州", provinces())
    (('440106', '440100', '440000'), ('440100', '440000'))
    """
    spelling = _plain(place)
    own = regions.find(spelling)
    starts = _starts(spelling) if isinstance(own, Problem) else (own.code,)
    return tuple(dict.fromkeys(_around(starts[0], regions))) if len(starts) == 1 else (place,)


def units_around(region: str, regions: Regions) -> frozenset[str]:
    """Return the codes of the units around a region, or around any member of a group: part of theirs may be its own.

    >>> from suanli.regions import prefectures
    >>> units_around("440100", prefectures())
    frozenset({'440000'})
    """
    made_of = (group.members for group in regions.groups if group.code == region)
    places = (region, *(member for members in made_of for member in members))
    around = {code for place in places for code in lineage(place, regions)[1:]}
    return frozenset(around - {region})


def _is_corps(spelling: str) -> bool:
    """Return whether a place is the corps in Xinjiang, which reports for itself and has no area of its own."""
    named = any(name in spelling for name in _CORPS) or spelling.casefold() in _CORPS_ALONE
    return named or (is_division_code(spelling) and spelling.startswith(_CORPS_CODE))


def _ambiguous(place: str, codes: set[str], regions: Regions) -> Problem:
    members = [regions.by_code[code] for code in sorted(codes)]
    details = {
        "candidates_zh": "、".join(shown(member.name.zh) for member in members),
        "candidates_en": "; ".join(shown(member.name.en) for member in members),
    }
    return Problem("place-ambiguous", Severity.ERROR, found=shown(place), details=details)


def _plain(place: str) -> str:
    """Return a place in half-width characters, and a code that was stored as a number without its fraction."""
    plain = normalize("NFKC", place).strip()
    return plain.removesuffix(".0") if plain.removesuffix(".0").isdigit() else plain


def _starts(spelling: str) -> tuple[str, ...]:
    """Return the codes of the smallest units of China that a place may lie in."""
    if is_division_code(spelling):
        known = spelling[:PROVINCE_DIGITS] in _province_digits()
        return (down_to_county(spelling),) if known else ()
    named = _everywhere().candidates(spelling)
    if named:
        return tuple(region.code for region in named)
    return _first_of_path(spelling)


def _first_of_path(spelling: str) -> tuple[str, ...]:
    """Return the smallest unit named at the start of a path of full names that ends with a county or below."""
    rest, found = spelling, ""
    for level in ("province", "prefecture"):
        for region in _of_level(level):
            inside = not found or region.parent == found
            if inside and rest.startswith(region.name.zh):
                rest, found = rest.removeprefix(region.name.zh), region.code
                break
    return (found,) if found and rest.endswith(_BELOW) else ()


def _around(code: str, regions: Regions) -> Iterator[str]:
    """Yield a code and those of the units that hold it, smallest first, and then of the study's groups around them."""
    units = (code, *holders(code))
    yield from units
    seen = set(units)
    for unit in units:
        inner = unit
        while (parent := regions.parents.get(inner)) and parent not in seen:
            yield parent
            seen.add(parent)
            inner = parent


@cache
def _everywhere() -> Regions:
    return everything()


@cache
def _of_level(level: str) -> tuple[Region, ...]:
    return tuple(region for region in _everywhere().members if region.level == level)


@cache
def _province_digits() -> frozenset[str]:
    return frozenset(region.code[:PROVINCE_DIGITS] for region in _of_level("province"))

"""Any other list of regions: countries, districts, parks, and groups of provinces and prefectures."""

from collections.abc import Iterable, Mapping, Sequence

from suanli.problems import Place, Problem, RegionError, Severity
from suanli.regions.bundled import everything
from suanli.regions.grouped import grouped
from suanli.regions.membership import ListedRegion, read_groups
from suanli.regions.name_key import name_key, plain_code
from suanli.regions.refusals import empty_list, shown
from suanli.regions.region import Region
from suanli.regions.regions import Regions
from suanli.regions.rows import HEADINGS, parts, parts_of, region

_FIRST_LINE = 2  # below the headings


def custom(rows: Iterable[Mapping[str, str]], *, file: str = "regions.csv") -> Regions:
    """Return the list of regions that the rows of a table describe, in the order of the rows.

    A row needs a code (`code`, 代码) and a name (`name_zh`, `name`, 名称, or at least `name_en`);
    it may state `name_en`, `short`, `short_en`, `parent`, `level`, `kind`, `iso` and `aliases` (set
    apart by `|` or `;`). Other columns are ignored. A parent that is a province or prefecture of
    China may stand before the name (深圳市南山区).
    A row whose code and name agree on a province or prefecture of China need not say more: its
    other names are known.
    Where there is a column of members (`members`, 成员; set apart by `|`, `;` or `、`), a row is the
    group of the provinces, prefectures and counties of China named there; without any, it is the
    province or prefecture itself.

    Raises
    ------
    RegionError
        If there is no row, rows lack a code or a name or share one, or members are unknown or count
        twice; all problems at once.

    >>> rows = [{"code": "SGP", "name_zh": "新加坡", "name_en": "Singapore"}]
    >>> custom(rows).resolve("singapore").code
    'SGP'
    """
    problems: list[Problem] = []
    listed: list[ListedRegion] = []
    of_groups = False
    for line, row in enumerate(rows, start=_FIRST_LINE):
        stated = parts(row)
        of_groups = of_groups or _has_members(row)
        place = Place(file=file, cell=f"line {line}")
        lacking = check_stated(stated, place)
        problems += lacking
        if not lacking:
            own = region(_completed(stated))
            listed.append(ListedRegion(place, own, stated.get("members", "")))
    problems += check_unique(listed)
    groups, faults = read_groups(listed) if of_groups else ((), [])
    problems += faults
    if not listed and not problems:
        problems.append(empty_list(file))
    if problems:
        raise RegionError(problems)
    members = [one.region for one in listed]
    return grouped(members, groups, _holders(members))


def check_stated(stated: Mapping[str, str], place: Place) -> list[Problem]:
    """Return the problems of a row without a code or without a name."""
    problems = []
    if "code" not in stated:
        name = shown(stated.get("name") or stated.get("name_en") or "")
        problems.append(Problem("region-code-blank", Severity.ERROR, place, name))
    if "name" not in stated and "name_en" not in stated:
        code = shown(stated.get("code", ""))
        problems.append(Problem("region-name-blank", Severity.ERROR, place, code))
    return problems


def check_unique(listed: Sequence[ListedRegion]) -> list[Problem]:
    """Return the problems of codes and full names that an earlier row has, in any spelling."""
    problems = []
    first: dict[str, ListedRegion] = {}
    for one in listed:
        for code, text in (
            ("region-code-twice", one.region.code),
            ("region-name-twice", one.region.name.zh),
        ):
            earlier = first.setdefault(name_key(text), one)
            if earlier is not one:
                details = {"earlier": earlier.place.cell.removeprefix("line ")}
                problems.append(Problem(code, Severity.ERROR, one.place, shown(text), "", details))
    return problems


def _has_members(row: Mapping[str, str]) -> bool:
    return any(name_key(heading) in HEADINGS["members"] for heading in row if heading)


def _completed(stated: Mapping[str, str]) -> Mapping[str, str]:
    """Return a row with what is known of the province or prefecture that its code and name agree on."""
    known = everything().by_code.get(plain_code(stated["code"]))
    name = stated.get("name") or stated["name_en"]
    if known is None or known not in everything().candidates(name):
        return stated
    aliases = [known.name.zh, *known.aliases, stated.get("aliases", "")]
    return {**parts_of(known), **stated, "aliases": "|".join(aliases)}


def _holders(members: Sequence[Region]) -> tuple[Region, ...]:
    """Return the provinces and prefectures of China that hold some of the members."""
    own = {member.code for member in members}
    holding = {member.parent for member in members} - own
    return tuple(known for known in everything().members if known.code in holding)

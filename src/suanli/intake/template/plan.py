"""What a study's workbook asks for: which sheet holds which columns, and under which name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from suanli.framework import Framework, Group, Indicator, Variable
from suanli.language import Language, Text, pair
from suanli.regions import Regions

LONGEST_NAME = 31
"""Characters of a sheet's name that Excel accepts."""
HIDDEN_SHEET = "_suanli"
IDENTITY = ("region_code", "region", "region_en", "period")
PROVENANCE = ("origin", "source", "date")
"""Headings of a data sheet before and after the codes of its items."""
_ILLEGAL = str.maketrans(dict.fromkeys("[]:*?/\\", "-") | dict.fromkeys(map(chr, range(32)), " "))

Item: TypeAlias = Indicator | Variable


@dataclass(frozen=True, slots=True)
class DataSheet:
    """A sheet to fill in: its name, the title above it, and one column an item."""

    name: str
    title: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the workbook and the study file are written from; the same plan gives the same bytes."""

    framework: Framework
    regions: Regions
    periods: tuple[str, ...]
    language: Language
    sheets: tuple[DataSheet, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All that is to be filled in, in the order of the sheets."""
        return tuple(item for sheet in self.sheets for item in sheet.items)

    @property
    def computed(self) -> tuple[Indicator, ...]:
        """The indicators that are computed from variables and not filled in."""
        return tuple(i for i in self.framework.indicators() if i.expression is not None)


def plan_of(
    framework: Framework, regions: Regions, periods: tuple[str, ...], language: Language
) -> Plan:
    """Return the plan: variables on a sheet of their own, indicators on one sheet a dimension.

    An indicator with an expression has no column, and a dimension of such indicators only no sheet.
    """
    titled: list[tuple[Text, tuple[Item, ...]]] = []
    if framework.variables:
        titled.append((pair("template", "sheet_variables"), framework.variables))
    loose = tuple(child for child in framework.children if isinstance(child, Indicator))
    if loose:
        titled.append((framework.name, _typed(loose)))
    titled += [
        (group.name, _typed(_indicators(group)))
        for group in framework.children
        if isinstance(group, Group)
    ]
    filled = [(title, items) for title, items in titled if items]
    names = sheet_names(
        [
            both("sheet_variables") if items is framework.variables else title.zh
            for title, items in filled
        ],
        taken=reserved_names(),
    )
    sheets = tuple(
        DataSheet(name, title, items) for name, (title, items) in zip(names, filled, strict=True)
    )
    return Plan(framework, regions, periods, language, sheets)


def both(key: str) -> str:
    """Return an entry of the template's catalogue in both languages, Chinese first.

    >>> both("sheet_guide")
    '说明 Guide'
    """
    text = pair("template", key)
    return f"{text.zh} {text.en}"


def reserved_names() -> tuple[str, ...]:
    """Return the names of the sheets that every workbook has."""
    return (
        *map(both, ("sheet_guide", "sheet_indicators", "sheet_sources")),
        HIDDEN_SHEET,
        "History",
    )


def sheet_names(wanted: Iterable[str], *, taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Return names that Excel accepts: at most 31 characters, none illegal, no two alike in any letter case.

    >>> sheet_names(["算力/质效", "算力-质效", "A" * 40], taken=["其他"])
    ('算力-质效', '算力-质效 2', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
    """
    used = {name.casefold() for name in taken}
    names = []
    for text in wanted:
        plain = text.translate(_ILLEGAL).strip(" '") or "-"
        name, count = plain[:LONGEST_NAME].strip(" '"), 1
        while name.casefold() in used:
            count += 1
            ending = f" {count}"
            name = plain[: LONGEST_NAME - len(ending)].rstrip(" '") + ending
        used.add(name.casefold())
        names.append(name)
    return tuple(names)


def _indicators(group: Group) -> Iterable[Indicator]:
    for child in group.children:
        if isinstance(child, Group):
            yield from _indicators(child)
        else:
            yield child


def _typed(indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    return tuple(indicator for indicator in indicators if indicator.expression is None)

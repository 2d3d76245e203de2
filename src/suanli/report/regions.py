"""Regions and their groupings, for the terminal and for programs."""

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.regions import Grouping, Region, Regions
from suanli.report.prose import Prose
from suanli.report.tables import plain_table
from suanli.report.words import listed

_LEVELS = ("province", "prefecture")


def region_list(regions: Sequence[Region], known: Regions, language: Language) -> RenderableType:
    """Return a row a region: code, names, level, and the region it belongs to where any has one.

    `known` holds the regions that others belong to.
    """
    within = any(region.parent for region in regions)
    columns = ["code", "name", "english", "level", *(["parent"] if within else [])]
    table = plain_table((say("report", f"regions-{name}", language), "left") for name in columns)
    for region in regions:
        cells: dict[str, RenderableType] = {
            "code": region.code,
            "name": region.name.zh,
            "english": Prose(region.name.en),
            "level": level_name(region, language),
            "parent": _parent(region, known, language),
        }
        table.add_row(*(cells[name] for name in columns))
    return table


def candidates(
    spelling: str, regions: Sequence[Region], known: Regions, language: Language
) -> RenderableType:
    """Return the regions that a spelling may mean; where there are several, a sentence that says so."""
    shown = region_list(regions, known, language)
    if len(regions) < 2:
        return shown
    names = listed(
        [f"{region.name.said(language)} ({region.code})" for region in regions], language
    )
    sentence = say(
        "report", "regions-several", language, spelling=spelling, count=len(regions), names=names
    )
    return Group(shown, Prose(sentence, style="yellow"))


def region_groupings(
    groupings: Sequence[Grouping], regions: Regions, language: Language
) -> RenderableType:
    """Return every grouping with its groups and their members' short names."""
    heading = Styled(say("report", "regions-groupings", language), style="bold")
    return Group("", heading, named_groupings(groupings, regions, language))


def named_groupings(
    groupings: Sequence[Grouping], regions: Regions, language: Language
) -> RenderableType:
    """Return groupings, each with its groups and their members' short names."""
    lines: list[RenderableType] = []
    for grouping in groupings:
        lines.append(Prose(f"{grouping.name.said(language)} [{grouping.code}]", style="cyan"))
        for group in grouping.groups:
            names = [regions.by_code[code].short.said(language) for code in group.members]
            words = say(
                *("report", "regions-group", language),
                group=group.name.said(language),
                names=listed(names, language),
            )
            lines.append(Prose(words, indent=2, hang=2))
    return Group(*lines)


def groupings_json(groupings: Sequence[Grouping]) -> list[dict[str, Any]]:
    """Return groups of regions for programs, each with its grouping and the codes of its members."""
    return [
        {
            "grouping": grouping.code,
            "group": group.code,
            "name": {"zh": group.name.zh, "en": group.name.en},
            "members": list(group.members),
        }
        for grouping in groupings
        for group in grouping.groups
    ]


def regions_json(regions: Sequence[Region]) -> list[dict[str, Any]]:
    """Return regions for programs."""
    return [
        {
            "code": region.code,
            "name": {"zh": region.name.zh, "en": region.name.en},
            "short": {"zh": region.short.zh, "en": region.short.en},
            "level": region.level,
            "kind": region.kind,
            "parent": region.parent,
            "iso": region.iso,
        }
        for region in regions
    ]


def level_name(region: Region, language: Language) -> str:
    """Return what level a region is of, in words; a word of the user's own as it is."""
    return (
        say("report", f"level-{region.level}", language)
        if region.level in _LEVELS
        else region.level
    )


def _parent(region: Region, known: Regions, language: Language) -> str:
    if region.parent is None:
        return ""
    parent = known.by_code.get(region.parent)
    return region.parent if parent is None else parent.name.said(language)

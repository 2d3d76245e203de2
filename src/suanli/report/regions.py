"""Regions and their groupings, for the terminal."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.regions import Grouping, Region, Regions
from suanli.report.words import listed


def region_list(regions: Sequence[Region], language: Language) -> RenderableType:
    """Return a row a region: code, names, parent."""
    table = Table(box=None, pad_edge=False)
    for column in ("code", "name", "english", "parent"):
        table.add_column(say("report", f"regions-{column}", language))
    for region in regions:
        table.add_row(region.code, region.name.zh, region.name.en, region.parent or "")
    return table


def region_groupings(
    groupings: Sequence[Grouping], regions: Regions, language: Language
) -> RenderableType:
    """Return every grouping with its groups and their members' short names."""
    lines = [Styled(say("report", "regions-groupings", language), style="bold")]
    for grouping in groupings:
        lines.append(Styled(f"{grouping.code}  {grouping.name.said(language)}", style="cyan"))
        for group in grouping.groups:
            names = tuple(regions.by_code[code].short.said(language) for code in group.members)
            lines.append(Styled(f"  {group.name.said(language)}  {listed(names, language)}"))
    return Group(*lines)

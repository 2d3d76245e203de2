"""One region for the terminal: its scores down the tree, strengths and weaknesses, and where each number comes from."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.report.moves import moves_of_region
from suanli.report.stamp import stamped
from suanli.report.words import figure, listed, node_names, number, rank_change, tier
from suanli.result import Profile, Result


def profile(
    result: Result, language: Language, *, region: str, period: str | None
) -> RenderableType:
    """Return everything the result says about a region, named in any of its spellings."""
    found = result.profile(region, period)
    names = node_names(result.framework, language)
    parts: list[RenderableType] = [
        _title(found, language),
        _tree(result, found, language),
        *_marked(found, names, language),
    ]
    moves = moves_of_region(result, language, region=found.region.code, period=found.period)
    if moves is not None:
        parts.append(moves)
    parts.append(Styled(say("result", "strength_rule", language).strip(), style="dim"))
    return stamped(result, language, Group(*parts))


def profile_json(result: Result, *, region: str, period: str | None) -> dict[str, Any]:
    """Return a region's profile for programs."""
    found = result.profile(region, period)
    return {
        "region_code": found.region.code,
        "region": found.region.zh,
        "period": found.period,
        "simulated": result.about.simulated,
        "nodes": found.nodes.to_dicts(),
        "indicators": found.indicators.to_dicts(),
        "strengths": list(found.strengths),
        "weaknesses": list(found.weaknesses),
    }


def _title(found: Profile, language: Language) -> Styled:
    name = found.region.zh if language == "zh" else found.region.en
    return Styled(
        say("report", "profile-title", language, region=name, period=found.period), style="bold"
    )


def _tree(result: Result, found: Profile, language: Language) -> Table:
    values = {row["indicator"]: row for row in found.indicators.to_dicts()}
    table = Table(box=None, pad_edge=False)
    table.add_column(say("report", "profile-indicator", language))
    for column in ("rank", "score"):
        table.add_column(say("report", f"profile-{column}", language), justify="right")
    table.add_column(say("report", "change", language))
    table.add_column(say("report", "profile-value", language), justify="right")
    table.add_column(say("report", "profile-unit", language), no_wrap=True)
    table.add_column(say("report", "profile-contribution", language), justify="right")
    table.add_column(say("report", "profile-origin", language))
    first = found.period == result.about.periods[0]
    for node in found.nodes.to_dicts():
        _add_node(table, node, values, (language, result.framework.decimals, first))
    return table


def _add_node(
    table: Table,
    node: Mapping[str, Any],
    values: Mapping[str, Mapping[str, Any]],
    manner: tuple[Language, int, bool],
) -> None:
    language, decimals, first = manner
    own = values.get(node["node"])
    name = Styled("  " * node["level"] + node[f"name_{language}"])
    if own is None:
        name.stylize("bold")
        mark = tier(node["tier"], language)
        if mark.plain:
            name = Styled.assemble(name, "  ", mark)
    rank = "–" if node["rank"] is None else f"{node['rank']}/{node['ranked']}"
    table.add_row(
        name,
        rank,
        number(node["score"], decimals),
        rank_change(node["rank_change"], language, first=first),
        figure(own["value"]) if own else "",
        (own["unit"] or "") if own else "",
        number(own["contribution"], decimals) if own else "",
        say("report", f"origin-{own['origin'] or 'missing'}", language) if own else "",
    )


def _marked(found: Profile, names: Mapping[str, str], language: Language) -> list[Styled]:
    ranks = {
        row["node"]: row["rank"]
        for row in found.nodes.filter(pl.col("rank").is_not_null()).to_dicts()
    }
    lines = []
    for key, codes, style in (
        ("strengths", found.strengths, "green"),
        ("weaknesses", found.weaknesses, "red"),
    ):
        shown = tuple(f"{names[code]} ({ranks[code]})" for code in codes)
        words = listed(shown, language) or say("report", "profile-none", language)
        label = say("report", f"profile-{key}", language)
        lines.append(Styled.assemble((f"{label}  ", f"bold {style}"), words))
    return lines

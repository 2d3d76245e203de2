"""One region for the terminal: its scores down the tree, strengths and weaknesses, and where each number comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from rich.console import Group, RenderableType
from rich.text import Text as Styled

from suanli.framework import units
from suanli.language import Language, say
from suanli.report.moves import moves_of_region
from suanli.report.prose import Fitted, Prose
from suanli.report.stamp import stamped
from suanli.report.tables import plain_table, titled
from suanli.report.words import (
    figure,
    is_first,
    listed,
    node_names,
    number,
    origin,
    rank_change,
    tier,
)
from suanli.result import Profile, Result

_WIDE: Mapping[Language, int] = {"zh": 90, "en": 112}  # columns below which values go under names


def profile(
    result: Result, language: Language, *, region: str, period: str | None
) -> RenderableType:
    """Return everything the result says about a region, named in any of its spellings."""
    found = result.profile(region, period)
    names = node_names(result.framework, language)
    name = found.region.zh if language == "zh" else found.region.en
    title = say("report", "profile-title", language, region=name, period=found.period)
    parts: list[RenderableType] = [
        Fitted(lambda width: _tree(result, found, language, wide=width >= _WIDE[language])),
        *_marked(found, names, language),
    ]
    moves = moves_of_region(result, language, region=found.region.code, period=found.period)
    if moves is not None:
        parts.append(moves)
    parts.append(Prose(say("result", "strength_rule", language).strip(), style="dim"))
    return stamped(titled(title, *parts), simulated=result.about.simulated)


def profile_json(result: Result, *, region: str, period: str | None) -> dict[str, Any]:
    """Return a region's profile for programs."""
    found = result.profile(region, period)
    return {
        "framework": result.framework.id,
        "region_code": found.region.code,
        "region": found.region.zh,
        "period": found.period,
        "simulated": result.about.simulated,
        "fitted": result.about.fitted,
        "nodes": found.nodes.to_dicts(),
        "indicators": found.indicators.to_dicts(),
        "strengths": list(found.strengths),
        "weaknesses": list(found.weaknesses),
    }


@dataclass(frozen=True, slots=True)
class _Manner:
    """How rows are shown: `wide` gives the value, its unit and its origin columns of their own."""

    language: Language
    decimals: int
    first: bool
    wide: bool

    @property
    def columns(self) -> tuple[str, ...]:
        change = () if self.first else ("change",)
        values = ("value", "unit", "origin") if self.wide else ()
        return ("indicator", "rank", "score", *change, "contribution", *values)


def _tree(result: Result, found: Profile, language: Language, *, wide: bool) -> RenderableType:
    values = {row["indicator"]: row for row in found.indicators.to_dicts()}
    manner = _Manner(language, result.framework.decimals, is_first(result, found.period), wide)
    right = ("rank", "score", "contribution", "value")
    table = plain_table(
        (say("report", f"profile-{name}", language), "right" if name in right else "left")
        for name in manner.columns
    )
    for node in found.nodes.to_dicts():
        cells = _node(node, values.get(node["node"]), manner)
        table.add_row(*(cells[name] for name in manner.columns))
    return table


def _node(
    node: Mapping[str, Any], own: Mapping[str, Any] | None, manner: _Manner
) -> dict[str, RenderableType]:
    language = manner.language
    value = unit = kind = ""
    if own is not None:
        value = figure(own["value"])
        unit = units.label(own["unit"] or "1", language)
        kind = origin(own["origin"], language)
    return {
        "indicator": _name(node, f"{value} {unit} · {kind}" if own else "", manner),
        "rank": "–" if node["rank"] is None else f"{node['rank']}/{node['ranked']}",
        "score": number(node["score"], manner.decimals),
        "change": rank_change(node["rank_change"], language, first=manner.first),
        "contribution": number(own["contribution"], manner.decimals) if own else "",
        "value": value,
        "unit": Prose(unit),
        "origin": kind,
    }


def _name(node: Mapping[str, Any], value: str, manner: _Manner) -> RenderableType:
    """Return the name, of a group with its tier; where columns are few, an indicator's value is below it."""
    indent = 2 * node["level"]
    name = Styled(node[f"name_{manner.language}"], style="" if value else "bold")
    mark = tier(node["tier"], manner.language)
    if mark.plain and not value:
        name = Styled.assemble(name, "  ", mark)
    shown = Prose(name, indent=indent, hang=2)
    if not value or manner.wide:
        return shown
    return Group(shown, Prose(value, indent=indent + 2, style="dim"))


def _marked(found: Profile, names: Mapping[str, str], language: Language) -> list[Prose]:
    ranks = {
        row["node"]: row["rank"]
        for row in found.nodes.filter(pl.col("rank").is_not_null()).to_dicts()
    }
    lines = []
    for key, codes, style in (
        ("strengths", found.strengths, "green"),
        ("weaknesses", found.weaknesses, "red"),
    ):
        shown = [
            say("report", "profile-marked", language, name=names[code], rank=ranks[code])
            for code in codes
        ]
        words = listed(shown, language) or say("report", "profile-none", language)
        label = say("report", f"profile-{key}", language)
        lines.append(Prose(Styled.assemble((label, f"bold {style}"), words), hang=2))
    return lines

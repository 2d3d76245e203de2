"""A ranking for the terminal: rank, change, bar, score; tiers of groups, values of indicators."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from rich.console import JustifyMethod, RenderableType

from suanli.framework import units
from suanli.language import Language, say
from suanli.report.prose import Prose
from suanli.report.stamp import stamped
from suanli.report.tables import plain_table, titled
from suanli.report.words import (
    bar,
    figure,
    is_first,
    node_names,
    number,
    origin,
    rank_change,
    region_name,
    region_names,
    tier,
)
from suanli.result import RegionName, Result


@dataclass(frozen=True, slots=True)
class _Standing:
    """A node's ranking: rows best first; of an indicator also its unit and what each region's value is."""

    code: str
    period: str
    rows: list[dict[str, Any]]
    unit: str | None
    first: bool

    @property
    def highest(self) -> float:
        return max((row["score"] for row in self.rows if row["score"] is not None), default=0.0)

    @property
    def ranked(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["rank"] is not None]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that have something to say."""
        change = () if self.first else ("change",)
        last = ("value", "origin") if self.unit is not None else ()
        tiers = ("tier",) if any(row["tier"] for row in self.rows) else ()
        return ("rank", *change, "region", "bar", "score", *last, *tiers)


def ranking(
    result: Result, language: Language, *, node: str, period: str | None, top: int | None
) -> RenderableType:
    """Return the ranking of a node in a period, the last one by default; all regions unless `top` says how many.

    Regions without a rank come last, and are not among the first `top`.

    A ranking by an indicator shows the values with their unit and origin beside the scores.
    """
    shown = ranking_unstamped(result, language, node=node, period=period, top=top)
    return stamped(shown, simulated=result.about.simulated)


def ranking_unstamped(
    result: Result, language: Language, *, node: str, period: str | None, top: int | None
) -> RenderableType:
    """Return the same as `ranking` for use inside of something that bears the mark of simulated values itself."""
    found = _standing(result, node, period)
    # where none has a score, those that have none are what there is to show
    kept = found.rows if top is None or not found.ranked else found.ranked[:top]
    table = plain_table(_head(found, name, language) for name in found.columns)
    regions = {region.code: region for region in result.regions}
    for row in kept:
        cells = _cells(row, regions[row["region_code"]], found, (language, result))
        table.add_row(*(cells[name] for name in found.columns))
    title = say(
        *("report", "ranking-title", language),
        name=node_names(result.framework, language)[found.code],
        period=found.period,
    )
    below = _below(result, language, found, shown=len(kept))
    return titled(title, table, *below)


def ranking_json(
    result: Result, *, node: str, period: str | None, top: int | None
) -> dict[str, Any]:
    """Return the ranking for programs."""
    found = _standing(result, node, period)
    return {
        "framework": result.framework.id,
        "node": found.code,
        "period": found.period,
        "simulated": result.about.simulated,
        "fitted": result.about.fitted,
        **({} if found.unit is None else {"unit": found.unit}),
        "ranking": found.rows[:top],
    }


def _standing(result: Result, node: str, period: str | None) -> _Standing:
    code = result.node(node)
    shown = period or result.about.periods[-1]
    rows = result.ranking(code, shown)
    known = {indicator.code: indicator for indicator in result.framework.indicators()}
    if code in known:
        values = result.indicators.filter(
            pl.col("indicator") == code, pl.col("period") == shown
        ).select("region_code", "value", "origin", "source")
        rows = rows.join(values, on="region_code", how="left", maintain_order="left")
    unit = known[code].unit if code in known else None
    return _Standing(code, shown, rows.to_dicts(), unit, is_first(result, shown))


def _head(found: _Standing, name: str, language: Language) -> tuple[str, JustifyMethod]:
    justify: JustifyMethod = "right" if name in ("rank", "score", "value") else "left"
    if name == "value":
        unit = units.label(found.unit or "1", language)
        return say("report", "ranking-value", language, unit=unit), justify
    if name == "bar":
        return "", justify
    topic = "labels" if name in ("rank", "region", "score", "tier") else "report"
    return say(topic, name, language), justify


def _cells(
    row: Mapping[str, Any], region: RegionName, found: _Standing, manner: tuple[Language, Result]
) -> dict[str, RenderableType]:
    language, result = manner
    return {
        "rank": "–" if row["rank"] is None else str(row["rank"]),
        "change": _change(row, found, language),
        "region": region_name(region, language),
        "bar": bar(row["score"], found.highest),
        "score": number(row["score"], result.framework.decimals),
        "value": figure(row.get("value")),
        "origin": origin(row.get("origin"), language),
        "tier": tier(row["tier"], language),
    }


def _change(row: Mapping[str, Any], found: _Standing, language: Language) -> RenderableType:
    """Return the change of rank; nothing for a region without a rank, which is not new."""
    if row["rank"] is None:
        return ""
    return rank_change(row["rank_change"], language, first=found.first)


def _below(result: Result, language: Language, found: _Standing, *, shown: int) -> list[Prose]:
    sentences = []
    count, ranked = len(found.rows), len(found.ranked)
    if shown < ranked:
        sentences.append(say("report", "ranking-shown", language, shown=shown, count=count))
    if ranked < count > shown:
        sentences.append(say("report", "ranking-unranked", language, count=count - ranked))
    change = result.top_change(found.code, found.period)
    if change is not None and len(result.regions) > change.count:
        sentences += [
            say(
                *("report", f"ranking-{key}", language),
                count=change.count,
                period=change.period_from,
                names=region_names(result, names, language),
            )
            for key, names in (("entered", change.entered), ("left", change.left))
            if names
        ]
    return [Prose(sentence, style="dim") for sentence in sentences]

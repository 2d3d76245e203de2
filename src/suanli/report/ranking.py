"""A ranking for the terminal: rank, change, bar, score, tier."""

from typing import Any

from rich.console import Group, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.report.stamp import stamped
from suanli.report.words import bar, listed, node_names, number, rank_change, tier
from suanli.result import Result


def ranking(
    result: Result, language: Language, *, node: str, period: str | None, top: int | None
) -> RenderableType:
    """Return the ranking of a node in a period, the last one by default; all regions unless `top` says how many."""
    code, shown_period, rows = _rows(result, node, period)
    first = shown_period == result.about.periods[0]
    names = {region.code: region for region in result.regions}
    kept = rows if top is None else rows[:top]
    highest = max((row["score"] for row in rows if row["score"] is not None), default=0.0)
    table = Table(
        title=say(
            "report",
            "ranking-title",
            language,
            name=node_names(result.framework, language)[code],
            period=shown_period,
        ),
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    for column in ("rank", "change", "region", "bar", "score", "tier"):
        topic = "report" if column in ("change", "bar") else "labels"
        justify: JustifyMethod = "right" if column in ("rank", "score") else "left"
        table.add_column(say(topic, column, language), justify=justify, no_wrap=True)
    for row in kept:
        region = names[row["region_code"]]
        table.add_row(
            "–" if row["rank"] is None else str(row["rank"]),
            rank_change(row["rank_change"], language, first=first),
            region.short if language == "zh" else region.en,
            bar(row["score"], highest),
            number(row["score"], result.framework.decimals),
            tier(row["tier"], language),
        )
    below = _below(result, language, code, shown_period)
    if len(kept) < len(rows):
        words = say("report", "ranking-shown", language, shown=len(kept), count=len(rows))
        below.insert(0, Styled(words, style="dim"))
    return stamped(result, language, Group(table, *below))


def ranking_json(result: Result, *, node: str, period: str | None, top: int | None) -> dict[str, Any]:
    """Return the ranking for programs."""
    code, shown_period, rows = _rows(result, node, period)
    return {
        "node": code,
        "period": shown_period,
        "simulated": result.about.simulated,
        "ranking": rows if top is None else rows[:top],
    }


def _rows(
    result: Result, node: str, period: str | None
) -> tuple[str, str, list[dict[str, Any]]]:
    code = result.node(node)
    return code, period or result.about.periods[-1], result.ranking(code, period).to_dicts()


def _below(result: Result, language: Language, node: str, period: str) -> list[Styled]:
    change = result.top_change(node, period)
    if change is None or len(result.regions) <= change.count:
        return []
    return [
        Styled(
            say(
                "report",
                f"ranking-{key}",
                language,
                count=change.count,
                period=change.period_from,
                names=listed(_named(result, names, language), language),
            ),
            style="dim",
        )
        for key, names in (("entered", change.entered), ("left", change.left))
        if names
    ]


def _named(result: Result, full_names: tuple[str, ...], language: Language) -> tuple[str, ...]:
    by_name = {region.zh: region for region in result.regions}
    return tuple(
        by_name[name].short if language == "zh" else by_name[name].en for name in full_names
    )

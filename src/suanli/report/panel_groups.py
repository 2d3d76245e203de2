"""How consistent and how much of one mind a panel is, group by group and expert by expert, for the terminal."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from rich.console import RenderableType

from suanli.language import Language, say
from suanli.report.prose import Fitted, Prose
from suanli.report.tables import plain_table, titled
from suanli.report.weights_tree import consistency
from suanli.report.words import listed, node_names, number
from suanli.result.panels import PanelResult, visible

_WIDE = 100
"""Columns of a screen on which the group's GCI and schools of opinion are shown too."""


def group_names(result: PanelResult, language: Language) -> dict[str, str]:
    """Return what the groups and items are called, by code."""
    top = {result.framework.code: say("panel_report", "group-index", language)}
    return node_names(result.framework, language) | top


def groups_table(result: PanelResult, language: Language) -> RenderableType:
    """Return a row for each judged group: CR, consensus with its word, Kendall's W, experts above the limit."""
    names = group_names(result, language)

    def table(width: int) -> RenderableType:
        wide = width >= _WIDE
        more = ("gci",) if wide else ()
        schools = ("clusters",) if wide else ()
        columns = (
            "name",
            "items",
            "experts",
            "cr",
            *more,
            "consensus",
            "kendall",
            "above",
            *schools,
        )
        shown = plain_table(
            (
                say("panel_report", f"group-{column}", language),
                "left" if column in ("name", "consensus") else "right",
            )
            for column in columns
        )
        for row in result.consensus.to_dicts():
            cells = _group(row, names, language)
            shown.add_row(*(cells[column] for column in columns))
        return shown

    title = say("panel_report", "groups-title", language)
    note = Prose(say("panel_report", "groups-note", language), style="dim")
    return titled(title, Fitted(table), note)


def excluded_lines(result: PanelResult, language: Language) -> RenderableType | None:
    """Return every matrix that the declared rule left out, an expert a line; nothing where none was."""
    left_out = result.experts.filter(pl.col("excluded"))
    if left_out.is_empty():
        return None
    names = group_names(result, language)
    lines = []
    for (expert, name), rows in left_out.group_by("expert", "name", maintain_order=True):
        groups = [
            say(
                *("panel_report", "excluded-group", language),
                group=names[row["node"]],
                cr=number(row["consistency_ratio"], 3),
            )
            for row in rows.to_dicts()
        ]
        who = who_is(str(expert), str(name))
        words = say(
            "panel_report", "excluded-line", language, expert=who, groups=listed(groups, language)
        )
        lines.append(Prose(words, indent=2, hang=2))
    return titled(say("panel_report", "excluded-title", language), *lines)


def experts_table(result: PanelResult, language: Language) -> RenderableType:
    """Return a row for each expert: worst and mean CR, share, likeness to the group, remarks."""
    named = any(expert.name != expert.id for expert in result.about.experts)
    columns = [
        "id",
        *(["name"] if named else []),
        "worst",
        "mean",
        "influence",
        "similarity",
        "marks",
    ]
    table = plain_table(
        (
            say("panel_report", f"expert-{column}", language),
            "left" if column in ("id", "name", "marks") else "right",
        )
        for column in columns
    )
    limits = dict(result.consensus.select("node", "limit").iter_rows())
    for (_, _), rows in result.experts.group_by("expert", "name", maintain_order=True):
        cells = _expert(rows, limits, language)
        table.add_row(*(cells[column] for column in columns))
    title = say("panel_report", "experts-title", language)
    note = Prose(say("panel_report", "experts-note", language), style="dim")
    return titled(title, table, note)


def who_is(expert: str, name: str) -> str:
    """Return an expert's id and name as one; the id alone where the name is the same.

    >>> who_is("E01", "张三"), who_is("E01", "E01")
    ('E01 张三', 'E01')
    """
    return visible(expert if expert == name else f"{expert} {name}")


def _group(
    row: Mapping[str, Any], names: Mapping[str, str], language: Language
) -> dict[str, RenderableType]:
    agreement = number(row["consensus"], 2)
    if row["word"]:
        word = say("panel_report", f"consensus-{row['word']}", language)
        agreement = say("panel_report", "panel-agreement", language, value=agreement, word=word)
    return {
        "name": Prose(names[row["node"]], hang=2),
        "items": str(row["items"]),
        "experts": str(row["experts"]),
        "cr": consistency(row["consistency_ratio"], row["limit"]),
        "gci": number(row["gci"], 3),
        "consensus": agreement,
        "kendall": number(row["kendall_w"], 2),
        "above": str(row["above_limit"]),
        "clusters": str(row["clusters"]),
    }


def _expert(
    rows: pl.DataFrame, limits: Mapping[str, float], language: Language
) -> dict[str, RenderableType]:
    first = rows.row(0, named=True)
    ratios = rows.filter(pl.col("consistency_ratio").is_not_null())
    worst = (
        ratios.sort("consistency_ratio", descending=True, maintain_order=True).head(1).to_dicts()
    )
    means = rows.select("consistency_ratio", "influence", "similarity").mean().row(0)
    mean, influence, similarity = means
    return {
        "id": Prose(visible(first["expert"])),
        "name": Prose(visible(first["name"])),
        "worst": consistency(worst[0]["consistency_ratio"], limits[worst[0]["node"]])
        if worst
        else "–",
        "mean": number(mean, 3),
        "influence": f"{number(100 * influence, 1)}%",
        "similarity": number(similarity, 2),
        "marks": Prose(_marks(rows, language)),
    }


def _marks(rows: pl.DataFrame, language: Language) -> str:
    """Return what is special about an expert, with the number of groups in which it holds."""
    counts = {
        "excluded": rows["excluded"].sum(),
        "outlier": rows["outlier"].sum(),
        "carried": rows["carried"].sum(),
        "unanswered": (~rows["answered"]).sum(),
        "missing": rows["missing"].sum(),
    }
    words = [
        say("panel_report", f"mark-{mark}", language, count=count)
        for mark, count in counts.items()
        if count
    ]
    return listed(words, language)

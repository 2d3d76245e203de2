"""How consistent and how much of one mind a panel is, group by group and expert by expert, for the terminal."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from rich.console import RenderableType

from suanli.language import Language, say
from suanli.report.prose import Fitted, Prose
from suanli.report.tables import plain_table, titled
from suanli.report.weights_tree import consistency, percentage
from suanli.report.words import listed, node_names, number, signed
from suanli.result.panels import PanelResult

_WIDE = 100
"""Columns of a screen on which the group's GCI and schools of opinion are shown too."""
_USUAL = 80
"""Columns of a screen from which a consensus and its word keep to one line."""
_OF_TWO = 2
"""Items of a group whose judgements cannot be inconsistent."""
_LEFT_OUT = "panel-result-similarity-left-out"


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
        # a value and its word stay together; it is the names that wrap
        shown.columns[columns.index("consensus")].no_wrap = width >= _USUAL
        for row in result.consensus.to_dicts():
            cells = _group(row, names, language)
            shown.add_row(*(cells[column] for column in columns))
        return shown

    title = say("panel_report", "groups-title", language)
    note = say("panel_report", "groups-note", language)
    if (result.consensus["items"] == _OF_TWO).any():
        note += (" " if language == "en" else "") + say("panel_report", "groups-of-two", language)
    return titled(title, Fitted(table), Prose(note, style="dim"))


def excluded_lines(result: PanelResult, language: Language) -> RenderableType | None:
    """Return every matrix that the declared rule left out, an expert a line; nothing where none was."""
    left_out = result.experts.filter(pl.col("excluded"))
    if left_out.is_empty():
        return None
    names = group_names(result, language)
    lines = []
    for (expert,), rows in left_out.group_by("expert", maintain_order=True):
        groups = [
            say(
                *("panel_report", "excluded-group", language),
                group=names[row["node"]],
                cr=number(row["consistency_ratio"], 3),
            )
            for row in rows.to_dicts()
        ]
        who = result.about.labels[str(expert)]
        words = say(
            "panel_report", "excluded-line", language, expert=who, groups=listed(groups, language)
        )
        lines.append(Prose(words, indent=2, hang=2))
    return titled(say("panel_report", "excluded-title", language), *lines)


def experts_table(result: PanelResult, language: Language) -> RenderableType:
    """Return a row for each expert: worst and mean CR, share, likeness to the group, remarks."""
    columns = ("expert", "worst", "mean", "influence", "similarity", "marks")
    table = plain_table(
        (
            say("panel_report", f"expert-{column}", language),
            "left" if column in ("expert", "marks") else "right",
        )
        for column in columns
    )
    limits = dict(result.consensus.select("node", "limit").iter_rows())
    for (expert,), rows in result.experts.group_by("expert", maintain_order=True):
        cells = _expert(rows, limits, language)
        label = Prose(result.about.labels[str(expert)], hang=2)
        table.add_row(label, *(cells[column] for column in columns[1:]))
    title = say("panel_report", "experts-title", language)
    note = Prose(say("panel_report", "experts-note", language), style="dim")
    return titled(title, table, note, *_many(result, language), *_influential(result, language))


def _many(result: PanelResult, language: Language) -> list[RenderableType]:
    """Return that the experts were not compared two by two, if they are too many for it."""
    left_out = [each for each in result.problems if each.code == _LEFT_OUT]
    return [
        Prose(
            say(
                *("panel_report", "experts-many", language),
                count=problem.found,
                most=problem.expected,
            ),
            style="dim",
        )
        for problem in left_out
    ]


def _influential(result: PanelResult, language: Language) -> list[RenderableType]:
    """Return who moves the weights most when left out, which weight, and by how much."""
    found = result.about.influential
    if found is None:
        return []
    weights = dict(result.weights.select("node", "global_weight").iter_rows())
    words = say(
        *("panel_report", "experts-influential", language),
        expert=result.about.labels[found.expert.id],
        node=node_names(result.framework, language)[found.node],
        before=percentage(weights[found.node]),
        after=percentage(weights[found.node] + found.change),
        change=signed(100 * found.change, 2),
    )
    return [Prose(words)]


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
        "kendall": number(row["kendall_w"], 2) if row["items"] > _OF_TWO else "–",
        "above": str(row["above_limit"]),
        "clusters": "–" if row["clusters"] is None else str(row["clusters"]),
    }


def _expert(
    rows: pl.DataFrame, limits: Mapping[str, float], language: Language
) -> dict[str, RenderableType]:
    ratios = rows.filter(pl.col("consistency_ratio").is_not_null())
    worst = (
        ratios.sort("consistency_ratio", descending=True, maintain_order=True).head(1).to_dicts()
    )
    means = rows.select("consistency_ratio", "influence", "similarity").mean().row(0)
    mean, influence, similarity = means
    return {
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

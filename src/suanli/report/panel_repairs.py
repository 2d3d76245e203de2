"""What a panel's inconsistent experts might change, for the terminal; a proposal, never done by the program."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from suanli.language import Language, ratio_text, say
from suanli.report.panel_groups import group_names
from suanli.report.prose import Prose
from suanli.report.tables import titled
from suanli.report.words import number
from suanli.result.panels import PanelResult

Row = Mapping[str, Any]

_LISTED = 10
"""Matrices whose proposals are shown; the rest is in repairs.csv."""


def repairs_summary(result: PanelResult, language: Language) -> RenderableType:
    """Return how many matrices need how many changes, and the changes of the first of them."""
    title = say("panel_report", "repairs-title", language)
    repairs = result.repairs
    if repairs.is_empty():
        key = "repairs-none" if result.tests_consistency else "repairs-untested"
        return titled(title, Prose(say("panel_report", key, language)))
    matrices = repairs.partition_by("expert", "node", maintain_order=True)
    summary = say(
        *("panel_report", "repairs-summary", language),
        experts=repairs["expert"].n_unique(),
        matrices=len(matrices),
        changes=repairs.height,
    )
    names = group_names(result, language)
    people = result.about.labels
    parts: list[RenderableType] = [Prose(summary)]
    for matrix in matrices[:_LISTED]:
        parts += _matrix(matrix.to_dicts(), people, names, language)
    if len(matrices) > _LISTED:
        count = len(matrices) - _LISTED
        parts.append(Prose(say("panel_report", "repairs-more", language, count=count), style="dim"))
    return titled(title, *parts)


def _matrix(
    rows: Sequence[Row], people: Mapping[str, str], names: Mapping[str, str], language: Language
) -> list[RenderableType]:
    """Return whose matrix it is and what becomes of its CR, then the changes, a line each."""
    first = rows[0]
    head = say(
        *("panel_report", "repair-matrix", language),
        expert=people[first["expert"]],
        group=names[first["node"]],
        before=number(first["cr_before"], 3),
        after=number(first["cr_after"], 3),
    )
    return [Prose(head, indent=2, hang=2), *(_change(row, names, language) for row in rows)]


def _change(row: Row, names: Mapping[str, str], language: Language) -> Prose:
    words = say(
        *("panel_report", "repair-change", language),
        item=names[row["item"]],
        other=names[row["other"]],
        before=ratio_text(row["before"]),
        after=ratio_text(row["after"]),
    )
    return Prose(words, indent=4, hang=2)

"""How a panel's rounds of questions converge, for the terminal."""

from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType

from suanli.language import Language, say
from suanli.report.panel_groups import group_names
from suanli.report.prose import Prose
from suanli.report.tables import plain_table, titled
from suanli.report.words import number
from suanli.result.panels import PanelResult

_COLUMNS = ("round", "answered", "consensus", "kendall", "spread", "change", "changed", "stop")
_LEFT = ("changed", "stop")


def rounds_table(result: PanelResult, language: Language) -> RenderableType | None:
    """Return a row for each round, and what the stop rule says of the one that counts; nothing without rounds."""
    if result.rounds.is_empty():
        return None
    names = group_names(result, language)
    table = plain_table(
        (say("panel_report", f"round-{name}", language), "left" if name in _LEFT else "right")
        for name in _COLUMNS
    )
    for row in result.rounds.to_dicts():
        table.add_row(
            str(row["round"]),
            f"{row['answered']}/{len(result.about.experts)}",
            number(row["consensus"], 2),
            number(row["kendall_w"], 2),
            number(row["interquartile_range"], 2),
            number(row["largest_change"], 4),
            Prose(names[row["changed"]] if row["changed"] else ""),
            _verdict(row, language),
        )
    reasons = [
        Prose(
            say(
                *("panel_report", "round-reason", language),
                round=row["round"],
                reason=row[f"reason_{language}"],
            ),
            style="bold",
        )
        for row in result.rounds.filter(round=result.about.round).to_dicts()
    ]
    note = Prose(say("panel_report", "rounds-note", language), style="dim")
    title = say("panel_report", "rounds-title", language)
    return titled(title, table, *reasons, note)


def _verdict(row: Mapping[str, Any], language: Language) -> str:
    """Return what the stop rule says of a round; a dash where there is none."""
    if row["stop"] is None:
        return "–"
    return say("panel_report", "stop-true" if row["stop"] else "stop-false", language)

"""How a panel's rounds of questions converge, for the terminal."""

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
    """Return a row for each round and the stop rule's reason after the last; nothing where there are no rounds."""
    if result.rounds.is_empty():
        return None
    names = group_names(result, language)
    table = plain_table(
        (say("panel_report", f"round-{name}", language), "left" if name in _LEFT else "right")
        for name in _COLUMNS
    )
    rows = result.rounds.to_dicts()
    for row in rows:
        verdict = say("panel_report", f"stop-{row['stop']}".lower(), language)
        table.add_row(
            str(row["round"]),
            f"{row['answered']}/{len(result.about.experts)}",
            number(row["consensus"], 2),
            number(row["kendall_w"], 2),
            number(row["interquartile_range"], 2),
            number(row["largest_change"], 4),
            Prose(names[row["changed"]] if row["changed"] else ""),
            verdict,
        )
    reason = say(
        *("panel_report", "round-reason", language),
        round=rows[-1]["round"],
        reason=rows[-1][f"reason_{language}"],
    )
    note = Prose(say("panel_report", "rounds-note", language), style="dim")
    title = say("panel_report", "rounds-title", language)
    return titled(title, table, Prose(reason, style="bold"), note)

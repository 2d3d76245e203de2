"""Published facts beside a result, for the terminal."""

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.report.stamp import stamped
from suanli.result import FactTable, Result

_STYLES = {"agrees": "green", "differs": "red", "not-testable": "dim"}


def facts(
    found: FactTable, result: Result, language: Language, *, verdict: str | None
) -> RenderableType:
    """Return the facts with one verdict, or all, with the counts and what to bear in mind."""
    table = Table(
        title=say("report", "facts-title", language),
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    table.add_column(say("report", "facts-id", language), no_wrap=True)
    table.add_column(say("report", "facts-statement", language), ratio=3)
    table.add_column(say("report", "facts-verdict", language), no_wrap=True)
    table.add_column(say("report", "facts-said", language), ratio=2)
    for item in found.verdicts:
        if verdict is None or item.verdict == verdict:
            table.add_row(
                item.fact.id,
                item.statement.said(language),
                Styled(
                    say("result", f"facts_verdict_{item.verdict}", language),
                    style=_STYLES[item.verdict],
                ),
                item.said.said(language),
            )
    remarks = [Styled(f"• {remark.said(language)}", style="dim") for remark in found.remarks]
    summary = Styled(found.summary.said(language), style="bold")
    return stamped(result, language, Group(table, summary, *remarks))


def facts_json(found: FactTable, *, verdict: str | None) -> dict[str, Any]:
    """Return the facts for programs."""
    agreeing, pairs = found.pairs
    return {
        "counts": dict(found.counts),
        "pairs": {"agreeing": agreeing, "tried": pairs},
        "remarks": [{"zh": remark.zh, "en": remark.en} for remark in found.remarks],
        "facts": [
            row
            for row, item in zip(found.table.to_dicts(), found.verdicts, strict=True)
            if verdict is None or item.verdict == verdict
        ],
    }

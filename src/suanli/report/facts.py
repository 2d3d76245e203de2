"""Published facts beside a result, for the terminal."""

from collections.abc import Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.report.prose import Prose
from suanli.report.stamp import stamped
from suanli.report.tables import plain_table, titled
from suanli.report.words import listed
from suanli.result import FactTable, FactVerdict, Result

_STYLES = {"agrees": "green", "differs": "red", "not-testable": "dim"}
_UNTESTABLE = "not-testable"


def facts(
    found: FactTable, result: Result, language: Language, *, verdict: str | None
) -> RenderableType:
    """Return the facts with one verdict, or those that could be tested and why the others could not.

    With no verdict asked for, facts that cannot be tested are grouped by the reason, with their ids.
    """
    kept = [item for item in found.verdicts if _wanted(item, verdict)]
    parts: list[RenderableType] = []
    if kept:
        parts.append(_table(kept, language))
    elif verdict is None:
        parts.append(Prose(say("report", "facts-none", language)))
    if verdict is None:
        parts.extend(_reasons(found.verdicts, language))
    parts.append(Prose(found.summary.said(language), style="bold"))
    parts.extend(
        Prose(f"• {remark.said(language)}", hang=2, style="dim") for remark in found.remarks
    )
    title = say("report", "facts-title", language)
    return stamped(titled(title, *parts), simulated=result.about.simulated)


def facts_json(found: FactTable, result: Result, *, verdict: str | None) -> dict[str, Any]:
    """Return the facts for programs: all, or those with one verdict."""
    agreeing, pairs = found.pairs
    return {
        "framework": result.framework.id,
        "simulated": result.about.simulated,
        "counts": dict(found.counts),
        "pairs": {"agreeing": agreeing, "tried": pairs},
        "remarks": [{"zh": remark.zh, "en": remark.en} for remark in found.remarks],
        "facts": [
            row
            for row, item in zip(found.table.to_dicts(), found.verdicts, strict=True)
            if verdict is None or item.verdict == verdict
        ],
    }


def _wanted(item: FactVerdict, verdict: str | None) -> bool:
    return item.verdict != _UNTESTABLE if verdict is None else item.verdict == verdict


def _table(items: Sequence[FactVerdict], language: Language) -> RenderableType:
    table = plain_table(
        (say("report", f"facts-{column}", language), "left")
        for column in ("id", "verdict", "statement", "said")
    )
    for item in items:
        word = say("result", f"facts_verdict_{item.verdict}", language)
        if item.partial:
            word = say("report", "facts-partial", language, verdict=word)
        said = [item.said.said(language)]
        if remark := item.remark.said(language):
            said.append(say("report", "facts-remark", language, remark=remark))
        table.add_row(
            Styled(item.fact.id, no_wrap=True),
            Prose(word, style=_STYLES[item.verdict]),
            Prose(item.statement.said(language)),
            Prose("\n".join(said)),
        )
    return table


def _reasons(items: Sequence[FactVerdict], language: Language) -> list[RenderableType]:
    """Return each reason why facts could not be tested, the commonest first, with the ids of the facts."""
    by_reason: dict[str, list[str]] = {}
    for item in items:
        if item.verdict == _UNTESTABLE:
            by_reason.setdefault(item.said.said(language), []).append(item.fact.id)
    if not by_reason:
        return []
    lines: list[RenderableType] = [Prose(say("report", "facts-untestable", language), style="bold")]
    for reason, ids in sorted(by_reason.items(), key=lambda pair: -len(pair[1])):
        sentence = say("report", "facts-reason", language, reason=reason, count=len(ids))
        lines.append(Prose(sentence, indent=2, hang=2))
        lines.append(Prose(listed(ids, language), indent=4, style="dim"))
    return lines

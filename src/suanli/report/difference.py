"""What changed between two frameworks, for the terminal and for programs."""

from collections.abc import Sequence
from typing import Any

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.text import Text as Styled

from suanli.framework import Framework, FrameworkDifference, IndicatorDifference, RuleChange
from suanli.language import Language, Text, say
from suanli.report.method_words import rule_name, rule_value
from suanli.report.prose import Prose
from suanli.report.tables import plain_table, titled

_STYLES = {
    "new": "green",
    "dropped": "red",
    "redefined": "yellow",
    "moved": "cyan",
    "stand-in": "magenta",
}


def difference_table(
    found: FrameworkDifference, before: Framework, after: Framework, language: Language
) -> RenderableType:
    """Return what changed between two frameworks, indicator by indicator and rule by rule."""
    title = say(
        *("report", "diff-title", language),
        before=f"{before.title.said(language)} [{found.before}]",
        after=f"{after.title.said(language)} [{found.after}]",
    )
    kinship = say("report", "diff-family" if found.same_family else "diff-families", language)
    parts: list[RenderableType] = [Prose(kinship, style="yellow")]
    if found.indicators:
        table = plain_table(
            (say("report", f"diff-{column}", language), "left")
            for column in ("relation", "indicator")
        )
        for item in found.indicators:
            table.add_row(
                Styled(
                    say("report", f"relation-{item.relation}", language),
                    style=_STYLES.get(item.relation, ""),
                    no_wrap=True,
                ),
                Lines(*_indicator(item, before, after, language)),
            )
        parts.append(table)
    if found.rules:
        parts.append(Styled(say("report", "diff-rules", language), style="bold"))
        parts.extend(rule_changes(found.rules, language))
    if not found.indicators and not found.rules:
        key = "diff-none" if found.same_family else "diff-unrelated"
        parts.append(Prose(say("report", key, language)))
    return titled(title, *parts)


def rule_changes(rules: Sequence[RuleChange], language: Language) -> list[Prose]:
    """Return a line a rule: its name, what it was and what it is."""
    return [
        Prose(
            say(
                *("report", "diff-change", language),
                what=rule_name(rule.path, language),
                before=rule_value(rule.path, rule.before, language),
                after=rule_value(rule.path, rule.after, language),
            ),
            indent=2,
            hang=2,
        )
        for rule in rules
    ]


def difference_json(found: FrameworkDifference) -> dict[str, Any]:
    """Return the difference for programs."""
    return {
        "before": found.before,
        "after": found.after,
        "same_family": found.same_family,
        "indicators": [
            {
                "before": item.before,
                "after": item.after,
                "relation": item.relation,
                "declared": item.declared,
                "changes": [
                    {
                        "attribute": one.attribute,
                        "before": _plain(one.before),
                        "after": _plain(one.after),
                    }
                    for one in item.changes
                ],
                "note": _plain(item.note),
            }
            for item in found.indicators
        ],
        "rules": [
            {"path": rule.path, "before": _plain(rule.before), "after": _plain(rule.after)}
            for rule in found.rules
        ],
    }


def _indicator(
    item: IndicatorDifference, before: Framework, after: Framework, language: Language
) -> list[Prose]:
    sides = [_named(before, item.before, language), _named(after, item.after, language)]
    lines = [Prose(" → ".join(side for side in dict.fromkeys(sides) if side), style="bold", hang=2)]
    for one in item.changes:
        if one.attribute == "name":
            continue  # both names stand above
        was, now = (rule_value(one.attribute, side, language) for side in (one.before, one.after))
        if was != now:
            what = say("report", f"attribute-{one.attribute}", language)
            change = say("report", "diff-change", language, what=what, before=was, after=now)
            lines.append(Prose(change, indent=2, hang=2))
    if item.note is not None:
        lines.append(Prose(item.note.said(language), indent=2))
    return lines


def _named(framework: Framework, code: str | None, language: Language) -> str:
    if code is None:
        return ""
    known = {indicator.code: indicator for indicator in framework.indicators()}
    return f"{code} {known[code].name.said(language)}" if code in known else code


def _plain(value: object) -> object:
    """Return a value as JSON can hold it."""
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    dumped: object = value.model_dump(mode="json") if hasattr(value, "model_dump") else str(value)
    return dumped

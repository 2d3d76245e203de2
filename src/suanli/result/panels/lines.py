"""What a panel was asked and how its answers became weights, in lines for screen and workbook alike."""

from suanli.intake.panels import COMPARING
from suanli.language import LANGUAGES, Text, pair, say
from suanli.result.panels.contents import PanelResult


def panel_lines(result: PanelResult) -> list[tuple[str, Text]]:
    """Return the lines, each with the key of what it is about: `label-<key>` is its head in the topic panel_report.

    Experts and rounds, way of asking, score rule, method, aggregation, exclusion, accepted changes, agreement,
    uncertainty; what does not apply has no line.
    """
    rules, about = result.rules, result.about
    compared = rules.elicitation in COMPARING
    lines = {
        "panel": _words(
            "panel-experts" if about.rounds > 1 else "panel-experts-once",
            count=len(about.experts),
            round=about.round,
            rounds=about.rounds,
        ),
        "asked": _words(
            "panel-asked" if compared else "panel-asked-scores",
            elicitation=_shared("elicitation", rules.elicitation),
            scale=_shared("scale", rules.scale),
        ),
        "score-rule": None
        if compared
        else _words(
            "panel-score-rule",
            rule=_shared("rule", rules.score_rule),
            meaning=pair("panel_report", f"score-rule-{rules.score_rule}"),
        ),
        "method": _words(
            "panel-method",
            method=_shared("method", rules.method),
            table=_shared("table", rules.random_index),
        ),
        "aggregation": _words(
            "panel-aggregation-trimmed" if rules.trim else "panel-aggregation",
            aggregation=_shared("aggregation", rules.aggregation),
            weights=pair("panel_report", f"expert-weights-{rules.expert_weights}"),
            share=f"{100 * rules.trim:g}%",
        ),
        "exclusion": _words("panel-exclusion", limit=f"{rules.exclude.consistency_ratio:g}")
        if rules.exclude
        else pair("panel_report", "panel-exclusion-none"),
        "revisions": _words("panel-revisions", count=result.revisions.height)
        if result.revisions.height
        else None,
        "agreement": _agreement(about.consensus, about.word),
        "uncertainty": _uncertainty(result),
    }
    return [(key, words) for key, words in lines.items() if words is not None]


def _agreement(consensus: float | None, word: str | None) -> Text | None:
    if consensus is None or word is None:
        return None
    return _words(
        "panel-agreement", value=f"{consensus:.2f}", word=pair("panel_report", f"consensus-{word}")
    )


def _uncertainty(result: PanelResult) -> Text:
    rule, level = result.rules.uncertainty, result.about.level
    if level is None:
        return pair("panel_report", "panel-uncertainty-none")
    step = "half-step" if result.rules.elicitation in COMPARING else "half-point"
    how = [
        pair("panel_report", f"drawn-{name}")
        for name, drawn in (("experts", rule.experts), (step, rule.half_step))
        if drawn
    ]
    return _words(
        "panel-uncertainty",
        level=f"{100 * level:g}%",
        draws=f"{rule.draws:,}",
        how=Text("、".join(text.zh for text in how), ", ".join(text.en for text in how)),
        seed=result.rules.seed,
    )


def _shared(family: str, name: str) -> Text:
    """Return the name of a rule that results name too."""
    return pair("result", f"panel_{family}_{name}")


def _words(key: str, **details: object) -> Text:
    """Return an entry in both languages, with details that are texts each in their own."""
    zh, en = (
        say(
            "panel_report",
            key,
            language,
            **{
                name: part.said(language) if isinstance(part, Text) else part
                for name, part in details.items()
            },
        )
        for language in LANGUAGES
    )
    return Text(zh, en)

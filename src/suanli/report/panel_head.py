"""What a panel was asked and how its answers became weights, for the terminal."""

from rich.console import RenderableType
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.report.prose import Prose
from suanli.report.words import listed, number
from suanli.result.panels import PanelResult, agreement_word

_SCORED = ("scores", "budget")


def panel_head(result: PanelResult, language: Language) -> list[RenderableType]:
    """Return a line each: framework, experts and rounds, way of asking, method, aggregation, rules, agreement."""
    rules, about = result.rules, result.about
    framework = result.framework
    lines = {
        "framework": f"{framework.title.said(language)} [{framework.id}]",
        "panel": _experts(result, language),
        "asked": _asked(result, language),
        "score-rule": _named("score-rule", rules.score_rule, language)
        if rules.elicitation in _SCORED
        else "",
        "method": say(
            *("panel_report", "panel-method", language),
            method=_shared("method", rules.method, language),
            table=_named("random-index", rules.random_index, language),
        ),
        "aggregation": _aggregation(result, language),
        "exclusion": say(
            "panel_report",
            "panel-exclusion",
            language,
            limit=f"{rules.exclude.consistency_ratio:g}",
        )
        if rules.exclude
        else "",
        "agreement": _agreement(about.consensus, language),
        "uncertainty": _uncertainty(result, language),
    }
    return [
        Prose(
            Styled.assemble((say("panel_report", f"label-{key}", language), "bold"), words), hang=2
        )
        for key, words in lines.items()
        if words
    ]


def _experts(result: PanelResult, language: Language) -> str:
    about = result.about
    key = "panel-experts" if about.rounds > 1 else "panel-experts-once"
    details = {"count": len(about.experts), "round": about.round, "rounds": about.rounds}
    return say("panel_report", key, language, **details)


def _asked(result: PanelResult, language: Language) -> str:
    rules = result.rules
    key = "panel-asked-scores" if rules.elicitation in _SCORED else "panel-asked"
    elicitation = _shared("elicitation", rules.elicitation, language)
    scale = _named("scale", rules.scale, language)
    return say("panel_report", key, language, elicitation=elicitation, scale=scale)


def _aggregation(result: PanelResult, language: Language) -> str:
    rules = result.rules
    words = say(
        *("panel_report", "panel-aggregation", language),
        aggregation=_named("aggregation", rules.aggregation, language),
        weights=_named("expert-weights", rules.expert_weights, language),
    )
    if not rules.trim:
        return words
    return words + say("panel_report", "panel-trimmed", language, share=f"{100 * rules.trim:g}%")


def _agreement(consensus: float | None, language: Language) -> str:
    if consensus is None:
        return ""
    word = say("panel_report", f"consensus-{agreement_word(consensus)}", language)
    return say("panel_report", "panel-agreement", language, value=number(consensus, 2), word=word)


def _uncertainty(result: PanelResult, language: Language) -> str:
    if result.about.level is None:
        return ""
    rule = result.rules.uncertainty
    how = [
        say("panel_report", f"drawn-{name}", language)
        for name, drawn in (("experts", rule.experts), ("half-step", rule.half_step))
        if drawn
    ]
    return say(
        *("panel_report", "panel-uncertainty", language),
        level=f"{100 * result.about.level:g}%",
        draws=f"{rule.draws:,}",
        how=listed(how, language),
        seed=result.rules.seed,
    )


def _named(family: str, name: str, language: Language) -> str:
    """Return the name of a rule of the panel, with the word that panel.yaml uses."""
    words = say("panel_report", f"{family}-{name}", language)
    return say("panel_report", "named", language, name=words, id=name)


def _shared(family: str, name: str, language: Language) -> str:
    """Return the name of a rule whose words the result has too."""
    words = say("result", f"panel_{family}_{name}", language)
    return say("panel_report", "named", language, name=words, id=name)

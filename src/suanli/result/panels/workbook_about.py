"""The sheet that says what a panel was asked, how its answers became weights, and who its members are."""

from collections import Counter

from suanli.framework import dump
from suanli.language import Text, pair
from suanli.problems import Severity
from suanli.result.panels.contents import PanelResult
from suanli.result.panels.limits import agreement_word
from suanli.result.panels.people import visible
from suanli.result.reading import digest
from suanli.result.workbook_about import about_end, facts_part, inputs_part, line_part
from suanli.result.workbook_page import Page, both

_SCORED = ("scores", "budget")


def about_page(page: Page, result: PanelResult) -> None:
    """Write the sheet."""
    nature = pair("result", "about_simulated")
    facts = {**_what(result, nature), **_how(result)}
    row = facts_part(
        page, {label: text for label, text in facts.items() if text.zh}, stamped=nature
    )
    row = inputs_part(page, result.about.inputs, row + 1)
    row = _members(page, result, row + 1)
    about_end(page, row)


def _what(result: PanelResult, nature: Text) -> dict[Text, Text]:
    framework, about = result.framework, result.about
    counted = Counter(problem.severity for problem in result.problems)
    counts = {severity.value: counted[severity] for severity in Severity}
    return {
        pair("result", "about_title"): about.title,
        nature: pair("result", "simulated_yes" if about.simulated else "simulated_no"),
        pair("result", "about_statement"): pair("panel_report", "statement"),
        pair("result", "about_framework"): Text(
            f"{framework.title.zh}（{framework.id}）", f"{framework.title.en} ({framework.id})"
        ),
        pair("result", "about_framework_source"): framework.source,
        pair("result", "about_framework_digest"): _same(digest(dump(framework).encode())),
        pair("result", "about_problems"): pair("result", "problem_counts", **counts),
        pair("result", "about_version"): _same(f"Suanli {about.version}"),
    }


def _how(result: PanelResult) -> dict[Text, Text]:
    rules, about = result.rules, result.about
    scored = rules.elicitation in _SCORED
    rounds = {"count": len(about.experts), "round": about.round, "rounds": about.rounds}
    return {
        _label("panel"): pair(
            "panel_report",
            "panel-experts" if about.rounds > 1 else "panel-experts-once",
            **rounds,
        ),
        _label("asked"): _named(
            pair("result", f"panel_elicitation_{rules.elicitation}"), rules.elicitation
        ),
        _label("scale"): _same("") if scored else _rule("scale", rules.scale),
        _label("score-rule"): _rule("score-rule", rules.score_rule) if scored else _same(""),
        _label("method"): _named(pair("result", f"panel_method_{rules.method}"), rules.method),
        _label("random-index"): _rule("random-index", rules.random_index),
        _label("aggregation"): _rule("aggregation", rules.aggregation),
        _label("expert-weights"): _rule("expert-weights", rules.expert_weights),
        _label("trim"): _same(f"{rules.trim:.0%}" if rules.trim else ""),
        _label("exclusion"): pair(
            "panel_report", "panel-exclusion", limit=f"{rules.exclude.consistency_ratio:g}"
        )
        if rules.exclude
        else pair("panel_report", "panel-exclusion-none"),
        _label("agreement"): _agreement(about.consensus),
        _label("uncertainty"): _uncertainty(result),
        _label("seed"): _same(str(rules.seed)),
    }


def _agreement(consensus: float | None) -> Text:
    if consensus is None:
        return _same("")
    word = pair("panel_report", f"consensus-{agreement_word(consensus)}")
    key = "panel-agreement"
    return Text(
        pair("panel_report", key, value=f"{consensus:.3f}", word=word.zh).zh,
        pair("panel_report", key, value=f"{consensus:.3f}", word=word.en).en,
    )


def _uncertainty(result: PanelResult) -> Text:
    rule, level = result.rules.uncertainty, result.about.level
    if level is None:
        return pair("panel_report", "panel-uncertainty-none")
    how = [
        pair("panel_report", f"drawn-{name}")
        for name, drawn in (("experts", rule.experts), ("half-step", rule.half_step))
        if drawn
    ]
    details = {"level": f"{level:.0%}", "draws": f"{rule.draws:,}", "seed": result.rules.seed}
    listed = Text("、".join(text.zh for text in how), ", ".join(text.en for text in how))
    return Text(
        pair("panel_report", "panel-uncertainty", how=listed.zh, **details).zh,
        pair("panel_report", "panel-uncertainty", how=listed.en, **details).en,
    )


def _members(page: Page, result: PanelResult, row: int) -> int:
    """Write the members of the panel, from a row on; return the row below."""
    keys = ("about-experts", "about-expert-name", "about-expert-affiliation", "about-expert-weight")
    texts = [both(pair("panel_report", key), " ") for key in keys]
    line_part(page, row, texts, ("label", "header", "header", "header"))
    for expert in result.about.experts:
        row += 1
        line_part(
            page,
            row,
            tuple(map(visible, (expert.id, expert.name, expert.affiliation))),
            ("wrapped",) * 3,
        )
        page.write(row, 3, expert.weight, "bytes")
    return row + 1


def _rule(family: str, name: str) -> Text:
    """Return what a rule is called, with the word that panel.yaml uses."""
    return _named(pair("panel_report", f"{family}-{name}"), name)


def _named(words: Text, name: str) -> Text:
    return Text(f"{words.zh}（{name}）", f"{words.en} ({name})")


def _label(key: str) -> Text:
    return pair("panel_report", f"about-{key}")


def _same(text: str) -> Text:
    return Text(text, text)

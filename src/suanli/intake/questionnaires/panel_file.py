"""The text of a new panel's panel.yaml: every setting with its default and a comment in both languages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from suanli.framework import Framework
from suanli.intake.questionnaires.layout import Elicitation
from suanli.language import Language, pair

PANEL_FILE = "panel.yaml"
"""The file that makes a folder a panel."""
RETURNED = "returned"
"""The folder that returned files lie in, at once or by round."""
_DEFAULTS = (
    ("yaml_scale", "scale: saaty"),
    ("yaml_method", "method: eigenvector"),
    ("yaml_random_index", "random_index: alonso-lamata"),
    ("yaml_aggregation", "aggregation: judgements"),
    ("yaml_expert_weights", "expert_weights: equal"),
    ("yaml_trim", "trim: 0"),
    ("yaml_exclude", "# exclude: {consistency_ratio: 0.2}"),
    (
        "yaml_uncertainty",
        "uncertainty: {draws: 1000, interval: 0.9, experts: true, half_step: true}",
    ),
    ("yaml_stop", "stop: {consensus: 0.75, change: 0.05}"),
)


@dataclass(frozen=True, slots=True)
class NewPanel:
    """What a new panel's file says.

    `framework` is an id or a file beside it, None inside a study; `asking` the way of asking and the rule of scores.
    """

    title: Framework
    framework: str | None
    asking: tuple[Elicitation, str]
    experts: tuple[str, ...]
    seed: int
    language: Language


def panel_file(declared: NewPanel) -> str:
    """Return the file's text; the same declaration gives the same text."""
    return "\n".join(_lines(declared)) + "\n"


def _lines(declared: NewPanel) -> Iterator[str]:
    language = declared.language
    yield from _comment("yaml_head", language)
    yield from _entry("yaml_format", language, "suanli: 1")
    if declared.framework is None:
        yield from _comment("yaml_framework_study", language)
    else:
        named = f"framework: {_quoted(declared.framework)}"
        yield from _entry("yaml_framework", language, named)
    yield from _entry("yaml_title", language, "title:")
    title = declared.title.title
    yield f"  zh: {_quoted(title.zh)}"
    yield f"  en: {_quoted(title.en)}"
    yield from _entry("yaml_simulated", language, "simulated: false")
    yield from _entry("yaml_elicitation", language, f"elicitation: {declared.asking[0]}")
    yield from _entry("yaml_score_rule", language, f"score_rule: {declared.asking[1]}")
    for key, line in _DEFAULTS:
        yield from _entry(key, language, line)
    yield from _entry("yaml_seed", language, f"seed: {declared.seed}")
    yield from _entry("yaml_experts", language, "experts:")
    for expert in declared.experts:
        yield f"  - {{id: {_quoted(expert)}}}"
    yield from _entry("yaml_rounds", language, "# rounds:")
    yield f"#   - [{RETURNED}/{declared.experts[0]}.xlsx]"
    yield from _entry("yaml_revisions", language, "# revisions: revisions.csv")


def _entry(key: str, language: Language, line: str) -> Iterator[str]:
    yield from _comment(key, language)
    yield line


def _comment(key: str, language: Language) -> Iterator[str]:
    text = pair("questionnaire", key)
    for said in (text.zh, text.en) if language == "zh" else (text.en, text.zh):
        yield f"# {said}"


def _quoted(text: str) -> str:
    """Return text as a YAML scalar; JSON's strings are YAML's, but for three line breaks of Unicode."""
    return (
        json.dumps(text, ensure_ascii=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
        .replace("\x85", "\\x85")
    )

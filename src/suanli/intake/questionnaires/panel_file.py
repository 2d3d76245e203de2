"""The text of a new panel's panel.yaml: every setting with its default and a comment in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from suanli.framework import Framework
from suanli.intake.questionnaires.layout import Elicitation
from suanli.intake.yaml_lines import comment, entry, quoted
from suanli.language import Language

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
    yield from comment("questionnaire", "yaml_head", language)
    yield from entry("questionnaire", "yaml_format", language, "suanli: 1")
    if declared.framework is None:
        yield from comment("questionnaire", "yaml_framework_study", language)
    else:
        named = f"framework: {quoted(declared.framework)}"
        yield from entry("questionnaire", "yaml_framework", language, named)
    yield from entry("questionnaire", "yaml_title", language, "title:")
    title = declared.title.title
    yield f"  zh: {quoted(title.zh)}"
    yield f"  en: {quoted(title.en)}"
    yield from entry("questionnaire", "yaml_simulated", language, "simulated: false")
    yield from entry(
        "questionnaire", "yaml_elicitation", language, f"elicitation: {declared.asking[0]}"
    )
    yield from entry(
        "questionnaire", "yaml_score_rule", language, f"score_rule: {declared.asking[1]}"
    )
    for key, line in _DEFAULTS:
        yield from entry("questionnaire", key, language, line)
    yield from entry("questionnaire", "yaml_seed", language, f"seed: {declared.seed}")
    yield from entry("questionnaire", "yaml_experts", language, "experts:")
    for expert in declared.experts:
        yield f"  - {{id: {quoted(expert)}}}"
    yield from entry("questionnaire", "yaml_rounds", language, "# rounds:")
    yield f"#   - [{RETURNED}/{declared.experts[0]}.xlsx]"
    yield from entry("questionnaire", "yaml_revisions", language, "# revisions: revisions.csv")

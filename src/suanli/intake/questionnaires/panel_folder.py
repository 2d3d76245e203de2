"""A new panel's folder, written whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Required, TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework, bundled, bundled_ids, dump
from suanli.intake.new_folder import check_free, write_folder
from suanli.intake.questionnaires.design import designs
from suanli.intake.questionnaires.experts import check_experts, expert_ids
from suanli.intake.questionnaires.groups import judged_groups
from suanli.intake.questionnaires.layout import Elicitation
from suanli.intake.questionnaires.panel_file import PANEL_FILE, RETURNED, NewPanel, panel_file
from suanli.intake.questionnaires.printable import printable_of
from suanli.intake.questionnaires.questionnaire import questionnaire
from suanli.intake.questionnaires.survey import survey_of
from suanli.language import Language
from suanli.problems import Place, Problem, Severity, StudyError

FORMS, PRINTABLE = "questionnaires", "printable.xlsx"
_FRAMEWORK = "framework.yaml"


class PanelChoices(TypedDict, total=False):
    """How a new panel is asked."""

    elicitation: Elicitation
    """The way of asking; every pair when absent."""
    experts: Required[int | Sequence[str]]
    """How many experts, who are then called E01 and on, or their ids."""
    score_rule: str
    """Scores and budget: how two become a comparison, by their `ratio` (when absent) or their `difference`."""
    language: Language
    """The language that stands first; Chinese when absent."""
    seed: int
    """Decides which pairs whom is asked in incomplete designs, and is the panel's seed; 0 when absent."""
    standalone: str | None
    """The framework's name where the panel stands alone; None, or absent, where it belongs to a study."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """The settings of a questionnaire before there are rules in a file."""

    elicitation: Elicitation
    score_rule: str
    random_index: str = "alonso-lamata"
    simulated: bool = False


def new_panel(
    folder: Path | str, framework: Framework, **choices: Unpack[PanelChoices]
) -> tuple[Path, ...]:
    """Write a panel's folder, ready to be sent out, and return its files in the order of their names.

    It holds panel.yaml, valid as it is; questionnaires/ with a workbook an expert and printable.xlsx (in incomplete
    designs a sheet an expert); an empty returned/; and, where the panel stands alone on a framework that is not a
    bundled one, framework.yaml. The same arguments give the same bytes.

    Raises
    ------
    StudyError
        If the folder exists and is not empty, the number of experts or an id cannot be used, the framework has nothing
        to judge, or writing fails; nothing is left behind.
    """
    target = Path(folder)
    experts = choices["experts"]
    problems = [*check_free(target), *check_experts(experts), *check_groups(framework)]
    if problems:
        raise StudyError(problems)
    files = _files(framework, expert_ids(experts), choices)
    write_folder(target, files, inside=(RETURNED, FORMS))
    return tuple(target / name for name in sorted(files))


def check_groups(framework: Framework) -> list[Problem]:
    """Return an error if no group of a framework has two enabled members."""
    if judged_groups(framework):
        return []
    return [Problem("panel-nothing-to-judge", Severity.ERROR, Place(), found=framework.id)]


def _files(
    framework: Framework, experts: tuple[str, ...], choices: PanelChoices
) -> dict[str, bytes]:
    """Return the content of every file by its path in the folder."""
    language = choices.get("language", "zh")
    rules = _Asking(choices.get("elicitation", "pairwise"), choices.get("score_rule", "ratio"))
    seed, standalone = choices.get("seed", 0), choices.get("standalone")
    own = not (framework.id in bundled_ids() and bundled(framework.id) == framework)
    named = None if standalone is None else _FRAMEWORK if own else framework.id
    asking = (rules.elicitation, rules.score_rule)
    declared = NewPanel(framework, named, asking, experts, seed, language)
    files = {PANEL_FILE: panel_file(declared).encode()}
    if named == _FRAMEWORK:
        files[_FRAMEWORK] = dump(framework).encode()
    asked: Sequence[Mapping[str, NDArray[np.bool_]]] = [{}] * len(experts)
    if rules.elicitation == "incomplete":
        asked = designs(framework, len(experts), seed)
    for expert, pairs in zip(experts, asked, strict=True):
        form = questionnaire(framework, expert, rules=rules, language=language, asked=pairs)
        files[f"{FORMS}/{expert}.xlsx"] = form
    papers = [("", asked[0])]
    if rules.elicitation == "incomplete":
        papers = list(zip(experts, asked, strict=True))
    files[f"{FORMS}/{PRINTABLE}"] = printable_of(
        survey_of(framework, rules, expert, {"language": language, "asked": pairs})
        for expert, pairs in papers
    )
    return files

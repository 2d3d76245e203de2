"""The forms of a panel's next round, a folder of their own."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework
from suanli.intake.new_folder import check_free, write_folder
from suanli.intake.questionnaires.feedback import Feedback
from suanli.intake.questionnaires.questionnaire import questionnaire
from suanli.intake.questionnaires.survey import Rules
from suanli.language import Language
from suanli.problems import StudyError

Told = Mapping[str, Mapping[str, Feedback]]
"""Feedback by the expert's id and the group's code."""


def new_round(
    folder: Path | str,
    framework: Framework,
    rules: Rules,
    told: Told,
    *,
    number: int,
    language: Language = "zh",
) -> tuple[Path, ...]:
    """Write a form for each expert with what the last round came to, and return the files in the order of their names.

    In incomplete designs each expert is asked the pairs that they answered before.

    Raises
    ------
    StudyError
        If the folder exists and is not empty, or writing fails; nothing is left behind.
    """
    target = Path(folder)
    if problems := check_free(target):
        raise StudyError(problems)
    files = {
        f"{expert}.xlsx": questionnaire(
            framework,
            expert,
            rules=rules,
            round=number,
            language=language,
            feedback=groups,
            asked=_asked(rules, groups),
        )
        for expert, groups in told.items()
    }
    write_folder(target, files)
    return tuple(target / name for name in sorted(files))


def _asked(rules: Rules, groups: Mapping[str, Feedback]) -> dict[str, NDArray[np.bool_]]:
    """Return the pairs that an expert answered before, by group; a group left out entirely is asked whole."""
    if rules.elicitation != "incomplete":
        return {}
    answered = {node: np.isfinite(told.own) for node, told in groups.items()}
    return {
        node: known
        for node, known in answered.items()
        if np.count_nonzero(known) > len(known)  # more than the diagonal
    }

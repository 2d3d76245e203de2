"""The hidden sheet of a form: what it was made for, and the scale that its lists and formulas refer to."""

import math

from suanli.intake.questionnaires.asked import asked_facts
from suanli.intake.questionnaires.groups import codes_digest
from suanli.intake.questionnaires.layout import (
    FACTS,
    FORMAT,
    HIDDEN_SHEET,
    KIND,
    POSITIONS,
    grade_of,
)
from suanli.intake.questionnaires.stationery import Stationery, reference, said
from suanli.intake.questionnaires.survey import Survey
from suanli.intake.template.paper import FIXED

_ROWS = len(POSITIONS)
POSITION_LIST = reference(HIDDEN_SHEET, f"$D$1:$D${_ROWS}")
"""What may be answered to a comparison."""
GRADE_LOGS = reference(HIDDEN_SHEET, f"$E$1:$E${_ROWS}")
"""Logarithms of the grades, as far down."""
FIRST_WORDS = reference(HIDDEN_SHEET, f"$F$1:$F${_ROWS}")
SECOND_WORDS = reference(HIDDEN_SHEET, f"$G$1:$G${_ROWS}")
"""What the grades say, in the language of the form and in the other."""


def facts_sheet(stationery: Stationery, survey: Survey) -> None:
    """Write, out of sight, a key and a value a row, and beside them the scale."""
    page = stationery.sheet(HIDDEN_SHEET, colour=FIXED)
    values = (
        KIND,
        FORMAT,
        survey.framework.id,
        codes_digest(survey.framework),
        survey.expert,
        str(survey.round),
        survey.rules.elicitation,
        survey.language,
        survey.rules.score_rule,
    )
    facts = (*zip(FACTS, values, strict=True), *asked_facts(survey.asked))
    for row, (key, value) in enumerate(facts, start=1):
        page.write(f"A{row}", key, "text")
        page.write(f"B{row}", value, "text")
    for row, position in enumerate(POSITIONS, start=1):
        page.write(f"D{row}", position, "text")
        page.number(f"E{row}", log_grade(position), "text")
        first, second = stationery.ordered(said(meaning(position)))
        page.write(f"F{row}", first, "text")
        page.write(f"G{row}", second, "text")
    page.raw.very_hidden()


def meaning(position: str) -> str:
    """Return the key of the words that say what a position of the slider means, whichever side it is on.

    >>> meaning("A3"), meaning("B3"), meaning("1")
    ('mean_3', 'mean_3', 'mean_equal')
    """
    return "mean_equal" if position == "1" else f"mean_{position[1:]}"


def log_grade(position: str) -> float:
    """Return the logarithm of the grade that a position stands for.

    >>> log_grade("1")
    0.0
    """
    grade = grade_of(position)
    if grade is None:
        message = f"no position of the scale: {position!r}"
        raise ValueError(message)
    return math.log(grade)

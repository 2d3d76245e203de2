"""Answered forms whose formulas a spreadsheet computes, with the answers on them."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from suanli.framework import Framework
from suanli.intake.questionnaires.design import designs
from suanli.intake.questionnaires.layout import ELICITATIONS
from suanli.intake.questionnaires.questionnaire import questionnaire
from tests.filled import filled, saved
from tests.unit.intake.questionnaires.forms import (
    Rules,
    answers,
    best_worst,
    form_with_feedback,
    framework_of_sizes,
    matrix,
    opened,
    small_framework,
)

Answered = tuple[bytes, Framework, Mapping[str, np.ndarray]]


@cache
def whole(way: str) -> Answered:
    """A form with every comparison answered, in groups of many sizes."""
    declared = framework_of_sizes()
    asked = designs(declared, 3, seed=1)[1] if way == "incomplete" else None
    form = questionnaire(declared, "E01", rules=Rules(way), asked=asked)
    given = answers(declared, way, seed=4, noise=0.5)
    return filled(form, declared, given), declared, given


@cache
def unfinished(way: str) -> Answered:
    """A form on which one item of one group is left out."""
    declared = small_framework()
    given = answers(declared, way)
    if way in ("scores", "budget"):
        given["B"][0] = np.nan
    else:
        given["B"][0, :] = given["B"][:, 0] = np.nan
    form = questionnaire(declared, "E01", rules=Rules(way))
    return filled(form, declared, {"B": given["B"]}), declared, given


@cache
def unreadable() -> Answered:
    """A form with an answer that is none, and others typed in their own way."""
    declared = small_framework()
    book = opened(questionnaire(declared, "E01", rules=Rules()))
    book["index"]["U9"], book["index"]["U10"], book["index"]["U11"] = "很重要", "a 3", 1
    return saved(book), declared, {}


@cache
def contradictory_best_worst() -> Answered:
    """A form of best and worst, the first and the last item, whose comparisons are not consistent."""
    declared = small_framework()
    noise = np.zeros((4, 4))
    noise[0, 1], noise[1, 3] = -0.5, 0.6
    grades, best, worst = best_worst(matrix(np.log([6.0, 3, 2, 1]), noise))
    assert (best, worst) == (0, 3)
    form = questionnaire(declared, "E01", rules=Rules("best-worst"))
    return filled(form, declared, {"B": grades}, {"B": (0, 3)}), declared, {"B": grades}


@cache
def scored(way: str, rule: str) -> Answered:
    """A form with scores, or points of a budget, for every item."""
    declared = small_framework()
    form = questionnaire(declared, "E01", rules=Rules(way, score_rule=rule))
    given = answers(declared, way, seed=3)
    return filled(form, declared, given), declared, given


def every_form() -> dict[tuple[str, ...], bytes]:
    """Return all forms that are computed, by what they are called."""
    forms = {("whole", way): whole(way)[0] for way in ("pairwise", "incomplete")}
    for way in ("pairwise", "best-worst", "scores", "budget"):
        forms["unfinished", way] = unfinished(way)[0]
    for way in ("scores", "budget"):
        for rule in ("ratio", "difference"):
            forms["scored", way, rule] = scored(way, rule)[0]
    for way in ELICITATIONS:
        # openpyxl keeps no computed values, so that all are made anew
        forms["feedback", way] = saved(opened(form_with_feedback(way)))
    return {
        **forms,
        ("unreadable",): unreadable()[0],
        ("best-worst",): contradictory_best_worst()[0],
    }

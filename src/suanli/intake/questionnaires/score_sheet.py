"""The sheet of a group whose members are scored, or share a budget of points."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.intake.questionnaires.feedback import Feedback
from suanli.intake.questionnaires.grades import number_text
from suanli.intake.questionnaires.head import (
    finish,
    headings,
    write_head,
    write_notices,
    write_remarks,
)
from suanli.intake.questionnaires.item_rows import DEFINITION, write_items
from suanli.intake.questionnaires.layout import (
    BUDGET,
    FIRST_ROW,
    GIVEN,
    HIGHEST,
    LOWEST,
    STATUS_ROW,
    GroupSheet,
)
from suanli.intake.questionnaires.state import Computed, Live, Shown, write_state
from suanli.intake.questionnaires.stationery import AMBER, Choice, Sheet, Stationery, quoted
from suanli.intake.questionnaires.survey import Survey
from suanli.intake.questionnaires.weight_bars import when_complete, write_bars
from suanli.intake.template.paper import INPUT

_WIDTHS: dict[str, float] = {"A": 6, "B": 36, DEFINITION: 62, GIVEN: 12, "E": 34}
_FEEDBACK: dict[str, float] = {"F": 10, "G": 10, "H": 14, "I": 10}
_KEYS = {"A": "number", "B": "item", DEFINITION: "definition", "E": "weight"}
_FEEDBACK_KEYS = {"F": "own", "G": "median", "H": "quartiles", "I": "outside"}
_PLACE, _WEIGHT = "AC", "AD"
"""Columns of an item: logarithm of the weight, the weight."""
_TOLERANCE = 0.01 + 1e-6
"""How far the points of a group may be from the budget: a hundredth, as when they are read."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The rows of a sheet, and the answers it is written with; NaN where there is none."""

    group: GroupSheet
    answers: NDArray[np.float64]
    budget: bool
    rule: str

    @property
    def last(self) -> int:
        """Row of the last item."""
        return FIRST_ROW + len(self.group.items) - 1

    @property
    def cells(self) -> str:
        """The answer cells, as a formula names them."""
        return f"${GIVEN}${FIRST_ROW}:${GIVEN}${self.last}"

    @property
    def given(self) -> int:
        """How many answers there are."""
        return int(np.isfinite(self.answers).sum())

    @property
    def complete(self) -> bool:
        """Whether all are there and, of a budget, the points add up."""
        whole = self.given == len(self.group.items)
        if not self.budget or not whole:
            return whole
        return abs(float(self.answers.sum()) - BUDGET) < _TOLERANCE

    @property
    def logarithms(self) -> NDArray[np.float64]:
        """Logarithms of the weights, of any sum."""
        from suanli.methods.pairwise import score_ratios

        if self.rule == "ratio":
            return np.log(self.answers)
        return np.asarray(np.log(score_ratios(self.answers, rule="difference")).mean(axis=1))

    @property
    def weights(self) -> NDArray[np.float64] | None:
        """The weights that the sheet shows; None until it is complete."""
        if not self.complete:
            return None
        raised = np.exp(self.logarithms)
        return np.asarray(raised / raised.sum())


def score_sheet(stationery: Stationery, survey: Survey, group: GroupSheet) -> Shown:
    """Write the sheet, and return its state: a row an item, with the weight that its score would have."""
    page = stationery.sheet(group.name, colour=INPUT)
    feedback = survey.feedback.get(group.node)
    budget = survey.rules.elicitation == "budget"
    widths = {**_WIDTHS, **(_FEEDBACK if feedback else {})}
    last = list(widths)[-1]
    page.widths(widths)
    write_head(page, survey, group, last, sum(widths.values()))
    write_notices(page, survey, group, ("A", last), sum(widths.values()))
    keys = {**_KEYS, GIVEN: "points" if budget else "score"}
    headings(page, {**keys, **(_FEEDBACK_KEYS if feedback else {})}, widths)
    write_items(page, survey, group, widths)
    scored = Scored(group, _earlier(group, feedback), budget, survey.rules.score_rule)
    _answers(page, scored)
    _weights(page, scored)
    if feedback:
        _feedback(page, feedback, len(group.items))
    free = write_remarks(page, group, last)
    areas = (f"A{STATUS_ROW}:B{STATUS_ROW}", f"C{STATUS_ROW}", f"D{STATUS_ROW}:E{STATUS_ROW}")
    state = write_state(page, _live(page, scored), areas)
    if budget:
        spent = f"SUM({scored.cells})>{BUDGET}"
        page.colour(f"C{STATUS_ROW}", spent, {"bg_color": AMBER, "font_color": "#B00020"})
    finish(page)
    page.raw.print_area(f"A1:{last}{free - 2}")
    return state


def _earlier(group: GroupSheet, feedback: Feedback | None) -> NDArray[np.float64]:
    count = len(group.items)
    return np.full(count, np.nan) if feedback is None else np.asarray(feedback.own, dtype=float)


def _answers(page: Sheet, scored: Scored) -> None:
    words = page.stationery
    if scored.budget:
        rule = {"validate": "decimal", "criteria": "between", "minimum": 1e-6, "maximum": BUDGET}
        error = words.lines("error_points")
    else:
        rule = {
            "validate": "integer",
            "criteria": "between",
            "minimum": LOWEST,
            "maximum": HIGHEST,
        }
        error = words.lines("error_grade")
    page.choice(f"{GIVEN}{FIRST_ROW}:{GIVEN}{scored.last}", Choice(rule, error))
    for answer, value in zip(scored.group.answers, scored.answers.tolist(), strict=True):
        if math.isnan(value):
            page.write(answer.cell, "", "grade")
        else:
            page.number(answer.cell, value, "grade")


def _weights(page: Sheet, scored: Scored) -> None:
    weights = scored.weights
    for item, row in enumerate(range(FIRST_ROW, scored.last + 1)):
        place = f"LN({GIVEN}{row})" if scored.rule == "ratio" else _logarithm(row, scored)
        value = "" if weights is None else float(scored.logarithms[item])
        page.formula(f"{_PLACE}{row}", when_complete(place), "text", value)
    write_bars(page, (FIRST_ROW, scored.last), (_PLACE, _WEIGHT), ("E", "E"), weights)


def _logarithm(row: int, scored: Scored) -> str:
    """Return the mean logarithm of 1 + |difference|, 9 at most, signed; min(x, 9) is (x + 9 − |x − 9|) / 2."""
    difference = f"({GIVEN}{row}-{scored.cells})"
    size = f"ABS({difference})"
    ratio = f"(({size}+{HIGHEST + 1}-ABS({size}-{HIGHEST - 1}))/2)"
    return f"SUMPRODUCT(SIGN{difference}*LN{ratio})/{len(scored.group.items)}"


def _live(page: Sheet, scored: Scored) -> Live:
    words, count = page.stationery, len(scored.group.items)
    low, high = (">0", f"<={BUDGET}") if scored.budget else (f">={LOWEST}", f"<={HIGHEST}")
    counted = f'COUNTIFS({scored.cells},"{low}",{scored.cells},"{high}")'
    whole = f"{counted}={count}"
    opened = Computed.text(words.words("state_open"))
    if scored.budget:
        whole = f"AND({whole},ABS(SUM({scored.cells})-{BUDGET})<{_TOLERANCE:f})"
        left = f"{words.words('state_left')}　"
        shown = number_text(BUDGET - float(np.nansum(scored.answers)))
        opened = Computed(f"{quoted(left)}&ROUND({BUDGET}-SUM({scored.cells}),2)", f"{left}{shown}")
    return Live(
        count,
        Computed(counted, scored.given),
        Computed(f"IF({whole},1,0)", int(scored.complete)),
        opened,
        "state_ratio" if scored.rule == "ratio" else "state_done",
        Computed(f"COUNTA({scored.cells})-{counted}", 0),
    )


def _feedback(page: Sheet, feedback: Feedback, count: int) -> None:
    for item in range(count):
        row = FIRST_ROW + item
        lower, upper = float(feedback.lower[item]), float(feedback.upper[item])
        page.write(f"F{row}", number_text(float(feedback.own[item])), "centre")
        page.write(f"G{row}", number_text(float(feedback.median[item])), "centre")
        page.write(f"H{row}", f"{number_text(lower)} ~ {number_text(upper)}", "centre")
        mark = page.stationery.lines("outside_mark") if feedback.outside(item) else ""
        page.write(f"I{row}", mark, "centre")

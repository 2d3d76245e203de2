"""Forms of later rounds: what an expert is told, and earlier answers that stand until they are changed."""

import math

import numpy as np
import pytest

from suanli.intake.questionnaires import Feedback
from suanli.intake.questionnaires.layout import ELICITATIONS
from suanli.intake.questionnaires.live_pairs import pair_state, yardstick
from suanli.intake.questionnaires.questionnaire import questionnaire
from suanli.methods.pairwise import geometric_weights, score_ratios
from tests.filled import facts_of, sheets_of
from tests.unit.intake.questionnaires.forms import (
    Rules,
    feedback,
    form_with_feedback,
    matrix,
    opened,
    shown,
    small_framework,
)


def test_answers_hold_what_was_answered_before():
    told = feedback()
    content = form_with_feedback(told=told)
    book = opened(content)
    group = sheets_of(content, small_framework())[2]
    state = [book["B B"][answer.cell].value for answer in group.answers]
    assert len(state) == 6
    assert all(state)
    assert facts_of(content)["round"] == "2"
    # a group without feedback is asked as in the first round
    assert book["index"]["U9"].value is None
    assert book["index"]["W8"].value is None


def test_own_median_quartiles_and_what_lies_outside_are_shown():
    own = matrix(np.log([6.0, 1, 1, 1]), np.zeros((4, 4)))
    ones = np.ones((4, 4))
    upper = np.full((4, 4), 3.0)
    told = feedback(own=own, median=ones, lower=ones / 2, upper=upper)
    sheet = opened(form_with_feedback(told=told))["B B"]
    assert [sheet[f"{column}9"].value for column in ("W", "X", "Y")] == ["A6", "1", "A3 ~ B2"]
    assert sheet["Z9"].value == "区间外\noutside"
    assert sheet["Z12"].value is None
    assert sheet["U9"].value == "A6"
    # the framed cell of the slider is the median, shaded cells lie between the quartiles
    assert sheet["K9"].border.left.style == "medium"
    shaded = [
        cell.column_letter for cell in sheet["C9:S9"][0] if cell.fill.fgColor.rgb == "FFE4DFEC"
    ]
    assert shaded == ["I", "J", "K", "L"]


def test_a_proposal_is_worded_as_one_and_shown_beside_its_question():
    told = feedback(
        consistency_ratio=0.213, limit=0.09, proposal=((1, 0, 3.0), (2, 3, 0.5)), ratio_after=0.071
    )
    sheet = opened(form_with_feedback(told=told))["B B"]
    notice = sheet["A7"].value
    assert "CR为0.213，超过限值0.09" in notice
    assert "调整2处判断，CR将降至0.071" in notice
    assert "是否采纳由您决定" in notice
    assert "whether to take them is up to you" in notice
    assert [sheet[f"AA{row}"].value for row in range(9, 15)] == ["B3", None, None, None, None, "B2"]
    # the answer itself is not touched
    assert sheet["U9"].value != "B3" or told.own[0, 1] == pytest.approx(1 / 3)


def test_without_a_proposal_the_ratio_is_told_alone():
    sheet = opened(form_with_feedback(told=feedback(consistency_ratio=0.041, limit=0.09)))["B B"]
    assert sheet["A7"].value.startswith("您上轮本组CR为0.041（限值0.09）。")
    plain = opened(form_with_feedback(told=feedback()))["B B"]
    assert plain["A7"].value is None


def test_a_grade_between_steps_is_shown_and_its_answer_left_empty():
    own = feedback().own.copy()
    own[0, 1], own[1, 0] = 2.5, 0.4
    own[0, 2] = own[2, 0] = math.nan
    sheet = opened(form_with_feedback(told=feedback(own=own)))["B B"]
    assert (sheet["W9"].value, sheet["U9"].value) == ("A2.5", None)
    assert (sheet["W10"].value, sheet["U10"].value) == ("–", None)


def test_scores_and_points_are_fed_back():
    for way in ("scores", "budget"):
        told = feedback(way)
        sheet = opened(form_with_feedback(way, told))["B B"]
        assert [sheet[f"D{row}"].value for row in range(9, 13)] == told.own.tolist()
        assert sheet["F9"].value == f"{told.own[0]:g}"
        outside = [bool(sheet[f"I{row}"].value) for row in range(9, 13)]
        assert outside == [told.outside(item) for item in range(4)]


def test_best_worst_is_fed_back_for_the_extremes_named_before():
    told = feedback("best-worst")
    best, worst = told.extremes
    sheet = opened(form_with_feedback("best-worst", told))["B B"]
    assert sheet["D6"].value == f"{best + 1}. B{best + 1}"
    assert sheet["D7"].value == f"{worst + 1}. B{worst + 1}"
    assert sheet[f"D{9 + worst}"].value == told.own[best, worst]
    assert sheet[f"D{9 + best}"].value is None
    assert sheet[f"E{9 + worst}"].value is None
    assert "上轮所选" in sheet["F6"].value


def test_feedback_of_another_shape_or_group_is_refused():
    with pytest.raises(ValueError, match="not judged: X"):
        questionnaire(small_framework(), "E1", rules=Rules(), feedback={"X": feedback()})
    with pytest.raises(ValueError, match=r"A: feedback of shape \(4, 4\) on 2 items"):
        questionnaire(small_framework(), "E1", rules=Rules(), feedback={"A": feedback()})
    with pytest.raises(ValueError, match="feedback of shape"):
        questionnaire(small_framework(), "E1", rules=Rules("scores"), feedback={"B": feedback()})


def test_outside_needs_more_than_the_last_digit():
    third = np.array([1 / 3])
    told = Feedback(third, third, 1 / np.array([3.0]), third * (1 + 1e-15))
    assert not told.outside(0)
    assert Feedback(third, third, third * 1.1, third * 2).outside(0)


def test_the_state_of_a_prefilled_sheet_is_written_with_it():
    told = feedback()
    content = form_with_feedback(told=told)
    group = sheets_of(content, small_framework())[2]
    grades = tuple(float(told.own[two]) for two in group.pairs)
    state = pair_state(4, group.pairs, grades, yardstick(4, 6, "alonso-lamata"))
    sheet = shown(content)["B B"]
    assert sheet["AF5"].value == pytest.approx(state.ratio)
    assert sheet["A5"].value == "已答 Answered　6 / 6"
    assert shown(content)["填写说明"]["C24"].value is not None


@pytest.mark.parametrize("way", ELICITATIONS)
def test_values_written_with_the_formulas_are_those_a_spreadsheet_computes(way, computed):
    content = form_with_feedback(way)
    written, theirs = shown(content), computed("feedback", way)
    compared = 0
    for sheet in opened(content):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                ours = written[sheet.title][cell.coordinate].value
                found = theirs[sheet.title][cell.coordinate].value
                place = f"{sheet.title}!{cell.coordinate} {cell.value}"
                if isinstance(ours, int | float) and isinstance(found, int | float):
                    assert ours == pytest.approx(found, abs=1e-9), place
                else:
                    assert (ours or "") == (found or ""), place
                compared += 1
    assert compared > 60


@pytest.mark.parametrize("rule", ["ratio", "difference"])
@pytest.mark.parametrize("way", ["scores", "budget"])
def test_the_weights_of_prefilled_scores_are_those_of_the_methods(way, rule):
    told = feedback(way)
    content = questionnaire(
        small_framework(), "E07", rules=Rules(way, score_rule=rule), feedback={"B": told}
    )
    weights = geometric_weights(score_ratios(told.own, rule=rule))
    found = [shown(content)["B B"][f"AD{9 + item}"].value for item in range(4)]
    assert found == pytest.approx(weights.tolist(), abs=1e-9)


def test_the_ratio_of_prefilled_best_and_worst_is_that_of_its_definition():
    told = feedback("best-worst")
    best, worst = told.extremes
    whole = told.own[best, worst]
    others = [item for item in range(4) if item not in (best, worst)]
    gaps = [abs(told.own[best, k] * told.own[k, worst] - whole) for k in others]
    sheet = shown(form_with_feedback("best-worst", told))["B B"]
    assert sheet["AF5"].value == pytest.approx(max(gaps) / (whole * whole - whole))

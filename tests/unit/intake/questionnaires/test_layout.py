"""Where a form's cells are, and what its answers say."""

import math
import re

import pytest

from suanli.framework import bundled, bundled_ids
from suanli.intake.questionnaires.asked import asked_facts, asked_pairs
from suanli.intake.questionnaires.layout import (
    ELICITATIONS,
    POSITIONS,
    Fixed,
    all_pairs,
    grade_of,
    group_sheets,
    item_choice,
    position_of,
)
from tests.unit.intake.questionnaires.forms import hostile_framework, small_framework


def test_positions_run_from_nine_times_left_to_nine_times_right():
    assert len(POSITIONS) == 17
    grades = [grade_of(text) for text in POSITIONS]
    assert grades == [9, 8, 7, 6, 5, 4, 3, 2, 1, *(1 / n for n in range(2, 10))]
    assert [position_of(grade) for grade in grades] == list(POSITIONS)


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("a3", 3),
        (" B 4", 0.25),
        ("Ａ９", 9),
        (1, 1),
        (1.0, 1),
        ("１", 1),
        ("A1", None),
        ("3", None),
    ],
)
def test_answers_are_read_however_they_are_typed(written, grade):
    assert grade_of(written) == grade


@pytest.mark.parametrize("written", ["A10", "A0", "C3", "", "A3.5", 3, 1.5, None, "A3B3", math.nan])
def test_what_is_no_answer_is_none(written):
    assert grade_of(written) is None


def test_a_grade_between_steps_has_no_position():
    assert position_of(2.5) is None
    assert position_of(math.nan) is None
    assert position_of(0.3333333333333) == "B3"


def test_pairwise_asks_every_pair_in_the_order_of_rows():
    first, second, third = group_sheets(small_framework(), "pairwise", language="zh")
    assert [sheet.name for sheet in (first, second, third)] == ["index", "A A", "B B"]
    assert [(a.cell, a.item, a.other) for a in first.answers] == [
        ("U9", "A", "B"),
        ("U10", "A", "C"),
        ("U11", "B", "C"),
    ]
    assert len(third.answers) == 6
    assert Fixed("B9", "A") in first.fixed
    assert Fixed("T9", "B") in first.fixed
    assert Fixed("A11", "3") in first.fixed
    assert first.remarks == "B13"


def test_incomplete_asks_the_pairs_that_were_chosen_and_the_rest_whole():
    asked = {"B": ((0, 1), (1, 2), (2, 3), (0, 3))}
    sheets = group_sheets(small_framework(), "incomplete", language="zh", asked=asked)
    assert [len(sheet.answers) for sheet in sheets] == [3, 1, 4]
    assert sheets[2].pairs == asked["B"]
    whole = group_sheets(small_framework(), "pairwise", language="zh", asked=asked)
    assert len(whole[2].answers) == 6


def test_best_worst_asks_for_the_extremes_then_twice_an_item():
    sheet = group_sheets(small_framework(), "best-worst", language="zh")[0]
    assert [answer.kind for answer in sheet.answers[:4]] == [
        "best",
        "worst",
        "best-to-others",
        "others-to-worst",
    ]
    assert [answer.cell for answer in sheet.answers[:4]] == ["D6", "D7", "D9", "E9"]
    assert sheet.answers[2].other == "A"
    assert sheet.answers[3].item == "A"


@pytest.mark.parametrize("way", ["scores", "budget"])
def test_scores_ask_once_an_item(way):
    sheet = group_sheets(small_framework(), way, language="en")[2]
    assert [(answer.cell, answer.item) for answer in sheet.answers] == [
        (f"D{row}", f"B{row - 8}") for row in range(9, 13)
    ]


@pytest.mark.parametrize("way", ELICITATIONS)
@pytest.mark.parametrize("framework_id", bundled_ids())
def test_names_of_sheets_and_cells_are_unique_and_fit_excel(framework_id, way):
    for language in ("zh", "en"):
        sheets = group_sheets(bundled(framework_id), way, language=language)
        names = [sheet.name.casefold() for sheet in sheets]
        assert len(set(names)) == len(names)
        assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
        for sheet in sheets:
            cells = [*(a.cell for a in sheet.answers), *(f.cell for f in sheet.fixed)]
            assert len({*cells, sheet.remarks}) == len(cells) + 1


def test_names_of_a_hostile_framework_fit_too():
    names = [sheet.name for sheet in group_sheets(hostile_framework(), "pairwise", language="en")]
    assert all(not re.search(r"[\[\]:*?/\\]", name) and len(name) <= 31 for name in names)


def test_a_fixed_cell_holds_its_code_and_no_longer_one():
    assert Fixed("B9", "2.1").holds("2.1 算力\nPower")
    assert Fixed("B9", "2.1").holds("2.1")
    assert not Fixed("B9", "2.1").holds("2.1.1 算力")
    assert not Fixed("B9", "2.1").holds(None)
    assert Fixed("A9", "1").holds(1)
    assert not Fixed("A9", "1").holds(1.5)


def test_asked_pairs_come_back_from_the_facts():
    asked = {"index": all_pairs(4), "2.1": ((0, 2),)}
    assert asked_pairs({"kind": "questionnaire", **dict(asked_facts(asked))}) == asked


@pytest.mark.parametrize("text", ["2-1", "1-1", "0-1", "1-x", "12", "1--2"])
def test_damaged_pairs_are_refused(text):
    with pytest.raises(ValueError, match=r"pair|invalid literal"):
        asked_pairs({"asked 2.1": text})


def test_a_choice_is_no_longer_than_its_list_shows():
    assert item_choice(12, "=3. x") == "12. =3. x"
    assert item_choice(1, "x" * 80) == f"1. {'x' * 56}…"

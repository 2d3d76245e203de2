import math

import numpy as np
import pytest

from suanli.problems import Severity
from tests.unit.intake.panels.panels import WHOLE, check_table, codes, lines, of_code

CHAIN = WHOLE["B"]


def with_b(pairs):
    return lines({**WHOLE, "B": pairs})


def test_comparisons_that_fall_apart_name_their_parts(tmp_path):
    panel, problems = check_table(tmp_path, with_b({("B.1", "B.2"): "2", ("B.3", "B.4"): "3"}))
    assert codes(problems) == []
    assert panel is not None
    (problem,) = of_code(problems, "panel-comparisons-disconnected")
    assert problem.severity is Severity.WARNING
    assert (problem.code, problem.found, problem.place.code) == (
        "panel-comparisons-disconnected",
        "2",
        "B",
    )
    assert "B.1 移动互联网流量、B.2 人均产出 | B.3 备份率、B.4 绿电占比" in problem.message("zh")
    assert "B.1 Mobile traffic, B.2 Output per resident | B.3 Backup rate" in problem.message("en")
    assert "E01" in problem.message("en")


def test_a_group_left_open_is_a_warning_if_others_judged_it(tmp_path):
    two = {node: pairs for node, pairs in WHOLE.items() if node != "B"}
    text = lines() + lines(two, ["E02"]).partition("\n")[2]
    panel, problems = check_table(tmp_path, text)
    assert codes(problems) == []
    (warning,) = of_code(problems, "panel-groups-open")
    assert (warning.severity, warning.found, warning.details["expert"]) == (
        Severity.WARNING,
        "B",
        "E02",
    )
    assert np.isnan(panel.rounds[0].groups[2].grades[1][~np.eye(4, dtype=bool)]).all()
    assert panel.rounds[0].answered == (True, True)


def test_a_group_that_nobody_judged_is_an_error(tmp_path):
    panel, problems = check_table(tmp_path, lines({"A": WHOLE["A"], "B": WHOLE["B"]}))
    assert panel is None
    assert [(each.code, each.found) for each in problems] == [("panel-group-unanswered", "index")]


def test_no_answer_at_all_is_an_error(tmp_path):
    _, problems = check_table(tmp_path, "expert,node,item,other,judgement\nE01,A,A.1,A.2,\n")
    assert codes(problems) == ["panel-without-answers"]


def test_what_is_partly_answered_is_noted_with_counts(tmp_path):
    _, problems = check_table(tmp_path, lines())
    (note,) = of_code(problems, "panel-partly-answered")
    assert (note.severity, note.found) == (Severity.NOTE, "B")
    assert (note.details["given"], note.details["wanted"]) == (5, 8)
    _, problems = check_table(tmp_path / "incomplete", lines(), elicitation="incomplete")
    assert of_code(problems, "panel-partly-answered") == []


@pytest.mark.parametrize(
    ("line", "code", "found", "expected"),
    [
        ("B.1,B.2,4", "panel-answers-differ", "4", "2"),
        ("B.2,B.1,2", "panel-contradiction", "2", "2"),
        ("B.2,B.1,0.4", "panel-not-reciprocal", "0.4", "2"),
        ("B.2,B.1,1", "panel-not-reciprocal", "1", "2"),
        ("B.4,B.3,1/4", "panel-contradiction", "1/4", "1/4"),
    ],
)
def test_two_answers_to_one_pair_are_told_with_both_lines(tmp_path, line, code, found, expected):
    panel, problems = check_table(tmp_path, lines() + f"E01,B,{line}\n")
    assert panel is None
    (problem,) = [each for each in problems if each.severity is Severity.ERROR]
    assert (problem.code, problem.found, problem.expected) == (code, found, expected)
    first = "line 4" if "B.1" in line else "line 6"
    assert (problem.place.cell, problem.details["place_en"]) == ("line 7", f"answers.csv · {first}")
    assert f"（见answers.csv · 第 {first.partition(' ')[2]} 行）" in problem.message("zh")
    assert f"(at answers.csv · {first})" in problem.message("en")


@pytest.mark.parametrize("line", ["B.2,B.1,1/2", "B.2,B.1,0.5", "B.2,B.1,0.504"])
def test_both_directions_may_be_given_if_they_agree(tmp_path, line):
    panel, problems = check_table(tmp_path, lines() + f"E01,B,{line}\n")
    assert codes(problems) == []
    grades = panel.rounds[0].groups[2].grades[0]
    assert (grades[0, 1], grades[1, 0]) == (2, 0.5)


def test_the_same_answer_twice_counts_once_and_is_noted(tmp_path):
    panel, problems = check_table(tmp_path, lines() + "E01,B,B.1,B.2,2.0\nE01,A,A.1,A.2,0.5\n")
    assert [note.found for note in of_code(problems, "panel-answers-repeated")] == ["2"]
    assert panel.answers.height == 7


def test_a_hundred_problems_of_a_kind_are_told_and_the_rest_counted(tmp_path):
    _, problems = check_table(tmp_path, lines() + "E01,A,A.1,A.2,77\n" * 150)
    assert len(of_code(problems, "panel-judgement-off-scale")) == 100
    (rest,) = of_code(problems, "more-of-the-same")
    assert rest.found == "50"


def scored(rows, heading="score"):
    text = "\n".join(f"E01,{node},{item},{score}" for node, item, score in rows)
    return f"expert,node,item,{heading}\n{text}\n"


SCORES = [
    ("index", "A", 60),
    ("index", "B", 40),
    ("A", "A.1", 50),
    ("A", "A.2", 50),
    ("B", "B.1", 10),
    ("B", "B.2", 20),
    ("B", "B.3", 30),
    ("B", "B.4", 40),
]


def changed(item, score):
    return [(node, each, score if each == item else value) for node, each, value in SCORES]


@pytest.mark.parametrize("heading", ["score", "评分", "点数"])
@pytest.mark.parametrize("elicitation", ["scores", "budget"])
def test_scores_and_points_are_read_beside_empty_matrices(tmp_path, elicitation, heading):
    panel, problems = check_table(tmp_path, scored(SCORES, heading), elicitation=elicitation)
    assert codes(problems) == []
    group = panel.rounds[0].groups[2]
    np.testing.assert_array_equal(group.scores, [[10, 20, 30, 40]])
    assert np.isnan(group.grades[0][~np.eye(4, dtype=bool)]).all()
    assert set(panel.answers["kind"]) == {"score" if elicitation == "scores" else "points"}


@pytest.mark.parametrize(
    ("rows", "declared", "code", "found"),
    [
        (changed("B.4", 40.02), {"elicitation": "budget"}, "panel-budget-sum", "100.02"),
        (changed("B.4", 0), {"elicitation": "scores"}, "panel-score-not-positive", "0"),
        (changed("B.4", -1), {"elicitation": "scores"}, "panel-score-not-positive", "-1"),
        (
            changed("B.4", -1),
            {"elicitation": "scores", "score_rule": "difference"},
            "panel-score-negative",
            "-1",
        ),
        ([*SCORES, ("B", "B.4", 41)], {"elicitation": "scores"}, "panel-answers-differ", "41"),
        (changed("B.4", "1/3"), {"elicitation": "scores"}, "panel-not-a-number", "1/3"),
    ],
)
def test_scores_that_the_rule_cannot_use_are_refused(tmp_path, rows, declared, code, found):
    panel, problems = check_table(tmp_path, scored(rows), **declared)
    assert panel is None
    assert [(each.code, each.found) for each in problems] == [(code, found)]


@pytest.mark.parametrize("points", [40.01, 39.99])
def test_a_hundredth_of_a_point_may_be_lost_in_rounding(tmp_path, points):
    panel, _ = check_table(tmp_path, scored(changed("B.4", points)), elicitation="budget")
    assert panel.rounds[0].groups[2].scores[0, 3] == points


def test_a_score_of_nought_serves_the_difference_rule(tmp_path):
    panel, _ = check_table(
        tmp_path, scored(changed("B.4", 0)), elicitation="scores", score_rule="difference"
    )
    assert panel.rounds[0].groups[2].scores[0, 3] == 0


BEST_WORST = [
    "index,A,,best",
    "index,B,,worst",
    "index,A,B,3",
    "A,A.1,,最重要",
    "A,A.2,,最不重要",
    "A,A.1,A.2,2",
    "B,B.1,,best",
    "B,B.4,,worst",
    "B,B.1,B.2,2",
    "B,B.1,B.3,3",
    "B,B.1,B.4,6",
    "B,B.2,B.4,4",
    "B,B.3,B.4,2",
]


def best_worst(rows=BEST_WORST):
    return "expert,node,item,other,judgement\n" + "".join(f"E01,{row}\n" for row in rows)


def test_best_and_worst_are_read_with_the_comparisons_with_either(tmp_path):
    panel, problems = check_table(tmp_path, best_worst(), elicitation="best-worst")
    assert problems == ()
    group = panel.rounds[0].groups[2]
    np.testing.assert_array_equal(group.extremes, [[0, 3]])
    nan = math.nan
    np.testing.assert_array_equal(
        group.grades, [[[1, 2, 3, 6], [0.5, 1, nan, 4], [1 / 3, nan, 1, 2], [1 / 6, 0.25, 0.5, 1]]]
    )
    assert panel.answers.filter(kind="best")["item"].to_list() == ["A", "A.1", "B.1"]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("B,B.1,,best", "", "panel-extremes-missing"),
        ("B,B.4,,worst", "", "panel-extremes-missing"),
        ("B,B.4,,worst", "B,B.1,,worst", "panel-extremes-equal"),
        ("B,B.4,,worst", "B,B.4,,worst\nE01,B,B.3,,worst", "panel-extreme-twice"),
        ("B,B.1,B.2,2", "B,B.1,B.2,1/2", "panel-extreme-exceeded"),
        ("B,B.3,B.4,2", "B,B.4,B.3,2", "panel-extreme-exceeded"),
        ("B,B.3,B.4,2", "B,B.2,B.3,2", "panel-comparison-astray"),
        ("B,B.1,B.4,6", "B,B.1,B.4,6\nE01,B,B.1,B.4,5", "panel-answers-differ"),
        ("B,B.1,B.4,6", "B,B.1,,3", "panel-other-missing"),
    ],
)
def test_what_contradicts_best_and_worst_is_refused(tmp_path, before, after, code):
    rows = [after if row == before else row for row in BEST_WORST]
    text = best_worst([row for row in rows if row])
    panel, problems = check_table(tmp_path, text, elicitation="best-worst")
    assert panel is None
    assert codes(problems) == [code]


def test_a_comparison_above_best_over_worst_is_a_warning(tmp_path):
    text = best_worst().replace("B.2,B.4,4", "B.2,B.4,7")
    panel, problems = check_table(tmp_path, text, elicitation="best-worst")
    assert panel is not None
    assert codes(problems, Severity.WARNING) == ["panel-extremes-outdone"]


def test_in_a_later_round_new_answers_stand_on_those_before(tmp_path):
    first = lines().replace("expert,", "round,expert,").replace("E01,", "1,E01,")
    panel, problems = check_table(tmp_path, first + "2,E01,B,B.1,B.4,5\n")
    assert codes(problems) == []
    assert panel.rounds[1].groups[2].grades[0, 0, 3] == 5
    assert codes(problems, Severity.NOTE) == ["panel-groups-open", "panel-partly-answered"]


def test_a_later_round_that_the_former_ones_do_not_complete_is_told(tmp_path):
    first = lines(experts=["E01"]) + lines({"A": WHOLE["A"]}, ["E02"]).partition("\n")[2]
    first = first.replace("expert,", "round,expert,").replace("E0", "1,E0")
    panel, problems = check_table(tmp_path, first + "2,E02,B,B.1,B.4,5\n")
    assert codes(problems) == []
    assert "panel-comparisons-disconnected" in codes(problems, Severity.WARNING)
    assert panel.rounds[1].groups[2].grades[1, 0, 3] == 5


@pytest.mark.parametrize("elicitation", ["scores", "budget"])
def test_a_group_scored_in_part_is_left_out_and_told(tmp_path, elicitation):
    rows = scored(SCORES[:-1]) + scored(SCORES).partition("\n")[2].replace("E01", "E02")
    panel, problems = check_table(tmp_path, rows, elicitation=elicitation)
    assert codes(problems, Severity.WARNING) == ["panel-scores-incomplete"]
    assert np.isnan(panel.rounds[0].groups[2].scores[0]).all()
    assert np.isfinite(panel.rounds[0].groups[2].scores[1]).all()


def test_a_group_that_everyone_scored_in_part_has_no_answers(tmp_path):
    panel, problems = check_table(tmp_path, scored(SCORES[:-1]), elicitation="scores")
    assert panel is None
    assert codes(problems) == ["panel-group-unanswered"]

import hashlib

import numpy as np
import pytest

from suanli.framework import bundled
from suanli.intake.panels import judged_groups
from suanli.problems import Severity
from tests.unit.intake.panels.panels import (
    check,
    codes,
    form,
    importance,
    sheets,
)

TOP = sheets()["index"]


def expected_grades(items):
    differences = np.array([[importance(i) - importance(j) for j in items] for i in items])
    return np.where(differences >= 0, 1.0 + differences, 1 / (1.0 + abs(differences)))


def test_answered_forms_become_the_matrices_of_their_experts(tmp_path):
    files = {f"returned/{each}.xlsx": form(each) for each in ("E02", "E01")}
    panel, problems = check(tmp_path, files)
    assert problems == ()
    assert [expert.id for expert in panel.experts] == ["E01", "E02"]
    assert [(each.node, each.items) for each in panel.rounds[0].groups] == list(
        judged_groups(bundled("cpdi-2.0"))
    )
    for group in panel.rounds[0].groups:
        for grades in group.grades:
            np.testing.assert_array_equal(grades, expected_grades(group.items))
    assert panel.answers.height == 48
    first = panel.answers.row(0, named=True)
    assert (first["file"], first["sheet"], first["cell"], first["answer"]) == (
        "returned/E01.xlsx",
        TOP.name,
        "U9",
        "A2",
    )
    content = files["returned/E01.xlsx"]
    assert panel.inputs[1].sha256 == hashlib.sha256(content).hexdigest()
    assert (tmp_path / "panel" / "returned" / "E01.xlsx").read_bytes() == content


def test_an_english_form_says_the_same(tmp_path):
    def english(book):
        names = book.sheetnames
        for sheet in sheets().values():
            page = book[names[1 + list(sheets()).index(sheet.node)]]
            for answer in sheet.answers:
                page[answer.cell] = "b3"

    panel, problems = check(
        tmp_path, {"returned/E01.xlsx": form("E01", "pairwise", english, fill=False, language="en")}
    )
    assert problems == ()
    assert panel.rounds[0].groups[0].grades[0, 0, 1] == 1 / 3


def test_best_and_worst_come_with_two_comparisons_an_item_less_three(tmp_path):
    panel, problems = check(
        tmp_path, {"returned/E01.xlsx": form("E01", "best-worst")}, elicitation="best-worst"
    )
    assert problems == ()
    group = panel.rounds[0].groups[0]
    np.testing.assert_array_equal(group.extremes, [[4, 3]])
    known = np.isfinite(group.grades[0])
    assert known[4].all()
    assert known[:, 3].all()
    assert np.triu(known, 1).sum() == 7
    np.testing.assert_array_equal(group.grades[0][known], expected_grades(group.items)[known])


@pytest.mark.parametrize(
    ("elicitation", "expected"),
    [("scores", [4, 3, 2, 1, 5]), ("budget", [400 / 15, 20, 200 / 15, 100 / 15, 500 / 15])],
)
def test_scores_and_points_are_read_in_full_precision(tmp_path, elicitation, expected):
    panel, problems = check(
        tmp_path, {"returned/E01.xlsx": form("E01", elicitation)}, elicitation=elicitation
    )
    assert problems == ()
    np.testing.assert_allclose(panel.rounds[0].groups[0].scores, [expected], rtol=1e-14)


def test_an_incomplete_design_asks_what_its_form_says(tmp_path):
    chosen = ((0, 1), (1, 2), (2, 3), (3, 4))
    mask = np.zeros((5, 5), dtype=bool)
    for i, j in chosen:
        mask[i, j] = mask[j, i] = True

    def answers(book):
        for row in range(4):
            book[TOP.name][f"U{9 + row}"] = "A2"
        for sheet in list(sheets().values())[1:]:
            for answer in sheet.answers:
                book[sheet.name][answer.cell] = 1

    content = form("E01", "incomplete", answers, fill=False, asked={"index": mask})
    panel, problems = check(tmp_path, {"returned/E01.xlsx": content}, elicitation="incomplete")
    assert problems == ()
    grades = panel.rounds[0].groups[0].grades[0]
    assert {(i, j) for i, j in np.argwhere(grades == 2).tolist()} == set(chosen)
    assert np.isfinite(grades).sum() == 5 + 8


def test_a_form_that_was_sent_back_empty_is_an_expert_who_did_not_answer(tmp_path):
    files = {"returned/E01.xlsx": form("E01"), "returned/E02.xlsx": form("E02", fill=False)}
    panel, problems = check(tmp_path, files)
    assert panel.rounds[0].answered == (True, False)
    assert codes(problems, Severity.WARNING) == ["panel-expert-silent", "questionnaire-empty"]


def test_a_form_partly_filled_in_is_noted_with_counts(tmp_path):
    def lessen(book):
        book[TOP.name]["U9"] = None
        book[TOP.name]["U11"] = "—"

    panel, problems = check(tmp_path, {"returned/E01.xlsx": form("E01", "pairwise", lessen)})
    (note,) = problems
    assert (note.code, note.severity, note.found) == (
        "panel-partly-answered",
        Severity.NOTE,
        "index",
    )
    assert (note.details["given"], note.details["wanted"]) == (22, 24)
    assert np.isnan(panel.rounds[0].groups[0].grades[0, 0, 1])


def test_remarks_of_experts_are_passed_on(tmp_path):
    def remark(book):
        book[TOP.name][TOP.remarks] = "建议增加能耗指标"
        book.worksheets[0]["B9"] = "问卷偏长"

    _, problems = check(tmp_path, {"returned/E01.xlsx": form("E01", "pairwise", remark)})
    assert [(each.code, each.severity, each.found) for each in problems] == [
        ("questionnaire-remark", Severity.NOTE, "建议增加能耗指标"),
        ("questionnaire-remark", Severity.NOTE, "问卷偏长"),
    ]


def test_one_form_twice_counts_once(tmp_path):
    files = {"returned/E01 (1).xlsx": form("E01"), "returned/E01.xlsx": form("E01")}
    panel, problems = check(tmp_path, files)
    (note,) = problems
    assert (note.code, note.severity, note.found) == (
        "questionnaire-returned-twice",
        Severity.NOTE,
        "returned/E01 (1).xlsx",
    )
    assert panel.answers.height == 24
    assert len(panel.inputs) == 3


def test_two_different_forms_of_one_expert_are_refused(tmp_path):
    def other(book):
        book[TOP.name]["U9"] = "B9"

    files = {
        "returned/E01 (1).xlsx": form("E01"),
        "returned/E01.xlsx": form("E01", "pairwise", other),
    }
    panel, problems = check(tmp_path, files)
    assert panel is None
    (problem,) = problems
    assert problem.code == "questionnaire-returned-differently"
    assert (problem.place.file, problem.found) == ("returned/E01.xlsx", "returned/E01 (1).xlsx")


def test_later_rounds_keep_those_who_did_not_answer_with_nothing(tmp_path):
    files = {
        "returned/round-1/E01.xlsx": form("E01"),
        "returned/round-1/E02.xlsx": form("E02"),
        "returned/round-2/E02.xlsx": form("E02", round=2),
    }
    panel, problems = check(tmp_path, files)
    assert [(each.code, each.severity) for each in problems] == [
        ("panel-expert-silent", Severity.NOTE)
    ]
    assert [each.answered for each in panel.rounds] == [(True, True), (False, True)]
    off = ~np.eye(5, dtype=bool)
    assert np.isnan(panel.rounds[1].groups[0].grades[0][off]).all()
    assert np.isfinite(panel.rounds[1].groups[0].grades[1]).all()
    assert panel.answers["round"].to_list() == [1] * 48 + [2] * 24


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("2.1 Computing power scale", "2.1"),
        (2.1, "2.1"),
        ("2.5 算力应用", "2.5"),
        ("2", "2.2"),
        (3, "2.3"),
        ("３. 算力技术", "2.3"),
        ("算力产业", "2.2"),
    ],
)
def test_the_best_item_is_told_by_number_code_or_name(tmp_path, text, item):
    def retyped(book):
        page = book[TOP.name]
        for row, code in enumerate(TOP.items, start=9):
            page[f"D{row}"] = None if code == item else 3 if code == "2.4" else 2
            page[f"E{row}"] = None
        page["D6"], page["D7"] = text, "2.4"

    files = {"returned/E01.xlsx": form("E01", "best-worst", retyped)}
    panel, _ = check(tmp_path, files, elicitation="best-worst")
    assert panel.rounds[0].groups[0].extremes[0].tolist() == [TOP.items.index(item), 3]

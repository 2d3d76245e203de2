import pytest

from suanli.problems import Severity
from tests.unit.intake.panels.panels import SMALL, check, codes, lines, of_code, small_framework

HEADING = "expert,node,item,other,before,after,reason\n"


def read(tmp_path, text, *, framework=None, **declared):
    files = {**SMALL, "answers.csv": lines(), "revisions.csv": text}
    if framework:
        files["framework.yaml"] = framework
    declared = {"rounds": [["answers.csv"]], **declared}
    return check(tmp_path, files, framework="framework.yaml", revisions="revisions.csv", **declared)


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        ("E01,B,B.2,B.3,3,2,coherent", 3.0, 2.0),
        ("E01,应用,B.3,B.2,0.33,1/2,coherent", 1 / 3, 0.5),
        ("e01,B,B.3,绿电占比,0.248,1/5,coherent", 0.25, 0.2),
    ],
)
def test_revisions_are_kept_beside_the_answers(tmp_path, line, before, after):
    panel, problems = read(tmp_path, f"{HEADING}{line}\n")
    assert codes(problems) == []
    (revision,) = panel.revisions
    assert (revision.before, revision.after) == (before, after)
    assert (revision.expert, revision.node, revision.reason) == ("E01", "B", "coherent")
    assert (revision.file, revision.line) == ("revisions.csv", 2)
    assert panel.rounds[0].groups[2].grades[0, 1, 2] == 3
    assert panel.inputs[-1].path == "revisions.csv"


def test_chinese_headings_say_the_same(tmp_path):
    text = "专家,组,指标,对比指标,原判断,新判断,理由\nE01,B,B.2,B.3,3,2,更一致\n"
    panel, _ = read(tmp_path, text)
    assert panel.revisions[0].reason == "更一致"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("E01,B,B.2,B.3,2,1,", "revision-of-another-answer"),
        ("E01,B,B.3,B.2,3,1,", "revision-of-another-answer"),
        ("E01,B,B.1,B.4,3,1,", "revision-of-nothing"),
        ("E09,B,B.2,B.3,3,2,", "panel-expert-unknown"),
        ("E01,B,B.2,B.2,3,2,", "panel-self-comparison"),
        ("E01,B,B.2,A.1,3,2,", "panel-item-not-in-group"),
        ("E01,B,B.2,B.3,3,12,", "panel-judgement-off-scale"),
        ("E01,B,B.2,B.3,x,2,", "panel-not-a-number"),
        ("E01,B,B.2,B.3,3,,", "panel-field-empty"),
        ("E01,B,B.2,B.3,3,2,\nE01,B,B.3,B.2,1/3,1,", "revision-twice"),
    ],
)
def test_a_revision_of_anything_else_is_refused(tmp_path, line, code):
    panel, problems = read(tmp_path, f"{HEADING}{line}\n")
    assert panel is None
    assert codes(problems) == [code]
    assert problems[0].place.file == "revisions.csv"


def test_what_stood_before_is_told(tmp_path):
    _, problems = read(tmp_path, f"{HEADING}E01,B,B.2,B.3,2,1,\n")
    assert (problems[0].found, problems[0].expected) == ("2", "3")


def test_missing_columns_are_named(tmp_path):
    _, problems = read(tmp_path, "expert,node,item,other,after\nE01,B,B.2,B.3,2\n")
    assert (problems[0].code, problems[0].found) == ("revisions-columns", "before")


def test_scores_are_not_revised(tmp_path):
    rows = "".join(
        f"E01,{node},{item},1\n"
        for node, items in (
            ("index", "AB"),
            ("A", ("A.1", "A.2")),
            ("B", ("B.1", "B.2", "B.3", "B.4")),
        )
        for item in items
    )
    files = {**SMALL, "answers.csv": f"expert,node,item,score\n{rows}", "revisions.csv": HEADING}
    panel, problems = check(
        tmp_path,
        files,
        framework="framework.yaml",
        rounds=[["answers.csv"]],
        revisions="revisions.csv",
        elicitation="scores",
    )
    assert panel is None
    assert codes(problems) == ["revisions-of-scores"]


def test_a_revision_about_what_was_disabled_is_left_out(tmp_path):
    text = f"{HEADING}E01,B,B.3,B.4,1/4,1/5,\n"
    panel, problems = read(tmp_path, text, framework=small_framework(B3=True, B4=True))
    assert codes(problems) == []
    assert panel.revisions == ()
    assert len(of_code(problems, "panel-disabled-left-out")) == 2
    assert all(each.severity is Severity.NOTE for each in problems)

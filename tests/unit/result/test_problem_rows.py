import polars as pl
import pytest

from suanli.problems import Place, Problem, Severity
from suanli.result.problem_rows import problem_table, problems_from
from tests.unit.result.samples import NOTE


def test_a_row_says_everything_in_both_languages():
    row = problem_table([NOTE]).row(0, named=True)
    assert row["severity"] == "warning"
    assert (row["cell"], row["region_code"], row["indicator"]) == ("line 7", "110000", "pue")
    assert row["sheet"] is None
    assert row["message_zh"] == "文件内容不符合结果格式：=HYPERLINK(1)"
    assert row["message_en"].endswith("=HYPERLINK(1)")
    assert row["action_zh"]
    assert row["action_en"]


def test_problems_come_back():
    assert problems_from(problem_table([NOTE]), (NOTE.details,)) == (NOTE,)


def test_a_problem_of_another_version_keeps_its_sentences():
    saved = problem_table([NOTE]).with_columns(code=pl.lit("code-of-the-future"))
    (problem,) = problems_from(saved, ({},))
    assert problem.message("zh") == NOTE.message("zh")
    assert problem.action("en") == NOTE.action("en")
    assert problem.severity is Severity.WARNING
    assert problem.details["was"] == "code-of-the-future"


def test_a_problem_whose_text_needs_other_details_keeps_its_sentences():
    known = Problem("result-saved-problem", Severity.NOTE, Place(), details=SAID)
    (problem,) = problems_from(problem_table([known]), ({},))
    assert problem.message("en") == "It was so."


SAID = {
    "was": "x",
    "message_zh": "原话。",
    "message_en": "It was so.",
    "action_zh": "",
    "action_en": "",
}


def test_details_must_match_the_rows():
    with pytest.raises(ValueError, match="1 problems, 0 details"):
        problems_from(problem_table([NOTE]), ())

"""Problems as blocks: what, where, found, expected, what to do."""

import json

import pytest

from suanli.language import Text
from suanli.problems import Place, Problem, Severity
from suanli.report.trouble import counts, findings, problem_json, trouble
from tests.unit.report.screens import shown

UNKNOWN = Problem("result-period-unknown", Severity.ERROR, found="1999", expected="2022, 2023")
INVALID = Problem(
    "result-file-invalid", Severity.WARNING, Place(file="scores.csv", cell="line 7"), found="x"
)
MISSING = Problem("result-file-missing", Severity.NOTE, Place(file="a.csv"), expected="b.csv")


def test_one_problem_has_no_count():
    assert shown(trouble([UNKNOWN], "zh")) == (
        "错误\n    结果不含评价期“1999”。\n    → 可用的评价期：2022, 2023"
    )


def test_several_problems_come_gravest_first_with_their_counts():
    assert shown(trouble([MISSING, INVALID, UNKNOWN], "en")) == (
        "error\n"
        "    The result does not cover the period “1999”.\n"
        "    → Periods of the result: 2022, 2023\n"
        "warning  scores.csv · line 7\n"
        "    The file does not have the form of a result: x\n"
        "    → Restore it from a copy, or run the study again.\n"
        "note  a.csv\n"
        "    The file is missing from the result folder, or is not an ordinary file.\n"
        "    expected: b.csv\n"
        "    → Restore it from a copy, or run the study again.\n"
        "Errors: 1; warnings: 1; notes: 1."
    )


def test_place_and_evidence_speak_the_language():
    text = shown(trouble([INVALID, MISSING], "zh"))
    assert "警告  scores.csv · 第 7 行" in text
    assert "应为：b.csv" in text
    assert text.endswith("错误 0 条，警告 1 条，提示 1 条。")


def test_long_sentences_keep_their_indent():
    long = Problem("result-period-unknown", Severity.ERROR, found="年" * 60)
    lines = shown(trouble([long], "zh"), 40).splitlines()
    assert all(line.startswith("    ") for line in lines[1:])


def test_no_problem_is_a_sentence():
    assert shown(trouble([], "zh")) == "未发现问题。"
    assert shown(trouble([], "en")) == "No problems found."


def test_counts_of_nothing():
    assert counts([], "en") == "Errors: 0; warnings: 0; notes: 0."


def test_json_has_everything_in_both_languages():
    found = json.loads(json.dumps(problem_json(INVALID)))
    assert found["severity"] == "warning"
    assert found["file"] == "scores.csv"
    assert found["cell"] == "line 7"
    assert found["indicator"] == ""
    assert found["message"]["zh"] == "文件内容不符合结果格式：x"
    assert found["action"]["en"] == "Restore it from a copy, or run the study again."


def test_what_a_check_found_is_always_counted():
    assert shown(findings([MISSING], "en")).endswith("\nErrors: 0; warnings: 0; notes: 1.")
    assert shown(findings([], "en")) == "No problems found."


@pytest.mark.parametrize("code", ["check-more", "more-of-the-same"])
def test_a_problem_that_stands_for_many_counts_as_many(code):
    details = {"listed": 8, "total": 60, "shown": 8, "code": "x", "rule": "x"}
    rest = Problem(code, Severity.WARNING, found="52", details=details)
    assert counts([INVALID, rest, MISSING], "en") == "Errors: 0; warnings: 53; notes: 1."


def test_what_a_sentence_says_in_its_language_is_not_repeated_in_another():
    numbers = {"table_zh": "表", "table_en": "Table", "column_zh": "列", "column_en": "Column"}
    details = {**numbers, "column": "c", "rows": 2, "count": 1, "expected": Text("0至1", "0 to 1")}
    bounds = Problem(
        *("value-out-of-bounds", Severity.ERROR, Place(), "F1: 2", "0 to 1"), details=details
    )
    assert "0 to 1" in shown(trouble([bounds], "en"))
    found = shown(trouble([bounds], "zh"))
    assert "0至1" in found
    assert "0 to 1" not in found

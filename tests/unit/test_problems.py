"""The vocabulary of trouble."""

import pytest

from suanli.problems import Place, Problem, Severity, SuanliError, errors, in_order

NOTE = Problem("result-file-missing", Severity.NOTE, Place(file="a"))
WARNING = Problem("result-file-missing", Severity.WARNING, Place(file="b"))
FIRST = Problem("result-period-unknown", Severity.ERROR, found="1999", expected="2022")
SECOND = Problem("result-file-missing", Severity.ERROR, Place(file="c"))


def test_place_joins_what_applies():
    assert str(Place()) == ""
    place = Place("f.xlsx", "算力", "C7", "a[0]", "110000", "2023", "pue")
    assert str(place) == "f.xlsx · 算力 · C7 · a[0] · 110000 · 2023 · pue"


def test_message_and_action_quote_the_evidence():
    assert FIRST.message("zh") == "结果不含评价期“1999”。"
    assert FIRST.action("en") == "Periods of the result: 2022"


def test_details_fill_the_message():
    details = {"message_zh": "甲", "message_en": "a", "action_zh": "乙", "action_en": "b"}
    problem = Problem("result-saved-problem", Severity.NOTE, details=details)
    assert (problem.message("zh"), problem.action("en")) == ("甲", "b")


def test_evidence_is_never_formatted_again():
    hostile = Problem("result-period-unknown", Severity.ERROR, found="{expected}", expected="x")
    assert hostile.message("en") == "The result does not cover the period “{expected}”."


def test_gravest_come_first_otherwise_as_found():
    assert in_order([NOTE, FIRST, WARNING, SECOND]) == (FIRST, SECOND, WARNING, NOTE)


def test_only_errors_stop():
    assert errors([NOTE, FIRST, WARNING]) == (FIRST,)


def test_error_carries_every_problem_and_says_them():
    error = SuanliError([WARNING, FIRST])
    assert error.problems == (FIRST, WARNING)
    assert str(error).splitlines() == [
        "The result does not cover the period “1999”. Periods of the result: 2022",
        "b: The file is missing from the result folder, or is not an ordinary file. "
        "Restore it from a copy, or run the study again.",
    ]


def test_problems_do_not_change():
    with pytest.raises(AttributeError, match="found"):
        FIRST.found = "2000"  # type: ignore[misc]

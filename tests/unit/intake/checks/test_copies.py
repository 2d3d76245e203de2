import numpy as np

from suanli.intake.checks import check_copied_periods, check_identical_columns, check_unchanging
from suanli.problems import Severity

NONE = np.nan
YEAR = np.array([11.0, 12, 13, 14, 15, 16, 17, 18, 19, 20])


def test_two_equal_columns_are_told_once_with_both_names(evidence):
    columns = {"revenue": [YEAR, YEAR + 1], "sales": [YEAR, YEAR + 1]}
    (problem,) = check_identical_columns(evidence(**columns))
    assert (problem.severity, problem.found) == (Severity.WARNING, "revenue = sales")
    assert problem.place.period == "2018–2019"
    assert "“sales”" in problem.message("en")


def test_columns_equal_in_one_period_are_told_for_that_period(evidence):
    columns = {"revenue": [YEAR, YEAR + 1], "sales": [YEAR, YEAR + 2]}
    (problem,) = check_identical_columns(evidence(**columns))
    assert problem.place.period == "2018"


def test_one_different_value_is_enough_to_pass(evidence):
    nearly = YEAR + np.eye(1, 10, 4)[0] * 1e-9
    assert check_identical_columns(evidence(revenue=YEAR, sales=nearly)) == []


def test_constant_or_hardly_shared_columns_are_not_compared(evidence):
    assert check_identical_columns(evidence(revenue=np.zeros(10), sales=np.zeros(10))) == []
    few = np.where(np.arange(10) < 4, YEAR, NONE)
    assert check_identical_columns(evidence(revenue=YEAR, sales=few)) == []


def test_a_gap_does_not_hide_a_copy(evidence):
    gappy = np.where(np.arange(10) < 9, YEAR, NONE)
    assert len(check_identical_columns(evidence(revenue=YEAR, sales=gappy))) == 1


def test_last_year_pasted_is_told_with_counts(evidence):
    pasted = np.where(np.arange(10) < 9, YEAR + 1, 99)
    (problem,) = check_copied_periods(evidence(revenue=[YEAR, YEAR + 1, pasted]))
    assert (problem.severity, problem.place.period) == (Severity.WARNING, "2020")
    assert problem.found == "9/10"
    assert "与2019年完全相同" in problem.message("zh")


def test_fewer_than_nine_in_ten_pass(evidence):
    changed = np.where(np.arange(10) < 8, YEAR, 99)
    assert check_copied_periods(evidence(revenue=[YEAR, changed])) == []


def test_small_counts_that_stay_pass(evidence):
    counts = np.array([0, 0, 1, 1, 2, 2, 0, 0, 1, 1.0])
    assert check_copied_periods(evidence(free=[counts, counts])) == []


def test_what_never_changes_is_noted_and_not_warned_about(evidence):
    given = evidence(area=[YEAR, YEAR, YEAR])
    assert check_copied_periods(given) == []
    (problem,) = check_unchanging(given)
    assert (problem.severity, problem.place.period) == (Severity.NOTE, "2018–2020")


def test_two_periods_are_too_few_to_call_it_unchanging(evidence):
    given = evidence(area=[YEAR, YEAR])
    assert check_unchanging(given) == []
    assert len(check_copied_periods(given)) == 1


def test_what_changes_is_not_unchanging(evidence):
    assert check_unchanging(evidence(area=[YEAR, YEAR, YEAR + 1])) == []

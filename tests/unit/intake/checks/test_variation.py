import numpy as np

from suanli.intake.checks import check_constant, check_zeros
from suanli.problems import Severity

NONE = np.nan


def test_an_indicator_equal_in_all_regions_is_told_once_with_its_periods(evidence):
    (problem,) = check_constant(evidence(revenue=[[3, 3, NONE], [1, 2, 3], [4, 4, 4], [4, 4, 4]]))
    assert (problem.severity, problem.place.code) == (Severity.WARNING, "revenue")
    assert problem.place.period == "2018, 2020–2021"
    assert problem.found == "3, 4"
    assert "2018、2020—2021年" in problem.message("zh")


def test_regions_that_differ_and_a_single_region_are_not_constant(evidence):
    assert check_constant(evidence(revenue=[[1, 2], [1, NONE]])) == []


def test_variables_are_not_scored_and_may_be_constant(evidence):
    assert check_constant(evidence(machines=[7, 7, 7])) == []


def test_mostly_zero_is_noted_with_its_worst_period(evidence):
    (problem,) = check_zeros(evidence(revenue=[[0, 0, 1, 1], [0, 0, 0, 5], [0, 0, 4, NONE]]))
    assert problem.severity is Severity.NOTE
    assert problem.place.period == "2019–2020"
    assert problem.found == "3/4"


def test_half_zero_or_an_intensive_indicator_is_not_noted(evidence):
    assert check_zeros(evidence(revenue=[0, 0, 1, 1], share=[0, 0, 0, 1])) == []


def test_all_zero_is_constant_not_mostly_zero(evidence):
    given = evidence(revenue=[0, 0, 0])
    assert check_zeros(given) == []
    assert len(check_constant(given)) == 1

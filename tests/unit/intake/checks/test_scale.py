import numpy as np
import pytest

from suanli.intake.checks import check_jumps, check_unit_slips
from suanli.problems import Severity

NONE = np.nan


@pytest.mark.parametrize(
    ("value", "factor"),
    [
        (11e4, "10,000"),
        (21e4, "10,000"),
        (9.5e3, "1,000"),
        (12e8, "100,000,000"),
        (0.0011, "1/10,000"),
    ],
)
def test_a_power_of_ten_away_from_the_other_years_is_a_slip(evidence, regions, value, factor):
    given = evidence(revenue=[[10, 20, 30], [11, 21, 29], [value, 22, 31]])
    (problem,) = check_unit_slips(given)
    assert (problem.severity, problem.details["factor"]) == (Severity.WARNING, factor)
    assert (problem.place.region, problem.place.period) == (regions.codes[0], "2020")
    assert problem.expected in ("≈ 10 亿元", "≈ 11 亿元")
    assert problem.place.cell


def test_a_slip_is_not_told_again_as_a_jump(evidence):
    rows = [[10, 20, 30, 40], [11, 21, 31, 41], [11e4, 22, 32, 42], [12, 23, 33, 43]]
    assert check_jumps(evidence(revenue=rows)) == []


def test_growth_and_factors_between_are_no_slips(evidence):
    assert check_unit_slips(evidence(revenue=[[10, 20], [150, 30], [4000, 40]])) == []
    assert check_unit_slips(evidence(revenue=[[10, 20], [11, 21], [1e7, 22]])) == []
    assert check_unit_slips(evidence(revenue=[[10, 20], [11, 21], [23e4, 22]])) == []


@pytest.mark.parametrize("years", [1, 2])
def test_of_equally_many_the_larger_are_told(evidence, years):
    rows = [[5e4, 3, 4]] * years + [[5, 3, 4]] * years
    problems = check_unit_slips(evidence(revenue=rows))
    assert [problem.details["factor"] for problem in problems] == ["10,000"] * years
    assert problems[0].place.period == "2018"


def test_a_whole_column_is_told_at_once(evidence):
    rows = np.array([[10, 20, 30.0], [11, 21, 31], [12, 22, 32]])
    rows[1] *= 1e4
    (problem,) = check_unit_slips(evidence(revenue=rows))
    assert (problem.code, problem.found) == ("check-unit-slip-column", "10,000")
    assert (problem.place.region, problem.place.period) == ("", "2019")


def test_zeros_gaps_and_a_single_year_are_passed_over(evidence):
    assert check_unit_slips(evidence(revenue=[[0, NONE, 5]])) == []
    assert check_unit_slips(evidence(revenue=[[0, NONE, 5], [1e4, 2, 5]])) == []


def test_a_hundredfold_is_a_slip_of_percentages_only(evidence):
    rows = [[58, 68, 44.0], [0.6, 70, 45]]
    (problem,) = check_unit_slips(evidence(share=rows))
    assert (problem.details["factor"], problem.place.period) == ("100", "2018")
    assert check_unit_slips(evidence(revenue=rows)) == []


def test_infinite_values_raise_no_warning_of_their_own(evidence):
    assert check_unit_slips(evidence(revenue=[[np.inf, 2, 3], [np.inf, 2, 3]])) == []

import numpy as np
import pytest

from suanli.intake.checks import check_jumps, check_zero_crossings
from suanli.problems import Severity

NONE = np.nan
STEADY = np.array([100, 200, 300, 400, 500, 600, 700, 800.0])
GROWTH = np.array([1.02, 1.03, 1.04, 1.05, 1.06, 1.07, 1.08, 1.09])


def series(periods: int, first: list[float]) -> np.ndarray:
    """Seven regions that grow by 3 to 9 % a year, and before them one with the given values."""
    rows = np.array([STEADY * GROWTH**year for year in range(periods)])
    rows[:, 0] = first
    return rows


def test_a_change_that_no_other_region_has_is_told_with_both_values(evidence, regions):
    (problem,) = check_jumps(evidence(revenue=series(3, [100, 180, 190])))
    assert (problem.severity, problem.code) == (Severity.WARNING, "check-jump")
    assert (problem.place.region, problem.place.period) == (regions.codes[0], "2019")
    assert problem.found == "100 亿元 → 180 亿元"
    assert (problem.details["change"], problem.details["typical"]) == ("+80.0%", "+6.5%")
    assert problem.place.cell == "C13"


def test_units_are_in_the_language_of_the_sentence(evidence):
    (problem,) = check_jumps(evidence(revenue=series(3, [100, 180, 190])))
    assert "（100 亿元 → 180 亿元）" in problem.message("zh")
    assert "(100 × 100 million yuan → 180 × 100 million yuan)" in problem.message("en")


@pytest.mark.parametrize("value", [149, 52])
def test_a_change_of_less_than_half_is_not_told(evidence, value):
    assert check_jumps(evidence(revenue=series(2, [100, value]))) == []


def test_a_large_change_that_others_share_is_not_told(evidence):
    grown = [[100, 200, 300, 400], [180, 330, 560, 700]]
    assert check_jumps(evidence(revenue=grown)) == []


@pytest.mark.parametrize(("change", "told"), [(0.64, False), (0.65, True)])
def test_the_limit_is_three_scaled_deviations_from_the_median(evidence, change, told):
    # median 0.20 and MAD 0.10, so that the limit is 0.20 + 3 · 1.4826 · 0.10 = 0.645
    changes = np.array([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, change])
    base = np.full(9, 100.0)
    assert bool(check_jumps(evidence(revenue=[base, base * (1 + changes)]))) is told


def test_a_spike_is_told_once_at_its_own_year(evidence):
    (problem,) = check_jumps(evidence(revenue=series(4, [100, 2000, 105, 110])))
    assert (problem.code, problem.place.period) == ("check-jump-returned", "2019")
    assert problem.details["times"] == "19.52"
    assert problem.expected == "≈ 102.5 亿元"


def test_a_dip_is_told_at_the_year_of_the_dip_though_only_the_way_back_exceeds_half(evidence):
    (problem,) = check_jumps(evidence(revenue=series(4, [327, 170, 443, 450])))
    assert (problem.code, problem.place.period) == ("check-jump-returned", "2019")
    assert problem.details["times"] == "0.45"


def test_a_wrong_level_is_told_for_all_its_years(evidence):
    (problem,) = check_jumps(evidence(revenue=series(6, [671, 1224, 1250, 1254, 641, 633])))
    assert problem.place.period == "2019–2021"
    assert problem.found.count("→") == 4
    assert "2019—2021年" in problem.message("zh")


def test_a_new_level_that_stays_is_a_plain_jump(evidence):
    (problem,) = check_jumps(evidence(revenue=series(5, [100, 180, 185, 190, 195])))
    assert problem.code == "check-jump"


def test_with_two_regions_any_large_change_is_told(evidence):
    (problem,) = check_jumps(evidence(revenue=[[100, 200], [200, 220]]))
    assert problem.found == "100 亿元 → 200 亿元"


def test_zeros_gaps_and_codes_without_a_true_zero_are_passed_over(evidence):
    assert check_jumps(evidence(revenue=series(2, [0, 500]))) == []
    assert check_jumps(evidence(revenue=series(3, [100, NONE, 500]))) == []
    assert check_jumps(evidence(warmth=series(2, [1, 5]) / 100)) == []


def test_one_period_has_no_changes(evidence):
    given = evidence(revenue=[1, 2, 3])
    assert check_jumps(given) == []
    assert check_zero_crossings(given) == []


def test_a_large_value_beside_a_zero_is_told(evidence, regions):
    rows = [[0, 100, 200, 900], [500, 110, 210, 0]]
    problems = check_zero_crossings(evidence(revenue=rows))
    assert [problem.place.region for problem in problems] == [regions.codes[3], regions.codes[0]]
    assert [problem.found for problem in problems] == ["900 亿元 → 0 亿元", "0 亿元 → 500 亿元"]


def test_a_small_beginning_is_not_told(evidence):
    assert check_zero_crossings(evidence(revenue=[[0, 100, 200], [50, 110, 210]])) == []

import numpy as np
import pytest

from suanli.intake.checks import check_unit_slips_among_regions
from suanli.intake.checks.outliers import strays
from suanli.problems import Severity

NONE = np.nan


def test_a_region_in_another_unit_in_every_period_is_told_once(evidence, regions):
    (problem,) = check_unit_slips_among_regions(
        evidence(revenue=[[0.01, 200, 50, 20], [0.011, 220, 55, 22]])
    )
    assert (problem.code, problem.severity) == ("check-unit-slip-among-regions", Severity.WARNING)
    assert (problem.place.region, problem.place.period) == (regions.codes[0], "2018–2019")
    assert problem.details["factor"] == "1/10,000"
    assert (problem.found, problem.expected) == ("0.011 亿元", "22 亿元 – 220 亿元")
    assert problem.place.cell


@pytest.mark.parametrize(
    ("row", "powers"),
    [
        ([1e10, 200, 50, 20], [8]),
        ([100e4, 200, 50, 20], [4]),
        ([500e4, 200, 50, 20], [4]),  # the largest region, in 万元
        ([500e-4, 200, 50, 20], [-4]),
        ([100e-4, 90e-4, 200, 50, 20], [-4, -4]),
        ([3e6, 20, 10, 10], [4]),  # no unit fits, but nothing is that much larger
        ([100e4, 90e4, 50, 20], []),  # half against half
        ([15000, 200, 50, 20], []),  # large, but no unit away
        ([1e4, 0, NONE, 1], []),  # too few to tell
    ],
)
def test_strays(row, powers):
    assert [stray.power for stray in strays(np.array(row, dtype=float))] == powers


def test_percentages_scores_and_what_may_be_negative_have_no_units_to_slip(evidence):
    row = [[10e-4, 20, 30, 40]]
    assert check_unit_slips_among_regions(evidence(revenue=row))
    assert check_unit_slips_among_regions(evidence(share=row)) == []
    assert check_unit_slips_among_regions(evidence(warmth=row)) == []
    assert check_unit_slips_among_regions(evidence(free=[[*row[0], -1]])) == []


def test_a_slip_between_the_regions_own_periods_is_told_there_only(evidence):
    rows = [[100, 200, 50, 20], [110e4, 220, 55, 22]]
    assert check_unit_slips_among_regions(evidence(revenue=rows)) == []


def test_widely_spread_amounts_of_all_provinces_raise_no_false_alarm():
    alarms = [
        seed
        for seed in range(200)
        if list(strays(np.exp(np.random.default_rng(seed).normal(0, 1.5, 31))))
    ]
    assert alarms == []

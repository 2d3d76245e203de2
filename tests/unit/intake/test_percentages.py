"""Percentages and fractions in one column: asked about where they could be either, and only there."""

import numpy as np
import polars as pl
import pytest

from suanli.intake.reading.percentages import fraction_doubts
from suanli.intake.reading.tables import Table
from suanli.problems import Severity
from suanli.regions import provinces
from tests.unit.intake.studies import check, of_code

REGIONS = provinces()
TABLE = Table("d.csv", "", "line", pl.DataFrame(), pl.DataFrame(), pl.Series([], dtype=pl.Int64))
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def doubts(*periods):
    """Return code, severity, period and evidence of what is asked of values by period and region."""
    rows = [
        {
            "code": "x",
            "period": str(2021 + period),
            "region_code": REGIONS.codes[region],
            "line": 2 + period * len(values) + region,
            "column": 3,
            "value": float(value),
        }
        for period, values in enumerate(periods)
        for region, value in enumerate(values)
    ]
    problems = fraction_doubts(TABLE, pl.DataFrame(rows), REGIONS)
    return [(p.code, p.severity, p.place.period, p.found) for p in problems]


def test_a_period_in_fractions_beside_one_in_percentages_is_asked_about():
    asked = doubts([58, 68, 44, 0], [0.6, 0.7, 0.45, 0])
    assert asked == [("percent-or-fraction", ERROR, "2022", "0.7")]


def test_a_small_rate_that_falls_below_one_is_not():
    assert doubts([1.3, 0.6, 0.4], [0.9, 0.5, 0.3]) == []


def test_most_of_one_period_in_fractions_is_an_error():
    assert doubts([0.58, 0.68, 0.44, 41]) == [
        ("percent-and-fraction", ERROR, "2021", "line 2: 0.58, line 3: 0.68, line 4: 0.44")
    ]


def test_two_regions_in_fractions_are_an_error_and_one_alone_a_doubt():
    others = [68, 44, 41, 52, 73]
    assert [each[:2] for each in doubts([0.58, 0.61, *others])] == [("percent-and-fraction", ERROR)]
    asked = doubts([0.58, *others], [0.6, *others])
    assert [each[:3] for each in asked] == [
        ("percent-perhaps-fraction", WARNING, "2021"),
        ("percent-perhaps-fraction", WARNING, "2022"),
    ]


def test_a_fraction_that_the_regions_own_other_period_contradicts_is_an_error():
    others = [68, 44, 41]
    assert doubts([58, *others], [0.6, *others]) == [
        ("percent-and-fraction", ERROR, "2022", "line 6: 0.6")
    ]


@pytest.mark.parametrize(
    "values",
    [
        [0.42, 0.9, 3, 6, 20, 45, 90],  # shares of every size
        [0.003, 0.002, 60, 70, 80],  # a hundredfold that is not among the others
    ],
)
def test_small_shares_are_never_errors(values):
    assert all(severity is WARNING for _, severity, _, _ in doubts(values))


def test_growth_near_zero_is_ordinary():
    assert doubts([0.1, 7, 5, -3, 8], [9, 6, 4, 2, 7]) == []


def test_doubts_name_the_regions_and_stop_at_units_of_study_yaml(tmp_path):
    rows = "".join(f"{place},A.2,{value}\n" for place, value in (("北京", 0.58), ("天津", 0.61)))
    text = f"地区,指标代码,数值\n{rows}上海,A.2,60\n"
    entry = {"file": "d.csv"}
    _, problems = check(tmp_path / "s", {"d.csv": text}, periods=[2022], data=[entry])
    (problem,) = of_code(problems, "percent-and-fraction")
    assert "北京市、天津市" in problem.message("zh")
    assert "Beijing, Tianjin" in problem.message("en")
    settled = {**entry, "units": {"A.2": "%"}}
    study, _ = check(tmp_path / "s", {"d.csv": text}, periods=[2022], data=[settled])
    assert study is not None


def test_a_long_list_is_cut_and_many_periods_are_counted():
    many = [0.5] * 14 + [50] * 16
    (asked,) = doubts(many)
    assert asked[3].endswith("line 11: 0.5 …")
    told = doubts(*([[0.58, 68, 44, 41]] * 105))
    assert len(told) == 101
    assert told[-1][0] == "more-of-the-same"


def test_rates_as_they_are_raise_no_false_alarm():
    for seed in range(50):
        drawn = np.random.default_rng(seed)
        assert doubts(*(100 * drawn.beta(4, 2, (2, 31)))) == []

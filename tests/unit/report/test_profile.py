"""A region's profile, on wide and on narrow terminals."""

import json

import pytest

from suanli.problems import ResultError
from suanli.report.profile import profile, profile_json
from tests.unit.report.screens import shown


def text(result, language, columns=120, region="北京", period=None):
    return shown(profile(result, language, region=region, period=period), columns)


def test_wide_in_chinese(small):
    lines = text(small, "zh", 100).splitlines()
    assert lines[:5] == [
        "北京市（2023）",
        "指标                位次   得分  较上期   贡献     数值  单位    数据性质",
        "综合指数  第二梯队   5/8  51.21  ▲2",
        "  规模  第二梯队     5/8  34.51  ▲2",
        "    算力             5/8  19.14  ▲1       5.74  4.81615  EFLOPS  估算",
    ]
    assert "优势指标：收入（第 2 位）" in lines
    assert "短板指标：无" in lines
    assert "综合得分变化的来源（2022 → 2023）" in lines
    assert lines[-2].startswith("百分位为得分低于")


def test_narrow_in_chinese_has_values_below_names(small):
    assert "      4.81615 EFLOPS · 估算" in text(small, "zh", 80).splitlines()


def test_narrow_in_english_has_values_below_names(small):
    lines = text(small, "en", 80, "Beijing", "2021").splitlines()
    assert lines[:6] == [
        "Beijing (2021)",
        "Indicator                                  Rank  Score  Points",
        "Index  tier 2                               3/8  55.60",
        "  Scale  tier 2                             3/8  53.74",
        "    Compute                                 3/8  45.66   13.70",
        "      7.39815 EFLOPS · official",
    ]
    assert "      5.61736 100 million yuan · official" in lines
    assert "Strengths: Storage (rank 2)" in lines


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_fits(open_result, language, columns):
    text(open_result, language, columns, "520000")


def test_missing_value(small):
    row = next(
        line for line in text(small, "en", 120, "520000", "2021").splitlines() if "Storage" in line
    )
    assert row.split() == ["Storage", "–", "–", "–", "–", "EB", "missing"]


def test_stamp_and_json(made_up):
    assert text(made_up, "en").startswith(" 模拟数据 / SIMULATED DATA\nBeijing (2023)")
    found = json.loads(json.dumps(profile_json(made_up, region="Beijing", period=None)))
    assert (found["simulated"], found["fitted"]) == (True, False)
    assert found["region"] == "北京市"
    assert len(found["indicators"]) == 5
    assert found["strengths"] == ["revenue"]


def test_unknown_region(small):
    with pytest.raises(ResultError, match="火星"):
        text(small, "zh", region="火星")

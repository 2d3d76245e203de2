"""Two results side by side."""

import json

import pytest

from suanli.report.comparison import compared, compared_json
from suanli.result import comparison
from tests.unit.report.screens import shown
from tests.unit.result import samples


@pytest.fixture(scope="module")
def pooled():
    rule = {"method": "min-max", "goalposts": "pooled"}
    return samples.result(framework=samples.framework(normalisation=rule))


@pytest.fixture(scope="module")
def other():
    regions = samples.provinces().only(["北京", "天津", "山西"])
    return samples.result(framework=samples.framework(id="o", family="o"), regions=regions)


def text(before, after, language, columns=100):
    return shown(compared(comparison(before, after), before, after, language), columns)


def test_another_rule_in_chinese(small, pooled):
    lines = text(small, pooled, "zh").splitlines()
    assert lines[:11] == [
        "两个结果的比较",
        "前：小研究 [small-1.0]，2023，阈值逐期取自当期数据（annual）",
        "后：小研究 [small-1.0]，2023，阈值取自各期全部数据（pooled）",
        "规则的变化",
        "  阈值（normalisation/goalposts）：阈值逐期取自当期数据（annual） → 阈值取自各期全部数据（pooled）",
        "位次相关：斯皮尔曼系数 0.9762，肯德尔系数 0.9286；前 8 名重合 8 个。",
        "可对照的 120 个指标值完全相同。",
        "位次变化最大的地区",
        "地区  前位次  后位次  升降  得分变化",
        "天津       6       7    ▼1     -8.79",
        "贵州       7       6    ▲1     -4.94",
    ]
    assert lines[11] == "综合得分差异的来源（2023）"


def test_another_rule_in_english(small, pooled):
    found = text(small, pooled, "en")
    assert "Before: A small study [small-1.0], 2023, goalposts from each period's own data" in found
    assert (
        "Agreement of ranks: Spearman 0.9762, Kendall 0.9286; 8 of the first 8 in common." in found
    )
    assert "All 120 indicator values compared are the same." in found
    assert "What makes the index differ (2023)" in found


def test_the_same_result(small):
    assert text(small, small, "zh").endswith("各地区位次均未变化。")


def test_another_family_has_orders_only(small, other):
    lines = text(small, other, "en").splitlines()
    assert "Only in the later result: Shanxi." in lines
    assert "Region   Before  After  Moved" in lines
    assert not any("Score change" in line or "indicator values" in line for line in lines)
    assert any(line.startswith("• The two results belong to different families") for line in lines)


def test_changed_data_and_weights(small):
    regions = samples.some_regions()
    revised = samples.result(grid=samples.grid(samples.small(), regions, seed=8))
    assert "可对照的 120 个指标值中，119 个不同" in text(small, revised, "zh")
    reweighted = samples.result(weights={"scale": 0.5, "quality": 0.5})
    assert "Nodes whose global weight differs: 7." in text(small, reweighted, "en")


def test_stamp_and_json(small, made_up):
    assert text(small, made_up, "zh").startswith(" 模拟数据 / SIMULATED DATA\n")
    found = json.loads(json.dumps(compared_json(comparison(small, made_up), small, made_up)))
    assert found["simulated"] is True
    assert found["framework_before"] == "small-1.0"
    assert found["spearman"] == 1.0
    assert found["framework"]["rules"] == []
    assert compared_json(comparison(small, small), small, small)["simulated"] is False


def test_correlations_that_do_not_exist_are_null(small):
    one = samples.result(regions=samples.provinces().only(["北京"]))
    found = compared_json(comparison(small, one), small, one)
    assert found["spearman"] is None
    assert found["kendall"] is None

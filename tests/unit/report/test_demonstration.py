"""The demonstration in both languages."""

from pathlib import Path

import pytest

from suanli.report.demonstration import Demonstration, demonstration
from tests.unit.report.screens import shown


@pytest.fixture(scope="module")
def demo(open_result, open_fixed):
    return Demonstration(open_result, open_fixed, Path("my demo"))


def test_chinese(demo):
    text = shown(demonstration(demo, "zh"))
    for heading in (
        "一、数据检查",
        "二、按年度阈值打分",
        "三、位次为何变化",
        "四、固定阈值下",
        "五、下一步",
    ):
        assert f"\n{heading}" in text
    assert "第 1517 行" in text
    assert "   1  –       广东  ████████████████████████  68.43  第1梯队" in text
    assert '  suanli run "my demo/study"  研究文件夹的副本，可修改后自行计算' in text


def test_english_at_80_columns(demo):
    text = shown(demonstration(demo, "en"), 80)
    assert "line 1517" in text
    assert "Next" not in text
    assert "5. What to do next" in text
    assert 'suanli compare "my demo/annual" "my demo/fixed"' in text


def test_only_some_problems_are_listed_and_the_rest_counted(demo):
    text = shown(demonstration(demo, "zh"))
    warnings = text.count("\n警告  ")
    assert 0 < warnings < 10
    assert "my demo/annual/problems.csv" in text


def test_simulated_is_stamped(made_up):
    text = shown(demonstration(Demonstration(made_up, made_up, Path("d")), "en"))
    assert text.startswith(" 模拟数据 / SIMULATED DATA\n")

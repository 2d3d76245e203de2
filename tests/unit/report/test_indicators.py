"""Indicator values with their coverage on the terminal and for programs."""

import json
from dataclasses import replace

import polars as pl
import pytest

from suanli.intake import bundled_study
from suanli.pipeline import indicators
from suanli.report.indicators import (
    indicator_json,
    indicator_shown,
    indicators_json,
    indicators_shown,
)
from tests.made_record_study import write_study
from tests.unit.report.screens import shown


def overview(found, language, columns=120):
    return shown(indicators_shown(found, language, period="2023"), columns)


def regions(found, code, language, columns=120):
    one = found.framework.node(code)
    return shown(indicator_shown(found, language, indicator=one, period="2023"), columns)


def line_of(text, start):
    return next(line for line in text.splitlines() if line.startswith(start))


def test_overview_in_chinese(record_values):
    found = overview(record_values, "zh")
    assert found.splitlines()[0] == "指标值（2023）"
    assert line_of(found, "3.1.2.2").split() == [
        "3.1.2.2",
        "PUE",
        "3/31",
        "1.375",
        "4/5，80%",
        "估算",
        "3",
    ]
    assert "公式：PUE＝Σ算力中心总能耗÷ΣIT设备耗电量" in found
    assert "3个地区采用替代口径" in found


def test_overview_in_english(record_values):
    line = line_of(overview(record_values, "en"), "3.1.2.1")
    assert "4/31" in line
    assert "60%" in line
    assert "5 of 5, 100%" in line
    assert "reported 4" in line


def test_regions(record_values):
    found = regions(record_values, "3.1.2.2", "zh")
    assert found.splitlines()[0] == "PUE（比值，2023）"
    assert line_of(found, "贵州").split()[:4] == ["贵州", "1.25", "2/2", "100%"]
    assert line_of(found, "广东").split() == ["广东", "–", "0/1", "0%", "–", "–", "缺失"]


def test_a_given_value_rests_on_no_records(tmp_path):
    given = "region_code,period,code,value,unit,origin\n520000,2023,3.1.2.2,1.5,1,official\n"
    found = indicators(write_study(tmp_path / "study", given=given))
    screen = regions(found, "3.1.2.2", "zh")
    assert line_of(screen, "贵州").split() == ["贵州", "1.5", "–", "–", "–", "–", "官方"]
    assert line_of(screen, "北京").split()[2:4] == ["1/1", "100%"]
    one = indicator_json(found, indicator=found.framework.node("3.1.2.2"), period="2023")
    guizhou = next(row for row in one["regions"] if row["region_code"] == "520000")
    names = ("used", "eligible", "weight_share", "level", "median", "p95")
    assert {guizhou[name] for name in names} == {None}
    assert "2/2" in shown(
        indicator_shown(found, "zh", indicator=found.framework.node("3.1.2.2"), period="2022"),
        120,
    )


def test_a_count_of_one_has_no_plural(tmp_path):
    found = indicators(write_study(tmp_path / "study"))
    one = found.overall.with_columns(fallback_regions=pl.lit(1))
    screen = overview(replace(found, overall=one), "en", 160)
    assert "regions with a fallback: 1, at the furthest" in screen
    assert "1 regions" not in screen


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_fits(record_values, language, columns):
    overview(record_values, language, columns)
    regions(record_values, "3.1.2.2", language, columns)


def test_without_records():
    found = indicators(bundled_study("open-1.0"))
    assert "official 31" in overview(found, "en")
    assert "该指标本期数值不由记录计算" in regions(found, "O1.1.1", "zh")


def test_stamp(record_values):
    made_up = replace(record_values, simulated=True)
    assert overview(made_up, "en").startswith(" 模拟数据 / SIMULATED DATA")
    assert regions(made_up, "3.1.2.2", "en").startswith(" 模拟数据 / SIMULATED DATA")


def test_json(record_values):
    found = json.loads(json.dumps(indicators_json(record_values, period="2023")))
    own = {row["indicator"]: row for row in found["indicators"]}
    assert len(own) == 53
    assert own["3.1.2.2"]["records"]["value"] == pytest.approx(1.375)
    assert own["3.1.2.2"]["records"]["level"] == "designed"
    assert own["3.1.2.2"]["rule"] == "pue"
    assert own["3.3.3.1"]["records"] is None
    one = indicator_json(
        record_values, indicator=record_values.framework.node("3.1.2.2"), period="2023"
    )
    guizhou = next(row for row in one["regions"] if row["region_code"] == "520000")
    assert guizhou["value"] == pytest.approx(1.25)
    assert (guizhou["used"], guizhou["eligible"], guizhou["level"]) == (2, 2, "designed")

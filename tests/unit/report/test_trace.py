"""A traced value on the terminal and for programs."""

import json
from dataclasses import replace

import pytest

from suanli.intake import bundled_study
from suanli.pipeline import trace
from suanli.report.trace import trace_json, trace_shown
from tests.made_record_study import STUDY, write_study
from tests.made_records import write_records
from tests.unit.report.screens import shown


def text(found, language, columns=100):
    return shown(trace_shown(found, language), columns)


@pytest.fixture(scope="module")
def pue(record_study):
    return trace(record_study, "贵州", "PUE")


def test_from_records_in_chinese(pue):
    lines = text(pue, "zh", 120).splitlines()
    assert lines[0] == "PUE（3.1.2.2），贵州省，2023年"
    assert lines[1:3] == ["数值：1.25", "数据性质：估算"]
    assert "来源方式：由记录计算" in lines
    assert "  Σ分子（总能耗）＝10,950,000千瓦时" in lines
    assert "  10,950,000÷8,760,000＝1.25" in lines
    assert "  覆盖：以算力中心计，应计2条，计入2条，按权重占100%" in lines
    assert "影响最大的记录（共2条，列出2条）" in lines
    assert [line.split()[:5] for line in lines if line.startswith("F1")] == [
        ["F1", "5,694,000", "4,380,000", "1.3", "50%"]
    ]


def test_from_records_in_english(pue):
    found = text(pue, "en")
    assert "Σ denominator (IT energy) = 8,760,000 kWh" in found
    assert "Levels of fallback, with the number of items" in found
    assert "Coverage, by item (computing centre): 2 of 2, " in found
    assert " items" not in found.replace("number of items", "")
    assert "The records that weigh most (2 of 2)" in found


def test_the_fallback_in_the_source_is_in_the_language_of_the_reader(pue):
    fallback = pue.computation.levels[-1].name
    assert f"资料出处：算力中心统计报表（{fallback.zh}）" in text(pue, "zh")
    assert f"Source: 算力中心统计报表 ({fallback.en})" in text(pue, "en", 200)
    alone = replace(pue, source=fallback.zh)
    assert f"Source: {fallback.en}" in text(alone, "en", 200).splitlines()


def test_years_that_a_window_lacks_are_named(tmp_path):
    row = {"kind": "general", "model": "m", "precision": "FP32", "units": 1e6, "mean_compute": 1.0}
    shipped = [
        row | {"region_code": "520000", "year": year} for year in range(2018, 2024) if year != 2019
    ]
    study = STUDY.replace("ccpe-3.0", "cpdi-2.0").replace("[2022, 2023]", "[2023]")
    folder = write_study(
        tmp_path / "study", study=study, given="region_code,period,code,value,unit\n"
    )
    write_records(folder / "records", {"server_shipments": shipped})
    found = trace(folder, "贵州", "2.1.1.1")
    assert trace_json(found)["records"]["missing_years"] == ("2019",)
    chinese, english = text(found, "zh", 120), text(found, "en", 120)
    assert (
        "统计期（含当年共6年）缺2019年：整张表均无该年的此类记录，故该期不能得出数值。" in chinese
    )
    assert "没有可计入的记录" not in chinese
    assert "缺少数据、未计入" not in chinese
    assert "统计期缺年份、均未计入的记录（共5条，按权重列出5条）" in chinese
    assert "lacks 2019: the whole list has no such record" in english


def test_conversion_is_shown(record_study):
    found = text(trace(record_study, "贵州", "3.1.2.5"), "en")
    assert "Σ (Revenue from computing) = 3,000 × 10,000 yuan" in found
    assert "In the indicator's unit: 0.3 × 100 million yuan" in found


def test_given_comes_before_what_records_say(record_study):
    found = text(trace(record_study, "贵州", "3.1.2.1"), "zh")
    assert "来源方式：数据文件直接给出" in found
    assert "位置：data.csv · 第 2 行" in found
    assert "原文：75 %" in found
    assert "记录给出的数值（未采用，以给出的数值为准）" in found


def test_expression():
    found = text(trace(bundled_study("open-1.0"), "贵州", "O1.1.2"), "zh", 120)
    assert "表达式：optical_cable_length / land_area" in found
    assert "data/official.csv" in found


def test_zero_and_missing(record_study):
    assert "名录完整而该地区没有记录，故为零。" in text(
        trace(record_study, "青海", "3.1.1.3"), "zh"
    )
    found = text(trace(record_study, "青海", "3.3.3.1"), "en")
    assert "Value: missing" in found
    assert "these tables are lacking: egress_links" in found
    reported = trace(record_study, "广东", "PUE")
    assert "该地区该期没有可计入的记录，不能得出数值。" in text(reported, "zh")
    assert "Records that lack a figure and do not count (1 of 1" in text(reported, "en")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("indicator", ["PUE", "3.1.1.1", "3.3.2.8", "3.1.2.1"])
def test_fits(record_study, language, columns, indicator):
    text(trace(record_study, "贵州", indicator), language, columns)


def test_stamp(tmp_path):
    folder = write_study(tmp_path / "study", study=STUDY + "simulated: true\n")
    found = trace(folder, "贵州", "PUE")
    assert text(found, "en").startswith(" 模拟数据 / SIMULATED DATA")
    assert found.origin == "simulated"
    assert trace_json(found)["simulated"] is True


def test_json(pue):
    found = json.loads(json.dumps(trace_json(pue)))
    assert found["way"] == "records"
    assert found["records"]["heaviest"][0]["record"] == "F1"  # as large, and adds more
    assert found["records"]["formula"]["zh"].startswith("PUE")
    assert found["given"] is None

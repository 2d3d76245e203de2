import json

import polars as pl
import pytest

from tests.made_record_study import write_study


def test_overview(suanli, record_study):
    answer = suanli("indicators", record_study, "--period", "2022", language="zh")
    assert answer.code == 0
    assert answer.out.startswith("指标值（2022）")
    assert "错误 0 条" in answer.out


def test_one_indicator(suanli, record_study):
    answer = suanli("indicators", record_study, "--indicator", "pue")
    assert answer.out.startswith("Power usage effectiveness")
    assert "Guizhou" in answer.out


def test_out_and_json(suanli, record_study, tmp_path):
    answer = suanli("indicators", record_study, "--out", tmp_path / "values", "--json")
    found = json.loads(answer.out)
    assert len(found["indicators"]) == 53
    assert found["saved"] == str(tmp_path / "values")
    assert any(problem["code"] == "coverage-incomplete" for problem in found["problems"])
    assert sorted(path.name for path in (tmp_path / "values").iterdir()) == [
        "indicators.csv",
        "measures.csv",
        "region_pairs.csv",
        "values.json",
    ]
    one = json.loads(suanli("indicators", record_study, "--indicator", "PUE", "--json").out)
    assert len(one["regions"]) == 31


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_help_names_every_file_that_is_written(suanli, language):
    said = suanli("indicators", "--help", language=language).out
    for name in ("indicators.csv", "measures.csv", "region_pairs.csv", "values.json"):
        assert name in "".join(said.split())


def test_where_it_was_saved(suanli, record_study, tmp_path):
    answer = suanli("indicators", record_study, "--out", tmp_path / "v", language="zh")
    assert "指标值及其计算依据已存入" in answer.out


def test_unknown(suanli, record_study, tmp_path):
    answer = suanli("indicators", record_study, "--indicator", "x", "--out", tmp_path / "v")
    assert answer.code == 1
    assert not (tmp_path / "v").exists()
    assert suanli("indicators", record_study, "--period", "1999").code == 1


@pytest.mark.parametrize("command", ["indicators", "run"])
def test_nothing_is_written_of_numbers_that_are_too_large(suanli, tmp_path, command):
    study = write_study(tmp_path / "study")
    register = study / "records" / "facilities.parquet"
    pl.read_parquet(register).with_columns(design_it_power=1e308).write_parquet(register)
    answer = suanli(command, study, "--out", tmp_path / "out")
    assert answer.code == 1
    assert "are so large" in " ".join(answer.err.split())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["check", "indicators", "run"])
def test_an_address_without_spark_is_a_wrong_command(suanli, tmp_path, command):
    answer = suanli(command, tmp_path, "--engine-url", "local[2]", language="zh")
    assert answer.code == 2
    assert "--engine-url 须与 --engine spark 同时使用" in answer.err


@pytest.mark.parametrize(
    "given",
    [
        ("indicators", "s", "--out", ""),
        ("check", "s", "--engine", "spark", "--engine-url", ""),
        ("check", "s", "--engine-url="),
        ("simulate", "cpdi-2.0", "--year", "2022", "--out", ""),
    ],
)
def test_an_empty_text_after_an_option_is_a_wrong_command(suanli, given):
    answer = suanli(*given, language="zh")
    name = next(word for word in reversed(given) if word).rstrip("=")
    assert answer.code == 2
    assert answer.err.startswith(f"选项 {name} 之后缺少取值。\n用法见：suanli {given[0]} --help")

import json

import polars as pl
import pytest

from tests.made_record_study import write_study


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "由记录计算"), ("en", "computed from records")]
)
def test_trace(suanli, record_study, language, words):
    answer = suanli(
        "trace", record_study, "--region", "Guizhou", "--indicator", "PUE", language=language
    )
    assert answer.code == 0
    assert words in answer.out


def test_json_and_top(suanli, record_study):
    answer = suanli(
        *("trace", record_study, "--region", "贵州", "--indicator", "3.1.1.1"),
        *("--period", "2022", "--top", "1", "--json"),
    )
    found = json.loads(answer.out)
    assert found["period"] == "2022"
    assert [each["record"] for each in found["records"]["heaviest"]] == ["F1 X1"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--region", "火星", "--indicator", "PUE"), "未能识别地区“火星”"),
        (("--region", "贵州", "--indicator", "上架"), "3.1.2.1 上架率"),
        (("--region", "贵州", "--indicator", "PUE", "--period", "1999"), "2022, 2023"),
    ],
)
def test_unknown(suanli, record_study, options, message):
    answer = suanli("trace", record_study, *options, language="zh")
    assert (answer.code, answer.out) == (1, "")
    assert message in answer.err


def test_region_and_indicator_are_required(suanli, record_study):
    for options in (("--region", "贵州"), ("--indicator", "PUE")):
        assert suanli("trace", record_study, *options).code == 2
    both = ("--region", "贵州", "--indicator", "PUE")
    assert suanli("trace", record_study, *both, "--engine", "abacus").code == 2
    assert suanli("trace", record_study, *both, "--top", "0").code == 2


def test_records_that_a_run_refuses_are_not_traced(suanli, tmp_path):
    folder = write_study(tmp_path / "study")
    path = folder / "records" / "facilities.parquet"
    rows = pl.read_parquet(path)
    pl.concat([rows, rows.head(1)]).write_parquet(path)
    options = ("--region", "贵州", "--indicator", "PUE")
    traced, run = suanli("trace", folder, *options), suanli("run", folder)
    assert (traced.code, traced.out) == (run.code, run.out) == (1, "")
    assert traced.err == run.err

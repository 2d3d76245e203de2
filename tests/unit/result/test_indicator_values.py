"""Indicator values as a folder: all or nothing, and never in the place of something else."""

import json

import polars as pl
import pytest

from suanli.problems import ResultError
from suanli.result.csv_files import table_from_csv
from suanli.result.indicator_values import TABLES
from suanli.result.tables import SCHEMAS


def test_what_there_is(record_values):
    assert record_values.indicators.height == 2 * 31 * 53
    assert record_values.formulas["3.1.2.2"].zh.startswith("PUE")
    assert record_values.levels["metered"].en == "metered"
    assert not record_values.simulated
    rack = record_values.indicators.filter(indicator="3.1.2.1", region_code="520000")
    assert rack["value"].to_list() == [pytest.approx(60.0), 75.0]
    assert rack["origin"].to_list() == ["reported", "reported"]


def test_saved_and_the_same_twice(record_values, tmp_path):
    record_values.save(tmp_path / "values")
    files = {path.name: path.read_bytes() for path in (tmp_path / "values").iterdir()}
    assert sorted(files) == sorted(["values.json", *(f"{name}.csv" for name in TABLES)])
    for name in TABLES:
        read = table_from_csv(SCHEMAS[name], files[f"{name}.csv"])
        assert read.equals(getattr(record_values, name).fill_nan(None))
    about = json.loads(files["values.json"])
    assert about["framework"]["id"] == "ccpe-3.0"
    assert about["files"]["measures.csv"]["rows"] == record_values.measures.height
    record_values.save(tmp_path / "values")
    again = {path.name: path.read_bytes() for path in (tmp_path / "values").iterdir()}
    assert again == files


def test_other_folders_are_left_alone(record_values, record_result, tmp_path):
    record_result.save(tmp_path / "result")
    with pytest.raises(ResultError, match="does not hold saved indicator values"):
        record_values.save(tmp_path / "result")
    record_values.save(tmp_path / "values")
    (tmp_path / "values" / "mine.txt").write_text("mine")
    with pytest.raises(ResultError, match="other files"):
        record_values.save(tmp_path / "values")
    with pytest.raises(ResultError, match="not a Suanli result"):
        record_result.save(tmp_path / "values")


def test_the_open_study_has_values_and_no_measures(open_values):
    assert open_values.measures.is_empty()
    assert open_values.overall.is_empty()
    assert open_values.formulas == {}
    assert open_values.indicators.filter(pl.col("value").is_not_null()).height > 1000


@pytest.fixture(scope="module")
def open_values():
    from suanli.intake import bundled_study
    from suanli.pipeline import indicators

    return indicators(bundled_study("open-1.0"))

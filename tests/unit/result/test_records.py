"""Measures and pairs of regions in a result: saved, loaded, compared, and on sheets of the workbook."""

from dataclasses import replace

import polars as pl
import pytest

from suanli.problems import ResultError
from suanli.result import comparison, load_result
from suanli.result.csv_files import csv_of
from suanli.result.document import own_digest
from suanli.result.reading import digest
from tests.unit.result.test_workbook import opened


def test_without_records_the_tables_have_no_rows(open_result):
    assert open_result.measures.is_empty()
    assert open_result.region_pairs.is_empty()


def test_saved_and_loaded(record_result, tmp_path):
    record_result.save(tmp_path / "result")
    loaded = load_result(tmp_path / "result")
    assert loaded.measures.equals(record_result.measures)
    assert loaded.region_pairs.equals(record_result.region_pairs)
    assert loaded.measures.height > 500
    assert loaded.region_pairs["pairs"].to_list() == [1] * 6


def test_a_pair_of_a_strange_region_is_refused(record_result, tmp_path):
    import json

    folder = tmp_path / "result"
    record_result.save(folder)
    strange = csv_of(record_result.region_pairs.with_columns(other_code=pl.lit("999999")))
    (folder / "region_pairs.csv").write_bytes(strange)
    document = json.loads((folder / "result.json").read_text())
    document.pop("sha256")
    document["files"]["region_pairs.csv"]["sha256"] = digest(strange)
    document["sha256"] = own_digest(document)
    (folder / "result.json").write_text(json.dumps(document, ensure_ascii=False))
    with pytest.raises(ResultError, match="other_code: 999999"):
        load_result(folder)


def test_the_same_result_differs_in_nothing(record_result):
    found = comparison(record_result, record_result)
    assert found.measures.is_empty()
    assert found.region_pairs.is_empty()


def test_what_differs_behind_the_values(record_result):
    at = (
        (pl.col("indicator") == "3.1.2.2")
        & (pl.col("measure") == "used")
        & (pl.col("region_code") == "520000")
        & (pl.col("period") == "2023")
    )
    noisy = pl.col("value") * (1 + 1e-15)
    measures = record_result.measures.with_columns(
        pl.when(at).then(1.0).otherwise(noisy).alias("value")
    )
    pairs = record_result.region_pairs.with_columns(
        pl.when(pl.col("period") == "2023").then(7.0).otherwise(pl.col("delay")).alias("delay")
    ).filter(~((pl.col("region_code") == "310000") & (pl.col("period") == "2023")))
    after = replace(record_result, measures=measures, region_pairs=pairs)
    found = comparison(record_result, after)
    assert found.measures.rows() == [("520000", "2023", "3.1.2.2", "used", "", 2.0, 1.0, "1")]
    delays = found.region_pairs.filter(measure="delay").drop("period", "measure").rows()
    assert sorted(delays) == [
        ("110000", "520000", 30.0, 7.0),
        ("310000", "520000", 20.0, None),
        ("520000", "520000", 2.0, 7.0),
    ]


def test_sheets_of_the_workbook(record_result):
    book = opened(record_result)
    assert book.sheetnames[-3:] == [
        "计算依据 What values rest on",
        "区域间网络 Between regions",
        "问题 Problems",
    ]
    rows = list(book["计算依据 What values rest on"].iter_rows(values_only=True))
    own = [row for row in rows if row[:4] == ("2023", "520000", "贵州省", "3.1.2.2")]
    assert own[0][4:9] == ("PUE", 10_950_000, "kWh", 8_760_000, "kWh")
    assert own[0][9:13] == (2, 2, 1, "designed")
    pairs = list(book["区域间网络 Between regions"].iter_rows(values_only=True))
    assert ("2023", "110000", "北京市", "520000", "贵州省", 1, 30) in [row[:7] for row in pairs]


def test_no_sheets_without_records(open_result):
    names = opened(open_result).sheetnames
    assert not any("计算依据" in name or "区域间网络" in name for name in names)

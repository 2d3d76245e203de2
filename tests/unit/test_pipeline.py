"""A study folder to a result."""

import numpy as np
import polars as pl
import pytest

from suanli.framework import bundled
from suanli.intake import bundled_study
from suanli.pipeline import check, region_groups, run
from suanli.problems import FrameworkError, StudyError
from suanli.regions import prefectures, provinces
from tests.made import flat
from tests.made_record_study import write_study


def test_the_bundled_study(open_result):
    assert open_result.about.periods == ("2018", "2019", "2020", "2021", "2022", "2023")
    assert open_result.scores.height == 6 * 31 * 20
    assert open_result.ranking()["region"][0] == "广东省"


def test_changes_from_period_to_period_sum_to_the_change_of_the_index(open_result):
    index = open_result.scores.filter(node="index")
    for before, after in (("2018", "2019"), ("2022", "2023")):
        change = (
            index.filter(period=after)["score"].to_numpy()
            - index.filter(period=before)["score"].to_numpy()
        )
        moved = open_result.changes.filter(period_from=before, period_to=after)
        sums = dict(moved.group_by("region_code").agg(total=moved["amount"].sum()).iter_rows())
        assert set(sums) == set(index["region_code"])
        by_region = [
            moved.filter(region_code=code)["amount"].sum()
            for code in index.filter(period=after)["region_code"]
        ]
        np.testing.assert_allclose(by_region, change, atol=1e-9)


def test_changes_of_the_caller_come_after_the_study(open_fixed, open_result):
    assert open_fixed.framework.normalisation.goalposts == "fixed"
    assert open_result.framework.normalisation.goalposts == "annual"
    first = open_fixed.goalposts.filter(indicator="O1.1.1")
    assert set(first["high"]) == {11000.0}


def test_stages_are_told():
    told = []
    run(bundled_study("open-1.0"), stage=told.append)
    assert told == ["reading", "indicators", "weights", "scoring"]


def test_records_are_a_stage_of_their_own(record_study):
    told = []
    run(record_study, stage=told.append)
    assert told == ["reading", "records", "indicators", "weights", "scoring"]


def test_values_from_records_are_scored(record_result):
    values = record_result.indicators.filter(indicator="3.1.2.1", period="2023")
    known = {row["region_code"]: row for row in values.to_dicts() if row["value"] is not None}
    assert known["520000"]["value"] == 75.0  # given
    assert known["310000"]["value"] == pytest.approx(60.0)
    assert known["310000"]["source"] == "算力中心统计报表"
    used = record_result.measures.filter(
        indicator="3.1.2.2", region_code="440000", period="2023", measure="used"
    )
    assert used["value"].to_list() == [0.0]
    codes = {problem.code for problem in record_result.problems}
    assert {"records-overruled", "coverage-incomplete", "fallback-used"} <= codes


def test_check_says_what_a_run_says(record_study, record_result):
    study, problems = check(record_study)
    assert study is not None
    told = {(each.code, each.place.code) for each in problems}
    assert {
        ("coverage-incomplete", "3.1.2.2"),
        ("fallback-used", "3.1.2.2"),
        ("records-overruled", "3.1.2.1"),
        ("rule-tables-absent", ""),
    } <= told
    assert told <= {(each.code, each.place.code) for each in record_result.problems}


def test_records_with_errors_stop_a_run_and_are_told_by_a_check(tmp_path):
    folder = write_study(tmp_path / "study")
    facilities = folder / "records" / "facilities.parquet"
    wrong = pl.read_parquet(facilities).with_columns(pl.col("racks_built") * -1)
    wrong.write_parquet(facilities)
    with pytest.raises(StudyError, match="racks_built"):
        run(folder)
    study, problems = check(folder)
    assert study is None
    assert any("racks_built" in each.found + str(each.place) for each in problems)


def test_the_same_records_give_the_same_tables(record_study, record_result):
    again = run(record_study)
    assert again.measures.equals(record_result.measures)
    assert again.region_pairs.equals(record_result.region_pairs)
    assert again.scores.equals(record_result.scores)


def test_the_same_study_gives_the_same_result(open_result):
    again = run(bundled_study("open-1.0"))
    assert again.scores.equals(open_result.scores)
    assert again.changes.equals(open_result.changes)


def test_no_study(tmp_path):
    with pytest.raises(StudyError, match=r"study\.yaml"):
        run(tmp_path)


def test_a_change_that_leads_nowhere():
    with pytest.raises(FrameworkError, match="nowhere"):
        run(bundled_study("open-1.0"), with_changes={"nowhere": 1})


def test_region_groups():
    made = flat(1)
    assert region_groups(made, provinces()) == {}
    belts = made.with_changes(
        {"missing/method": "group-mean", "missing/grouping": "economic-belts"}
    )
    groups = region_groups(belts, provinces())
    assert len(groups) == 31
    assert groups["110000"] == groups["440000"] != groups["520000"]
    parents = made.with_changes({"missing/method": "group-mean", "missing/grouping": "parent"})
    by_province = region_groups(parents, prefectures())
    assert by_province["220200"] == "220000"
    assert bundled("open-1.0").missing.grouping is None

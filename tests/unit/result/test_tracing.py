"""One value traced through every way it may come about."""

import pytest

from suanli.intake import bundled_study, read_study
from suanli.pipeline import trace
from suanli.problems import RegionError, StudyError
from suanli.result.tracing import cell_named, period_named
from tests.made_record_study import STUDY, write_study

OPEN = bundled_study("open-1.0")


def test_from_records(record_study):
    found = trace(record_study, "贵州", "PUE", top=1)
    assert (found.way, found.value, found.origin) == ("records", pytest.approx(1.25), "estimated")
    assert found.source.startswith("算力中心统计报表（按设计IT功率")
    assert found.computation.numerator == pytest.approx(10_950_000)
    assert len(found.computation.heaviest) == 1
    assert found.period == "2023"


def test_a_given_value_with_what_records_say_beside(record_study):
    found = trace(record_study, "520000", "3.1.2.1", "2023")
    assert (found.way, found.value, found.source) == ("given", 75.0, "年鉴")
    assert (found.given.file, found.given.cell) == ("data.csv", "line 2")
    assert (found.given.raw_value, found.given.raw_unit) == ("75", "%")
    assert found.computation.value == pytest.approx(60.0)


def test_by_an_expression():
    found = trace(OPEN, "内蒙", "O1.1.2", "2020")
    assert found.way == "expression"
    assert found.computation is None
    cable, area = (each.given.value for each in found.variables)
    assert found.value == pytest.approx(cable / area)
    assert found.variables[0].given.file == "data/official.csv"


def test_missing_says_which_tables_are_lacking(record_study):
    found = trace(record_study, "青海", "3.3.3.1")
    assert (found.way, found.value, found.absent_tables) == ("missing", None, ("egress_links",))


def test_zero_from_a_complete_list(record_study):
    found = trace(record_study, "青海", "3.1.1.3")
    assert (found.way, found.value, found.computation.zero) == ("records", 0.0, True)


def test_imputed(tmp_path):
    filled = STUDY + "changes: {missing/method: carry-forward, missing/max_age: 1}\n"
    given = "region_code,period,code,value,unit\n630000,2022,3.3.3.1,12,Tbps\n"
    folder = write_study(tmp_path / "study", study=filled, given=given)
    found = trace(folder, "青海", "3.3.3.1", "2023")
    assert (found.way, found.value, found.origin) == ("imputed", 12.0, "imputed")
    assert "2022" in found.source
    assert trace(folder, "青海", "3.3.3.1", "2022").way == "given"


def test_names():
    study = read_study(OPEN)
    cell = cell_named(study, "内蒙", "o1.1.1")
    assert (cell.region.code, cell.indicator.code, cell.period) == ("150000", "O1.1.1", "2023")
    with pytest.raises(RegionError, match="total or another aggregate"):
        cell_named(study, "全国", "O1.1.1")
    with pytest.raises(StudyError, match=r"no indicator “PUE”"):
        cell_named(study, "贵州", "PUE")
    with pytest.raises(StudyError, match="1999"):
        period_named(study.periods, "1999")

"""Given, from records and by expression, put together."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from suanli.indicators.study_records import from_records, one_from_records
from suanli.indicators.study_values import study_values
from suanli.intake import bundled_study, read_study
from suanli.problems import Severity, StudyError
from tests.made_record_study import write_study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return read_study(write_study(tmp_path_factory.mktemp("records") / "study"))


@pytest.fixture(scope="module")
def recorded(study):
    return from_records(study)


def cell(grid, code, region, period="2023"):
    at = (grid.periods.index(period), grid.regions.index(region), grid.codes.index(code))
    return grid.values[at]


def test_what_records_give(recorded):
    assert cell(recorded.grid, "3.1.2.1", "520000") == pytest.approx(60.0)
    # Σ of 1000 kW × 0.5 × 8760 h × the PUE reported, over the same without it
    assert cell(recorded.grid, "3.1.2.2", "520000") == pytest.approx(1.25)
    # 300 chips of 20 TFLOPS
    assert cell(recorded.grid, "3.1.1.1", "520000") == pytest.approx(300 * 20 / 1e6)
    assert cell(recorded.grid, "3.3.2.1", "630000") == 0.0
    assert cell(recorded.grid, "3.3.2.1", "520000") == 1.0


def test_region_pairs(recorded):
    rows = recorded.pairs.filter(period="2023")
    assert rows.select("region_code", "other_code", "pairs", "delay", "loss").rows() == [
        ("110000", "520000", 1, 30.0, 0.01),
        ("310000", "520000", 1, 20.0, 0.03),
        ("520000", "520000", 1, 2.0, 0.0),
    ]


def test_given_before_records(study, recorded):
    values = study_values(study, recorded)
    assert cell(values.grid, "3.1.2.1", "520000") == 75.0
    assert cell(values.grid, "3.1.2.1", "310000") == pytest.approx(60.0)
    told = [each for each in values.problems if each.code == "records-overruled"]
    assert [(each.place.code, each.found) for each in told] == [("3.1.2.1", "520000")]
    assert not [each for each in values.problems if each.severity is Severity.ERROR]


def test_without_records_all_is_as_before():
    study = read_study(bundled_study("open-1.0"))
    assert from_records(study) is None
    values = study_values(study)
    assert values.grid.codes == tuple(each.code for each in study.framework.indicators())
    assert not np.isnan(values.grid.values).all()


def test_records_outside_the_bounds_are_errors(study, recorded):
    high = recorded.grid.values.copy()
    high[:, :, recorded.grid.codes.index("3.1.2.2")] = 0.5
    values = study_values(study, replace(recorded, grid=replace(recorded.grid, values=high)))
    assert {each.code for each in values.problems if each.severity is Severity.ERROR} == {
        "check-bounds"
    }


def test_one_indicator(study):
    indicator = study.framework.node("3.1.2.2")
    made, found = one_from_records(study, indicator, ("520000", "2023"), top=1)
    assert made.grid.codes == ("3.1.2.2",)
    assert found.value == pytest.approx(1.25)
    assert len(found.heaviest) == 1
    lacking = study.framework.node("3.3.3.1")
    assert one_from_records(study, lacking, ("520000", "2023")) is None


def test_errors_in_records_stop(tmp_path):
    folder = write_study(tmp_path / "study")
    chips = folder / "records" / "chips.parquet"
    pl.read_parquet(chips).drop("purpose").write_parquet(chips)
    study = read_study(folder)
    with pytest.raises(StudyError, match="purpose"):
        from_records(study)
    with pytest.raises(StudyError, match="purpose"):
        one_from_records(study, study.framework.node("3.1.1.1"), ("520000", "2023"))


def test_numbers_that_are_too_large_stop_with_the_doubts_about_the_records(tmp_path):
    folder = write_study(tmp_path / "study")
    register = folder / "records" / "facilities.parquet"
    none = pl.lit(0.0)
    huge = pl.read_parquet(register).with_columns(
        design_it_power=1e308, racks_built=none, racks_used=none
    )
    huge.write_parquet(register)
    study = read_study(folder)
    with pytest.raises(StudyError, match="so large") as stopped:
        from_records(study)
    told = {problem.code for problem in stopped.value.problems}
    assert told >= {"figure-too-large", "centre-without-racks"}
    with pytest.raises(StudyError, match="so large") as stopped:
        one_from_records(study, study.framework.node("3.1.2.2"), ("520000", "2023"))
    assert [problem.place.code for problem in stopped.value.problems] == ["3.1.2.2"]

from io import BytesIO

import polars as pl
import pytest

from suanli.problems import Severity
from tests.unit.intake.studies import check, codes, of_code, value

WIDE = pl.DataFrame(
    {
        "region": ["北京", "天津", "上海"],
        "period": [2022, 2022, 2022],
        "PUE": [1.35, None, 1.38],
        "A.2": [61, 52, 66],
        "B.1": [8.1, float("nan"), 7.3],
    }
)


def read(tmp_path, frame, **entry):
    buffer = BytesIO()
    frame.write_parquet(buffer)
    files = {"data.parquet": buffer.getvalue()}
    return check(
        tmp_path / "study", files, periods=[2022], data=[{"file": "data.parquet", **entry}]
    )


def test_numbers_are_taken_as_they_are_with_the_row_as_their_place(tmp_path):
    study, problems = read(tmp_path, WIDE)
    assert codes(problems, Severity.ERROR) == set()
    assert study.observations.height == 7
    assert value(study, "310000", "2022", "A.1") == 1.38
    row = study.observations.filter(region_code="310000", code="A.2").row(0, named=True)
    assert (row["cell"], row["raw_value"], row["value"]) == ("row 3", "66", 66.0)


def test_a_long_file_gives_the_same_values(tmp_path):
    long = WIDE.unpivot(
        ["PUE", "A.2", "B.1"], index=["region", "period"], variable_name="indicator"
    )
    first, _ = read(tmp_path / "a", WIDE)
    second, _ = read(tmp_path / "b", long)
    assert first.observations["value"].to_list() == second.observations["value"].to_list()


@pytest.fixture(autouse=True)
def folders(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()


def test_text_that_is_a_number_is_read_and_noted(tmp_path):
    _, problems = read(tmp_path, WIDE.with_columns(pl.Series("A.2", ["61", "52", "—"])))
    assert of_code(problems, "numbers-as-text")[0].found == "row 1, row 2"
    assert of_code(problems, "missing-marks")[0].found == "row 3"


def test_an_infinite_number_is_refused(tmp_path):
    _, problems = read(tmp_path, WIDE.with_columns(pl.Series("B.1", [1.0, float("inf"), 2.0])))
    (problem,) = of_code(problems, "number-not-finite")
    assert (problem.place.cell, problem.place.code) == ("row 2", "B.1")


def test_a_computed_negative_zero_is_zero(tmp_path):
    study, problems = read(tmp_path, WIDE.with_columns(pl.Series("B.1", [-0.0, 1.0, 2.0])))
    assert codes(problems, Severity.ERROR) == set()
    assert str(value(study, "110000", "2022", "B.1")) == "0.0"


@pytest.mark.parametrize("kind", [pl.List(pl.Float64), pl.Binary])
def test_columns_of_other_types_are_refused(tmp_path, kind):
    values = [[1.0]] * 3 if kind == pl.List(pl.Float64) else [b"x"] * 3
    _, problems = read(tmp_path, WIDE.with_columns(pl.Series("B.1", values, dtype=kind)))
    assert codes(problems, Severity.ERROR) == {"column-type-unusable"}


def test_region_codes_stored_as_numbers_are_understood(tmp_path):
    frame = WIDE.with_columns(pl.Series("region", [110000.0, 120000.0, 310000.0]))
    study, _ = read(tmp_path, frame)
    assert value(study, "120000", "2022", "A.2") == 52


@pytest.mark.parametrize("cut", [slice(0, 60), slice(60, None), slice(0, 0)])
def test_a_part_of_a_file_is_refused(tmp_path, cut):
    buffer = BytesIO()
    WIDE.write_parquet(buffer)
    files = {"data.parquet": buffer.getvalue()[cut]}
    _, problems = check(tmp_path / "study", files, data=[{"file": "data.parquet"}])
    assert codes(problems, Severity.ERROR) <= {"not-a-parquet-file", "file-empty"}
    assert codes(problems, Severity.ERROR)


def test_a_file_whose_middle_is_destroyed_is_refused(tmp_path):
    buffer = BytesIO()
    WIDE.write_parquet(buffer)
    content = buffer.getvalue()
    files = {"data.parquet": content[:4] + b"\xff" * (len(content) - 8) + content[-4:]}
    _, problems = check(tmp_path / "study", files, data=[{"file": "data.parquet"}])
    assert codes(problems, Severity.ERROR) == {"not-a-parquet-file"}


def test_a_file_without_rows_is_empty(tmp_path):
    _, problems = read(tmp_path, WIDE.clear())
    assert codes(problems, Severity.ERROR) == {"file-empty"}


def test_a_file_without_a_region_column_is_refused(tmp_path):
    _, problems = read(tmp_path, WIDE.rename({"region": "park"}))
    assert codes(problems, Severity.ERROR) == {"headings-not-found"}
    study, _ = read(tmp_path / "a", WIDE.rename({"region": "park"}), columns={"region": "park"})
    assert study is not None


def test_nan_is_missing_and_counted(tmp_path):
    study, problems = read(tmp_path, WIDE)
    (note,) = of_code(problems, "missing-nan")
    assert (note.severity, note.found, note.details["count"]) == (Severity.NOTE, "row 2", 1)
    assert "B.1" not in study.observations.filter(region_code="120000")["code"].to_list()
    _, problems = read(tmp_path, WIDE.with_columns(pl.Series("B.1", [8.1, None, 7.3])))
    assert of_code(problems, "missing-nan") == []

"""Parquet files of any writer: files of one form are one part, and what a type does not say is not guessed."""

# moments of records are local time: they have no zone
# ruff: noqa: DTZ001

from datetime import datetime, timedelta

import duckdb
import polars as pl
import pytest

from suanli.intake.records import parquet_form
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.parquet_form import parquet_forms
from suanli.intake.records.parts import parts
from tests.spark_ready import needs_spark
from tests.unit.intake.records.engine_cases import misread, rows, table, written

FIRST = datetime(2023, 1, 1)
FRAME = pl.DataFrame({"facility_id": ["F1"], "kind": ["ai_centre"], "status": ["in_use"]})


@pytest.fixture
def duck():
    started = DuckDBEngine()
    yield started
    started.close()


@pytest.fixture(
    params=[
        "duckdb",
        pytest.param("spark", marks=[needs_spark, pytest.mark.xdist_group("spark")]),
    ]
)
def engine(request):
    return request.getfixturevalue("spark" if request.param == "spark" else "duck")


def readings(path, moments, **more):
    """Write readings with pyarrow, the only one of the writers here that knows every way to store a moment."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {"meter_id": [path.stem], "time": pyarrow.array(*moments), "amount": [1.0]}
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pyarrow.table(columns), path, **more)
    return path


def copied(path, query):
    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.sql(f"COPY ({query}) TO '{path.as_posix()}' (FORMAT parquet)")
    return path


def test_moments_of_96_bits_beside_plain_ones(engine, tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    nanoseconds, microseconds = pyarrow.timestamp("ns"), pyarrow.timestamp("us")
    utc = [FIRST - timedelta(hours=8)]
    hive = {"use_deprecated_int96_timestamps": True}
    paths = [
        readings(tmp_path / "plain.parquet", ([FIRST], microseconds)),
        readings(tmp_path / "hive.parquet", (utc, nanoseconds), **hive),
        readings(tmp_path / "zoned.parquet", (utc, pyarrow.timestamp("us", "UTC"))),
        readings(tmp_path / "again.parquet", ([FIRST], microseconds)),
    ]
    for order in (paths, paths[::-1]):
        files = table("meter_readings", order)
        found = rows(engine, files, "meter_id", "time")
        assert found == [(each, FIRST) for each in ("again", "hive", "plain", "zoned")]
        assert misread(engine, files) == {}
        assert len(parts(files)) == 3


@pytest.mark.parametrize("zone", ["Foo/Bar", "+08:30", "UTC+8"])
def test_a_time_zone_that_nobody_knows_is_not_needed(duck, tmp_path, zone, capfd):
    pyarrow = pytest.importorskip("pyarrow")
    utc = [FIRST - timedelta(hours=8)]
    path = readings(tmp_path / "m.parquet", (utc, pyarrow.timestamp("us", zone)))
    assert rows(duck, table("meter_readings", [path]), "time") == [(FIRST,)]
    assert capfd.readouterr().err == ""


def test_identifiers_are_texts(duck, tmp_path):
    known = "6f1c6f3e-0000-4000-8000-00000000000a"
    path = copied(tmp_path / "p.parquet", f"SELECT '{known}'::UUID AS facility_id, 2023 AS year")
    files = table("facilities", [path])
    assert rows(duck, files, "facility_id", "year") == [(known, 2023)]
    assert misread(duck, files) == {}
    numbers = copied(tmp_path / "n.parquet", f"SELECT '{known}'::UUID AS year, 'F' AS facility_id")
    ((column, (count, (told,))),) = misread(duck, table("facilities", [numbers])).items()
    assert (column, count, known in told) == ("year", 1, True)


def test_enumerations_are_texts(engine, tmp_path):
    path = copied(tmp_path / "p.parquet", "SELECT 'F1' AS facility_id, 'ai_centre' AS kind")
    content = path.read_bytes()
    # in the footer the converted type of `kind` is 4, ENUM, where it was 0, UTF8
    assert content.count(b"kind\x25\x00") == 1
    path.write_bytes(content.replace(b"kind\x25\x00", b"kind\x25\x08"))
    files = table("facilities", [path])
    assert any("ENUM" in each for each in parts(files)[0].form.stored)
    assert rows(engine, files, "facility_id", "kind") == [("F1", "ai_centre")]


def test_a_column_may_be_called_as_the_path_of_its_file(engine, tmp_path):
    for year in (2022, 2023):
        frame = FRAME.with_columns(filename=pl.lit("x/year=1999/"), file=pl.lit(1))
        written(tmp_path / f"year={year}" / "p.parquet", frame)
    paths = sorted(tmp_path.rglob("*.parquet"))
    files = table("facilities", paths, partitions=("year",))
    assert rows(engine, files, "year", "facility_id") == [(2022, "F1"), (2023, "F1")]


def test_files_of_one_form_are_one_part(tmp_path):
    paths = [
        written(tmp_path / "a.parquet", FRAME),
        written(tmp_path / "b.parquet", FRAME.select(*reversed(FRAME.columns))),
        written(tmp_path / "c.parquet", FRAME.with_columns(facility_id=pl.lit(1))),
        written(tmp_path / "d.parquet", FRAME),
    ]
    first, second = parts(table("facilities", paths))
    assert (first.called, second.called) == (
        ("a.parquet", "b.parquet", "d.parquet"),
        ("c.parquet",),
    )
    assert first.names == ("facility_id", "kind", "status")


def test_names_are_those_of_columns_not_of_what_is_nested(tmp_path):
    query = "SELECT [{'x': 1, 'y': [2]}] AS a, 1 AS b, MAP {'k': {'z': 1}} AS c, 2 AS d"
    path = copied(tmp_path / "p.parquet", query).as_posix()
    assert parquet_forms([path])[path].names == ("a", "b", "c", "d")


def test_many_files_are_asked_about_together_and_broken_ones_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_form, "_TOGETHER", 3)
    paths = [
        written(tmp_path / f"{name}.parquet", FRAME if name != "e*" else b"PAR1PAR1").as_posix()
        for name in ("f", "a[1]", "a1", "d", "e*", "b'", "e", "é", "c*\\d", "c*xd")
    ]
    found = parquet_forms(paths)
    assert list(found) == [path for path in paths if "e*" not in path]
    assert len(set(found.values())) == 1


def test_an_interrupt_is_not_taken_for_a_broken_file(tmp_path, monkeypatch):
    class Interrupted:
        """A connection on which the user interrupts, in DuckDB's words."""

        def cursor(self):
            raise RuntimeError("Query interrupted")

    path = written(tmp_path / "a.parquet", FRAME).as_posix()
    monkeypatch.setattr(parquet_form, "_reader", Interrupted)
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        parquet_forms([path])

"""What Parquet files state of themselves is believed where it holds for every row, and nowhere else."""

# moments of records are local time: they have no zone
# ruff: noqa: DTZ001

from datetime import UTC, date, datetime, timedelta

import duckdb
import polars as pl
import pytest

from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.file_statistics import parts_between
from suanli.intake.records.moments import in_span
from suanli.intake.records.parts import parts
from tests.unit.intake.records.engine_cases import table, written

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

BEGUN, NEXT = datetime(2023, 1, 1), datetime(2024, 1, 1)
TICK = timedelta(microseconds=1)
BEFORE, LAST = BEGUN - TICK, NEXT - TICK
FILES = {
    "inside": [BEGUN, LAST],
    "one": [BEGUN, BEGUN],
    "before": [datetime(1, 1, 1), BEFORE],
    "after": [NEXT, datetime(9999, 12, 31)],
    "across": [BEFORE, BEGUN],
    "over": [LAST, NEXT],
    "around": [BEFORE, NEXT],
    "nulls": [BEGUN, None],
    "nothing": [None, None],
    "empty": [],
}


def readings(moments, amounts=None, kind=None):
    kind = kind or pl.Datetime("us")
    amounts = [1.0] * len(moments) if amounts is None else amounts
    columns = {"meter_id": ["M"] * len(moments), "time": pl.Series(moments, dtype=kind)}
    return pl.DataFrame({**columns, "amount": amounts}, schema_overrides={"meter_id": pl.String})


@pytest.fixture
def engine():
    started = DuckDBEngine(threads=1)
    yield started
    started.close()


def named(part):
    return set() if part is None else {called.removesuffix(".parquet") for called in part.called}


def told(paths, span=(BEGUN, NEXT)):
    """Return the names of the files that are told to lie inside a span, and of those to be looked through."""
    found = [
        tuple(map(named, parts_between(duckdb.connect(), part, "time", span)))
        for part in parts(table("meter_readings", paths))
    ]
    return tuple(set().union(*each) for each in zip(*found, strict=True))


def check_rows(engine, files, span=(BEGUN, NEXT)):
    """Check that the rows between two moments are those that a look at every row finds; return their moments."""
    found = engine.collected(engine.between(files, *span)).sort("time")
    wanted = engine.collected(in_span(engine.scan(files), *span)).sort("time")
    assert found.equals(wanted)
    return found["time"].to_list()


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_files_are_told_by_what_they_state(engine, tmp_path, unit):
    tick = timedelta(milliseconds=1) if unit == "ms" else TICK
    moments = {BEFORE: BEGUN - tick, LAST: NEXT - tick}
    own = {name: [moments.get(each, each) for each in listed] for name, listed in FILES.items()}
    if unit == "ns":
        # what nanoseconds of 64 bits reach
        own |= {"before": [datetime(1980, 1, 1), BEFORE], "after": [NEXT, datetime(2200, 1, 1)]}
    paths = [
        written(tmp_path / f"{name}.parquet", readings(listed, kind=pl.Datetime(unit)))
        for name, listed in own.items()
    ]
    inside, others = told(paths)
    assert inside == {"inside", "one"}
    assert others == {"across", "over", "around", "nulls", "nothing", "empty"}
    found = check_rows(engine, table("meter_readings", paths))
    assert found == sorted([BEGUN] * 5 + [moments[LAST]] * 2)


def test_no_file_at_all_lies_between(engine, tmp_path):
    path = written(tmp_path / "a.parquet", readings(FILES["before"]))
    assert told([path]) == (set(), set())
    files = table("meter_readings", [path])
    assert check_rows(engine, files) == []
    frame = engine.collected(engine.between(files, BEGUN, NEXT))
    assert frame.schema == engine.collected(engine.scan(files)).schema


@pytest.mark.parametrize("name", ["a[1]", "a*", "a'?"])
def test_names_are_not_patterns(engine, tmp_path, name):
    folder = tmp_path / name
    own = written(folder / f"{name}.parquet", readings(FILES["inside"]))
    other = written(folder / "a1.parquet", readings(FILES["before"]))
    assert told([own, other]) == ({name}, set())
    assert check_rows(engine, table("meter_readings", [own])) == FILES["inside"]


def test_files_without_statistics_are_looked_through(engine, tmp_path):
    path = tmp_path / "a.parquet"
    readings(FILES["inside"]).write_parquet(path, statistics=False)
    assert told([path]) == (set(), {"a"})
    assert check_rows(engine, table("meter_readings", [path])) == FILES["inside"]


def test_every_piece_of_a_file_must_state_it(engine, tmp_path):
    footers = []
    for statistics in (True, False):
        path = tmp_path / f"{statistics}.parquet"
        frame = readings(FILES["inside"]).to_arrow()
        parquet.write_table(frame, path, write_statistics=statistics)
        footers.append(parquet.read_metadata(path))
    both, other = footers
    both.append_row_groups(other)
    path = tmp_path / "both.parquet"
    both.write_metadata_file(path)
    assert told([path]) == (set(), {"both"})


def test_moments_that_python_has_no_date_for(engine, tmp_path):
    moments = pl.Series([datetime(2023, 5, 1), datetime(9999, 1, 1)]).dt.offset_by("12000y")
    path = written(tmp_path / "a.parquet", readings(moments))
    other = written(tmp_path / "b.parquet", readings(FILES["inside"]))
    assert told([path, other]) == ({"b"}, set())
    assert check_rows(engine, table("meter_readings", [path, other])) == FILES["inside"]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_instants_are_on_the_clock_of_the_records(engine, tmp_path, zone):
    # in China the year begins at 16:00 of UTC
    instants = [datetime(2022, 12, 31, 15, 59, tzinfo=UTC), datetime(2022, 12, 31, 16, tzinfo=UTC)]
    kind = pl.Datetime("us", "UTC")
    for name, own in (("both", instants), ("late", instants[1:]), ("early", instants[:1])):
        frame = readings(own, kind=kind)
        frame = frame.with_columns(pl.col("time").dt.convert_time_zone(zone))
        files = table("meter_readings", [written(tmp_path / f"{name}.parquet", frame)])
        wanted = [] if name == "early" else [BEGUN]
        assert check_rows(engine, files) == wanted


def test_moments_of_96_bits_are_instants(engine, tmp_path):
    path = tmp_path / "a.parquet"
    frame = readings([datetime(2022, 12, 31, 15, 59), datetime(2022, 12, 31, 16)]).to_arrow()
    parquet.write_table(frame, path, use_deprecated_int96_timestamps=True)
    assert check_rows(engine, table("meter_readings", [path])) == [BEGUN]


def test_days_and_texts_are_looked_through(engine, tmp_path):
    day = readings([date(2022, 12, 31), date(2023, 1, 1)], kind=pl.Date)
    text = readings(["2022-12-31 23:59", "2023-01-01 00:00"], kind=pl.String)
    paths = [written(tmp_path / "d.parquet", day), written(tmp_path / "t.parquet", text)]
    assert check_rows(engine, table("meter_readings", paths)) == [BEGUN] * 2
    lines = "meter_id,time,amount\nM,2022-12-31 23:59,1\nM,2023-01-01 00:00,1\n"
    csv = written(tmp_path / "c.csv", lines)
    assert check_rows(engine, table("meter_readings", [csv])) == [BEGUN]


def test_a_file_inside_is_read_without_a_look_at_its_moments(engine, tmp_path):
    path = written(tmp_path / "a.parquet", readings(FILES["inside"]))
    files = table("meter_readings", [path])
    assert "WHERE" not in engine.between(files, BEGUN, NEXT).to_native().sql_query()
    assert "WHERE" in engine.between(files, BEGUN, LAST).to_native().sql_query()


def test_a_column_may_bear_its_title(engine, tmp_path):
    frame = readings(FILES["inside"], [-3.0, 2.0])
    titled = frame.rename({"time": "时段起点", "amount": "用量（按表的单位）"})
    files = table("meter_readings", [written(tmp_path / "a.parquet", titled)])
    assert check_rows(engine, files) == FILES["inside"]
    assert "WHERE" not in engine.between(files, BEGUN, NEXT).to_native().sql_query()

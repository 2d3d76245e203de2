"""The tables of a study: units, regions, years and local time, on any engine."""

# moments of records are local time: they have no zone
# ruff: noqa: DTZ001

from datetime import datetime, timedelta

import narwhals as nw
import polars as pl
import pytest

from suanli.intake.foundations import grouped_regions
from suanli.intake.records import Span
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.kinds import FRAME_KINDS
from suanli.intake.records.records import Records
from suanli.intake.records.schema import table_schemas
from suanli.problems import StudyError
from suanli.regions import provinces
from tests.made_records import frame_of
from tests.spark_ready import needs_spark
from tests.unit.intake.records.engine_cases import UTC, table, written

CHINA = timedelta(hours=8)


class Shared:
    """An engine that stays open when records are closed."""

    def __init__(self, engine):
        self._engine = engine

    def __getattr__(self, name):
        return getattr(self._engine, name)

    def close(self):
        pass


@pytest.fixture(
    params=[
        "duckdb",
        pytest.param("spark", marks=[needs_spark, pytest.mark.xdist_group("spark")]),
    ]
)
def engine(request):
    if request.param == "spark":
        yield Shared(request.getfixturevalue("spark"))
    else:
        started = DuckDBEngine()
        yield Shared(started)
        started.close()


def rows(records, name, *columns):
    found = records.collected(records.table(name).select(*columns).sort(*columns))
    return found.rows()


def test_an_absent_table_is_empty_and_whole(engine):
    with Records(engine, {}, Span(provinces(), ("2023",))) as records:
        assert (records.has("facilities"), records.tables) == (False, ())
        for name in ("facilities", "meter_readings", "policies", "meters", "exchange_points"):
            found = records.collected(records.table(name))
            schema = table_schemas()[name]
            assert found.is_empty()
            for column in schema.columns:
                assert found.schema[column.name] == FRAME_KINDS[column.kind], (name, column.name)
            placed = any(column.role == "region" for column in schema.columns)
            assert ("region" in found.columns) == placed
            assert ("period" in found.columns) == (name != "meters")


def test_units_are_converted_to_the_schemas(engine, tmp_path):
    systems = [
        {"system_id": "S1", "year": 2023, "capacity": 2.0},
        {"system_id": "S2", "year": 2023, "capacity": None},
    ]
    stations = [{"station_id": "W1", "year": 2023, "temperature": 300.0}]
    files = {
        "storage_systems": table(
            "storage_systems",
            [written(tmp_path / "s.parquet", frame_of("storage_systems", systems))],
            units={"capacity": "PB"},
        ),
        "weather_stations": table(
            "weather_stations",
            [written(tmp_path / "w.parquet", frame_of("weather_stations", stations))],
            units={"temperature": "K"},
        ),
    }
    with Records(engine, files, Span(provinces(), ("2023",))) as records:
        # 2 PB are 2e15 bytes, a TiB is 2^40 of them
        found = rows(records, "storage_systems", "system_id", "capacity")
        assert found == [("S1", pytest.approx(2e15 / 2**40, rel=1e-15)), ("S2", None)]
        (warm,) = rows(records, "weather_stations", "temperature")
        assert warm == (pytest.approx(26.85, rel=1e-12),)


def test_years_and_days_decide_the_period(engine, tmp_path):
    policies = [{"policy_id": "P1", "region_code": "广州市", "issued": "2021-12-31"}]
    firms = [{"firm_id": "A", "year": 2019, "region_code": "510100", "leading": True}]
    files = {
        "policies": table("policies", [written(tmp_path / "p.parquet", frame_of("policies", policies))]),
        "firms": table("firms", [written(tmp_path / "f.parquet", frame_of("firms", firms))]),
    }  # fmt: skip
    with Records(engine, files, Span(provinces(), ("2023",))) as records:
        columns = ("period", "year", "region")
        assert rows(records, "policies", *columns) == [("2021", 2021, "440000")]
        assert rows(records, "firms", *columns) == [("2019", 2019, "510000")]


def test_the_same_records_give_any_grouping(engine, tmp_path):
    places = ["440106", "苏州", "新疆", "哈尔滨市", "哪里", None]
    firms = [
        {"firm_id": str(number), "year": 2023, "region_code": place, "leading": True}
        for number, place in enumerate(places)
    ]
    files = {"firms": table("firms", [written(tmp_path / "f.parquet", frame_of("firms", firms))])}
    expected = {
        "province": ["440000", "320000", "650000", "230000", None, None],
        "belt": ["east", "east", "west", "northeast", None, None],
    }
    for regions, told in (
        (provinces(), expected["province"]),
        (grouped_regions("economic-belts"), expected["belt"]),
    ):
        with Records(engine, files, Span(regions, ("2023",))) as records:
            found = records.collected(records.table("firms").select("firm_id", "region"))
            assert dict(found.rows()) == {str(number): code for number, code in enumerate(told)}


def hourly(folder, first, last, offset=timedelta(0)):
    """Write a reading for each hour from first up to last, by a clock that is `offset` behind."""
    times = pl.datetime_range(first, last, "1h", closed="left", eager=True, time_unit="us")
    frame = pl.DataFrame({"meter_id": "M", "time": times - offset, "amount": 1.0})
    return written(folder / "m.parquet", frame)


@pytest.mark.parametrize("hours", [0, 8, 5.75, -3.5, 14, -12])
def test_a_year_begins_and_ends_by_local_time(engine, tmp_path, hours):
    ahead = timedelta(hours=hours)
    path = hourly(tmp_path, datetime(2022, 12, 31), datetime(2025, 1, 2), ahead)
    files = {"meter_readings": table("meter_readings", [path], clock=UTC)}
    with Records(engine, files, Span(provinces(), ("2022", "2024"), ahead)) as records:
        counted = (
            records.table("meter_readings")
            .group_by("period")
            .agg(
                nw.len().cast(nw.Int64).alias("rows"),
                nw.col("time").min().alias("first"),
                nw.col("time").max().alias("last"),
            )
            .sort("period")
        )
        # the leap year 2024 has 8 784 hours; 2023 is none of the periods
        assert records.collected(counted).rows() == [
            ("2022", 24, datetime(2022, 12, 31), datetime(2022, 12, 31, 23)),
            ("2024", 8784, datetime(2024, 1, 1), datetime(2024, 12, 31, 23)),
        ]


def test_an_instant_is_local_time_whatever_is_declared(engine, tmp_path):
    text = "meter_id,time,amount\nM,2022-12-31T16:00Z,1\nM,2022-12-31T15:59:59Z,1\n"
    path = written(tmp_path / "m.csv", text)
    zoned = pl.read_csv(path, try_parse_dates=True).with_columns(
        pl.col("time").cast(pl.Datetime("us", "UTC"))
    )
    for file in (path, written(tmp_path / "m.parquet", zoned)):
        for clock, ahead in ((CHINA, UTC), (UTC, CHINA)):
            files = {"meter_readings": table("meter_readings", [file], clock=clock)}
            with Records(engine, files, Span(provinces(), ("2023",), ahead)) as records:
                assert rows(records, "meter_readings", "time", "period") == [
                    (datetime(2023, 1, 1), "2023")
                ]


def test_what_is_staged_is_computed_once(engine):
    with Records(engine, {}, Span(provinces(), ("2023",))) as records:
        asked = []

        def frame():
            asked.append(1)
            return records.engine.frame(pl.DataFrame({"a": [1, 2]}))

        first, again = records.staged("x", frame), records.staged("x", frame)
        assert asked == [1]
        assert records.collected(first).equals(records.collected(again))


def test_what_was_begun_is_asked_for_once(engine):
    with Records(engine, {}, Span(provinces(), ("2023",))) as records:
        asked = []

        def frames():
            asked.append(1)
            return [records.engine.frame(pl.DataFrame({"a": [number]})) for number in (1, 2)]

        records.begin("x", frames)
        records.begin("x", frames)
        assert asked == [1]
        first = records.stacked("x", frames)
        # what there is already is not begun again
        records.begin("x", frames)
        again = records.stacked("x", frames)
        assert asked == [1]
        for stacked in (first, again):
            assert sorted(records.collected(stacked).rows()) == [(1,), (2,)]
        assert sorted(records.collected(records.stacked("y", frames)).rows()) == [(1,), (2,)]
        assert asked == [1, 1]


def of_years(records, name):
    """Return the rows of a table of moments with their year, as rules get them."""
    return list(records.by_year(name, lambda rows, further: rows))


def test_begun_work_that_fails_raises_what_it_would_have_raised(engine, tmp_path):
    numbers = [float(number) for number in range(5000)]
    readings = pl.DataFrame({"meter_id": [str(number) for number in numbers], "amount": numbers})
    readings = readings.with_columns(time=pl.lit(datetime(2023, 1, 1)))
    path = written(tmp_path / "p.parquet", readings)
    content = bytearray(path.read_bytes())
    content[4 : len(content) // 2] = b"\xff" * (len(content) // 2 - 4)
    path.write_bytes(content)
    files = {"meter_readings": table("meter_readings", [path])}
    found = []
    for begun in (True, False):
        with Records(engine, files, Span(provinces(), ("2023",))) as records:

            def frames(records=records):
                (read,) = of_years(records, "meter_readings")
                return [read.select("meter_id", "amount")]

            def asked(records=records, frames=frames, begun=begun):
                if begun:
                    records.begin("x", frames)
                return records.collected(records.stacked("x", frames))

            for _ in range(2):
                # whoever asks is told
                with pytest.raises(StudyError, match="could not compute") as caught:
                    asked()
                (problem,) = caught.value.problems
                found.append((problem.code, problem.place))
    assert set(found) == {(problem.code, problem.place)}
    assert problem.code == "records-unreadable"
    if records.engine.name == "duckdb":
        assert (problem.place.file, problem.place.code) == ("p.parquet", "meter_readings")


@pytest.mark.parametrize("hours", [0, 8, 5.75, -3.5])
@pytest.mark.parametrize("form", ["one", "monthly", "csv"])
def test_the_rows_of_a_year_are_those_of_local_time(engine, tmp_path, hours, form):
    ahead = timedelta(hours=hours)
    times = pl.datetime_range(
        datetime(2022, 12, 30),
        datetime(2024, 1, 3),
        "3h",
        closed="left",
        eager=True,
        time_unit="us",
    )
    whole = pl.DataFrame({"meter_id": "M", "time": times - ahead, "amount": 1.0})
    month = pl.col("time").dt.truncate("1mo")
    own = whole.group_by(month) if form == "monthly" else [(0, whole)]
    paths = [written(tmp_path / f"{at}.parquet", rows) for at, (_, rows) in enumerate(own)]
    if form == "csv":
        paths = [written(tmp_path / "m.csv", whole.write_csv())]
    files = {"meter_readings": table("meter_readings", paths, clock=UTC)}
    ends = {
        "2022": (16, datetime(2022, 12, 30), datetime(2022, 12, 31, 21)),
        "2023": (2920, datetime(2023, 1, 1), datetime(2023, 12, 31, 21)),
        "2024": (16, datetime(2024, 1, 1), datetime(2024, 1, 2, 21)),
    }
    for periods in (("2022", "2023"), ("2022", "2024"), ("2023", "2025")):
        with Records(engine, files, Span(provinces(), periods, ahead)) as records:
            read = pl.concat(map(records.collected, of_years(records, "meter_readings")))
            # here as the files have them
            local = read.with_columns(pl.col("time") + ahead).sort("time")
            for (year,), rows in local.group_by("year"):
                moments = rows["time"]
                assert (rows.height, moments.min(), moments.max()) == ends[str(year)]
            assert set(local["year"].cast(pl.String)) == set(periods) - {"2025"}
            whole_table = records.collected(records.table("meter_readings")).sort("time")
            same = ("meter_id", "time", "amount", pl.col("year").cast(pl.String).alias("period"))
            assert local.select(same).equals(
                whole_table.select("meter_id", "time", "amount", "period")
            )


def test_amounts_within_a_year_are_in_the_schemas_units(engine, tmp_path):
    probes = [
        {"source_id": "A", "target_id": "B", "time": f"{year}-01-01T00:00:00", "delay": 0.5}
        for year in (2022, 2023)
    ]
    path = written(tmp_path / "p.parquet", frame_of("probes", probes))
    files = {"probes": table("probes", [path], units={"delay": "s"})}
    with Records(engine, files, Span(provinces(), ("2022", "2023"))) as records:
        read = pl.concat(map(records.collected, of_years(records, "probes")))
        assert sorted(read.select("year", "delay").rows()) == [(2022, 500.0), (2023, 500.0)]


def test_leaving_closes_the_engine():
    engine = DuckDBEngine()
    overflow = engine._overflow.path

    def interrupted():
        with Records(engine, {}, Span(provinces(), ("2023",))):
            assert overflow.exists()
            raise KeyboardInterrupt("stop")

    with pytest.raises(KeyboardInterrupt, match="stop"):
        interrupted()
    assert not overflow.exists()

"""Which engine computes the records of a study, and which it may not be."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from suanli.intake.records import spark_engine, split_engine
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.opening import open_records
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.sources import RecordSources
from suanli.intake.records.span import Span
from suanli.intake.records.split_engine import NEAR_BYTES, SplitEngine
from suanli.problems import Problem, Severity, StudyError
from suanli.regions import provinces
from tests.made_records import frame_of
from tests.spark_ready import needs_spark
from tests.unit.intake.records.engine_cases import table, written

CENTRES = [{"facility_id": "F1", "year": 2023, "region_code": "110000"}]
READINGS = [{"meter_id": "M", "time": "2023-01-01T00:00:00", "amount": 1.0}]
OPTIONS = CaliberOptions(least_meter_share=0.5)


@dataclass
class Started:
    """A Spark that was started at an address, and whether it was given back."""

    url: str
    adaptive: bool
    name: str = "spark"
    closed: bool = False

    def close(self):
        self.closed = True


@dataclass(frozen=True)
class Study:
    records: RecordSources | None


@pytest.fixture
def started(monkeypatch):
    found = []

    def start(url, *, adaptive=True):
        found.append(Started(url, adaptive))
        return found[-1]

    monkeypatch.setattr(spark_engine, "SparkEngine", start)
    return found


@pytest.fixture
def sources(tmp_path):
    tables = {
        name: table(name, [written(tmp_path / f"{name}.parquet", frame_of(name, rows))])
        for name, rows in (("facilities", CENTRES), ("meter_readings", READINGS))
    }
    span = Span(provinces(), ("2023",))
    return RecordSources(tables, span, OPTIONS, "reported", "", ())


def size_of(sources, name):
    return sum(Path(path).stat().st_size for path in sources.tables[name].paths)


def test_records_are_computed_in_process_unless_asked_otherwise(sources):
    for study in (sources, Study(sources)):
        with open_records(study) as records:
            assert isinstance(records.engine, DuckDBEngine)
            assert records.tables == ("facilities", "meter_readings")
            assert (records.periods, records.options) == (("2023",), OPTIONS)
            assert records.collected(records.table("facilities"))["region"].to_list() == ["110000"]


def test_no_other_file_is_read(sources, tmp_path):
    other = written(tmp_path / "other.parquet", pl.DataFrame({"facility_id": ["F2"]}))
    refused = pytest.raises(StudyError, match="file system operations are disabled")
    with open_records(sources) as records, refused:
        records.engine.scan(table("facilities", [other]))


@pytest.mark.parametrize("url", [None, "local[3]", "spark://a:7077"])
def test_spark_has_the_large_tables_alone(sources, started, url):
    with open_records(sources, engine="spark", engine_url=url) as records:
        assert isinstance(records.engine, SplitEngine)
        (spark,) = started
        # sums of one table are no joins, which plans would have to be made anew for
        assert (spark.url, spark.adaptive, spark.closed) == (url or "local[2]", False, False)
        assert records.collected(records.table("facilities"))["region"].to_list() == ["110000"]
    assert spark.closed


def test_the_engine_beside_spark_reads_none_of_its_files(sources, started):
    with open_records(sources, engine="spark") as records:
        near = records.engine._near
        with pytest.raises(StudyError, match="file system operations are disabled"):
            near.scan(sources.tables["meter_readings"])


@pytest.mark.parametrize(("more", "whole"), [(0, False), (-1, True)])
def test_tables_that_are_huge_themselves_are_all_on_spark(
    sources, started, monkeypatch, more, whole
):
    # large tables do not count, however large they are
    monkeypatch.setattr(split_engine, "NEAR_BYTES", size_of(sources, "facilities") + more)
    with open_records(sources, engine="spark") as records:
        assert (records.engine is started[0]) is whole
        assert started[0].adaptive is whole
        assert isinstance(records.engine, SplitEngine) is not whole


def test_a_gibibyte_is_huge():
    assert NEAR_BYTES == 2**30


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_a_study_without_records_has_none_to_open(engine):
    with pytest.raises(LookupError, match="the study has no records"):
        open_records(Study(None), engine=engine)


def test_there_is_no_third_engine(sources):
    with pytest.raises(LookupError, match="no engine 'dask'; there are: duckdb, spark"):
        open_records(sources, engine="dask")


def test_a_spark_that_does_not_start_leaves_nothing_open(sources, monkeypatch):
    def start(_url, *, adaptive):
        raise StudyError([Problem("java-missing", Severity.ERROR, expected="17")])

    monkeypatch.setattr(spark_engine, "SparkEngine", start)
    monkeypatch.setattr(
        "suanli.intake.records.duckdb_engine.DuckDBEngine", lambda **_: pytest.fail("opened")
    )
    with pytest.raises(StudyError, match="Java"):
        open_records(sources, engine="spark")


@needs_spark
@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("limit", [NEAR_BYTES, 0])
def test_real_spark_gives_the_same_rows(spark, sources, monkeypatch, limit):
    monkeypatch.setattr(split_engine, "NEAR_BYTES", limit)
    with open_records(sources, engine="spark") as records:
        assert isinstance(records.engine, SplitEngine) is bool(limit)
        assert records.engine.name == "spark"
        for name in ("facilities", "meter_readings"):
            frame = records.collected(records.table(name))
            with open_records(sources) as wanted:
                assert frame.equals(wanted.collected(wanted.table(name)))
        (read,) = records.by_year("meter_readings", lambda rows, _: rows)
        (amount,) = records.collected(read)["amount"]
        assert amount == 1.0

"""Large tables stay on the one engine until they are staged, and everything else is on DuckDB."""

from concurrent.futures import Future
from datetime import datetime

import narwhals as nw
import polars as pl
import pytest

from suanli.intake.records.begun_work import Arriving, Work
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.engine import TableFiles
from suanli.intake.records.schema import table_schemas
from suanli.intake.records.split_engine import SplitEngine
from tests.spark_ready import needs_spark
from tests.unit.intake.records.engine_cases import (
    check_engine,
    check_frames,
    parts_of_other_columns,
    table,
    written,
)

SPAN = (datetime(2023, 1, 1), datetime(2024, 1, 1))  # noqa: DTZ001
FAR = pl.DataFrame({"meter_id": ["A", "A", "B"], "amount": [1.0, 2.0, 4.0]})
NEAR = pl.DataFrame({"meter_id": ["A", "C"], "amount": [8.0, 16.0]})


class Asked:
    """Something that answers and remembers what it was asked for."""

    def __init__(self):
        self.asked = []

    def scan(self, table):
        return self._said("scan", table)

    def between(self, table, first, end):
        return self._said("between", table, first, end)

    def misread(self, table):
        return self._said("misread", table)

    def _said(self, *asked):
        self.asked.append(asked)
        return self

    def close(self):
        self.asked.append("close")


class Far(Asked):
    """An engine whose frames are those of Polars."""

    name = "far"

    def collected(self, frame):
        self.asked.append("collected")
        return nw.to_native(frame).collect()

    def arriving(self, frame):
        drawn = Future()
        drawn.set_result(self.collected(frame))
        return Arriving(drawn.result().clear(), Work(drawn, lambda: None))


@pytest.fixture
def near():
    engine = DuckDBEngine(threads=1)
    yield engine
    engine.close()


@pytest.fixture
def far():
    return Far()


@pytest.fixture
def split(far, near):
    return SplitEngine(far, near)


def lazy(frame):
    return nw.from_native(frame.lazy())


def rows(engine, frame):
    return sorted(engine.collected(frame).rows())


@pytest.mark.parametrize("name", table_schemas())
def test_each_table_has_one_reader(name):
    far, near = Far(), Asked()
    split = SplitEngine(far, near)
    files = TableFiles(table_schemas()[name], ("x.parquet",), "parquet", {})
    reader, other = (far, near) if table_schemas()[name].large else (near, far)
    for method, more in (("scan", ()), ("between", SPAN), ("misread", ())):
        assert getattr(split, method)(files, *more) is reader
        assert reader.asked[-1] == (method, files, *more)
    assert other.asked == []


def test_what_is_read_far_is_what_grows_with_time():
    large = {name for name, schema in table_schemas().items() if schema.large}
    assert large == {"meter_readings", "meter_registers", "probes"}


def test_its_name_is_that_of_the_engine_asked_for(split):
    assert split.name == "far"


@pytest.mark.parametrize("method", ["staged", "kept"])
def test_what_is_staged_is_near(split, far, method):
    keep = getattr(split, method)
    kept = keep(lazy(FAR).group_by("meter_id").agg(nw.col("amount").sum()))
    assert kept.implementation.is_duckdb()
    assert rows(split, kept) == [("A", 3.0), ("B", 4.0)]
    joined = kept.join(split.frame(NEAR), on="meter_id", how="left")
    assert rows(split, joined) == [("A", 3.0, 8.0), ("B", 4.0, None)]
    # once, however often it is looked at
    assert far.asked == ["collected"]
    again = keep(split.frame(NEAR))
    assert again.implementation.is_duckdb()
    assert rows(split, again) == NEAR.rows()
    assert far.asked == ["collected"]


@pytest.mark.parametrize("begun", [False, True])
def test_far_frames_are_stacked_in_one_query(split, far, begun):
    frames = [lazy(FAR), split.frame(NEAR), lazy(FAR)]
    stacked = split.begun(frames) if begun else split.stacked(frames)
    assert stacked.implementation.is_duckdb()
    assert rows(split, stacked) == sorted([*FAR.rows(), *FAR.rows(), *NEAR.rows()])
    assert far.asked == ["collected"]


@pytest.mark.parametrize("begun", [False, True])
def test_near_frames_are_stacked_near(split, far, begun):
    frames = [split.frame(NEAR), split.frame(FAR)]
    stacked = split.begun(frames) if begun else split.stacked(frames)
    assert rows(split, stacked) == sorted([*NEAR.rows(), *FAR.rows()])
    assert far.asked == []


def test_each_engine_hands_over_its_own_rows(split, far):
    assert split.collected(split.frame(NEAR)).equals(NEAR)
    assert far.asked == []
    assert split.collected(lazy(FAR)).equals(FAR)
    assert far.asked == ["collected"]


def test_both_are_closed(far):
    near = DuckDBEngine()
    overflow = near._overflow.path
    SplitEngine(far, near).close()
    assert far.asked == ["close"]
    assert not overflow.exists()


def test_both_are_closed_even_if_one_fails():
    class Lost(Far):
        def close(self):
            raise OSError("lost")

    near = DuckDBEngine()
    overflow = near._overflow.path
    with pytest.raises(OSError, match="lost"):
        SplitEngine(Lost(), near).close()
    assert not overflow.exists()


@needs_spark
@pytest.mark.xdist_group("spark")
def test_spark_and_duckdb_together_read_every_form(spark, near, tmp_path):
    split = SplitEngine(spark, near)
    check_engine(split, tmp_path)
    check_frames(split)


@needs_spark
@pytest.mark.xdist_group("spark")
def test_large_tables_are_on_spark_until_they_are_staged(spark, near, tmp_path):
    split = SplitEngine(spark, near)
    frame = pl.DataFrame({"meter_id": ["A", "B"], "time": [SPAN[0]] * 2, "amount": [1.0, 2.0]})
    frame = frame.with_columns(pl.col("time").cast(pl.Datetime("us")))
    readings = table("meter_readings", [written(tmp_path / "m.parquet", frame)])
    far = split.scan(readings)
    assert far.implementation.is_pyspark()
    amounts = far.select("meter_id", "amount")
    for near in (split.staged(amounts), split.begun([amounts])):
        assert near.implementation.is_duckdb()
        assert rows(split, near) == [("A", 1.0), ("B", 2.0)]
    assert split.collected(far.sort("meter_id")).equals(frame)
    # there every row is read
    assert split.between(readings, *SPAN) is None
    assert split.scan(parts_of_other_columns(tmp_path / "f")).implementation.is_duckdb()

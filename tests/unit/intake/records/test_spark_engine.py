"""Spark reads the same rows as DuckDB, and what it lacks is told in plain words."""

# moments of records are local time: they have no zone
# ruff: noqa: DTZ001

import os
import socket
import subprocess
import sys
import threading
from datetime import date, datetime
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from suanli.intake.records import spark_engine, spark_session
from suanli.problems import StudyError
from tests.spark_ready import needs_spark
from tests.unit.intake.records.engine_cases import (
    check_engine,
    check_frames,
    rows,
    table,
    written,
)

ROOT = Path(__file__).parents[4]
on_spark = [needs_spark, pytest.mark.xdist_group("spark")]


def marked(function):
    for mark in on_spark:
        function = mark(function)
    return function


@marked
def test_every_form_is_read(spark, tmp_path):
    check_engine(spark, tmp_path)


@marked
def test_frames_are_kept_as_they_are(spark):
    check_frames(spark)


@marked
def test_hostile_names_of_files_are_read_or_told(spark, tmp_path):
    frame = pl.DataFrame({"facility_id": ["F1"], "year": [2023]})
    for name in ("a'[1]{b}*?, c\\d.parquet", "%20#é.parquet"):
        files = table("facilities", [written(tmp_path / "x y'" / name, frame)])
        assert rows(spark, files, "facility_id") == [("F1",)]
    for name in ("a:b.parquet", "_a.parquet"):
        files = table("facilities", [written(tmp_path / name, frame)])
        with pytest.raises(StudyError, match="cannot read files with a colon"):
            spark.scan(files)


@marked
def test_what_spark_refuses_is_told(spark, tmp_path):
    path = written(tmp_path / "c.csv", "facility_id,year\nF1,2023\nF2\n")
    with pytest.raises(StudyError, match="could not compute the records"):
        rows(spark, table("facilities", [path]), "facility_id")
    nanoseconds = pl.DataFrame({"meter_id": ["M"], "time": pl.Series([0], dtype=pl.Datetime("ns"))})
    files = table("meter_readings", [written(tmp_path / "n.parquet", nanoseconds)])
    with pytest.raises(StudyError, match="NANOS"):
        spark.scan(files)


@marked
def test_moments_of_96_bits_are_instants(spark, tmp_path):
    session = spark._session
    session.conf.set("spark.sql.parquet.outputTimestampType", "INT96")
    made = session.sql(
        "SELECT 'M' AS meter_id, TIMESTAMP '2022-12-31 16:00:00' AS time, 1.0D AS amount"
    )
    made.coalesce(1).write.parquet(f"file:{tmp_path}/m")
    files = table("meter_readings", sorted((tmp_path / "m").glob("*.parquet")))
    assert [str(moment) for (moment,) in rows(spark, files, "time")] == ["2023-01-01 00:00:00"]


@marked
@pytest.mark.parametrize("year", [1, 1500, 9999, 10_000, 20_222])
def test_dates_beyond_pythons_calendar_are_handed_over(spark, year):
    native = spark._session.sql(
        f"SELECT make_date({year}, 12, 31) AS day,"
        f" make_timestamp_ntz({year}, 12, 31, 23, 59, 59.123456) AS moment"
    )
    found = spark.collected(nw.from_native(native))
    assert found.schema == {"day": pl.Date, "moment": pl.Datetime("us")}
    said = found.select(
        pl.col("day").dt.year(), pl.col("moment").dt.year().alias("year"),
        pl.col("moment").dt.to_string("%m-%d %H:%M:%S%.6f"),
    )  # fmt: skip
    assert said.rows() == [(year, year, "12-31 23:59:59.123456")]


@marked
def test_every_kind_is_handed_over_as_the_kind_it_is(spark):
    native = spark._session.sql(
        "SELECT 'a' AS text, true AS flag, 1Y AS tiny, 2S AS small, 3 AS whole, 4L AS long,"
        " 0.5F AS single, 0.1D AS number, 1.25BD AS decimal, DATE '2023-01-01' AS day,"
        " TIMESTAMP '2022-12-31 16:00:00' AS instant, NULL AS nothing, array(1, 2) AS several"
    )
    kinds = {
        "text": pl.String, "flag": pl.Boolean, "tiny": pl.Int8, "small": pl.Int16,
        "whole": pl.Int32, "long": pl.Int64, "single": pl.Float32, "number": pl.Float64,
        "decimal": pl.Float64, "day": pl.Date, "instant": pl.Datetime("us"), "nothing": pl.Null,
        "several": pl.String,
    }  # fmt: skip
    moments = (date(2023, 1, 1), datetime(2022, 12, 31, 16))
    row = ("a", True, 1, 2, 3, 4, 0.5, 0.1, 1.25, *moments, None, "[1, 2]")
    for rows_of in (native, native.limit(0)):
        found = spark.collected(nw.from_native(rows_of))
        assert found.schema == kinds
        assert found.rows() == ([row] if rows_of is native else [])


@marked
def test_rows_come_in_their_order_however_many(spark):
    many = nw.from_native(spark._session.range(50_000, numPartitions=7)).select(
        "id", (nw.col("id") % 997).alias("rest")
    )
    found = spark.collected(many.sort("rest", "id", descending=[True, False]))
    assert found["id"].sort().equals(pl.Series("id", range(50_000)))
    assert found.equals(found.sort("rest", "id", descending=[True, False]))


def long_rows(spark):
    """Return a frame that takes minutes."""
    many = spark.frame(pl.DataFrame({"a": list(range(3_000))}))
    pairs = many.join(many.select(nw.col("a").alias("b")), how="cross")
    rows = pairs.join(many.select(nw.col("a").alias("c")), how="cross")
    return rows.select((nw.col("a") * nw.col("b") * nw.col("c")).sqrt().sum().alias("s"))


@marked
def test_rows_arrive_while_others_are_asked_for(spark):
    arriving = spark.arriving(long_rows(spark))
    small = spark.frame(pl.DataFrame({"a": [1], "b": ["x"]}))
    assert spark.collected(small).rows() == [(1, "x")]
    assert not arriving.rows.future.done()
    assert arriving.shape.schema == {"s": pl.Float64}
    arriving.rows.end()
    with pytest.raises(StudyError, match="The engine could not compute"):
        arriving.rows.awaited()
    short = spark.arriving(small)
    assert short.rows.awaited().equals(pl.DataFrame({"a": [1], "b": ["x"]}))
    assert short.shape.equals(pl.DataFrame(schema={"a": pl.Int64, "b": pl.String}))


@marked
def test_closing_ends_what_arrives(spark):
    own = spark_engine.SparkEngine()
    arriving = own.arriving(long_rows(own))
    own.close()
    assert arriving.rows.future.done()
    # the Spark that both share goes on
    assert spark.collected(spark.frame(pl.DataFrame({"a": [1]}))).rows() == [(1,)]


@marked
def test_a_file_that_went_away_is_told(spark, tmp_path):
    path = written(tmp_path / "p.parquet", pl.DataFrame({"facility_id": ["F1"], "year": [2023]}))
    frame = spark.scan(table("facilities", [path]))
    path.unlink()
    with pytest.raises(StudyError, match="same path"):
        spark.collected(frame)


@marked
def test_a_process_has_one_spark(spark):
    with pytest.raises(StudyError, match=r"already runs Spark on “local\[2\]”"):
        spark_session.spark_session("local[3]", Path())


@pytest.mark.parametrize(
    "url",
    [
        "yarn",
        "local[0]",
        "spark://",
        "spark://a",
        "spark://a:b",
        "sc://x:1",
        "spark://a:1 -x",
        "local[2]\n",
        "spark://a:1\n",
        "spark://a:0",
        "spark://a:99999",
    ],
)
def test_other_addresses_are_refused(url, tmp_path):
    with pytest.raises(StudyError, match="cannot be used"):
        spark_session.spark_session(url, tmp_path)


@pytest.mark.parametrize(
    "url", ["spark://me:s3cr//et@x@host:7077", "me:s3cr@host", "https://s3cr@host/a"]
)
def test_passwords_are_not_repeated(url, tmp_path):
    with pytest.raises(StudyError, match=r"“(spark://|https://)?\*\*\*@host") as raised:
        spark_session.spark_session(url, tmp_path)
    assert "s3cr" not in str(raised.value)


def failed(tmp_path, url="local[2]"):
    with pytest.raises(StudyError, match=r"Spark|Java") as raised:
        spark_session.spark_session(url, tmp_path)
    (problem,) = raised.value.problems
    assert problem.message("zh")
    assert problem.action("en")
    return problem


@pytest.fixture
def no_spark_yet(monkeypatch):
    monkeypatch.setattr(spark_session, "_running", lambda: None)


def test_no_pyspark(tmp_path, monkeypatch):
    monkeypatch.setattr(spark_session, "find_spec", lambda name: None)
    assert failed(tmp_path).code == "spark-missing"


def test_no_java(tmp_path, monkeypatch, no_spark_yet):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert spark_session.java_version() is None
    assert failed(tmp_path).code == "java-missing"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_java_speaks_any_encoding(tmp_path, monkeypatch):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_bytes("#!/bin/sh\ncat >&2 <<'X'\n已选用 version \"21\"\nX\n".encode("gb18030"))
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert spark_session.java_version() == 21


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("said", "version"),
    [
        ('java version "1.8.0_402"', 8),
        ('openjdk version "11.0.2" 2019', 11),
        ('openjdk version "17" 2021', 17),
        ('Picked up X\nopenjdk version "25.0.1"', 25),
        ("no", None),
    ],
)
def test_versions_of_java(tmp_path, monkeypatch, no_spark_yet, said, version):
    java = written(tmp_path / "bin" / "java", f"#!/bin/sh\ncat >&2 <<'X'\n{said}\nX\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert spark_session.java_version() == version
    if version and version < spark_session.LEAST_JAVA:
        problem = failed(tmp_path)
        assert (problem.code, problem.found, problem.expected) == (
            "java-too-old",
            str(version),
            "17",
        )


def test_a_cluster_that_is_not_there(tmp_path, monkeypatch, no_spark_yet):
    monkeypatch.setattr(spark_session, "java_version", lambda: 17)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    problem = failed(tmp_path, f"spark://127.0.0.1:{port}")
    assert problem.code == "spark-unreachable"
    assert "（连接被拒绝）" in problem.message("zh")
    assert failed(tmp_path, "spark://no-such-host.invalid:7077").code == "spark-unreachable"
    assert failed(tmp_path, "spark://no..host:7077").code == "spark-url-unusable"


def test_a_cluster_without_workers(monkeypatch):
    class Session:
        """A session on a cluster that never gives a worker."""

        def __getattr__(self, name):
            return self

        def __call__(self):
            return self

        def size(self):
            return 1

    session = Session()
    monkeypatch.setattr(spark_session, "_WORKERS", 0.1)
    with pytest.raises(StudyError, match=r"gave no worker within 0\.1 seconds"):
        spark_session._await_workers(session, "spark://a:1")
    spark_session._await_workers(session, "local[2]")


QUIET = """
import os, sys
from pathlib import Path
from suanli.intake.records.spark_engine import SparkEngine
from tests.unit.intake.records.engine_cases import check_engine, check_frames
engine = SparkEngine()
check_engine(engine, Path(sys.argv[1]) / "files")
check_frames(engine)
overflow = engine._overflow.path
engine.close()
assert not overflow.exists()
assert "SPARK_LOCAL_IP" not in os.environ
print("done")
"""


@marked
def test_a_run_of_its_own_is_quiet_tidy_and_right_in_any_time_zone(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        **os.environ,
        "TZ": "Asia/Shanghai",
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(home),
    }
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUIET, str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=home, env=environment,
    )  # fmt: skip
    assert (ran.stdout, ran.stderr) == ("done\n", "")
    assert [path.name for path in home.iterdir() if "hsperf" not in path.name] == []


ON_CLUSTER = """
import sys
from pathlib import Path
from suanli.intake.records.spark_engine import SparkEngine
from suanli.problems import StudyError
from tests.unit.intake.records.engine_cases import check_frames, parts_of_other_columns, rows
engine = SparkEngine(sys.argv[1])
files = parts_of_other_columns(Path(sys.argv[2]))
print(len(rows(engine, files, "facility_id")), engine._session.sparkContext.master)
check_frames(engine)
engine.close()
"""


@pytest.fixture
def cluster(tmp_path):
    """A master and a worker of their own on loopback."""
    import pyspark

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = Path(pyspark.__file__).parent
    environment = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(tmp_path / "work"),
    }
    url = f"spark://127.0.0.1:{port}"
    own = ["--host", "127.0.0.1", "--webui-port", "0"]
    started = [
        subprocess.Popen(
            [home / "bin" / "spark-class", f"org.apache.spark.deploy.{kind}", *own, *more],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for kind, more in (
            ("master.Master", ["--port", str(port)]),
            ("worker.Worker", ["--cores", "1", "--memory", "1g", url]),
        )
    ]  # fmt: skip
    for line in started[1].stderr:
        if "Successfully registered" in line:
            break
    # a pipe that nobody empties would stop the processes
    drains = [threading.Thread(target=each.stderr.read, daemon=True) for each in started]
    for drain in drains:
        drain.start()
    yield url
    for each in started:
        each.terminate()
        each.wait()
    for drain, each in zip(drains, started, strict=True):
        drain.join()
        each.stderr.close()


@marked
def test_a_standalone_cluster_computes(cluster, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", ON_CLUSTER, cluster, str(tmp_path / "files")],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert (ran.stdout, ran.stderr) == (f"2 {cluster}\n", "")

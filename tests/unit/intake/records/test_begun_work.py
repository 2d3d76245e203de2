"""What a thread computes for an engine ends when nobody waits for it any more."""

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Timer

import duckdb
import narwhals as nw
import polars as pl
import pytest

from suanli.intake.records import begun_work
from suanli.intake.records.begun_work import Arriving, Work
from suanli.intake.records.duckdb_engine import DuckDBEngine

LONG = "SELECT sum(sqrt(a.range * b.range)) FROM range(100000) a, range(40000) b"
"""Some ten seconds."""


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        yield opened


@pytest.fixture
def thread():
    with ThreadPoolExecutor(1) as executor:
        yield executor


def long_work(engine):
    """Return frames that take some ten seconds to stack."""
    many = engine.frame(pl.DataFrame({"a": list(range(20_000))}))
    pairs = many.join(many.select(nw.col("a").alias("b")), how="cross")
    triples = pairs.join(many.head(10).select(nw.col("a").alias("c")), how="cross")
    return [triples.select((nw.col("a") * nw.col("b") * nw.col("c")).sqrt().sum().alias("s"))]


@pytest.fixture
def interrupted(monkeypatch):
    """Have the user interrupt at the second look."""
    looks = []
    real = begun_work.wait

    def wait(works, timeout):
        looks.append(timeout)
        if len(looks) == 2:
            raise KeyboardInterrupt("stop")
        return real(works, timeout=timeout)

    monkeypatch.setattr(begun_work, "wait", wait)
    return looks


def test_what_is_computed_is_handed_over(connection, thread):
    work = thread.submit(lambda: connection.execute("SELECT 42").fetchall())
    assert Work(work, connection.interrupt).awaited() == [(42,)]


def test_what_fails_fails_where_it_is_awaited(connection, thread):
    work = thread.submit(connection.execute, "SELECT CAST('x' AS INTEGER)")
    with pytest.raises(duckdb.ConversionException, match="Could not convert"):
        Work(work, connection.interrupt).awaited()


def test_an_interrupt_ends_the_query(connection, thread, interrupted):
    work = thread.submit(connection.execute, LONG)
    with pytest.raises(KeyboardInterrupt, match="stop"):
        Work(work, connection.interrupt).awaited()
    assert isinstance(work.exception(timeout=0), duckdb.InterruptException)
    assert connection.execute("SELECT 42").fetchall() == [(42,)]


def test_work_that_is_not_under_way_is_ended_once_it_is(connection, thread):
    blocked = thread.submit(time.sleep, 0.3)
    work = thread.submit(connection.execute, LONG)
    Work(work, connection.interrupt).end()
    assert blocked.done()
    assert isinstance(work.exception(timeout=0), duckdb.InterruptException)


def test_what_is_done_is_left_alone(connection, thread):
    work = thread.submit(connection.execute, "SELECT 42")
    work.result()
    Work(work, connection.interrupt).end()
    assert work.result().fetchall() == [(42,)]


def test_an_interrupt_while_begun_work_is_awaited_ends_it(interrupted):
    engine = DuckDBEngine(threads=1)
    try:
        begun = engine.begun(long_work(engine))
        with pytest.raises(KeyboardInterrupt, match="stop"):
            engine.collected(begun)
        (works,) = engine._begun.values()
        assert works[0].future.done()
        # and the engine still computes
        assert engine.collected(engine.frame(pl.DataFrame({"a": [1]}))).rows() == [(1,)]
    finally:
        engine.close()


def test_begun_work_goes_on_while_others_are_asked_for():
    engine = DuckDBEngine(threads=1)
    try:
        engine.begun(long_work(engine))
        small = engine.frame(pl.DataFrame({"a": [1, 2]}))
        second = engine.begun([small, small])
        assert engine.collected(small).rows() == [(1,), (2,)]
        (first, *_), others = engine._begun.values()
        assert not first.future.done()
        first.end()
        assert isinstance(first.future.exception(timeout=0), duckdb.InterruptException)
        assert sorted(engine.collected(second).rows()) == [(1,), (1,), (2,), (2,)]
        assert all(other.future.done() for other in others)
    finally:
        engine.close()


@pytest.mark.parametrize("use", ["staged", "kept", "stacked", "begun", "collected"])
def test_what_rests_on_begun_work_waits_for_it(use):
    engine = DuckDBEngine(threads=1)
    gate = Event()
    try:
        one = engine.frame(pl.DataFrame({"a": [1]}))
        engine._thread_beside.submit(gate.wait)
        # planned while its rows are not there yet
        counted = engine.begun([one, one]).select(nw.len().alias("rows"))
        Timer(0.2, gate.set).start()
        if use == "collected":
            assert engine.collected(counted).rows() == [(2,)]
            assert not engine._begun
        else:
            listed = [counted] if use in ("stacked", "begun") else counted
            assert engine.collected(getattr(engine, use)(listed)).rows() == [(2,)]
    finally:
        gate.set()
        engine.close()


def test_rows_of_another_engine_are_waited_for_and_are_there_once(thread):
    engine = DuckDBEngine(threads=1)
    gate = Event()
    rows = pl.DataFrame({"a": [1, 2], "b": ["x", None]})
    try:
        work = Work(thread.submit(lambda: gate.wait() and rows), gate.set)
        there = engine.awaiting(Arriving(rows.clear(), work))
        doubled = there.select((nw.col("a") * 2).alias("a"), "b")
        Timer(0.2, gate.set).start()
        for _ in range(2):
            assert sorted(engine.collected(doubled).rows()) == [(2, "x"), (4, None)]
    finally:
        gate.set()
        engine.close()


def test_what_another_engine_cannot_compute_is_told_to_whoever_asks(thread):
    engine = DuckDBEngine(threads=1)
    try:
        work = Work(thread.submit(int, "x"), lambda: None)
        there = engine.awaiting(Arriving(pl.DataFrame({"a": [1]}), work))
        for _ in range(2):
            with pytest.raises(ValueError, match="invalid literal for int"):
                engine.collected(there)
    finally:
        engine.close()


def test_begun_work_keeps_the_kinds_of_its_columns():
    engine = DuckDBEngine(threads=1)
    try:
        one = engine.frame(pl.DataFrame({"a": [1]}))
        frames = [one.select(nw.lit(amount).alias("amount")) for amount in (0.0, 525_599.25)]
        amounts = engine.collected(engine.begun(frames))
        assert amounts.schema == {"amount": pl.Float64}
        assert sorted(amounts["amount"]) == [0.0, 525_599.25]
    finally:
        engine.close()


@pytest.mark.parametrize("pause", [0.0, 0.3])
def test_closing_ends_what_was_begun(pause):
    engine = DuckDBEngine(threads=1)
    overflow = engine._overflow.path
    works = long_work(engine)
    engine.begun(works)
    # waits for the first, and never starts
    engine.begun(works)
    time.sleep(pause)
    engine.close()
    (first, *_), others = engine._begun.values()
    assert first.future.done()
    assert all(work.future.cancelled() for work in others)
    for thread in (*engine._thread._threads, *engine._thread_beside._threads):
        thread.join(10)
        assert not thread.is_alive()
    assert not overflow.exists()


BEGUN = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from suanli.intake.records import Span
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.records import Records
from suanli.regions import provinces
from tests.unit.intake.records.test_begun_work import long_work
with Records(DuckDBEngine(), {}, Span(provinces(), ("2023",))) as records:
    engine = records.engine
    engine.begun(long_work(engine)[:1])
    records.begin("long", lambda: long_work(engine))
    print("ready", flush=True)
    if sys.argv[2] == "awaited":
        records.collected(records.stacked("long", list))
    if sys.argv[2] == "beside":
        records.collected(long_work(engine)[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("how", ["awaited", "beside", "left"])
def test_a_run_that_is_interrupted_while_work_was_begun_ends(tmp_path, how):
    home = tmp_path / "home"
    home.mkdir()
    with (tmp_path / "errors").open("wb") as errors:
        ran = subprocess.Popen(
            [sys.executable, "-c", BEGUN, str(home), how], stdout=subprocess.PIPE, stderr=errors
        )
        try:
            assert ran.stdout.readline() == b"ready\n"
            time.sleep(0.5)
            if how != "left":
                ran.send_signal(signal.SIGINT)
            ran.wait(60)
        finally:
            ran.kill()
            ran.communicate()
    said = (tmp_path / "errors").read_text("utf-8")
    assert ("KeyboardInterrupt" in said) is (how != "left")
    assert list(home.iterdir()) == []

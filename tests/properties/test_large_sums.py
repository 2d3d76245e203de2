"""Sums over very many rows: as good as sums can be, and the same in any order and on any number of threads."""

import math
from collections.abc import Sequence

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suanli.indicators.exact_sums import large_sums
from suanli.intake.records.duckdb_engine import DuckDBEngine

CLOSE = 1e-15
KEYS = ("a", "b", "c")
Numbers = Sequence[float | None]


@pytest.fixture(scope="module")
def engines():
    started = {threads: DuckDBEngine(threads=threads) for threads in (1, 2)}
    yield started
    for engine in started.values():
        engine.close()


def sums(engine: DuckDBEngine, numbers: Numbers) -> dict[str, float]:
    """Return Σ of numbers that belong to the keys in turn, as the engine adds them."""
    keys = [KEYS[at % len(KEYS)] for at in range(len(numbers))]
    frame = pl.DataFrame({"key": keys, "x": pl.Series(numbers, dtype=pl.Float64)})
    beside = {"count": nw.col("x").count().cast(nw.Int64)}
    found = engine.collected(large_sums(engine.frame(frame), ["key"], "x", beside=beside))
    assert found.columns == ["key", "x", "count"]
    counts = {
        key: sum(number is not None for number in numbers[at::3]) for at, key in enumerate(KEYS)
    }
    assert dict(zip(found["key"], found["count"], strict=True)).items() <= counts.items()
    return dict(found.select("key", "x").rows())


amounts = st.floats(1e-6, 1e6) | st.floats(-1e6, -1e-6) | st.sampled_from([0.0, -0.0])


@given(st.lists(amounts | st.none(), min_size=1, max_size=60))
@settings(max_examples=100)
def test_sums_are_right_to_the_last_digits_of_each_group(engines, numbers):
    found = sums(engines[1], numbers)
    for at, key in enumerate(KEYS[: len(numbers)]):
        own = [number for number in numbers[at::3] if number is not None]
        scale = math.fsum(map(abs, own))
        assert abs(found[key] - math.fsum(own)) <= CLOSE * scale, (key, own)


def test_small_numbers_beside_large_ones_keep_their_digits(engines):
    # a year of hours of a meter in GWh beside one in kWh
    small, large = 0.05, 8.1e6
    found = sums(engines[2], [small, large, None] * 8760)
    assert found["a"] == math.fsum([small] * 8760)
    assert found["b"] == math.fsum([large] * 8760)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 20.0])
def test_the_order_of_rows_and_threads_change_no_bit(engines, scale):
    generator = np.random.default_rng(20240101)
    # more rows than one thread takes at a time
    numbers = generator.lognormal(3, 2, size=300_000) * scale
    found = set()
    for engine in engines.values():
        frame = pl.DataFrame({"key": "k", "x": generator.permutation(numbers)})
        for order in (frame, frame.reverse(), frame.sort("x")):
            ((_, total),) = engine.collected(large_sums(engine.frame(order), ["key"], "x")).rows()
            found.add(total)
    assert len(found) == 1
    assert found.pop() == pytest.approx(math.fsum(numbers), rel=CLOSE)


def test_nothing_but_nulls_adds_up_to_nothing(engines):
    assert sums(engines[1], [None] * 3) == dict.fromkeys(KEYS, 0.0)


def test_work_that_was_begun_adds_up_to_the_same_bits(engines):
    numbers = np.random.default_rng(1).lognormal(3, 2, size=10_000)
    engine = engines[1]
    summed = large_sums(engine.frame(pl.DataFrame({"key": "k", "x": numbers})), ["key"], "x")
    assert engine.collected(engine.begun([summed])).equals(engine.collected(summed))

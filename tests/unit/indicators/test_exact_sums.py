"""Sums that do not depend on the order of rows."""

import math

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from suanli.indicators.exact_sums import exact_sums


def summed(values, *, whole=()):
    frame = pl.DataFrame({"key": ["k"] * len(values), "x": values, "n": [1.0] * len(values)})
    sums = exact_sums(nw.from_native(frame.lazy()), ["key"], "x", whole=whole)
    return nw.to_native(sums).collect().row(0)


def test_the_order_of_rows_does_not_change_a_bit():
    generator = np.random.default_rng(20240101)
    values = generator.lognormal(3, 4, size=20_000)
    sums = {summed(generator.permutation(values).tolist())[1] for _ in range(5)}
    plain = {float(np.add.reduce(generator.permutation(values))) for _ in range(5)}
    assert len(plain) > 1
    (total,) = sums
    assert total == pytest.approx(math.fsum(values), rel=1e-15)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([0.1] * 10, 1.0),
        ([-2.5, 1.25, None], -1.25),
        ([None, None], 0.0),
        ([1e15, 1e-9, -1e15], 1e-9),
        ([5.0], 5.0),
    ],
)
def test_sums_are_as_good_as_sums_of_numbers_can_be(values, wanted):
    assert summed(values)[1] == pytest.approx(wanted, rel=1e-12)


def test_columns_keep_their_names_and_order():
    assert summed([2.0, 3.0], whole=("n",)) == ("k", 5.0, 2.0)

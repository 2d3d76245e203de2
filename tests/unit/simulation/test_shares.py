import numpy as np
import pytest

from suanli.simulation.shares import (
    chosen,
    fitting_count,
    fitting_total,
    settled,
    shares_about,
    split,
    stream,
    whole_split,
)


@pytest.mark.parametrize("total", [0.0, 1e-6, 3.7, 123456.789, 5e11])
def test_parts_add_up_and_keep_their_proportions(total):
    weights = stream(1, "weights").lognormal(0, 1, 50)
    parts = split(total, weights, 1)
    assert parts.sum() == pytest.approx(total, rel=1e-12)
    np.testing.assert_allclose(
        parts, total * weights / weights.sum(), rtol=0.05, atol=0.01 * total / 50
    )


def test_parts_are_rounded_but_for_the_largest():
    parts = settled(np.array([1000.123, 2000.456, 7000.0]), 10000.579, 1)
    assert parts[:2].tolist() == [1000.1, 2000.5]
    assert parts.sum() == pytest.approx(10000.579, rel=1e-12)


def test_whole_parts_add_up():
    counts = whole_split(1000.4, stream(1).random(7))
    assert counts.sum() == 1000
    assert counts.dtype == np.int64
    assert whole_split(0, np.ones(3)).tolist() == [0, 0, 0]


@pytest.mark.parametrize("mean", [0.003, 0.3, 0.97])
def test_shares_have_their_mean_and_differ(mean):
    rng = stream(2)
    weights, offsets = rng.random(30), rng.normal(0, 1, 30)
    shares = shares_about(mean, weights, offsets)
    assert weights @ shares / weights.sum() == pytest.approx(mean, rel=1e-12)
    assert (shares > 0).all()
    assert (shares < 1).all()
    np.testing.assert_array_equal(np.argsort(shares), np.argsort(offsets))


def test_shares_of_nothing_and_all():
    assert shares_about(0.0, np.ones(2), np.zeros(2)).tolist() == [0, 0]
    assert shares_about(1.0, np.ones(2), np.zeros(2)).tolist() == [1, 1]


def test_streams_depend_on_their_names():
    assert stream(1, "a", 2).random() == stream(1, "a", 2).random()
    assert len({stream(*names).random() for names in ((1, "a"), (2, "a"), (1, "b"))}) == 3


def test_chosen():
    assert chosen(3, 10, stream(1)).sum() == 3


def test_the_first_number_of_items_that_is_near_enough():
    half = np.array([0.5])
    assert fitting_count(half, np.array([0.2]), 3, 9) == 3
    assert fitting_count(half, np.array([0.01]), 3, 9) == 4
    assert fitting_count(np.array([1 / 7]), np.array([1e-9]), 3, 6) == 6
    assert fitting_total(np.array([3 / 7, 1 / 7]), 5, 13) == 7

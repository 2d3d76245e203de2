import numpy as np
import pytest

from suanli.methods.pairwise import completion
from suanli.methods.pairwise.completion import least_lambda
from tests.unit.methods.pairwise.made import connected_gaps, random_grades

RNG = np.random.default_rng(37)


def gapped_batch(n, counts):
    return np.stack([connected_gaps(RNG, random_grades(RNG, n), count) for count in counts])


def test_many_at_a_time_are_filled_as_one_by_one():
    batch = gapped_batch(6, [0, 3, 10, 3, 5, 3, 0, 5])
    together = least_lambda(batch.reshape(2, 4, 6, 6)).reshape(8, 6, 6)
    for filled, gapped in zip(together, batch, strict=True):
        np.testing.assert_allclose(filled, least_lambda(gapped), rtol=1e-10)


def test_a_batch_too_large_at_once_is_taken_in_parts(monkeypatch):
    batch = gapped_batch(5, [2] * 7)
    whole = least_lambda(batch)
    monkeypatch.setattr(completion, "NUMBERS", 300)
    np.testing.assert_allclose(least_lambda(batch), whole, rtol=1e-12)


@pytest.mark.parametrize("missing", [2, 12, 40])
def test_both_ways_to_a_step_are_the_same(missing):
    n = 11
    slope, diagonal = RNG.normal(size=(3, missing)), RNG.uniform(0.5, 2, size=(3, missing))
    sides = tuple(RNG.normal(size=(2, 3, missing, n)) / 10)
    inverses = RNG.normal(size=(3, n, n))
    np.testing.assert_allclose(
        completion._by_items(slope, diagonal, sides, inverses),
        completion._by_pairs(slope, diagonal, sides, inverses),
        rtol=1e-9,
    )


def test_the_step_is_newtons():
    # against differences of the gradient, which is itself checked as a difference of lambda_max
    (gapped,) = gapped_batch(6, [4])
    rows, columns = (places[None, :] for places in np.nonzero(np.triu(np.isnan(gapped))))
    gaps = completion._Gaps(np.where(np.isnan(gapped), 1.0, gapped)[None], rows, columns)

    def slope_at(logarithms):
        return completion._newton(completion._point(gaps.filled(logarithms[None])), gaps)[0][0]

    start = np.zeros(4)
    slope, step = completion._newton(completion._point(gaps.filled(start[None])), gaps)
    curvature = np.column_stack(
        [(slope_at(start + move) - slope_at(start - move)) / 2e-5 for move in 1e-5 * np.eye(4)]
    )
    np.testing.assert_allclose(curvature @ step[0], -slope[0], rtol=1e-6, atol=1e-9)


def test_a_hundred_items_with_most_pairs_missing():
    gapped = connected_gaps(RNG, random_grades(RNG, 100), 4_700)
    filled = least_lambda(gapped)
    point = completion._point(filled[None])
    flow = point.left[0][:, None] * filled * point.right[0]
    assert np.abs((flow - flow.T)[np.isnan(gapped)]).max() < 1e-13


def test_a_search_without_end_is_an_error_not_an_answer(monkeypatch):
    monkeypatch.setattr(completion, "STEPS", 1)
    with pytest.raises(ValueError, match="least lambda_max did not settle"):
        least_lambda(gapped_batch(8, [9]))

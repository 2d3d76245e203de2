import numpy as np
import pytest

from suanli.methods import majority
from suanli.methods.majority import copeland

RNG = np.random.default_rng(11)


def by_definition(scores, weights):
    size = len(scores)
    points = np.zeros(size)
    for one in range(size):
        for other in range(size):
            ahead = weights[scores[one] > scores[other]].sum()
            behind = weights[scores[one] < scores[other]].sum()
            points[one] += np.sign(round(ahead - behind, 12))
    return (points / (size - 1) + 1) / 2


@pytest.mark.parametrize("size", [2, 17, 40])
def test_copeland_agrees_with_the_definition(size, monkeypatch):
    monkeypatch.setattr(majority, "_BLOCK", 16)
    scores = RNG.integers(0, 4, size=(size, 5)).astype(float)
    scores[RNG.random(scores.shape) < 0.1] = np.nan
    scores[:, 0] = 1.0
    weights = np.array([0.1, 0.2, 0.3, 0.3, 0.1])
    found = copeland(scores, weights, missing="renormalise")
    np.testing.assert_allclose(found, by_definition(scores, weights), atol=1e-12)


def test_block_size_does_not_matter(monkeypatch):
    scores, weights = RNG.random((70, 6)), RNG.random(6)
    whole = copeland(scores, weights)
    monkeypatch.setattr(majority, "_BLOCK", 9)
    np.testing.assert_array_equal(copeland(scores, weights), whole)


def test_periods_are_played_apart():
    scores, weights = RNG.random((3, 8, 4)), RNG.random(4)
    found = copeland(scores, weights)
    for period in range(3):
        np.testing.assert_array_equal(found[period], copeland(scores[period], weights))


def test_a_missing_comparison_counts_for_neither_and_order_does_not_matter():
    scores = np.array([[np.nan, 5.0], [9.0, 5.0]])
    for rows in (scores, scores[::-1]):
        assert copeland(rows, [1, 1], missing="renormalise").tolist() == [0.5, 0.5]


def test_incomplete_regions_take_no_part_under_propagation():
    complete = np.array([[1.0, 2.0], [2.0, 3.0], [5.0, 1.0]])
    gappy = np.vstack([complete, [np.nan, 9.0]])
    found = copeland(gappy, [2, 1])
    np.testing.assert_array_equal(found, [*copeland(complete, [2, 1]), np.nan])


def test_a_region_with_nothing_scores_nothing():
    scores = [[1.0, 2.0], [np.nan, np.nan], [3.0, np.nan]]
    found = copeland(scores, [1, 1], missing="renormalise")
    np.testing.assert_array_equal(found, [0, np.nan, 1])


def test_a_region_alone_has_no_match():
    assert np.isnan(copeland([[1.0, 2.0]], [1, 1])).all()


def test_rounding_makes_no_majority():
    ahead_in_two, ahead_in_one = [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]
    assert 0.1 + 0.2 != 0.3
    assert copeland([ahead_in_two, ahead_in_one], [0.1, 0.2, 0.3]).tolist() == [0.5, 0.5]


def test_one_row_of_scores_is_refused():
    with pytest.raises(ValueError, match="needs scores of shape"):
        copeland([1.0, 2.0], [1, 1])

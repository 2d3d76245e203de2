"""Properties of means: internal, homogeneous, idempotent, ordered among themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from suanli.methods import means

positive = st.floats(0.01, 1000)
rows = st.integers(1, 8).flatmap(
    lambda size: st.tuples(
        arrays(float, (3, size), elements=positive),
        arrays(float, size, elements=st.floats(0.01, 1)),
    )
)
EVERY = {
    "arithmetic": means.arithmetic,
    "geometric": means.geometric,
    "harmonic": means.harmonic,
    "power 3": lambda scores, weights: means.power(scores, weights, 3.0),
    "power -2": lambda scores, weights: means.power(scores, weights, -2.0),
    "weighted median": means.weighted_median,
}
every_mean = pytest.mark.parametrize("mean", EVERY.values(), ids=EVERY.keys())


@every_mean
@given(rows)
def test_means_lie_between_the_lowest_and_the_highest_score(mean, given_rows):
    scores, weights = given_rows
    found = mean(scores, weights)
    assert (found >= scores.min(axis=-1) * (1 - 1e-9)).all()
    assert (found <= scores.max(axis=-1) * (1 + 1e-9)).all()


@every_mean
@given(rows, st.floats(0.01, 100))
def test_means_scale_with_the_scores(mean, given_rows, factor):
    scores, weights = given_rows
    np.testing.assert_allclose(mean(scores * factor, weights), mean(scores, weights) * factor)


@every_mean
@given(positive, arrays(float, 5, elements=st.floats(0.01, 1)))
def test_equal_scores_have_that_score_as_their_mean(mean, score, weights):
    assert mean(np.full(5, score), weights) == pytest.approx(score, rel=1e-12)


@every_mean
@given(rows, st.integers(0, 7), st.floats(0, 100))
def test_a_better_child_never_lowers_the_mean(mean, given_rows, place, gain):
    scores, weights = given_rows
    better = scores.copy()
    better[:, place % scores.shape[1]] += gain
    assert (mean(better, weights) >= mean(scores, weights) * (1 - 1e-12)).all()


@every_mean
@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_children_does_not_matter(mean, given_rows, random):
    scores, weights = given_rows
    order = list(range(weights.size))
    random.shuffle(order)
    np.testing.assert_allclose(mean(scores[:, order], weights[order]), mean(scores, weights))


@given(rows)
def test_harmonic_geometric_and_arithmetic_means_come_in_that_order(given_rows):
    harmonic, geometric, arithmetic = (
        mean(*given_rows) for mean in (means.harmonic, means.geometric, means.arithmetic)
    )
    assert (harmonic <= geometric * (1 + 1e-9)).all()
    assert (geometric <= arithmetic * (1 + 1e-9)).all()


@given(rows, st.sampled_from([1e-6, -1e-6, 1e-9, -1e-12]))
def test_power_means_approach_the_geometric_mean(given_rows, exponent):
    scores, weights = given_rows
    np.testing.assert_allclose(
        means.power(scores, weights, exponent), means.geometric(scores, weights), rtol=1e-4
    )


@given(rows)
def test_power_means_pass_through_the_named_ones(given_rows):
    np.testing.assert_allclose(means.power(*given_rows, 1.0), means.arithmetic(*given_rows))
    np.testing.assert_allclose(means.power(*given_rows, -1.0), means.harmonic(*given_rows))


@given(
    arrays(float, (6, 4), elements=st.integers(0, 3).map(float) | st.just(np.nan)),
    arrays(float, 4, elements=st.integers(1, 9).map(float)),
    st.permutations(range(6)),
)
def test_copeland_moves_with_its_regions_and_turns_with_its_scores(scores, weights, order):
    found = means.copeland(scores, weights, missing="renormalise")
    moved = means.copeland(scores[order], weights, missing="renormalise")
    np.testing.assert_array_equal(moved, found[order])
    turned = means.copeland(-scores, weights, missing="renormalise")
    np.testing.assert_allclose(turned, 1 - found, atol=1e-12)
    present = found[~np.isnan(found)]
    assert present.size == 0 or present.mean() == pytest.approx(0.5)


@given(arrays(float, (5, 3), elements=st.integers(0, 50).map(float)))
def test_a_region_ahead_everywhere_is_never_behind_in_copeland(scores):
    scores[0] = scores[1] + 1
    found = means.copeland(scores, [0.5, 0.2, 0.3])
    assert found[0] > found[1]

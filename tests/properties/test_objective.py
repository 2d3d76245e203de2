"""Properties of weights from scores: shares, blind to order and scale; of combinations: in between."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from suanli.methods import objective

score = st.integers(0, 100).map(float)
tables = st.tuples(st.integers(2, 12), st.integers(1, 6)).flatmap(
    lambda shape: arrays(float, shape, elements=score)
)
weighings = st.tuples(st.integers(1, 4), st.integers(2, 6)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(0, 9).map(float))
)
EVERY = {
    "entropy": objective.entropy,
    "critic": objective.critic,
    "standard deviation": objective.standard_deviation,
    "principal components": objective.principal_components,
    "benefit of the doubt": lambda scores: (
        objective.benefit_of_the_doubt(
            scores, 0.5 / scores.shape[1], min(1.0, 2 / scores.shape[1])
        ).mean
    ),
}
every = pytest.mark.parametrize("weighting", EVERY.values(), ids=EVERY.keys())


def weighed(weighting, scores):
    """Return the weights; a table that says nothing of them is no example."""
    assume(objective.conflicting(scores))
    return weighting(scores)


@every
@given(tables)
@settings(max_examples=25)
def test_weights_are_shares(weighting, scores):
    weights = weighed(weighting, scores)
    assert weights.shape == scores.shape[1:]
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1, abs=1e-12)


@every
@given(tables, st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_the_order_of_regions_and_indicators_does_not_matter(weighting, scores, random):
    regions, indicators = list(range(scores.shape[0])), list(range(scores.shape[1]))
    random.shuffle(regions)
    random.shuffle(indicators)
    weights = weighed(weighting, scores)
    moved = weighting(scores[np.ix_(regions, indicators)])
    np.testing.assert_allclose(moved, weights[indicators], atol=1e-6)


@every
@given(tables, st.sampled_from([1e-6, 0.01, 3.0, 1e6]))
@settings(max_examples=25)
def test_the_scale_of_all_scores_does_not_matter(weighting, scores, factor):
    weights = weighed(weighting, scores)
    np.testing.assert_allclose(weighting(scores * factor), weights, atol=1e-6)


@every
@given(tables)
@settings(max_examples=25)
def test_an_indicator_told_twice_has_the_same_weight_twice(weighting, scores):
    twice = np.column_stack([scores, scores[:, 0]])
    weights = weighed(weighting, twice)
    assert weights[0] == pytest.approx(weights[-1], abs=1e-6)


@given(tables, st.integers(0, 5))
@settings(max_examples=25)
def test_spread_is_the_same_whichever_end_is_good(scores, place):
    weights = weighed(objective.standard_deviation, scores)
    turned = scores.copy()
    turned[:, place % scores.shape[1]] *= -1
    np.testing.assert_allclose(objective.standard_deviation(turned), weights, atol=1e-9)


@given(tables, st.integers(0, 11))
@settings(max_examples=60)
def test_nobody_is_in_a_better_light_under_another_s_weights(scores, other):
    assume(scores.any())
    found = objective.benefit_of_the_doubt(scores)
    assert ((found.ratios >= 0) & (found.ratios <= 1 + 1e-9)).all()
    weights = found.weights[other % len(scores)]
    assume(not np.isnan(weights).any())
    weighted = scores @ weights
    assert (weighted / weighted.max() <= found.ratios + 1e-7).all()


@given(weighings, st.randoms(use_true_random=False))
def test_combinations_lie_between_what_they_combine(rows, random):
    assume(rows.any(axis=1).all())
    shares = rows / rows.sum(axis=1, keepdims=True)
    parts = [random.random() + 0.01 for _ in rows]
    for combined in (objective.combined_game(rows), objective.combined_linear(rows, parts)):
        assert combined.sum() == pytest.approx(1, abs=1e-12)
        assert (combined >= shares.min(axis=0) - 1e-12).all()
        assert (combined <= shares.max(axis=0) + 1e-12).all()


@given(weighings, st.randoms(use_true_random=False))
def test_the_order_of_weightings_does_not_matter(rows, random):
    assume(rows.any(axis=1).all())
    order = list(range(len(rows)))
    random.shuffle(order)
    np.testing.assert_allclose(
        objective.combined_game(rows[order]), objective.combined_game(rows), atol=1e-7
    )

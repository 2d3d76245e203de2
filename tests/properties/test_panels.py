"""Properties of panels: order does not matter, reciprocity holds, and means stay among what was said."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from suanli.methods.pairwise.aggregation import (
    aggregated_priorities,
    reciprocal_matrices,
)
from suanli.methods.pairwise.agreement import clusters, consensus, kendall_w, outliers, similarity
from suanli.methods.pairwise.best_worst import best_worst_weights
from suanli.methods.pairwise.influence import consistency_influence, distance_influence
from suanli.methods.pairwise.judgement_scales import (
    SCALES,
    grades_at,
    positions,
    ratios,
)
from suanli.methods.pairwise.priorities import geometric_weights
from suanli.methods.pairwise.scores import score_ratios
from tests.made_judgements import aggregated

scales = st.sampled_from(SCALES)
trims = st.sampled_from([0.0, 0.05, 0.2, 0.35])
places = st.floats(-8, 8)


@st.composite
def panels(draw, complete=False):
    """Grades (E, n, n) of a panel, some missing, and the influence of its experts."""
    items, experts = draw(st.integers(2, 6)), draw(st.integers(1, 6))
    pairs = items * (items - 1) // 2
    signed = draw(arrays(float, (experts, pairs), elements=places))
    grades = reciprocal_matrices(np.copysign(np.log1p(np.abs(signed)), signed), items)
    if not complete:
        gaps = reciprocal_matrices(np.zeros((experts, pairs)), items)
        rows, columns = np.triu_indices(items, 1)
        gaps[:, rows, columns] = np.where(draw(arrays(bool, (experts, pairs))), 1.0, np.nan)
        gaps[:, columns, rows] = gaps[:, rows, columns]
        grades = grades * gaps
    influence = draw(arrays(float, experts, elements=st.floats(0.05, 5)))
    return grades, influence


@st.composite
def panel_weights(draw):
    shape = (draw(st.integers(1, 7)), draw(st.integers(2, 6)))
    weights = draw(arrays(float, shape, elements=st.floats(0.02, 1)))
    return weights / weights.sum(axis=1, keepdims=True)


@given(panels(), scales)
def test_scales_keep_order_gaps_and_reciprocity(panel, scale):
    grades, _ = panel
    found = ratios(grades, scale)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(grades))
    assert (found[grades >= 1] >= 1).all()
    assert (found[grades > 1 + 1e-9] > 1).all()
    large = found >= 1
    assert (np.swapaxes(found, -1, -2)[large] == 1 / found[large]).all()


@given(arrays(float, 2, elements=places), scales, st.integers(2, 30))
def test_a_higher_grade_is_a_higher_ratio(pair, scale, items):
    low, high = sorted(pair)
    assume(high - low > 1e-6)
    below, above = ratios(grades_at([low, high]), scale, items=items)
    assert below < above


@given(arrays(float, 5, elements=places))
def test_places_and_grades_are_one_another_s_inverse(signed):
    np.testing.assert_allclose(positions(grades_at(signed)), signed, atol=1e-9)
    np.testing.assert_allclose(grades_at(-signed), 1 / grades_at(signed), rtol=1e-9)


@given(panels(), trims, st.randoms(use_true_random=False))
def test_the_order_of_experts_and_items_does_not_matter(panel, trim, random):
    grades, influence = panel
    found = aggregated(grades, influence, trim)
    experts, items = list(range(len(grades))), list(range(grades.shape[1]))
    random.shuffle(experts)
    random.shuffle(items)
    renamed = grades[experts][:, items][:, :, items]
    again = aggregated(renamed, influence[experts], trim)
    np.testing.assert_allclose(again, found[items][:, items], rtol=1e-9)


@given(panels(), trims, st.floats(0.01, 100))
def test_only_the_proportions_of_influence_count(panel, trim, factor):
    grades, influence = panel
    np.testing.assert_allclose(
        aggregated(grades, influence * factor, trim),
        aggregated(grades, influence, trim),
        rtol=1e-9,
    )


@given(panels(), trims)
def test_the_group_stays_among_its_experts_and_is_reciprocal(panel, trim):
    grades, influence = panel
    found = aggregated(grades, influence, trim)
    silent = np.isnan(grades).all(axis=0)
    np.testing.assert_array_equal(np.isnan(found), silent)
    said = np.where(silent, 1.0, grades)
    least, most = np.nanmin(said, axis=0), np.nanmax(said, axis=0)
    assert (found[~silent] >= least[~silent] * (1 - 1e-9)).all()
    assert (found[~silent] <= most[~silent] * (1 + 1e-9)).all()
    large = found >= 1
    assert (found.T[large] == 1 / found[large]).all()


@given(panels(), trims)
def test_an_expert_counted_twice_is_two_experts(panel, trim):
    grades, influence = panel
    twice = influence.copy()
    twice[0] *= 2
    np.testing.assert_allclose(
        aggregated(grades, twice, trim),
        aggregated(np.concatenate([grades[:1], grades]), [influence[0], *influence], trim),
        rtol=1e-9,
    )


@given(panels(), trims, st.integers(0, 2**32 - 1))
def test_draws_are_the_same_as_one_by_one(panel, trim, seed):
    grades, _ = panel
    draws = np.random.default_rng(seed).uniform(0.1, 2, (4, len(grades)))
    found = aggregated(grades, draws, trim)
    for row, influence in enumerate(draws):
        np.testing.assert_allclose(found[row], aggregated(grades, influence, trim), rtol=1e-9)


@given(panels(complete=True), scales)
def test_judgements_and_priorities_agree_under_geometric_means(panel, scale):
    grades, influence = panel
    matrices = ratios(grades, scale)
    np.testing.assert_allclose(
        geometric_weights(aggregated(matrices, influence)),
        aggregated_priorities(geometric_weights(matrices), influence),
        rtol=1e-9,
    )


@given(panel_weights(), trims, st.sampled_from(["geometric", "arithmetic"]))
def test_group_weights_sum_to_one(weights, trim, mean):
    found = aggregated_priorities(weights, np.arange(1.0, len(weights) + 1), mean, trim)
    assert found.sum() == pytest.approx(1, abs=5e-16)
    assert (found > 0).all()
    if trim == 0 and mean == "arithmetic":
        assert (found >= weights.min(axis=0) - 1e-12).all()
        assert (found <= weights.max(axis=0) + 1e-12).all()


@given(panel_weights(), st.randoms(use_true_random=False))
def test_agreement_does_not_depend_on_order(weights, random):
    experts, items = list(range(len(weights))), list(range(weights.shape[1]))
    random.shuffle(experts)
    random.shuffle(items)
    renamed = weights[experts][:, items]
    assert consensus(renamed) == pytest.approx(consensus(weights), abs=1e-9)
    assert kendall_w(renamed) == pytest.approx(kendall_w(weights), abs=1e-9, nan_ok=True)
    np.testing.assert_allclose(
        similarity(renamed), similarity(weights)[experts][:, experts], atol=1e-9
    )
    np.testing.assert_allclose(
        distance_influence(renamed), distance_influence(weights)[experts], atol=1e-9
    )


@given(panel_weights())
def test_agreement_lies_between_none_and_all(weights):
    assert 0 <= consensus(weights) <= 1
    found = similarity(weights)
    assert ((found >= 0) & (found <= 1)).all()
    np.testing.assert_array_equal(found, found.T)
    concordance = kendall_w(weights)
    assert np.isnan(concordance) or -1e-12 <= concordance <= 1 + 1e-12
    assert outliers(weights).shape == (len(weights),)
    assert consensus(np.repeat(weights[:1], 5, axis=0)) == pytest.approx(1, abs=1e-12)


@given(panel_weights(), st.floats(0, 1))
def test_clusters_split_the_panel_into_the_alike(weights, threshold):
    found = similarity(weights)
    numbers = clusters(found, threshold)
    assert set(numbers) == set(range(numbers.max() + 1))
    together = numbers[:, None] == numbers
    assert (found[together] >= threshold).all()


@given(panel_weights())
def test_moving_towards_the_group_raises_consensus(weights):
    # halfway to the mean, gamma stays and every alpha rises
    middle = (weights + weights.mean(axis=0)) / 2
    assert consensus(middle) >= consensus(weights) - 1e-12


@given(arrays(float, st.integers(1, 8), elements=st.floats(0, 3) | st.just(np.nan)))
def test_influence_falls_with_inconsistency_and_sums_to_one(consistency_ratios):
    assume(not np.isnan(consistency_ratios).all())
    found = consistency_influence(consistency_ratios)
    assert found.sum() == pytest.approx(1, abs=1e-12)
    known = ~np.isnan(consistency_ratios)
    assert (found[~known] == 0).all()
    order = np.argsort(consistency_ratios[known], kind="stable")
    assert (np.diff(found[known][order]) <= 1e-15).all()


@given(arrays(float, st.integers(2, 8), elements=st.floats(0.5, 10)))
def test_scores_by_quotients_weigh_as_they_are(scores):
    found = geometric_weights(score_ratios(scores))
    np.testing.assert_allclose(found, scores / scores.sum(), rtol=1e-9)
    by_degrees = geometric_weights(score_ratios(scores, "difference"))
    assert (np.diff(by_degrees[np.argsort(scores)]) >= -1e-12).all()


@given(arrays(float, st.integers(2, 8), elements=st.floats(1, 9)))
def test_consistent_best_worst_answers_return_their_weights(strengths):
    assume(strengths.max() > strengths.min())
    best, worst = int(strengths.argmax()), int(strengths.argmin())
    found = best_worst_weights(
        strengths[best] / strengths, strengths / strengths[worst], best, worst
    )
    np.testing.assert_allclose(found.weights, strengths / strengths.sum(), rtol=1e-9)
    assert found.xi == pytest.approx(0, abs=1e-9)


@given(st.integers(2, 7), st.integers(0, 2**32 - 1))
def test_no_other_weights_fit_best_worst_answers_better(size, seed):
    draw = np.random.default_rng(seed)
    down, up = draw.integers(1, 10, (2, size)).astype(float)
    down[0] = up[-1] = 1
    up[0] = down[-1]
    found = best_worst_weights(down, up, 0, size - 1)

    def deviation(weights):
        gaps = [np.abs(weights[0] - down * weights), np.abs(weights - up * weights[-1])]
        return np.max(gaps)

    assert found.weights.sum() == pytest.approx(1, abs=1e-12)
    assert (found.weights > 0).all()
    assert deviation(found.weights) == pytest.approx(float(found.xi), abs=1e-12)
    for _ in range(30):
        other = found.weights * draw.uniform(0.8, 1.25, size)
        assert deviation(other / other.sum()) >= float(found.xi) - 1e-12

import numpy as np
import pytest

from suanli.methods import means, shares

RNG = np.random.default_rng(8)
SCORES = RNG.uniform(2, 100, size=(2, 31, 5))
WEIGHTS = np.array([0.4, 0.1, 0.2, 0.25, 0.05])


def gappy():
    scores = SCORES.copy()
    scores[0, 3, 1] = scores[1, 5, 2] = scores[1, 5, 4] = np.nan
    scores[0, 7] = np.nan
    return scores


@pytest.mark.parametrize("rule", ["propagate", "renormalise"])
def test_parts_sum_to_their_mean_with_and_without_gaps(rule):
    scores = gappy()
    additive = shares.arithmetic_shares(scores, WEIGHTS, missing=rule)
    np.testing.assert_allclose(
        additive.sum(axis=-1), means.arithmetic(scores, WEIGHTS, missing=rule), rtol=1e-12
    )
    logarithmic = shares.geometric_shares(scores, WEIGHTS, 1.0, missing=rule)
    np.testing.assert_allclose(
        logarithmic.sum(axis=-1), means.geometric(scores, WEIGHTS, missing=rule), rtol=1e-12
    )


@pytest.mark.parametrize(
    "parts",
    [
        lambda s, w: shares.arithmetic_shares(s, w, missing="renormalise"),
        lambda s, w: shares.geometric_shares(s, w, 1.0, missing="renormalise"),
    ],
)
def test_a_missing_child_gives_nothing_and_a_missing_mean_has_no_parts(parts):
    found = parts(gappy(), WEIGHTS)
    assert found[0, 3, 1] == 0
    assert (found[0, 3, [0, 2, 3, 4]] > 0).all()
    assert np.isnan(found[0, 7]).all()


def test_a_child_without_weight_gives_nothing_whatever_its_score():
    scores = np.array([[0.5, 10.0], [np.nan, 10.0]])
    assert shares.arithmetic_shares(scores, [0, 1]).tolist() == [[0, 10], [0, 10]]
    found = shares.geometric_shares(scores, [0, 1], floor=1.0)
    np.testing.assert_allclose(found, [[0, 10], [0, 10]])


def test_a_score_at_the_floor_gives_nothing_to_a_geometric_mean():
    found = shares.geometric_shares([[1.0, 50.0]], [0.9, 0.1], floor=1.0)
    assert found[0, 0] == 0
    assert found[0, 1] == pytest.approx(50**0.1)


@pytest.mark.parametrize(
    "mean",
    [
        means.harmonic,
        means.weighted_median,
        lambda s, w: means.power(s, w, -2.0),
        means.copeland,
    ],
)
def test_substitution_parts_sum_to_any_aggregate(mean):
    found = shares.substitution_shares(lambda s: mean(s, WEIGHTS), SCORES, WEIGHTS, 1.0)
    assert found.shape == SCORES.shape
    np.testing.assert_allclose(found.sum(axis=-1), mean(SCORES, WEIGHTS), rtol=1e-12, atol=1e-14)


def test_substitution_agrees_with_the_additive_parts_of_an_arithmetic_mean():
    found = shares.substitution_shares(
        lambda s: means.arithmetic(s, WEIGHTS), SCORES, WEIGHTS, baseline=0.0
    )
    np.testing.assert_allclose(found, shares.arithmetic_shares(SCORES, WEIGHTS), rtol=1e-10)


def test_substitution_leaves_missing_children_out():
    scores = gappy()

    def mean(values):
        return means.harmonic(values, WEIGHTS, missing="renormalise")

    found = shares.substitution_shares(mean, scores, WEIGHTS, baseline=1.0)
    np.testing.assert_allclose(found.sum(axis=-1), mean(scores), rtol=1e-12)
    assert found[0, 3, 1] == 0
    assert np.isnan(found[0, 7]).all()


def test_many_children_are_sampled_with_a_seed():
    scores, weights = RNG.uniform(1, 100, size=(3, 14)), np.ones(14)

    def mean(values):
        return means.harmonic(values, weights)

    with pytest.raises(ValueError, match="14 players are too many"):
        shares.substitution_shares(mean, scores, weights, 1.0)
    found = shares.substitution_shares(mean, scores, weights, 1.0, rng=np.random.default_rng(0))
    np.testing.assert_allclose(found.sum(axis=-1), mean(scores), rtol=1e-12)


@pytest.mark.parametrize("floor", [0.0, -1.0, np.nan, np.inf])
def test_logarithmic_parts_need_a_floor_above_zero(floor):
    with pytest.raises(ValueError, match="need a finite floor above 0"):
        shares.geometric_shares([1.0], [1.0], floor)


def test_scores_below_the_floor_are_refused_with_their_count():
    with pytest.raises(ValueError, match=r"1 scores are below the floor of 2\.0"):
        shares.geometric_shares([1.0, 3.0], [1, 1], 2.0)

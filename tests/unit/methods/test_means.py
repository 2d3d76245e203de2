import numpy as np
import pytest

from suanli.methods import means

SCORES = np.random.default_rng(3).uniform(1, 100, size=(2, 31, 6))
WEIGHTS = np.array([0.3, 0.1, 0.2, 0.15, 0.05, 0.2])

EVERY = {
    "arithmetic": means.arithmetic,
    "geometric": means.geometric,
    "harmonic": means.harmonic,
    "power": lambda scores, weights, **rule: means.power(scores, weights, 0.5, **rule),
    "weighted_median": means.weighted_median,
}
every_mean = pytest.mark.parametrize("mean", EVERY.values(), ids=EVERY.keys())


@pytest.mark.parametrize("exponent", [-3.0, -1.0, 0.5, 1.0, 2.0])
def test_power_means_agree_with_the_formula(exponent):
    expected = (SCORES**exponent @ WEIGHTS) ** (1 / exponent)
    np.testing.assert_allclose(means.power(SCORES, WEIGHTS, exponent), expected, rtol=1e-12)


def test_named_means_agree_with_the_formulas():
    np.testing.assert_allclose(means.arithmetic(SCORES, WEIGHTS), SCORES @ WEIGHTS, rtol=1e-13)
    np.testing.assert_allclose(
        means.geometric(SCORES, WEIGHTS), np.prod(SCORES**WEIGHTS, axis=-1), rtol=1e-12
    )
    np.testing.assert_allclose(
        means.harmonic(SCORES, WEIGHTS), 1 / (1 / SCORES @ WEIGHTS), rtol=1e-12
    )


@every_mean
def test_weights_need_not_sum_to_one(mean):
    np.testing.assert_allclose(mean(SCORES, 7 * WEIGHTS), mean(SCORES, WEIGHTS), rtol=1e-12)


@every_mean
def test_missing_children_are_left_out_or_make_the_mean_missing(mean):
    scores = np.array([[10.0, np.nan, 40.0], [10.0, 20.0, 40.0], [np.nan, np.nan, np.nan]])
    weights = np.array([0.2, 0.5, 0.3])
    alone = mean(scores[0, [0, 2]], weights[[0, 2]])
    whole = mean(scores[1], weights)
    np.testing.assert_allclose(
        mean(scores, weights, missing="renormalise"), [alone, whole, np.nan], rtol=1e-12
    )
    np.testing.assert_allclose(mean(scores, weights), [np.nan, whole, np.nan], rtol=1e-12)


@every_mean
def test_a_child_without_weight_takes_no_part_even_if_missing(mean):
    scores = np.array([[10.0, np.nan, 40.0], [10.0, 3.0, 40.0]])
    np.testing.assert_allclose(
        mean(scores, [1, 0, 1]), [mean([10.0, 40.0], [1, 1])] * 2, rtol=1e-12
    )


@every_mean
def test_equal_rows_have_equal_means_wherever_they_stand(mean):
    rows = np.tile(SCORES[0, 0], (53, 1))
    assert np.unique(mean(rows, WEIGHTS)).size == 1
    assert np.unique(mean(np.asfortranarray(rows), WEIGHTS)).size == 1


@pytest.mark.parametrize("mean", [means.geometric, means.harmonic])
def test_a_zero_decides_alone_unless_floored(mean):
    assert mean([0.0, 100.0], [0.01, 0.99]) == 0
    assert mean(means.floored([0.0, 100.0], 1.0), [0.01, 0.99]) > 50


@pytest.mark.parametrize(("exponent", "expected"), [(2.0, np.sqrt(8)), (-2.0, 0.0)])
def test_power_means_of_zeros(exponent, expected):
    found = means.power([[0.0, 4.0], [0.0, 0.0]], [1, 1], exponent)
    np.testing.assert_allclose(found, [expected, 0], rtol=1e-12)


@pytest.mark.parametrize(("exponent", "expected"), [(2000.0, 90.0), (-2000.0, 10.0)])
def test_extreme_exponents_approach_the_extremes(exponent, expected):
    assert means.power([10.0, 90.0], [1, 1], exponent) == pytest.approx(expected, rel=1e-3)


def test_power_of_a_tiny_exponent_is_the_geometric_mean():
    np.testing.assert_allclose(
        means.power(SCORES, WEIGHTS, 1e-13), means.geometric(SCORES, WEIGHTS), rtol=1e-11
    )


def test_the_median_of_halves_is_the_midpoint_despite_rounding():
    weights = [0.1, 0.2, 0.3]
    assert 0.1 + 0.2 != 0.3
    assert means.weighted_median([1.0, 2.0, 9.0], weights) == 5.5


def test_the_median_takes_the_whole_weight_into_account():
    assert means.weighted_median([1.0, 2.0, 9.0], [1, 1, 5]) == 9
    assert means.weighted_median([9.0, 1.0, 2.0], [1, 1, 1]) == 2


def test_floored_raises_only_what_is_below():
    scores = np.array([0.0, 0.5, 2.0, np.nan])
    np.testing.assert_array_equal(means.floored(scores, 1.0), [1, 1, 2, np.nan])
    np.testing.assert_array_equal(scores, [0, 0.5, 2, np.nan])


@pytest.mark.parametrize("floor", [-1.0, np.inf, np.nan])
def test_floors_are_finite_and_not_negative(floor):
    with pytest.raises(ValueError, match="a floor must be a finite number of at least 0"):
        means.floored([1.0], floor)


@pytest.mark.parametrize("mean", [EVERY["geometric"], EVERY["harmonic"], EVERY["power"]])
def test_negative_scores_are_refused_with_their_count(mean):
    with pytest.raises(ValueError, match="mean needs scores of at least 0; 2 of 4 are below"):
        mean([[-1.0, 2.0], [-3.0, 1.0]], [1, 1])


@pytest.mark.parametrize("exponent", [0.0, np.inf, np.nan])
def test_exponents_are_finite_and_not_zero(exponent):
    with pytest.raises(ValueError, match="exponent of a power mean must be finite and not 0"):
        means.power([1.0], [1.0], exponent)


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([1.0], r"weights of shape \(1,\) do not fit scores of \(2,\)"),
        ([1.0, -1.0], "weights must be finite and not negative"),
        ([1.0, np.nan], "weights must be finite and not negative"),
        ([0.0, 0.0], "at least one weight must be above 0"),
    ],
)
@every_mean
def test_weights_that_are_none_are_refused(mean, weights, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        mean([1.0, 2.0], weights)


@every_mean
def test_infinite_scores_are_refused(mean):
    with pytest.raises(ValueError, match="scores must be finite or missing"):
        mean([1.0, np.inf], [1, 1])

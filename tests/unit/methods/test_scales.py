import numpy as np
import pytest

from suanli.methods import scales

VALUES = np.array([[10.0, 4.0], [20.0, 2.0], [40.0, np.nan], [100.0, 1.0]])


def test_min_max_takes_goalposts_per_period_and_indicator():
    values = np.stack([VALUES, 2 * VALUES])
    low, high = scales.extremes(values)
    scores = scales.min_max(values, low, high)
    np.testing.assert_allclose(scores[0], scores[1])
    np.testing.assert_array_equal(np.nanmin(scores, axis=1), 0)
    np.testing.assert_array_equal(np.nanmax(scores, axis=1), 1)


def test_swapped_goalposts_reverse_min_max():
    low, high = scales.extremes(VALUES)
    np.testing.assert_allclose(
        scales.min_max(VALUES, high, low), 1 - scales.min_max(VALUES, low, high)
    )


def test_min_max_marks_only_constant_indicators():
    scores = scales.min_max([[5.0, 1.0], [5.0, 3.0]], worst=[5, 1], best=[5, 3])
    np.testing.assert_array_equal(scores, [[np.nan, 0], [np.nan, 1]])


def test_a_missing_goalpost_gives_missing_scores():
    scores = scales.min_max([[5.0, 1.0], [6.0, 3.0]], worst=[np.nan, 1], best=[9, 3])
    np.testing.assert_array_equal(scores, [[np.nan, 0], [np.nan, 1]])


def test_scores_beyond_the_goalposts_are_kept_until_capped():
    scores = scales.min_max([[0.0], [5.0], [20.0], [np.nan]], worst=0, best=10).ravel()
    np.testing.assert_array_equal(scores, [0, 0.5, 2, np.nan])
    np.testing.assert_array_equal(scales.capped(scores), [0, 0.5, 1, np.nan])


def test_distance_to_leader_is_a_share_of_the_leader_in_both_directions():
    higher = scales.distance_to_leader([[80.0], [100.0]], worst=[80], best=[100])
    lower = scales.distance_to_leader([[80.0], [100.0]], worst=[100], best=[80])
    np.testing.assert_allclose(higher.ravel(), [0.8, 1])
    np.testing.assert_allclose(lower.ravel(), [1, 0.75])


def test_distance_to_a_negative_leader_grows_with_the_gap():
    scores = scales.distance_to_leader([[-10.0], [-12.0], [-20.0]], worst=[-20], best=[-10])
    np.testing.assert_allclose(scores.ravel(), [1, 0.8, 0])


def test_nobody_leads_where_all_are_equal():
    assert np.isnan(scales.distance_to_leader([[5.0], [5.0]], worst=[5], best=[5])).all()


def test_distance_to_reference_where_lower_is_better():
    scores = scales.distance_to_reference([[1.0], [2.0], [3.0]], reference=[2], worst=[3])
    np.testing.assert_array_equal(scores.ravel(), [2, 1, 0])


def test_distance_to_reference_is_missing_where_reference_is_worst():
    assert np.isnan(scales.distance_to_reference([[1.0]], reference=[2], worst=[2])).all()


def test_lower_is_better_ratios_order_the_lowest_first():
    values = [[1.0], [2.0], [4.0]]
    for scores in (
        scales.fraction_of_minimum(values, 1.0),
        scales.inverse_target_ratio(values, 1.0),
    ):
        np.testing.assert_array_equal(scores.ravel(), [1, 0.5, 0.25])


def test_logarithms():
    np.testing.assert_allclose(
        scales.logarithms([1.0, 10.0, np.nan], "log"), [0, np.log(10), np.nan]
    )
    np.testing.assert_allclose(scales.logarithms([0.0, 9.0], "log1p"), [0, np.log(10)])


def test_arguments_are_left_alone():
    values, low, high = VALUES.copy(), np.array([10.0, 1.0]), np.array([100.0, 1.0])
    scales.min_max(values, low, high)
    scales.z_score(values, low, high)
    np.testing.assert_array_equal(values, VALUES)
    np.testing.assert_array_equal(low, [10, 1])
    np.testing.assert_array_equal(high, [100, 1])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: scales.min_max([[1.0]], np.inf, 2), "goalposts must be finite"),
        (lambda: scales.target_ratio([[1.0]], [0.0]), "a target must be above 0"),
        (lambda: scales.inverse_target_ratio([[1.0]], -1), "a target must be above 0"),
        (
            lambda: scales.inverse_target_ratio([[1.0], [0.0], [-1.0]], 1),
            "a ratio of target to value needs values above 0; 2 of 3 are not",
        ),
        (lambda: scales.z_score([[1.0]], 0, -1), "a standard deviation cannot be negative"),
        (
            lambda: scales.distance_to_leader([[0.0]], [1], [0]),
            "a distance to the leader needs a leader whose value is not 0",
        ),
        (lambda: scales.distance_to_reference([[1.0]], np.inf, 0), "references must be finite"),
        (lambda: scales.fraction_of_maximum([[0.0]], [0.0]), "a maximum must be above 0"),
        (lambda: scales.fraction_of_minimum([[1.0]], [0.0]), "a minimum must be above 0"),
        (
            lambda: scales.fraction_of_minimum([[1.0], [0.0]], [1.0]),
            "a ratio of minimum to value needs values above 0; 1 of 2 are not",
        ),
        (
            lambda: scales.distance_to_interval([[1.0]], 2, 1),
            "the low end of a target interval cannot be above its high end",
        ),
        (lambda: scales.capped([1.0], 1, 0), "the lower cap 1 is above the upper cap 0"),
        (
            lambda: scales.logarithms([0.0, 1.0, -3.0], "log"),
            "log needs values above 0; 2 of 3 are not",
        ),
        (
            lambda: scales.logarithms([-1.0, 1.0], "log1p"),
            "log1p needs values above -1; 1 of 2 are not",
        ),
    ],
)
def test_input_outside_the_domain_is_refused_in_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        call()

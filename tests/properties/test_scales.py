"""Properties of normalisation: order, direction, units, bounds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from suanli.methods import scales

whole = st.integers(-1000, 1000).map(float)
columns = arrays(float, st.tuples(st.integers(2, 20), st.just(1)), elements=whole)
gappy = arrays(
    float, st.tuples(st.integers(2, 20), st.integers(1, 4)), elements=whole | st.just(np.nan)
)


def in_order(values, scores):
    """Tell whether scores rise with values and tie where values do."""
    by_value = np.argsort(values.ravel(), kind="stable")
    steps, moves = np.diff(values.ravel()[by_value]), np.diff(scores.ravel()[by_value])
    return bool((moves[steps > 0] > 0).all() and (moves[steps == 0] == 0).all())


@given(columns)
def test_min_max_keeps_order_and_reaches_both_ends(values):
    low, high = scales.extremes(values)
    scores = scales.min_max(values, low, high)
    if low == high:
        assert np.isnan(scores).all()
    else:
        assert in_order(values, scores)
        assert scores.min() == 0
        assert scores.max() == 1


@given(columns)
def test_min_max_with_swapped_goalposts_reverses_order(values):
    low, high = scales.extremes(values)
    if low < high:
        assert in_order(-values, scales.min_max(values, high, low))


@given(columns, st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_min_max_does_not_depend_on_the_unit(values, factor, shift):
    low, high = scales.extremes(values)
    converted = values * factor + shift
    expected = scales.min_max(values, low, high)
    np.testing.assert_allclose(
        scales.min_max(converted, low * factor + shift, high * factor + shift), expected, atol=1e-8
    )


@given(columns)
def test_z_scores_keep_order_with_mean_0_and_deviation_1(values):
    mean, deviation = scales.moments(values)
    scores = scales.z_score(values, mean, deviation)
    if np.ptp(values) == 0:
        assert np.isnan(scores).all()
    else:
        assert in_order(values, scores)
        assert abs(scores.mean()) < 1e-9
        assert abs(scores.std(ddof=1) - 1) < 1e-9


@given(arrays(float, (9, 1), elements=st.integers(1, 1000).map(float)), st.integers(1, 1000))
def test_ratio_scores_follow_their_direction(values, reference):
    assert in_order(values, scales.target_ratio(values, reference))
    assert in_order(values, scales.fraction_of_maximum(values, reference))
    assert in_order(-values, scales.inverse_target_ratio(values, reference))
    assert in_order(-values, scales.fraction_of_minimum(values, reference))


@given(arrays(float, (9, 1), elements=st.integers(1, 1000).map(float)))
def test_distances_follow_their_direction(values):
    low, high = scales.extremes(values)
    if low < high:
        assert in_order(values, scales.distance_to_leader(values, low, high))
        assert in_order(-values, scales.distance_to_leader(values, high, low))
        assert in_order(values, scales.distance_to_reference(values, high, low))
        assert in_order(-values, scales.distance_to_reference(values, low, high))


@given(columns, whole, st.integers(0, 500))
def test_distance_to_an_interval_is_0_just_inside_it(values, low, width):
    high = low + width
    distance = scales.distance_to_interval(values, low, high)
    inside = (values >= low) & (values <= high)
    assert ((distance == 0) == inside).all()
    assert (distance >= 0).all()


@given(gappy)
def test_missing_values_stay_missing_and_nothing_else_becomes_so(values):
    low, high = scales.extremes(values)
    scores = scales.min_max(values, low, np.where(high > low, high, low + 1))
    np.testing.assert_array_equal(np.isnan(scores), np.isnan(values))
    np.testing.assert_array_equal(np.isnan(scales.rank_scores(values)), np.isnan(values))
    np.testing.assert_array_equal(np.isnan(scales.borda(values)), np.isnan(values))


@given(columns, st.floats(-1, 1), st.floats(0, 2))
def test_capped_scores_lie_between_the_caps(values, low, width):
    capped = scales.capped(values, low, low + width)
    assert capped.min() >= low
    assert capped.max() <= low + width

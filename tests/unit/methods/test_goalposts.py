import numpy as np
import pytest

from suanli.methods.goalposts import extremes, moments


def test_extremes_keep_periods_and_indicators_apart():
    values = np.arange(12, dtype=float).reshape(2, 3, 2)
    low, high = extremes(values)
    np.testing.assert_array_equal(low, [[0, 1], [6, 7]])
    np.testing.assert_array_equal(high, [[4, 5], [10, 11]])


def test_an_indicator_without_any_value_has_no_extremes():
    low, high = extremes([[np.nan, 1.0], [np.nan, 2.0]])
    np.testing.assert_array_equal(low, [np.nan, 1])
    np.testing.assert_array_equal(high, [np.nan, 2])


@pytest.mark.parametrize("function", [extremes, moments])
@pytest.mark.parametrize("bad", [np.inf, -np.inf])
def test_infinite_values_are_refused(function, bad):
    with pytest.raises(ValueError, match="cannot be taken from infinite values"):
        function([[1.0], [bad], [3.0]])


@pytest.mark.parametrize("values", [[1.0, 2.0], np.empty((0, 3))])
def test_an_array_without_regions_is_refused(values):
    with pytest.raises(ValueError, match="need an array"):
        extremes(values)


def test_moments_agree_with_numpy():
    values = np.random.default_rng(1).lognormal(size=(4, 31, 5))
    mean, deviation = moments(values)
    np.testing.assert_allclose(mean, values.mean(axis=1), rtol=1e-13)
    np.testing.assert_allclose(deviation, values.std(axis=1, ddof=1), rtol=1e-13)


def test_moments_skip_missing_values_and_a_single_value_has_no_deviation():
    mean, deviation = moments([[1.0, 4.0, np.nan], [3.0, np.nan, np.nan]])
    np.testing.assert_array_equal(mean, [2, 4, np.nan])
    np.testing.assert_allclose(deviation, [np.sqrt(2), np.nan, np.nan])


def test_rounding_never_makes_a_constant_indicator_vary():
    values = np.full((31, 1), 0.1)
    assert values.std(ddof=1) > 0
    mean, deviation = moments(values)
    assert mean == 0.1
    assert deviation == 0

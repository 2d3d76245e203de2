import numpy as np
import pytest

from suanli.methods.regression import regression_fill

RNG = np.random.default_rng(9)


def noisy(size=20):
    """Return columns x, z, y = 3 + 2 x - z + noise, with two gaps in y."""
    x, z = RNG.normal(50, 10, size), RNG.normal(0, 1, size)
    y = 3 + 2 * x - z + RNG.normal(0, 0.5, size)
    values = np.column_stack([x, z, y])
    values[[4, 11], 2] = np.nan
    return values


def least_squares(design, target):
    matrix = np.column_stack([np.ones(len(design)), design])
    return np.linalg.lstsq(matrix, target, rcond=None)[0]


def test_declared_predictors_give_ordinary_least_squares():
    values = noisy()
    found = regression_fill(values, predictors=[0, 1])
    seen = ~np.isnan(values[:, 2])
    coefficients = least_squares(values[seen, :2], values[seen, 2])
    predicted = coefficients[0] + values[:, :2] @ coefficients[1:]
    np.testing.assert_allclose(found.values[~seen, 2], predicted[~seen], rtol=1e-10)
    np.testing.assert_array_equal(found.values[seen], values[seen])
    residuals = (values[:, 2] - predicted)[seen]
    explained = 1 - residuals @ residuals / (seen.sum() * values[seen, 2].var())
    np.testing.assert_allclose(found.r_squared, [np.nan, np.nan, explained], rtol=1e-10)


def test_the_error_is_that_of_regions_really_left_out():
    values = noisy()
    seen = np.flatnonzero(~np.isnan(values[:, 2]))
    errors = []
    for region in seen:
        others = seen[seen != region]
        coefficients = least_squares(values[others, :2], values[others, 2])
        errors.append(values[region, 2] - coefficients[0] - values[region, :2] @ coefficients[1:])
    expected = np.sqrt(np.mean(np.square(errors)))
    found = regression_fill(values, predictors=[0, 1])
    np.testing.assert_allclose(found.error, [np.nan, np.nan, expected], rtol=1e-9)


def test_without_predictors_the_most_correlated_complete_indicator_is_used():
    values = noisy()
    found = regression_fill(values)
    np.testing.assert_allclose(found.values, regression_fill(values, predictors=[0]).values)
    values[0, 0] = np.nan
    assert regression_fill(values).r_squared[2] < 0.5


def test_a_negative_correlation_is_as_good():
    values = noisy()
    values[:, 0] *= -1
    np.testing.assert_allclose(regression_fill(values).values, regression_fill(values, [0]).values)


def test_predictions_never_rest_on_other_predictions():
    values = noisy()
    values[4, 0] = np.nan
    found = regression_fill(values, predictors=[0])
    assert np.isnan(found.values[4, 2])
    assert np.isnan(found.values[4, 0])
    assert found.filled.sum() == 1


def test_periods_are_fitted_apart():
    values = np.stack([noisy(), noisy()])
    found = regression_fill(values, predictors=[1, 0])
    for period in range(2):
        alone = regression_fill(values[period], predictors=[1, 0])
        np.testing.assert_array_equal(found.values[period], alone.values)
        np.testing.assert_array_equal(found.error[period], alone.error)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([[1, 2], [2, 3], [3, np.nan]], id="no degree of freedom"),
        pytest.param([[1, 2], [1, 3], [1, 5], [1, 4], [1, np.nan]], id="predictor constant"),
        pytest.param([[0, 1], [0, 2], [0, 3], [1, 4], [2, np.nan]], id="one region decides"),
        pytest.param([[np.nan, 2], [2, 3], [3, np.nan], [4, 5]], id="no complete indicator"),
        pytest.param([[1, 2], [2, 2], [3, 2], [4, 2], [5, np.nan]], id="target constant"),
    ],
)
def test_gaps_a_regression_cannot_reach_stay(values):
    found = regression_fill(values)
    np.testing.assert_array_equal(found.values, values)
    assert not found.filled.any()
    assert np.isnan(found.error).all()


def test_predictors_that_explain_one_another_fill_nothing():
    values = noisy()
    values = np.column_stack([values[:, 0], 3 * values[:, 0] + 1, values[:, 2]])
    assert not regression_fill(values, predictors=[0, 1]).filled.any()


def test_an_indicator_does_not_predict_itself():
    values = noisy()
    both = regression_fill(values, predictors=[0, 2])
    np.testing.assert_array_equal(both.values, regression_fill(values, predictors=[0]).values)


def test_predictors_must_exist():
    with pytest.raises(ValueError, match=r"predictors \[3\] are not among the 3 indicators"):
        regression_fill(noisy(), predictors=[0, 3])

import numpy as np
import pytest
from scipy import stats

from suanli.methods import outliers

RNG = np.random.default_rng(2)
PLAIN = list(range(1, 12))


def test_shape_agrees_with_scipy():
    values = RNG.lognormal(size=(3, 31, 4))
    np.testing.assert_allclose(
        outliers.skewness(values), stats.skew(values, axis=1, bias=False), rtol=1e-10
    )
    np.testing.assert_allclose(
        outliers.kurtosis(values), stats.kurtosis(values, axis=1, bias=False), rtol=1e-9
    )


def test_shape_skips_missing_values():
    column = np.array([1.0, np.nan, 2.0, 4.0, 9.0, np.nan])
    seen = column[~np.isnan(column)]
    assert outliers.skewness(column) == pytest.approx(stats.skew(seen, bias=False))
    assert outliers.kurtosis(column) == pytest.approx(stats.kurtosis(seen, bias=False))


@pytest.mark.parametrize("column", [[1.0, 2.0], [5.0] * 9, [0.1] * 9, [np.nan, np.nan]])
def test_too_few_or_equal_values_have_no_shape(column):
    assert np.isnan(outliers.skewness(column))
    assert np.isnan(outliers.kurtosis(column))
    assert not outliers.needs_treatment(column)


def test_both_limits_must_be_exceeded():
    column = [*PLAIN, 500]
    assert outliers.needs_treatment(column)
    assert not outliers.needs_treatment(column, skewness_limit=4)
    assert not outliers.needs_treatment(column, kurtosis_limit=13)
    found = outliers.needs_treatment(np.column_stack([column, column[::-1], range(12)]))
    assert found.tolist() == [True, True, False]


def test_each_step_pulls_in_one_point_more():
    column = [*PLAIN, *PLAIN, 400, 500]
    treated, changed = outliers.winsorised(column, max_points=2)
    assert treated[-2:].tolist() == [11, 11]
    assert np.flatnonzero(changed).tolist() == [22, 23]


def test_winsorising_stops_at_the_most_points():
    column = [*PLAIN, *PLAIN, 400, 500]
    treated, changed = outliers.winsorised(column, max_points=1)
    assert treated[-2:].tolist() == [400, 400]
    assert changed.sum() == 1
    assert outliers.needs_treatment(treated)


def test_tied_extremes_move_together_or_not_at_all():
    column = [*PLAIN, *PLAIN, 500, 500]
    assert not outliers.winsorised(column, max_points=1)[1].any()
    treated, changed = outliers.winsorised(column, max_points=2)
    assert changed.sum() == 2
    assert treated.max() == 11


def test_both_sides_may_be_pulled_in():
    column = [*PLAIN, *PLAIN, *PLAIN, -100, 1000]
    treated, changed = outliers.winsorised(column, max_points=2)
    assert (treated[-2:] == [1, 11]).all()
    assert changed.sum() == 2


def test_treatments_leave_their_argument_and_missing_values_alone():
    column = np.array([*PLAIN, 500, np.nan])
    kept = column.copy()
    for treated, changed in (
        outliers.winsorised(column, 2),
        outliers.log_transformed(column),
        outliers.box_cox(column)[:2],
    ):
        assert np.isnan(treated[-1])
        assert not changed[-1]
        assert changed.any()
        np.testing.assert_array_equal(column, kept)


@pytest.mark.parametrize("sign", [1, -1])
def test_logarithms_mend_either_skew(sign):
    column = sign * RNG.lognormal(sigma=1.5, size=60)
    treated, _ = outliers.log_transformed(column)
    assert abs(outliers.skewness(treated)) < abs(outliers.skewness(column)) / 2
    np.testing.assert_array_equal(np.argsort(treated), np.argsort(column))


def test_box_cox_finds_the_most_likely_exponent():
    column = RNG.gamma(2.0, size=80)
    treated, changed, exponent = outliers.box_cox(column)
    expected, likeliest = stats.boxcox(column)
    assert exponent == pytest.approx(likeliest, abs=1e-5)
    np.testing.assert_allclose(treated, expected, rtol=1e-4)
    assert changed.all()


def test_box_cox_shifts_columns_that_are_not_positive():
    column = np.array([-3.0, 0.0, 1.0, 2.0, 40.0])
    treated, _, exponent = outliers.box_cox(column)
    expected = stats.boxcox(column + 3 + 0.01 * 43, lmbda=exponent)
    np.testing.assert_allclose(treated, expected, rtol=1e-10)


@pytest.mark.parametrize("column", [[4.0, 4.0, 4.0], [1.0, 2.0], [np.nan, 3.0]])
def test_box_cox_leaves_columns_without_shape(column):
    treated, changed, exponent = outliers.box_cox(column)
    np.testing.assert_array_equal(treated, column)
    assert not changed.any()
    assert exponent == 1


def test_a_constant_column_has_no_logarithm_to_take():
    treated, changed = outliers.log_transformed([0.1, 0.1, np.nan])
    np.testing.assert_array_equal(treated, [0.1, 0.1, np.nan])
    assert not changed.any()


def test_winsorising_moves_at_least_one_point():
    with pytest.raises(ValueError, match="at least 1 point to move, not 0"):
        outliers.winsorised([1.0], 0)


@pytest.mark.parametrize(
    "treatment", [lambda x: outliers.winsorised(x, 1), outliers.log_transformed, outliers.box_cox]
)
def test_treatments_take_one_column(treatment):
    with pytest.raises(ValueError, match=r"one column of values .* not shape \(1, 2\)"):
        treatment([[1.0, 2.0]])

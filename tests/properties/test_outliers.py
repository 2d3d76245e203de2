"""Properties of outlier treatment: order kept, limits honoured, what moved is marked."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from suanli.methods import outliers

columns = arrays(
    float,
    st.integers(1, 30),
    elements=st.sampled_from([-900.0, 0.0, 1.0, 2.0, 3.0, 5.0, 8.0, 900.0, np.nan]),
)


@given(columns, st.integers(1, 5))
def test_winsorising_moves_few_points_and_only_inwards(column, most):
    treated, changed = outliers.winsorised(column, most)
    assert changed.sum() <= most
    np.testing.assert_array_equal(treated[~changed], column[~changed])
    seen = column[~np.isnan(column)]
    assert set(treated[changed]) <= set(seen)
    if seen.size:
        assert np.nanmin(treated) >= seen.min()
        assert np.nanmax(treated) <= seen.max()


@given(columns, st.integers(1, 5))
def test_winsorising_never_turns_an_order_round(column, most):
    treated, _ = outliers.winsorised(column, most)
    order = np.argsort(column, kind="stable")[: np.sum(~np.isnan(column))]
    assert (np.diff(treated[order]) >= 0).all()


@given(columns)
def test_transformations_keep_strict_order(column):
    seen = ~np.isnan(column)
    for treated, changed in (outliers.log_transformed(column), outliers.box_cox(column)[:2]):
        np.testing.assert_array_equal(np.isnan(treated), ~seen)
        assert not changed[~seen].any()
        order = np.argsort(column[seen], kind="stable")
        gaps, moves = np.diff(column[seen][order]), np.diff(treated[seen][order])
        assert (moves[gaps > 0] > 0).all()
        assert (moves[gaps == 0] == 0).all()


@given(columns, st.floats(0.1, 100), st.floats(-100, 100))
def test_shape_does_not_depend_on_the_unit(column, factor, shift):
    converted = column * factor + shift
    for shape in (outliers.skewness, outliers.kurtosis):
        np.testing.assert_allclose(shape(converted), shape(column), rtol=1e-6, atol=1e-6)


@given(columns)
def test_a_mirrored_column_has_the_mirrored_skewness(column):
    np.testing.assert_allclose(
        outliers.skewness(-column), -outliers.skewness(column), rtol=1e-8, atol=1e-9
    )

"""Properties of imputation: only gaps change, masks tell which, fills stay plausible."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from suanli.methods import gaps

panels = arrays(
    float,
    st.tuples(st.integers(1, 3), st.integers(1, 8), st.integers(1, 4)),
    elements=st.floats(-100, 100, width=16) | st.just(np.nan),
)


def carried(values):
    filled, age = gaps.carried_forward(values, max_age=2)
    return filled, age > 0


def regressed(values):
    found = gaps.regression_fill(values)
    return found.values, found.filled


def by_parity(function):
    return lambda values: function(values, np.arange(values.shape[-2]) % 2)


FILLS = {
    "carried forward": carried,
    "group means": by_parity(gaps.group_means),
    "group medians": by_parity(gaps.group_medians),
    "nearest neighbours": lambda values: gaps.nearest_neighbours_fill(values, 2),
    "regression": regressed,
}


@pytest.mark.parametrize("fill", FILLS.values(), ids=FILLS.keys())
@given(panels)
def test_only_gaps_change_and_the_mask_says_which(fill, values):
    kept = values.copy()
    filled, mask = fill(values)
    np.testing.assert_array_equal(values, kept)
    seen = ~np.isnan(values)
    np.testing.assert_array_equal(filled[seen], values[seen])
    np.testing.assert_array_equal(mask, ~seen & ~np.isnan(filled))


@pytest.mark.parametrize(
    "fill", [FILLS[name] for name in FILLS if name not in ("regression", "carried forward")]
)
@given(panels)
def test_averages_stay_within_the_observed_values(fill, values):
    filled, mask = fill(values)
    low, high = np.fmin.reduce(values, axis=-2), np.fmax.reduce(values, axis=-2)
    for period, region, column in zip(*np.nonzero(mask), strict=True):
        value = filled[period, region, column]
        assert low[period, column] - 1e-9 <= value <= high[period, column] + 1e-9


@given(panels)
def test_ages_count_periods_back_to_an_observed_value(values):
    filled, age = gaps.carried_forward(values)
    for cell in zip(*np.nonzero(age >= 0), strict=True):
        period, *rest = cell
        assert filled[cell] == values[(period - age[cell], *rest)]
    np.testing.assert_array_equal(np.isnan(filled), age < 0)

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suanli.simulation.rounding import in_parts, in_steps


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_whole_numbers_keep_their_sum_and_stay_next_to_the_values(values):
    given_values = np.array(values)
    whole = in_steps(given_values, 1.0)
    assert np.array_equal(whole, np.round(whole))
    assert abs(whole.sum() - given_values.sum()) <= 0.5 + 1e-6
    assert np.abs(whole - given_values).max() <= 1 + 1e-6


def test_steps_below_one():
    assert in_steps(np.array([0.123456, 0.1]), 1e-4).tolist() == [0.1235, 0.1]


def test_shares_of_counted_things():
    shares = in_parts(np.array([33.4, 66.6]), np.array([3.0, 7.0]), 100.0)
    assert (shares * np.array([3.0, 7.0]) / 100).round(9).tolist() == [1.0, 5.0]

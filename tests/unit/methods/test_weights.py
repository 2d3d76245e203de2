import numpy as np
import pytest

from suanli.methods.weights import taking_part


def test_children_without_weight_are_dropped():
    scores, weights = taking_part([[1.0, np.nan, 3.0]], [0.5, 0.0, 0.5])
    np.testing.assert_array_equal(scores, [[1, 3]])
    np.testing.assert_array_equal(weights, [0.5, 0.5])


def test_a_single_number_is_not_scores():
    with pytest.raises(ValueError, match="do not fit scores"):
        taking_part(3.0, [1.0])

"""One group by every mean."""

import numpy as np
import pytest

from suanli.framework import Mean
from suanli.scoring.combine import COMBINATIONS, combined, effective_weights
from suanli.scoring.tree import tree_of
from suanli.scoring.weigh import weights_of
from tests.made import flat


def test_every_mean_of_the_schema_is_covered():
    assert set(Mean.model_fields["method"].annotation.__args__) == set(COMBINATIONS)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"method": "arithmetic"}, [40.0, 50.0]),
        ({"method": "geometric", "floor": 1}, [32 ** (1 / 2) * 2 ** (5 / 2), 50.0]),
        ({"method": "harmonic", "floor": 1}, [2 / (1 / 16 + 1 / 64), 50.0]),
        ({"method": "power", "power": 2, "floor": 0}, [np.sqrt((16**2 + 64**2) / 2), 50.0]),
        ({"method": "weighted-median"}, [40.0, 50.0]),
        ({"method": "copeland"}, [50.0, 50.0]),
    ],
)
def test_mean_by_hand(rule, expected):
    tree = tree_of(flat(2, aggregation={"default": rule}))
    below = np.array([[[16.0, 64.0], [50.0, 50.0]]])
    np.testing.assert_allclose(combined(tree, 0, below, weights_of(tree))[0], expected)


def test_copeland_stands_on_the_framework_s_scale():
    tree = tree_of(flat(1, aggregation={"default": {"method": "copeland"}}))
    below = np.array([[[3.0], [2.0], [1.0]]])
    assert combined(tree, 0, below, weights_of(tree)).tolist() == [[100, 50, 0]]


def test_a_child_without_weight_may_be_missing():
    tree = tree_of(flat(2))
    weights = weights_of(tree, {"i0": 1.0, "i1": 0.0})
    below = np.array([[[7.0, np.nan]]])
    assert combined(tree, 0, below, weights).tolist() == [[7.0]]


def test_effective_weights_are_those_of_the_children_present():
    present = np.array([[[True, True, False], [False, False, False]]])
    np.testing.assert_allclose(
        effective_weights(np.array([0.2, 0.3, 0.5]), present)[0], [[0.4, 0.6, 0], [0, 0, 0]]
    )

"""Scores up the tree, by hand at three depths."""

import numpy as np

from suanli.scoring.aggregate import aggregated
from suanli.scoring.tree import tree_of
from suanli.scoring.weigh import weights_of
from tests.made import framework, group, indicator


def test_scores_rise_level_by_level():
    made = framework(
        group("a", indicator("i0"), group("b", indicator("i1"), indicator("i2"))), indicator("i3")
    )
    tree = tree_of(made)
    scores = aggregated(tree, np.array([[[10.0, 20, 40, 100]]]), weights_of(tree))
    assert scores[0, 0].tolist() == [60, 20, 10, 30, 20, 40, 100]


def test_hdi_like_means_differ_by_level():
    made = framework(
        group("a", indicator("i0"), indicator("i1")),
        indicator("i2"),
        aggregation={"levels": {0: {"method": "geometric", "floor": 0.001}}},
    )
    tree = tree_of(made)
    scores = aggregated(tree, np.array([[[0.2, 0.6, 0.9]]]), weights_of(tree))
    np.testing.assert_allclose(scores[0, 0, 0], np.sqrt(0.4 * 0.9))

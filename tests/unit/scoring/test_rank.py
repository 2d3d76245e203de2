"""Ranks and tiers."""

import numpy as np
import pytest

from suanli.framework import Tiers
from suanli.scoring.rank import CLASSIFICATIONS, ranked, tiered
from suanli.scoring.tree import tree_of
from tests.made import flat


def test_every_tier_rule_of_the_schema_is_covered():
    assert set(Tiers.model_fields["method"].annotation.__args__) == {"none", *CLASSIFICATIONS}


def test_ranks_come_from_unrounded_scores():
    scores = np.array([[[50.001], [50.002], [np.nan], [50.002]]])
    assert ranked(scores)[0, :, 0].tolist() == [3, 1, 0, 1]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"method": "none"}, [0, 0, 0, 0, 0]),
        ({"method": "thresholds", "cuts": [60, 30]}, [1, 2, 0, 3, 1]),
        ({"method": "ranks", "cuts": [1, 2]}, [2, 3, 0, 3, 1]),
        ({"method": "shares", "cuts": [0.25, 0.5]}, [2, 3, 0, 3, 1]),
        ({"method": "natural-breaks", "count": 2}, [1, 2, 0, 2, 1]),
    ],
)
def test_tiers_by_hand(rule, expected):
    tree = tree_of(flat(1, tiers=rule))
    scores = np.array([[[60.0, 0], [31, 0], [np.nan, 0], [5, 0], [90, 0]]])
    assert tiered(tree, scores, ranked(scores))[0, :, 0].tolist() == expected

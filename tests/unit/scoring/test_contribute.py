"""Contributions by hand."""

import numpy as np
import pytest

from suanli.scoring.aggregate import aggregated
from suanli.scoring.contribute import contributions
from suanli.scoring.tree import tree_of
from suanli.scoring.weigh import weights_of
from tests.made import flat, framework, group, indicator


def of(made, scores):
    tree = tree_of(made)
    weights = weights_of(tree)
    return contributions(tree, aggregated(tree, np.array([scores]), weights), weights)[0]


def test_arithmetic_contribution_is_overall_weight_times_score():
    made = framework(group("a", indicator("i0"), indicator("i1")), indicator("i2"))
    np.testing.assert_allclose(of(made, [[10.0, 30, 80]]), [[2.5, 7.5, 40]])


def test_a_missing_child_s_weight_lends_its_siblings_more():
    made = flat(2, weighting={"method": "equal", "renormalise_missing": True})
    np.testing.assert_equal(of(made, [[np.nan, 30.0]]), [[np.nan, 30]])


def test_geometric_parts_are_log_shares_above_the_floor():
    made = flat(2, aggregation={"default": {"method": "geometric", "floor": 1}})
    np.testing.assert_allclose(of(made, [[10.0, 1000]]), [[25, 75]])


def test_parts_of_a_group_spread_in_proportion_below_it():
    made = framework(
        group("a", indicator("i0"), indicator("i1")),
        indicator("i2"),
        aggregation={"levels": {0: {"method": "geometric", "floor": 1}}},
    )
    np.testing.assert_allclose(of(made, [[5.0, 15, 1000]]), [[6.25, 18.75, 75]])


def test_a_group_that_scores_zero_shares_its_part_by_weight():
    made = framework(
        group("a", indicator("i0"), indicator("i1")),
        indicator("i2"),
        aggregation={"levels": {0: {"method": "power", "power": 0.5, "floor": 4}}},
    )
    found = of(made, [[0.0, 0, 36]])
    whole = ((2 + 6) / 2) ** 2
    assert found.sum() == pytest.approx(whole)
    assert found[0, 0] == found[0, 1] == pytest.approx(1.0)

"""Weights of every node."""

import numpy as np
import pytest

from suanli.problems import ScoringError
from suanli.scoring.tree import tree_of
from suanli.scoring.weigh import weights_of
from tests.made import framework, group, indicator


def made(**weighting):
    return framework(
        group("a", indicator("i0", weight=0.25), indicator("i1", weight=0.75), weight=0.4),
        indicator("i2", weight=0.6),
        weighting={"method": "given", "renormalise_missing": False, **weighting},
    )


def test_given_weights_multiply_down_the_path():
    weights = weights_of(tree_of(made()))
    np.testing.assert_allclose(weights.local, [1, 0.4, 0.25, 0.75, 0.6])
    np.testing.assert_allclose(weights.overall, [1, 0.4, 0.1, 0.3, 0.6])
    assert weights.method == ("", "given", "given", "given", "given")


def test_a_disabled_node_weighs_nothing_and_its_siblings_share():
    framework = made(renormalise_missing=True).with_changes({"nodes/i0/disabled": True})
    weights = weights_of(tree_of(framework))
    np.testing.assert_allclose(weights.overall, [1, 0.4, 0, 0.4, 0.6])
    assert weights.method == ("", "given", "disabled", "given", "given")


def test_nothing_may_be_left_without_a_weight():
    framework = made(renormalise_missing=True).with_changes({"nodes/i0/disabled": True})
    with pytest.raises(
        ScoringError, match="Everything below a that is not disabled weighs nothing"
    ):
        weights_of(tree_of(framework), {"i0": 1.0, "i1": 0.0})


def test_equal_weights_are_equal_among_siblings():
    weights = weights_of(tree_of(made(method="equal")))
    np.testing.assert_allclose(weights.overall, [1, 0.5, 0.25, 0.25, 0.5])


def test_a_file_replaces_the_groups_it_mentions_and_leaves_the_rest():
    weights = weights_of(tree_of(made()), {"i0": 0.5, "i1": 0.5})
    np.testing.assert_allclose(weights.local, [1, 0.4, 0.5, 0.5, 0.6])
    assert weights.method == ("", "given", "file", "file", "given")


def test_overall_weights_of_indicators_sum_to_one():
    tree = tree_of(made())
    assert weights_of(tree).overall[tree.leaves].sum() == pytest.approx(1, abs=1e-15)

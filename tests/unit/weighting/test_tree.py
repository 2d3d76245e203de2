import math

import numpy as np
import pytest

from suanli.weighting.tree import (
    by_code,
    local_weights,
    overall_weights,
    weight_tree,
)
from tests.made import framework, group, indicator

TREE = framework(
    group("a", indicator("a1"), indicator("a2"), indicator("a3")),
    group("b", indicator("b1")),
    group("c", group("d", indicator("d1"), indicator("d2"))),
)
JUDGED = {
    "index": (("a", "b", "c"), (0.5, 0.3, 0.2)),
    "a": (("a1", "a2", "a3"), (0.2, 0.2, 0.6)),
    "d": (("d1", "d2"), (0.25, 0.75)),
}


def disabled(*codes):
    changes = {f"nodes/{code}/disabled": True for code in codes}
    return TREE.with_changes({"weighting/renormalise_missing": True, **changes})


def local(tree, judged=JUDGED):
    return by_code(tree, local_weights(tree, judged))


def test_only_children_have_a_local_weight_of_one():
    told = local(weight_tree(TREE))
    assert told["b1"] == told["d"] == 1
    assert list(told) == ["a", "a1", "a2", "a3", "b", "b1", "c", "d", "d1", "d2"]


def test_overall_weights_are_products_down_the_tree():
    tree = weight_tree(TREE)
    told = by_code(tree, overall_weights(tree, local_weights(tree, JUDGED)))
    assert told["a3"] == pytest.approx(0.5 * 0.6)
    assert told["b1"] == pytest.approx(0.3)
    assert told["d2"] == pytest.approx(0.2 * 0.75)
    leaves = [told[code] for code, leaf in zip(tree.codes, tree.leaves, strict=True) if leaf]
    assert math.fsum(leaves) == pytest.approx(1, abs=4e-16)


def test_draws_are_carried_along():
    tree = weight_tree(TREE)
    index = np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])
    judged = {node: (items, np.array([weights] * 2)) for node, (items, weights) in JUDGED.items()}
    told = local_weights(tree, {**judged, "index": (("a", "b", "c"), index)})
    assert told.shape == (2, 10)
    assert overall_weights(tree, told)[1, 9] == pytest.approx(0.8 * 0.75)


def test_a_disabled_node_that_was_judged_leaves_its_weight_to_its_siblings():
    tree = weight_tree(disabled("a3"))
    told = local(tree)
    assert (told["a1"], told["a2"], told["a3"]) == (0.5, 0.5, 0)


def test_a_disabled_node_that_was_not_judged_has_no_weight():
    tree = weight_tree(disabled("a3"))
    told = local(tree, {**JUDGED, "a": (("a1", "a2"), (0.4, 0.6))})
    assert (told["a1"], told["a2"], told["a3"]) == (0.4, 0.6, 0)


def test_what_stands_below_a_disabled_group_weighs_nothing_in_the_index():
    tree = weight_tree(disabled("a"))
    told = local_weights(tree, {"index": (("b", "c"), (0.6, 0.4)), "d": JUDGED["d"]})
    assert by_code(tree, told)["a"] == 0
    assert by_code(tree, told)["b"] == 0.6
    # whoever uses local weights needs some for every group
    np.testing.assert_allclose(told[1:4], 1 / 3)
    np.testing.assert_array_equal(overall_weights(tree, told)[:4], 0)


def test_siblings_that_were_not_judged_are_refused():
    with pytest.raises(ValueError, match="no weights for the children of a: a3"):
        local(weight_tree(TREE), {**JUDGED, "a": (("a1", "a2"), (0.4, 0.6))})

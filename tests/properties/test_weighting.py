"""What holds for every panel."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from suanli.weighting import panel_weights
from tests.made import flat, framework, group, indicator
from tests.made_panels import pair_round, panel

SMALL = 4
PAIRS = SMALL * (SMALL - 1) // 2
FOUR = flat(SMALL)
TREE = framework(
    group("a", indicator("a1"), indicator("a2"), indicator("a3")), group("b", indicator("b1"))
)

grades = st.sampled_from([float(grade) for grade in range(1, 10)] + [1 / g for g in range(2, 10)])


def uppers(pairs):
    return st.lists(grades, min_size=pairs, max_size=pairs)


panels = st.lists(uppers(PAIRS), min_size=1, max_size=5)


def weights(answers, tree=FOUR, **rules):
    made = panel(tree, [pair_round(tree, {"index": answers})], **rules)
    return panel_weights(made, uncertainty=False)


@given(panels, st.lists(st.floats(0.1, 10), min_size=5, max_size=5))
def test_judgements_and_priorities_agree_under_geometric_means(answers, entered):
    made = panel(
        FOUR,
        [pair_round(FOUR, {"index": answers})],
        weights=entered[: len(answers)],
        expert_weights="entered",
        method="geometric",
    )
    (found,) = panel_weights(made, uncertainty=False).groups
    np.testing.assert_allclose(
        found.by_aggregation["judgements"], found.by_aggregation["priorities-geometric"], rtol=1e-11
    )


@settings(max_examples=40)
@given(
    panels,
    st.permutations(range(SMALL)),
    st.sampled_from(["eigenvector", "geometric", "least-squares", "column-mean"]),
)
def test_relabelling_the_items_permutes_the_weights(answers, order, method):
    rows, columns = np.triu_indices(SMALL, 1)

    def relabelled(upper):
        full = np.ones((SMALL, SMALL))
        full[rows, columns] = upper
        full[columns, rows] = 1 / np.array(upper)
        return full[np.ix_(order, order)][rows, columns].tolist()

    (before,) = weights(answers, method=method).groups
    (after,) = weights([relabelled(each) for each in answers], method=method).groups
    np.testing.assert_allclose(after.weights, before.weights[list(order)], rtol=1e-10)
    np.testing.assert_allclose(after.consistency_ratio, before.consistency_ratio, atol=1e-10)
    assert math.isclose(
        after.group_consistency_ratio, before.group_consistency_ratio, abs_tol=1e-10
    )


@given(panels, st.randoms(use_true_random=False))
def test_the_order_of_the_experts_does_not_matter(answers, shuffler):
    mixed = list(answers)
    shuffler.shuffle(mixed)
    (before,), (after,) = weights(answers).groups, weights(mixed).groups
    np.testing.assert_allclose(after.weights, before.weights, rtol=1e-11)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(uppers(1), uppers(3)), min_size=1, max_size=4),
    st.sampled_from(["judgements", "priorities-geometric", "priorities-arithmetic"]),
    st.sampled_from(["equal", "consistency", "distance"]),
    st.sampled_from([0.0, 0.2]),
)
def test_weights_sum_to_one_whatever_the_rules(answers, aggregation, influence, trim):
    told = {"index": [index for index, _ in answers], "a": [a for _, a in answers]}
    made = panel(
        TREE,
        [pair_round(TREE, told)],
        aggregation=aggregation,
        expert_weights=influence,
        trim=trim,
    )
    found = panel_weights(made, uncertainty=False)
    leaves = math.fsum(found.overall[code] for code in ("a1", "a2", "a3", "b1"))
    assert abs(leaves - 1) <= 1e-15
    for each in found.groups:
        assert abs(math.fsum(each.weights) - 1) <= 1e-15
        assert abs(each.influence.sum() - 1) <= 1e-15


@given(st.lists(st.floats(0.05, 1), min_size=SMALL, max_size=SMALL), st.integers(1, 4))
def test_consistent_experts_give_their_weights_back(held, experts):
    shares = np.array(held) / sum(held)
    rows, columns = np.triu_indices(SMALL, 1)
    upper = shares[rows] / shares[columns]
    if upper.max() > 9 or upper.min() < 1 / 9:
        return
    (found,) = weights([upper.tolist()] * experts).groups
    for each in (*found.by_method.values(), *found.by_aggregation.values()):
        np.testing.assert_allclose(each, shares, rtol=1e-10)
    np.testing.assert_allclose(found.consistency_ratio, 0, atol=1e-10)

import numpy as np
import pytest

from suanli.weighting import most_influential, panel_weights
from tests.made import flat, framework, group, indicator
from tests.made_panels import pair_round, panel

TREE = framework(
    group("a", indicator("a1"), indicator("a2"), indicator("a3")), group("b", indicator("b1"))
)
ANSWERS = {"index": [[3], [5], [1 / 2]], "a": [[2, 4, 3], [3, 5, 2], [1, 1 / 2, 1 / 3]]}
NONE = {"draws": 0}


@pytest.mark.parametrize(
    "aggregation", ["judgements", "priorities-geometric", "priorities-arithmetic"]
)
def test_without_each_expert_the_panel_is_the_others(aggregation):
    told = panel_weights(
        panel(TREE, [pair_round(TREE, ANSWERS)], aggregation=aggregation, uncertainty=NONE)
    )
    assert told.leave_one_out.shape == (3, 6)
    for row in range(3):
        others = {
            node: [each for k, each in enumerate(given) if k != row]
            for node, given in ANSWERS.items()
        }
        expected = panel_weights(
            panel(TREE, [pair_round(TREE, others)], aggregation=aggregation, uncertainty=NONE),
            uncertainty=False,
        )
        np.testing.assert_allclose(
            told.leave_one_out[row], list(expected.overall.values()), atol=1e-12
        )


def test_groups_that_only_one_expert_judged_have_nothing_without_them():
    answers = {**ANSWERS, "a": [[2, 4, 3], None, None]}
    told = panel_weights(panel(TREE, [pair_round(TREE, answers)], uncertainty=NONE))
    left = dict(zip(told.overall, told.leave_one_out[0], strict=True))
    assert np.isnan([left["a1"], left["a2"], left["a3"]]).all()
    assert np.isfinite([left["a"], left["b"], left["b1"]]).all()
    assert np.isfinite(told.leave_one_out[1:]).all()


def test_the_expert_who_matters_most_is_named():
    tree = flat(2)
    told = panel_weights(
        panel(tree, [pair_round(tree, {"index": [[2], [2], [1 / 9], [2]]})], uncertainty=NONE)
    )
    found = most_influential(told)
    assert (found.expert.id, found.node) == ("E03", "i0")
    assert found.change == pytest.approx(2 / 3 - told.overall["i0"])


def test_without_others_nobody_matters_most():
    tree = flat(2)
    told = panel_weights(panel(tree, [pair_round(tree, {"index": [[2]]})], uncertainty=NONE))
    assert most_influential(told) is None
    bare = panel_weights(panel(tree, [pair_round(tree, {"index": [[2], [3]]})]), uncertainty=False)
    assert most_influential(bare) is None

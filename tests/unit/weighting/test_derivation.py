import math

import numpy as np
import pytest

from suanli.framework import bundled
from suanli.intake.panels import Revision
from suanli.problems import Severity, StudyError
from suanli.weighting import panel_weights
from suanli.weighting.derivation import overall_consensus
from tests.made import flat, framework, group, indicator
from tests.made_panels import matrix, pair_round, panel, score_round, simulated_panel

TREE = framework(
    group("a", indicator("a1"), indicator("a2"), indicator("a3")),
    group("b", indicator("b1")),
)
ANSWERS = {"index": [[3], [3]], "a": [[2, 4, 2], [2, 4, 2]]}
FEW = {"draws": 20}


def codes(weights):
    return [problem.code for problem in weights.problems]


def test_the_whole_tree_has_weights_that_sum_to_one():
    told = panel_weights(panel(TREE, [pair_round(TREE, ANSWERS)], uncertainty=FEW))
    assert told.local == pytest.approx(
        {"a": 0.75, "a1": 4 / 7, "a2": 2 / 7, "a3": 1 / 7, "b": 0.25, "b1": 1}
    )
    assert told.overall["a1"] == pytest.approx(3 / 7)
    leaves = [told.overall[code] for code in ("a1", "a2", "a3", "b1")]
    assert math.fsum(leaves) == pytest.approx(1, abs=4e-16)
    assert told.consensus == pytest.approx(1)
    assert told.group("a").items == ("a1", "a2", "a3")
    assert told.group("b") is None
    assert told.simulated


@pytest.mark.parametrize("id_", ["cpdi-2.0", "ccpe-3.0"])
def test_bundled_frameworks_sum_to_one_to_machine_precision(id_):
    tree = bundled(id_)
    told = panel_weights(simulated_panel(tree, experts=5, seed=3), uncertainty=False)
    leaves = [told.overall[each.code] for each in tree.indicators()]
    assert math.fsum(leaves) == pytest.approx(1, abs=1e-15)
    siblings = {}
    for placed in tree.walk():
        siblings.setdefault(placed.parent, []).append(told.local[placed.node.code])
    for weights in siblings.values():
        assert math.fsum(weights) == pytest.approx(1, abs=4e-16)
    assert told.intervals is None
    assert told.leave_one_out is None


def test_the_overall_consensus_counts_groups_by_their_weight():
    told = panel_weights(
        panel(TREE, [pair_round(TREE, {**ANSWERS, "a": [[2, 4, 2], [1 / 2, 1 / 4, 1 / 2]]})]),
        uncertainty=False,
    )
    index, a = (group.consensus for group in told.groups)
    assert index == pytest.approx(1)
    assert a < 0.9
    assert told.consensus == pytest.approx((index + 0.75 * a) / 1.75)


def test_groups_judged_by_one_expert_have_no_part_in_the_consensus():
    told = panel_weights(
        panel(TREE, [pair_round(TREE, {**ANSWERS, "a": [[2, 4, 2], None]})]), uncertainty=False
    )
    assert told.consensus == pytest.approx(1)
    assert math.isnan(overall_consensus((), {}))


def test_inconsistent_matrices_are_listed_worst_first_and_counted_beyond_a_cap():
    wild = [[9, 1 / 9, 9]] * 2 + [[5, 1 / 5, 5]] * 20
    tree = flat(3)
    told = panel_weights(panel(tree, [pair_round(tree, {"index": wild})], uncertainty=FEW))
    listed = [each for each in told.problems if each.code == "panel-inconsistent"]
    assert len(listed) == 20
    assert listed[0].details["expert"] == "E01"
    assert listed[0].expected == "0.05"
    (more,) = [each for each in told.problems if each.code == "panel-inconsistent-more"]
    assert more.found == "2"
    assert "panel-group-inconsistent" in codes(told)


def test_consistent_answers_are_no_problem():
    told = panel_weights(panel(TREE, [pair_round(TREE, ANSWERS)], uncertainty=FEW))
    assert told.problems == ()


def test_an_exclusion_is_listed_with_the_experts_name_and_not_as_inconsistent():
    tree = flat(3)
    answers = {"index": [[2, 4, 2], [2, 4, 2], [9, 1 / 9, 9]]}
    told = panel_weights(
        panel(
            tree, [pair_round(tree, answers)], exclude={"consistency_ratio": 0.2}, uncertainty=FEW
        )
    )
    assert codes(told) == ["panel-expert-excluded"]
    (problem,) = told.problems
    assert problem.severity is Severity.WARNING
    assert "E03" in problem.message("zh")
    assert problem.expected == "0.2"


def test_carried_answers_are_listed():
    rounds = [
        pair_round(TREE, ANSWERS),
        pair_round(TREE, {"index": [[3], None], "a": [[2, 4, 2], None]}, 2),
    ]
    told = panel_weights(panel(TREE, rounds, uncertainty=FEW))
    assert told.round == 2
    (problem,) = told.problems
    assert (problem.code, problem.found) == ("panel-answer-carried", "index, a")
    assert "round 2" in problem.message("en")
    assert panel_weights(panel(TREE, rounds, uncertainty=FEW), round=1).problems == ()


@pytest.mark.parametrize("rule", ["ratio", "difference"])
def test_the_score_rule_is_named(rule):
    tree = flat(3)
    made = panel(
        tree,
        [score_round(tree, {"index": [[8, 4, 2], [8, 4, 2]]})],
        elicitation="scores",
        score_rule=rule,
        uncertainty=FEW,
    )
    assert f"panel-{rule}-rule" in codes(panel_weights(made))


def test_a_panel_of_one_is_noted():
    tree = flat(3)
    told = panel_weights(panel(tree, [pair_round(tree, {"index": [[2, 4, 2]]})], uncertainty=FEW))
    assert codes(told) == ["panel-of-one"]
    assert math.isnan(told.consensus)
    assert np.isnan(told.leave_one_out).all()


def test_accepted_changes_are_counted():
    tree = flat(3)
    change = Revision("E01", "index", "i0", "i2", 8, 4, "", "revisions.csv", 2)
    told = panel_weights(
        panel(
            tree,
            [pair_round(tree, {"index": [[2, 8, 2], [2, 4, 2]]})],
            revisions=[change],
            uncertainty=FEW,
        )
    )
    assert codes(told) == ["panel-revised"]
    assert told.overall == pytest.approx({"i0": 4 / 7, "i1": 2 / 7, "i2": 1 / 7})


def test_a_partial_answer_is_listed():
    tree = flat(4)
    answers = [[2, None, None, None, None, 3], [2, 4, 8, 2, 4, 2]]
    told = panel_weights(panel(tree, [pair_round(tree, {"index": answers})], uncertainty=FEW))
    assert "panel-answer-disconnected" in codes(told)


def test_a_table_that_ends_too_soon_is_refused():
    tree = flat(17)
    ones = [[1.0] * 136]
    made = panel(tree, [pair_round(tree, {"index": ones})], random_index="saaty-1980")
    with pytest.raises(StudyError, match="saaty-1980 ends at n = 15; this group has 17 items"):
        panel_weights(made)


def test_siblings_of_a_disabled_node_share_its_weight():
    tree = TREE.with_changes(
        {
            "weighting/renormalise_missing": True,
            "nodes/a3/disabled": True,
            "nodes/b/disabled": True,
        }
    )
    made = panel(tree, [pair_round(tree, {"a": [[1.5]]})], uncertainty=FEW)
    told = panel_weights(made)
    assert told.local == pytest.approx({"a": 1, "a1": 0.6, "a2": 0.4, "a3": 0, "b": 0, "b1": 1})
    assert told.overall["b1"] == 0
    assert told.intervals.global_high["a3"] == 0


def test_every_problem_of_weights_is_said_in_both_languages():
    tree = flat(3)
    wild = [[9, 1 / 9, 9]] * 23
    for problem in panel_weights(
        panel(tree, [pair_round(tree, {"index": wild})], uncertainty=FEW)
    ).problems:
        for language in ("zh", "en"):
            assert "{" not in problem.message(language)
            assert problem.action(language)


def test_the_same_panel_gives_the_same_weights():
    made = simulated_panel(bundled("cpdi-2.0"), experts=4, seed=9, uncertainty=FEW)
    first, second = panel_weights(made), panel_weights(made)
    assert first.overall == second.overall
    assert first.intervals == second.intervals
    np.testing.assert_array_equal(first.leave_one_out, second.leave_one_out)


def test_the_matrix_of_a_group_is_the_aggregated_one():
    tree = flat(3)
    told = panel_weights(
        panel(tree, [pair_round(tree, {"index": [[2, 4, 2], [8, 4, 2]]})]), uncertainty=False
    )
    np.testing.assert_allclose(told.groups[0].matrix, matrix(3, [4, 4, 2]))

import numpy as np

from suanli.methods.pairwise import proposal
from suanli.weighting import panel_weights, repairs
from tests.made import flat
from tests.made_panels import matrix, pair_round, panel, score_round

THREE = flat(3)


def weights(answers, **rules):
    made = panel(THREE, [pair_round(THREE, {"index": answers})], **rules)
    return panel_weights(made, uncertainty=False)


def test_every_inconsistent_matrix_gets_a_proposal_and_no_other():
    told = weights([[2, 4, 2], [9, 1 / 9, 9], None, [2, 1 / 2, 3]])
    found = repairs(told)
    assert [(each.expert, each.node) for each in found] == [("E02", "index"), ("E04", "index")]
    expected = proposal(matrix(3, [2, 1 / 2, 3]), limit=0.05)
    assert found[1].proposal.changes == expected.changes
    assert found[1].proposal.after <= 0.05 < found[1].proposal.before
    # nothing is changed by proposing
    np.testing.assert_array_equal(told.groups[0].grades[3], matrix(3, [2, 1 / 2, 3]))


def test_proposals_follow_the_panels_scale():
    answers = [[2, 1 / 2, 3]]
    (found,) = repairs(weights(answers, scale="power"))
    expected = proposal(matrix(3, answers[0]), limit=0.05, scale="power")
    assert found.proposal.changes == expected.changes
    assert found.proposal.before == expected.before


def test_proposals_follow_the_panels_table():
    told = weights([[2, 1 / 2, 3]], random_index="saaty-1980")
    (found,) = repairs(told)
    assert found.proposal.before == told.groups[0].consistency_ratio[0]
    assert found.proposal.before < proposal(matrix(3, [2, 1 / 2, 3]), limit=0.05).before


def test_excluded_matrices_may_come_back():
    told = weights([[2, 4, 2], [9, 1 / 9, 9]], exclude={"consistency_ratio": 0.2})
    assert [each.expert for each in repairs(told)] == ["E02"]


def test_scores_have_nothing_to_repair():
    made = panel(
        THREE,
        [score_round(THREE, {"index": [[9, 5, 1]]})],
        elicitation="scores",
        score_rule="difference",
    )
    told = panel_weights(made, uncertainty=False)
    assert told.groups[0].consistency_ratio[0] > 0.05
    assert repairs(told) == ()

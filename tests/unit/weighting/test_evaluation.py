import numpy as np
import pytest

from suanli.intake.panels import GroupAnswers, Round
from suanli.methods.pairwise import consensus
from suanli.problems import StudyError
from suanli.weighting.derivation import panel_weights
from suanli.weighting.evaluation import evaluations
from suanli.weighting.judgements import judgements
from tests.made import flat, framework, group, indicator
from tests.made_panels import matrix, pair_round, panel, score_round

THREE = flat(3)
FOUR = flat(4)
ANSWERS = [[2, 4, 3], [3, 5, 2], [1, 1 / 2, 1 / 3]]


def evaluated(made):
    return evaluations(judgements(made), made.experts, made.rules)


def one(answers, tree=THREE, **rules):
    (found,) = evaluated(panel(tree, [pair_round(tree, {"index": answers})], **rules))
    return found


def eigen(array):
    values, vectors = np.linalg.eig(array)
    first = np.argmax(values.real)
    vector = np.abs(vectors[:, first])
    return values[first].real, vector / vector.sum()


def test_a_small_panel_computed_by_hand():
    found = one(ANSWERS, expert_weights="entered")
    matrices = [matrix(3, each) for each in ANSWERS]
    own = np.array([eigen(each)[1] for each in matrices])
    np.testing.assert_allclose(found.priorities, own, atol=1e-12)
    ratios = [(eigen(each)[0] - 3) / 2 / 0.5245 for each in matrices]
    np.testing.assert_allclose(found.own.consistency_ratio, ratios, atol=1e-9)
    joint = np.exp(np.mean(np.log(matrices), axis=0))
    np.testing.assert_allclose(found.aggregated.matrices[0], joint, rtol=1e-13)
    np.testing.assert_allclose(found.by_aggregation["judgements"], eigen(joint)[1], atol=1e-12)
    geometric = np.exp(np.log(own).mean(axis=0))
    np.testing.assert_allclose(
        found.by_aggregation["priorities-geometric"], geometric / geometric.sum(), atol=1e-12
    )
    np.testing.assert_allclose(
        found.by_aggregation["priorities-arithmetic"], own.mean(axis=0), atol=1e-12
    )
    assert found.consensus == pytest.approx(consensus(own))


def test_entered_weights_weigh_judgements_and_priorities():
    made = panel(
        THREE, [pair_round(THREE, {"index": ANSWERS})], weights=[1, 3, 0], expert_weights="entered"
    )
    (found,) = evaluated(made)
    assert found.influence.tolist() == [0.25, 0.75, 0]
    logs = np.log([matrix(3, each) for each in ANSWERS])
    joint = np.exp(0.25 * logs[0] + 0.75 * logs[1])
    np.testing.assert_allclose(found.by_aggregation["judgements"], eigen(joint)[1], atol=1e-12)
    np.testing.assert_allclose(
        found.by_aggregation["priorities-arithmetic"],
        0.25 * found.priorities[0] + 0.75 * found.priorities[1],
        atol=1e-12,
    )


def test_an_expert_without_an_answer_has_no_numbers_and_no_influence():
    found = one([*ANSWERS, None])
    alone = one(ANSWERS)
    assert np.isnan(found.priorities[3]).all()
    assert np.isnan(found.own.consistency_ratio[3])
    assert found.own.missing.tolist() == [0, 0, 0, 3]
    assert found.influence[3] == 0
    for name, weights in alone.by_aggregation.items():
        np.testing.assert_allclose(found.by_aggregation[name], weights, atol=1e-14)
    assert found.consensus == pytest.approx(alone.consensus)


def test_groups_of_one_size_are_told_apart():
    tree = framework(
        group("a", indicator("a1"), indicator("a2"), indicator("a3")),
        group("b", indicator("b1"), indicator("b2"), indicator("b3")),
        group("c", indicator("c1"), indicator("c2")),
    )
    answers = {"index": [[1, 1, 1]], "a": [[2, 4, 2]], "b": [[1 / 3, 1, 3]], "c": [[4]]}
    found = evaluated(panel(tree, [pair_round(tree, answers)]))
    assert [each.judged.node for each in found] == ["index", "a", "b", "c"]
    told = {each.judged.node: each.by_aggregation["judgements"] for each in found}
    np.testing.assert_allclose(told["a"], [4 / 7, 2 / 7, 1 / 7])
    np.testing.assert_allclose(told["b"], [0.2, 0.6, 0.2])
    np.testing.assert_allclose(told["c"], [0.8, 0.2])


def test_a_comparison_that_is_missing_is_left_to_the_others():
    found = one([[2, None, 2], [2, 8, 2]])
    joint = found.aggregated.matrices[0]
    assert joint[0, 2] == pytest.approx(8)
    np.testing.assert_allclose(found.priorities[0], [4 / 7, 2 / 7, 1 / 7])
    assert found.own.missing.tolist() == [1, 0]
    assert found.own.consistency_ratio[0] == 0


def test_the_consistency_of_an_incomplete_matrix_uses_its_own_random_index():
    found = one([[2, 6, None, 3, 7, 2]], FOUR)
    lambda_max = found.own.lambda_max[0]
    assert found.own.consistency_ratio[0] == pytest.approx((lambda_max - 4) / 3 / 0.583)


def test_the_geometric_method_weighs_pairs_by_who_judged_them():
    answers = [[2, 4, 3], [2, None, 5], [2, None, 5]]
    found = one(answers, method="geometric")
    # least squares on three pairs: the first and last judged by three experts, the middle one by one
    target = np.log([2, 4, (3 * 5 * 5) ** (1 / 3)])
    strengths = np.array([1, 1 / 3, 1])
    design = np.array([[1, -1, 0], [1, 0, -1], [0, 1, -1]], dtype=float)
    scaled = design * np.sqrt(strengths)[:, None]
    solution = np.linalg.lstsq(scaled, target * np.sqrt(strengths), rcond=None)[0]
    expected = np.exp(solution) / np.exp(solution).sum()
    np.testing.assert_allclose(found.by_aggregation["judgements"], expected, atol=1e-12)


def test_an_expert_whose_judgements_leave_items_apart_counts_in_judgements_only():
    answers = [[2, None, None, None, None, 3], [2, 4, 6, 2, 3, 2]]
    found = one(answers, FOUR)
    assert np.isnan(found.priorities[0]).all()
    assert found.influence.tolist() == [0.5, 0.5]
    assert found.aggregated.matrices[0][2, 3] == pytest.approx(np.sqrt(6))
    np.testing.assert_allclose(
        found.by_aggregation["priorities-arithmetic"], found.priorities[1], atol=1e-14
    )


def test_experts_apart_may_connect_the_items_together():
    found = one([[2, None, None, None, None, 3], [None, None, None, 2, None, None]], FOUR)
    np.testing.assert_allclose(
        found.by_aggregation["judgements"], np.array([12, 6, 3, 1]) / 22, atol=1e-12
    )
    assert np.isnan(found.by_aggregation["priorities-geometric"]).all()
    with pytest.raises(StudyError, match="No single expert's judgements of index give weights"):
        one(
            [[2, None, None, None, None, 3], [None, None, None, 2, None, None]],
            FOUR,
            aggregation="priorities-geometric",
        )


def test_items_that_nobody_connects_are_named():
    with pytest.raises(StudyError, match="i0, i1; i2, i3"):
        one([[2, None, None, None, None, 3]] * 2, FOUR)


def test_groups_that_nobody_judged_are_named_at_once():
    tree = framework(
        group("a", indicator("a1"), indicator("a2")), group("b", indicator("b1"), indicator("b2"))
    )
    made = panel(tree, [pair_round(tree, {"index": [[2]], "a": [None], "b": [None]})])
    with pytest.raises(
        StudyError, match=r"No expert judged the children of a \(a1, a2\)"
    ) as caught:
        evaluated(made)
    assert [each.found for each in caught.value.problems] == ["a", "b"]


WILD = [9, 1 / 9, 9]


def test_the_declared_rule_leaves_inconsistent_matrices_out():
    kept = one([[2, 4, 2], WILD])
    assert not kept.excluded.any()
    found = one([[2, 4, 2], WILD], exclude={"consistency_ratio": 0.2})
    assert found.excluded.tolist() == [False, True]
    assert found.influence.tolist() == [1, 0]
    np.testing.assert_allclose(found.by_aggregation["judgements"], [4 / 7, 2 / 7, 1 / 7])
    assert np.isnan(found.consensus)


def test_a_rule_that_leaves_nobody_is_refused():
    with pytest.raises(StudyError, match="Every matrix of index has a CR above"):
        one([WILD, None], exclude={"consistency_ratio": 0.2})


def test_experts_who_weigh_nothing_are_refused():
    made = panel(
        THREE, [pair_round(THREE, {"index": ANSWERS})], weights=[0, 0, 0], expert_weights="entered"
    )
    with pytest.raises(StudyError, match="Under the rule entered, every expert who judged"):
        evaluated(made)


def test_trimming_takes_the_extremes_away():
    answers = [[2, 4, 2]] * 3 + [[9, 9, 9], [1 / 9, 1 / 9, 1 / 9]]
    found = one(answers, trim=0.2)
    np.testing.assert_allclose(found.by_aggregation["judgements"], [4 / 7, 2 / 7, 1 / 7])


def test_scores_under_the_ratio_rule_give_their_shares():
    scores = [[8, 4, 2], [6, 3, 3]]
    made = panel(THREE, [score_round(THREE, {"index": scores})], elicitation="scores")
    (found,) = evaluated(made)
    shares = np.array(scores) / np.sum(scores, axis=1, keepdims=True)
    np.testing.assert_allclose(found.priorities, shares, atol=1e-13)
    np.testing.assert_allclose(found.own.consistency_ratio, 0, atol=1e-12)
    np.testing.assert_allclose(
        found.by_aggregation["priorities-arithmetic"], shares.mean(axis=0), atol=1e-13
    )


def test_consensus_allows_for_the_largest_ratio_of_the_scale():
    found = one(ANSWERS, scale="power")
    assert found.consensus == pytest.approx(consensus(found.priorities, largest=81))


@pytest.mark.parametrize(
    "aggregation", ["judgements", "priorities-geometric", "priorities-arithmetic"]
)
@pytest.mark.parametrize("method", ["eigenvector", "geometric", "least-squares", "column-mean"])
def test_the_chosen_weights_are_among_those_shown_beside_them(aggregation, method):
    answers = [[2, 4, 3], [3, None, 2], [1, 1 / 2, 1 / 3], None]
    made = panel(
        THREE, [pair_round(THREE, {"index": answers})], aggregation=aggregation, method=method
    )
    (found,) = panel_weights(made, uncertainty=False).groups
    np.testing.assert_array_equal(found.weights, found.by_aggregation[aggregation])
    np.testing.assert_allclose(found.weights, found.by_method[method], atol=1e-15)
    assert set(found.by_method) == {"eigenvector", "geometric", "least-squares", "column-mean"}
    for weights in (*found.by_method.values(), *found.by_aggregation.values()):
        assert weights.sum() == pytest.approx(1, abs=1e-15)


def test_schools_and_outliers_are_told():
    school = [[2, 4, 2], [2, 5, 2], [2, 4, 3], [3, 4, 2], [2, 5, 3], [3, 5, 2], [2, 3, 2]]
    made = panel(THREE, [pair_round(THREE, {"index": [*school, [1 / 7, 1 / 9, 1 / 3], None]})])
    (found,) = panel_weights(made, uncertainty=False).groups
    assert found.clusters.tolist() == [0] * 7 + [1, -1]
    assert found.outliers == (False,) * 7 + (True, False)
    assert np.isnan(found.similarity[8]).all()
    assert found.answered == (True,) * 8 + (False,)
    assert 0 < found.kendall_w < 1
    assert found.consensus_word == "high"


@pytest.mark.parametrize("scale", ["saaty", "power"])
def test_likeness_to_the_group_is_on_the_panel_s_scale(scale):
    answers = [[2, 4, 2], [1 / 2, 1 / 3, 2], None]
    made = panel(THREE, [pair_round(THREE, {"index": answers})], scale=scale)
    (found,) = panel_weights(made, uncertainty=False).groups
    largest = {"saaty": 9, "power": 81}[scale]
    expected = [consensus([found.weights, own], largest=largest) for own in found.priorities[:2]]
    np.testing.assert_allclose(found.similarity_to_group[:2], expected, rtol=1e-12)
    assert np.isnan(found.similarity_to_group[2])


def best_worst_round(answers, extremes):
    grades = np.stack([matrix(3, each) for each in answers])
    group = GroupAnswers("index", ("i0", "i1", "i2"), grades, None, np.array(extremes))
    return Round(1, (group,), (True,) * len(answers))


def test_best_worst_answers_have_their_linear_model_beside_them():
    answers = [[2, 8, 4], [2, 8, 3], [2, 8, None], None, [1 / 2, 8, 4]]
    extremes = [[0, 2], [0, 2], [0, 2], [-1, -1], [0, 2]]
    made = panel(THREE, [best_worst_round(answers, extremes)], elicitation="best-worst")
    (found,) = panel_weights(made, uncertainty=False).groups
    np.testing.assert_allclose(found.best_worst[0], [8 / 13, 4 / 13, 1 / 13], rtol=1e-12)
    assert found.best_worst[1].sum() == pytest.approx(1, abs=1e-15)
    # |2 · 3 − 8| of 8 · 8 − 8
    np.testing.assert_allclose(found.best_worst_ratio[:2], [0, 2 / 56], atol=1e-15)
    # not answered in full, not at all, and an item that outweighs the best
    assert np.isnan(found.best_worst[2:]).all()
    assert np.isnan(found.best_worst_ratio[2:]).all()


def test_other_panels_have_no_linear_model():
    (found,) = panel_weights(
        panel(THREE, [pair_round(THREE, {"index": ANSWERS})]), uncertainty=False
    ).groups
    assert found.best_worst is None
    assert found.best_worst_ratio is None
    assert (found.source_round[:, 0, 1:] == 1).all()
    assert np.isnan(found.revised).all()


def test_one_expert_has_no_consensus():
    made = panel(THREE, [pair_round(THREE, {"index": [[2, 4, 2]]})])
    (found,) = panel_weights(made, uncertainty=False).groups
    assert np.isnan(found.consensus)
    assert found.consensus_word == ""
    assert np.isnan(found.kendall_w)
    assert found.group_consistency_ratio == pytest.approx(0, abs=1e-12)
    assert found.group_gci == pytest.approx(0, abs=1e-12)

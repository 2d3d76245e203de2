import numpy as np
import pytest

from suanli.framework import bundled
from suanli.weighting import panel_weights, weight_draws
from suanli.weighting.group_draws import group_draws
from suanli.weighting.tree import overall_weights, weight_tree
from suanli.weighting.uncertainty import drawn, intervals
from tests.made import flat, framework, group, indicator
from tests.made_panels import pair_round, panel, score_round, simulated_panel

THREE = flat(3)
ANSWERS = [[2, 4, 3], [3, 5, 2], [1, 1 / 2, 1 / 3], [2, 2, 1]]
STILL = {"experts": False, "half_step": False}


def made(answers=ANSWERS, tree=THREE, **rules):
    return panel(tree, [pair_round(tree, {"index": answers})], **rules)


def draws(panel_, count=500, seed=1):
    weights = panel_weights(panel_, uncertainty=False)
    return weight_draws(weights, panel_, count, seed)


AGGREGATIONS = ["judgements", "priorities-geometric", "priorities-arithmetic"]
METHODS = ["eigenvector", "geometric", "least-squares", "column-mean"]


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
@pytest.mark.parametrize("method", METHODS)
def test_without_drawing_and_moving_every_draw_is_the_panel(aggregation, method):
    answers = [[2, 4, 3], [3, None, 2], [1, 1 / 2, 1 / 3]]
    told = made(answers, aggregation=aggregation, method=method, uncertainty=STILL)
    weights = panel_weights(told, uncertainty=False)
    found = weight_draws(weights, told, 3, 0)
    np.testing.assert_allclose(found, [list(weights.local.values())] * 3, atol=1e-10)


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
@pytest.mark.parametrize("rules", [{}, {"trim": 0.2}, {"expert_weights": "consistency"}])
def test_a_draw_is_the_panel_with_its_experts_as_often_as_drawn(aggregation, rules):
    told = made(aggregation=aggregation, uncertainty={"half_step": False}, **rules)
    weights = panel_weights(told, uncertainty=False)
    (known,) = weights.groups
    times = np.array([[2, 0, 1, 1], [0, 4, 0, 0], [1, 1, 1, 1]])
    found = group_draws(known, told.rules, times, None)
    for row, each in enumerate(times):
        entered = (each * known.influence).tolist()
        direct = panel(
            THREE,
            told.rounds,
            weights=entered,
            expert_weights="entered",
            aggregation=aggregation,
            trim=told.rules.trim,
        )
        expected = panel_weights(direct, uncertainty=False).groups[0].weights
        np.testing.assert_allclose(found[row], expected, atol=1e-12)


def test_siblings_sum_to_one_in_every_draw():
    found = draws(simulated_panel(bundled("cpdi-2.0"), experts=6, seed=2), 50)
    tree = weight_tree(bundled("cpdi-2.0"))
    for _, children in tree.siblings():
        np.testing.assert_allclose(found[:, list(children)].sum(axis=1), 1, atol=1e-14)
    leaves = overall_weights(tree, found)[:, np.array(tree.leaves)]
    np.testing.assert_allclose(leaves.sum(axis=1), 1, atol=1e-14)


def test_the_same_seed_gives_the_same_bytes():
    first, second = draws(made(), seed=7), draws(made(), seed=7)
    assert first.tobytes() == second.tobytes()
    assert draws(made(), seed=8).tobytes() != first.tobytes()


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_moved_judgements_spread_around_the_panels_weights(aggregation):
    told = made(aggregation=aggregation, uncertainty={"experts": False})
    weights = panel_weights(told, uncertainty=False)
    found = weight_draws(weights, told, 2000, 3)
    spread = found.std(axis=0)
    assert (spread > 0.003).all()
    centre = np.array(list(weights.local.values()))
    np.testing.assert_allclose(found.mean(axis=0), centre, atol=0.01)


def test_experts_who_agree_leave_only_the_half_steps():
    same = made([[2, 4, 2]] * 5, uncertainty={"half_step": False})
    assert np.ptp(draws(same), axis=0) == pytest.approx([0, 0, 0], abs=1e-14)


def test_experts_are_drawn_alike_in_every_group():
    tree = framework(
        group("a", indicator("a1"), indicator("a2")), group("b", indicator("b1"), indicator("b2"))
    )
    answers = {"index": [[1]] * 4, "a": [[9], [9], [1], [1]], "b": [[9], [9], [1], [1]]}
    told = panel(tree, [pair_round(tree, answers)], uncertainty={"half_step": False})
    found = draws(told, 200)
    np.testing.assert_allclose(found[:, 1], found[:, 4], atol=1e-14)
    assert np.ptp(found[:, 1]) > 0.3


def test_incomplete_answers_are_drawn():
    tree = flat(4)
    answers = [[2, 4, None, None, 3, 2], [2, None, 6, 2, None, 2], [None, 3, 8, 2, 3, None]]
    told = panel(tree, [pair_round(tree, {"index": answers})], elicitation="incomplete")
    found = draws(told, 300)
    assert np.isfinite(found).all()
    centre = np.array(list(panel_weights(told, uncertainty=False).local.values()))
    np.testing.assert_allclose(found.mean(axis=0), centre, atol=0.03)


@pytest.mark.parametrize("aggregation", AGGREGATIONS)
def test_scores_move_by_half_a_point(aggregation):
    scores = [[8, 4, 2], [6, 3, 3], [7, 5, 2]]
    told = panel(
        THREE,
        [score_round(THREE, {"index": scores})],
        elicitation="scores",
        aggregation=aggregation,
        uncertainty={"experts": False},
    )
    found = draws(told, 1000)
    centre = panel_weights(told, uncertainty=False).groups[0].weights
    np.testing.assert_allclose(found.mean(axis=0), centre, atol=0.01)
    assert 0.003 < found.std(axis=0).max() < 0.03


def test_intervals_hold_the_share_of_draws_that_they_say():
    told = made(uncertainty={"draws": 400, "interval": 0.8})
    weights = panel_weights(told)
    bounds = weights.intervals
    assert bounds.level == 0.8
    found = drawn(weights, told, 400, told.rules.seed).local
    for position, node in enumerate(weights.local):
        inside = (found[:, position] >= bounds.local_low[node]) & (
            found[:, position] <= bounds.local_high[node]
        )
        assert inside.mean() == pytest.approx(0.8, abs=0.01)
        assert bounds.global_low[node] <= weights.overall[node] <= bounds.global_high[node]


def test_only_children_are_certain():
    tree = framework(group("a", indicator("a1"), indicator("a2")), group("b", indicator("b1")))
    told = panel(tree, [pair_round(tree, {"index": [[3], [2]]})])
    weights = panel_weights(told, uncertainty=False)
    bounds = intervals(weights, weight_draws(weights, told, 50, 0))
    assert (bounds.local_low["b1"], bounds.local_high["b1"]) == (1, 1)
    assert bounds.global_low["b1"] < bounds.global_high["b1"]


def test_no_draws_no_intervals():
    weights = panel_weights(made(uncertainty={"draws": 0}))
    assert weights.intervals is None
    assert weights.leave_one_out is not None


def test_repeated_resamples_are_noted():
    tree = framework(
        group("a", indicator("a1"), indicator("a2")), group("b", indicator("b1"), indicator("b2"))
    )
    answers = {"index": [[2]] * 3, "a": [[3], None, None], "b": [[1]] * 3}
    told = panel(tree, [pair_round(tree, answers)], uncertainty={"draws": 100})
    (note,) = [each for each in panel_weights(told).problems if each.code == "panel-draws-repeated"]
    assert int(note.found) > 10
    assert note.details["draws"] == 100

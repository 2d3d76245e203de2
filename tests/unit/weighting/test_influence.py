import numpy as np
import pytest

from suanli.intake.panels import Expert, PanelRules
from suanli.methods.pairwise import consistency_influence, distance_influence
from suanli.weighting.influence import excluded_experts, expert_influence

EXPERTS = tuple(Expert(f"E{row}", "", "", weight) for row, weight in enumerate([1.0, 2.0, 5.0]))
RATIOS = np.array([0.02, 0.3, 0.1])
WEIGHTS = np.array([[0.5, 0.5], [0.6, 0.4], [0.9, 0.1]])


def rules(**told):
    return PanelRules.model_validate({"suanli": 1, **told})


def influence(counting, ratios=RATIOS, **told):
    flags = np.array(counting)
    return expert_influence(EXPERTS, rules(**told), flags, (ratios, WEIGHTS))


def test_experts_count_equally_unless_told_otherwise():
    assert influence([True, False, True]).tolist() == [0.5, 0, 0.5]


def test_entered_weights_are_shared_among_those_who_count():
    assert influence([True, False, True], expert_weights="entered") == pytest.approx(
        [1 / 6, 0, 5 / 6]
    )


def test_consistency_and_distance_look_only_at_those_who_count():
    told = influence([True, False, True], expert_weights="consistency")
    assert told[[0, 2]] == pytest.approx(consistency_influence(RATIOS[[0, 2]]))
    assert told[1] == 0
    told = influence([True, True, False], expert_weights="distance")
    assert told[:2] == pytest.approx(distance_influence(WEIGHTS[:2]))


def test_whoever_has_no_weights_has_no_influence_by_consistency():
    told = influence([True] * 3, np.array([0.02, np.nan, 0.1]), expert_weights="consistency")
    assert told[1] == 0
    assert told.sum() == pytest.approx(1)
    nobody = influence([True] * 3, np.full(3, np.nan), expert_weights="consistency")
    assert nobody.tolist() == [0, 0, 0]


def test_nobody_is_excluded_without_a_rule():
    assert not excluded_experts(np.array([5.0, np.nan]), rules()).any()


def test_a_ratio_at_the_limit_stays():
    told = excluded_experts(
        np.array([0.2, 0.2000001, np.nan]), rules(exclude={"consistency_ratio": 0.2})
    )
    assert told.tolist() == [False, True, False]

import numpy as np
import pytest

from suanli.framework import bundled
from suanli.weighting import panel_weights
from tests.made import flat
from tests.made_panels import simulated_panel
from tests.simulated_panels import simulated_answers


def test_a_row_for_every_expert_and_pair_in_order():
    told = simulated_answers(bundled("cpdi-2.0"), experts=3, seed=4)
    assert told.columns == ["expert", "node", "item", "other", "judgement"]
    assert told["expert"].unique(maintain_order=True).to_list() == ["E01", "E02", "E03"]
    assert told.height == 3 * 24
    first = told.filter(told["expert"] == "E02").row(0)
    assert first[1:4] == ("index", "2.1", "2.2")


def test_judgements_are_grades_of_the_scale():
    told = simulated_answers(bundled("ccpe-3.0"), experts=10, seed=4)
    grades = {str(grade) for grade in range(1, 10)} | {f"1/{grade}" for grade in range(2, 10)}
    assert set(told["judgement"]) == grades


def test_the_same_seed_gives_the_same_answers():
    tree = flat(4)
    told = simulated_answers(tree, experts=5, seed=1)
    assert told.equals(simulated_answers(tree, experts=5, seed=1))
    assert not told.equals(simulated_answers(tree, experts=5, seed=2))


def test_ids_are_as_wide_as_the_panel():
    told = simulated_answers(flat(2), experts=120, seed=1)
    assert told["expert"][0] == "E001"
    assert told["expert"][-1] == "E120"


def test_experts_are_as_inconsistent_as_experts_are():
    made = simulated_panel(bundled("ccpe-3.0"), experts=60, seed=11)
    groups = [
        group for group in panel_weights(made, uncertainty=False).groups if len(group.items) > 2
    ]
    ratios = np.concatenate([group.consistency_ratio for group in groups])
    assert 0.05 < np.median(ratios) < 0.09
    assert 0.2 < (ratios > 0.1).mean() < 0.4
    assert (ratios > 0.2).any()


def test_another_school_stands_apart():
    made = simulated_panel(bundled("ccpe-3.0"), experts=15, seed=11)
    groups = [
        group for group in panel_weights(made, uncertainty=False).groups if len(group.items) >= 4
    ]
    outlying = np.mean([group.outliers for group in groups], axis=0)
    assert outlying.max() >= 0.5
    assert (outlying < 0.4).sum() == 14


def test_a_panel_needs_an_expert():
    with pytest.raises(ValueError, match="at least one expert, not 0"):
        simulated_answers(flat(2), experts=0, seed=1)

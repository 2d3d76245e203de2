"""Which pairs experts compare where not all are asked."""

import numpy as np
import pytest

from suanli.framework import bundled
from suanli.intake.questionnaires.burden import group_count
from suanli.intake.questionnaires.design import design, designs


@pytest.mark.parametrize(("count", "pairs"), [(2, 1), (3, 3), (4, 6), (5, 6), (8, 12), (11, 15)])
def test_each_expert_compares_three_times_an_item(count, pairs):
    assert design(count, 4, seed=1).sum(axis=1).tolist() == [pairs] * 4
    assert group_count(count, "incomplete") == pairs


def test_small_groups_are_asked_whole():
    assert design(4, 2, seed=3).all()


def test_the_same_seed_gives_the_same_and_another_seed_another_design():
    assert np.array_equal(design(9, 5, seed=7), design(9, 5, seed=7))
    assert not np.array_equal(design(9, 5, seed=7), design(9, 5, seed=8))


def test_experts_are_dealt_different_pairs():
    asked = design(11, 3, seed=1)
    assert len({tuple(row) for row in asked.tolist()}) == 3
    # three times three rounds of eleven: no pair is asked twice before every pair was asked once
    assert asked.sum(axis=0).max() == 1


@pytest.mark.parametrize(("count", "experts"), [(1, 3), (3, 0)])
def test_nothing_to_design_is_refused(count, experts):
    with pytest.raises(ValueError, match="two items and an expert"):
        design(count, experts, seed=1)


def test_designs_of_a_framework_are_masks_by_group():
    chosen = designs(bundled("ccpe-3.0"), 3, seed=5)
    assert len(chosen) == 3
    for asked in chosen:
        assert sum(int(mask.sum()) // 2 for mask in asked.values()) == 82
        assert all(np.array_equal(mask, mask.T) for mask in asked.values())
        assert not any(mask.diagonal().any() for mask in asked.values())
    # groups of the same size do not share their draw
    draws = designs(bundled("ccpe-3.0"), 40, seed=5)
    assert any(not np.array_equal(each["3.1.2"], each["3.3.3"]) for each in draws)

import numpy as np
import pytest

from suanli.intake.panels import GroupAnswers, Round
from suanli.weighting import feedback, panel_weights
from tests.made import flat
from tests.made_panels import matrix, pair_round, panel, score_round

THREE = flat(3)


def told(made):
    return feedback(made, panel_weights(made, uncertainty=False))


def test_each_expert_sees_own_answers_and_the_panels_quartiles():
    answers = [[1, 4, 2], [2, 4, 2], [4, 4, 2], [8, 4, 2], None]
    found = told(panel(THREE, [pair_round(THREE, {"index": answers})]))
    assert list(found) == ["E01", "E02", "E03", "E04", "E05"]
    second = found["E02"]["index"]
    np.testing.assert_array_equal(second.own, matrix(3, [2, 4, 2]))
    assert second.median[0, 1] == pytest.approx(8**0.5)
    assert second.lower[0, 1] == pytest.approx(2**0.75)
    assert second.upper[0, 1] == pytest.approx(2**2.25)
    np.testing.assert_allclose(second.median * second.median.T, 1)
    np.testing.assert_allclose(second.lower * second.upper.T, 1)
    assert second.limit == 0.05
    assert second.consistency_ratio == pytest.approx(0, abs=1e-12)
    assert second.proposal == ()
    silent = found["E05"]["index"]
    assert np.isnan(silent.own[0, 1])
    assert np.isnan(silent.consistency_ratio)
    np.testing.assert_array_equal(silent.median, second.median)


def test_a_proposal_comes_with_what_it_would_reach():
    found = told(panel(THREE, [pair_round(THREE, {"index": [[2, 1 / 2, 3], [2, 4, 2]]})]))
    first = found["E01"]["index"]
    assert first.consistency_ratio > first.limit >= first.ratio_after
    for row, column, grade in first.proposal:
        assert first.proposed(row, column) == grade != first.own[row, column]
    assert found["E02"]["index"].ratio_after is None


def test_comparisons_that_nobody_made_have_no_quartiles():
    answers = [[2, None, 2], [3, None, 2]]
    first = told(panel(THREE, [pair_round(THREE, {"index": answers})]))["E01"]["index"]
    assert np.isnan(first.median[0, 2])
    assert first.median[0, 1] == pytest.approx(6**0.5)


def test_scores_come_as_they_were_given():
    scores = [[8, 4, 2], [6, 4, 3], [7, 4, 9]]
    made = panel(THREE, [score_round(THREE, {"index": scores})], elicitation="scores")
    first = told(made)["E01"]["index"]
    assert first.own.tolist() == [8, 4, 2]
    assert first.median.tolist() == [7, 4, 3]
    assert first.upper.tolist() == [7.5, 4, 6]
    assert np.isnan(first.consistency_ratio)
    assert first.outside(2)
    assert not first.outside(1)


def test_best_and_worst_are_told_as_named():
    group = GroupAnswers(
        "index",
        ("i0", "i1", "i2"),
        np.stack([matrix(3, [3, 9, 3]), matrix(3, None)]),
        None,
        np.array([[0, 2], [-1, -1]]),
    )
    made = panel(THREE, [Round(1, (group,), (True, False))], elicitation="best-worst")
    found = told(made)
    assert found["E01"]["index"].extremes == (0, 2)
    assert found["E02"]["index"].extremes is None

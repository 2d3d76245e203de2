import numpy as np
import pytest

from suanli.methods.pairwise.consistency import consistency_ratio
from suanli.methods.pairwise.priorities import principal
from suanli.methods.pairwise.scores import score_ratios

SCORES = np.random.default_rng(5).uniform(1, 10, (3, 4, 6)).round(1)


@pytest.mark.parametrize("rule", ["ratio", "difference"])
def test_matrices_are_reciprocal_to_the_last_bit(rule):
    found = score_ratios(SCORES, rule)
    assert found.shape == (3, 4, 6, 6)
    large = found >= 1
    assert (np.swapaxes(found, -1, -2)[large] == 1 / found[large]).all()
    assert (found[..., range(6), range(6)] == 1).all()


def test_quotients_weigh_as_the_scores_do_and_are_consistent():
    found = principal(score_ratios(SCORES.reshape(-1, 6)))
    shares = SCORES.reshape(-1, 6) / SCORES.reshape(-1, 6).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(found.weights, shares, rtol=1e-12)
    np.testing.assert_allclose(consistency_ratio(found.lambda_max, 6), 0, atol=1e-12)


def test_differences_are_degrees_and_end_at_nine():
    found = score_ratios([10, 7, 7, 1, 0], "difference")
    np.testing.assert_allclose(found[0], [1, 4, 4, 9, 9])
    np.testing.assert_allclose(found[1], [1 / 4, 1, 1, 7, 8])
    assert score_ratios([3, 3, 3], "difference").tolist() == np.ones((3, 3)).tolist()


def test_differences_can_be_inconsistent():
    found = principal(score_ratios([9, 6, 3], "difference"))
    assert consistency_ratio(found.lambda_max, 3) > 0.01


def test_a_missing_score_is_a_missing_row_and_column():
    for rule in ("ratio", "difference"):
        found = score_ratios([4.0, np.nan, 2.0], rule)
        missing = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=bool)
        np.testing.assert_array_equal(np.isnan(found), missing)


def test_the_ratio_rule_names_a_score_without_ratio():
    with pytest.raises(ValueError, match=r"\(1, 2\) is 0"):
        score_ratios([[1, 2, 3], [1, 2, 0]])
    with pytest.raises(ValueError, match=r"\(0,\) is -1"):
        score_ratios([-1, 2])
    assert score_ratios([0, 1], "difference")[1, 0] == 2


def test_wrong_use_is_refused():
    with pytest.raises(ValueError, match=r"must be finite; the one at \(1,\) is inf"):
        score_ratios([1, np.inf], "difference")
    with pytest.raises(ValueError, match="unknown rule 'quotient'"):
        score_ratios([1, 2], "quotient")
    with pytest.raises(ValueError, match="axis of items"):
        score_ratios(3.0)

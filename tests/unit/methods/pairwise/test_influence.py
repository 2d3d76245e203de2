import numpy as np
import pytest

from suanli.methods.pairwise.influence import (
    centred_logarithms,
    consistency_influence,
    distance_influence,
)

WEIGHTS = np.random.default_rng(2).dirichlet(np.ones(5) * 4, 9)


def test_more_consistent_experts_count_more():
    found = consistency_influence([0.3, 0.0, 0.05, 0.1])
    assert found.sum() == pytest.approx(1, abs=1e-15)
    np.testing.assert_array_equal(np.argsort(-found), [1, 2, 3, 0])
    assert found[1] == pytest.approx(2 * found[3])
    assert (consistency_influence([0.3, 5.0]) > 0).all()


def test_the_yardstick_is_where_influence_halves():
    found = consistency_influence([0.0, 0.05], yardstick=0.05)
    np.testing.assert_allclose(found, [2 / 3, 1 / 3])


def test_rounding_below_zero_counts_as_consistent():
    assert consistency_influence([-1e-15, 0.0]).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("bad", [-0.01, np.inf])
def test_impossible_ratios_are_refused(bad):
    with pytest.raises(ValueError, match="finite and not negative"):
        consistency_influence([0.1, bad])
    with pytest.raises(ValueError, match="yardstick must be above 0"):
        consistency_influence([0.1], yardstick=0)


def test_nearer_experts_count_more_whatever_the_order():
    found = distance_influence(WEIGHTS)
    assert found.sum() == pytest.approx(1, abs=1e-15)
    logs = np.log(WEIGHTS) - np.log(WEIGHTS).mean(axis=1, keepdims=True)
    distances = np.linalg.norm(logs - logs.mean(axis=0), axis=1)
    np.testing.assert_array_equal(np.argsort(-found), np.argsort(distances))
    np.testing.assert_allclose(distance_influence(WEIGHTS[::-1]), found[::-1], rtol=1e-12)
    np.testing.assert_allclose(distance_influence(WEIGHTS[:, ::-1]), found, rtol=1e-12)


def test_distance_asks_for_spread_only():
    # twice the spread in logarithms leaves the order and the influence as they are
    wider = WEIGHTS**2 / (WEIGHTS**2).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(distance_influence(wider), distance_influence(WEIGHTS), rtol=1e-12)


def test_experts_in_agreement_share_equally():
    assert distance_influence([WEIGHTS[0]] * 4).tolist() == [0.25] * 4
    np.testing.assert_allclose(distance_influence(WEIGHTS[:1]), [1])
    np.testing.assert_allclose(distance_influence(WEIGHTS[:2]), [0.5, 0.5])


def test_silent_experts_have_no_influence_and_change_nothing():
    silent = np.vstack([WEIGHTS[:3], np.full(5, np.nan), WEIGHTS[3:]])
    found = distance_influence(silent)
    assert found[3] == 0
    np.testing.assert_allclose(np.delete(found, 3), distance_influence(WEIGHTS), rtol=1e-13)
    agreed = distance_influence([WEIGHTS[0], [np.nan] * 5, WEIGHTS[0]])
    assert agreed.tolist() == [0.5, 0, 0.5]
    assert consistency_influence([np.nan, 0.2]).tolist() == [0, 1]


def test_a_silent_panel_is_refused():
    with pytest.raises(ValueError, match="no expert answered"):
        consistency_influence([np.nan, np.nan])
    with pytest.raises(ValueError, match="no expert answered"):
        distance_influence(np.full((2, 3), np.nan))


def test_weights_must_be_a_table_above_zero():
    with pytest.raises(ValueError, match=r"\(experts, items\)"):
        distance_influence([0.5, 0.5])
    with pytest.raises(ValueError, match="above 0"):
        centred_logarithms([[1.0, 0.0]])

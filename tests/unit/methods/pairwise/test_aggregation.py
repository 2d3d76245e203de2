import numpy as np
import pytest

from suanli.methods.pairwise.aggregation import (
    aggregated_logarithms,
    aggregated_priorities,
    reciprocal_matrices,
)
from suanli.methods.pairwise.priorities import geometric_weights
from tests.made_judgements import aggregated

DRAWN = np.random.default_rng(11)
EXPERTS, ITEMS, PAIRS = 7, 5, 10
LOGS = DRAWN.normal(size=(EXPERTS, PAIRS))
PANEL = reciprocal_matrices(LOGS, ITEMS)
INFLUENCE = DRAWN.uniform(0.1, 3, EXPERTS)
BOOTSTRAP = DRAWN.multinomial(EXPERTS, np.full(EXPERTS, 1 / EXPERTS), 40).astype(float)


def trimmed_by_hand(values, shares, trim):
    """Cut the ends of what the experts said as one would on paper."""
    there = ~np.isnan(values)
    order = np.argsort(values[there])
    values, shares = values[there][order], shares[there][order] / shares[there].sum()
    left, kept = trim, shares.copy()
    for row in range(len(kept)):
        cut = min(left, kept[row])
        kept[row] -= cut
        left -= cut
    left = trim
    for row in reversed(range(len(kept))):
        cut = min(left, kept[row])
        kept[row] -= cut
        left -= cut
    return (kept * values).sum() / kept.sum()


def test_the_group_matrix_is_reciprocal_to_the_last_bit():
    for trim in (0, 0.2):
        found = aggregated(PANEL, BOOTSTRAP, trim)
        assert found.shape == (40, ITEMS, ITEMS)
        large = found >= 1
        assert (np.swapaxes(found, -1, -2)[large] == 1 / found[large]).all()
        assert (found[:, range(ITEMS), range(ITEMS)] == 1).all()


def test_one_expert_alone_is_the_group():
    np.testing.assert_allclose(aggregated(PANEL[:1], [0.3]), PANEL[0], rtol=1e-14)
    only = np.zeros(EXPERTS)
    only[4] = 2
    np.testing.assert_allclose(aggregated(PANEL, only), PANEL[4], rtol=1e-14)
    np.testing.assert_allclose(aggregated(PANEL, only, 0.4), PANEL[4], rtol=1e-14)


@pytest.mark.parametrize("trim", [0, 0.01, 0.2, 1 / 7, 0.49])
def test_draws_are_each_as_alone(trim):
    together = aggregated(PANEL, BOOTSTRAP, trim)
    for row, shares in enumerate(BOOTSTRAP):
        alone = aggregated(PANEL, shares, trim)
        np.testing.assert_array_equal(together[row], alone)
    stacked = np.broadcast_to(PANEL, (40, *PANEL.shape))
    np.testing.assert_allclose(aggregated(stacked, BOOTSTRAP, trim), together, rtol=1e-12)
    np.testing.assert_allclose(aggregated(stacked, BOOTSTRAP[3], trim)[8], together[3], rtol=1e-12)


def test_gaps_are_averaged_over_those_who_judged():
    panel = PANEL.copy()
    panel[2, 0, 1] = panel[2, 1, 0] = np.nan
    panel[:, 2, 3] = panel[:, 3, 2] = np.nan
    found = aggregated(panel, INFLUENCE)
    others = np.arange(EXPERTS) != 2
    expected = np.average(LOGS[others, 0], weights=INFLUENCE[others])
    assert found[0, 1] == pytest.approx(np.exp(expected), rel=1e-13)
    assert np.isnan([found[2, 3], found[3, 2]]).all()
    assert np.isnan(found).sum() == 2


def test_a_draw_without_those_who_judged_has_a_gap():
    panel = PANEL.copy()
    panel[1:, 0, 1] = panel[1:, 1, 0] = np.nan
    draws = np.ones((2, EXPERTS))
    draws[1, 0] = 0
    for trim in (0, 0.1):
        found = aggregated(panel, draws, trim)
        assert found[0, 0, 1] == pytest.approx(PANEL[0, 0, 1])
        assert np.isnan(found[1]).sum() == 2


@pytest.mark.parametrize("trim", [0.05, 1 / 7, 0.2, 0.3, 0.499])
def test_trimming_cuts_both_ends_by_influence(trim):
    values = LOGS.copy()
    values[2, 0] = values[5, 0] = values[0, 7] = np.nan
    found = aggregated_logarithms(values, INFLUENCE, trim)
    expected = [trimmed_by_hand(values[:, pair], INFLUENCE, trim) for pair in range(PAIRS)]
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-13)
    np.testing.assert_allclose(aggregated_logarithms(-values, INFLUENCE, trim), -found, rtol=1e-11)


def test_trimming_nearly_everything_leaves_the_median():
    np.testing.assert_allclose(
        aggregated_logarithms(LOGS, np.ones(EXPERTS), 0.499), np.median(LOGS, axis=0), rtol=1e-10
    )


def test_one_wild_expert_moves_the_mean_and_not_the_trimmed_mean():
    wild = PANEL.copy()
    wild[0] = reciprocal_matrices(np.full(PAIRS, 9.0), ITEMS)
    wilder = wild.copy()
    wilder[0] = reciprocal_matrices(np.full(PAIRS, 90.0), ITEMS)
    shares = np.ones(EXPERTS)
    trimmed = [aggregated(each, shares, 0.15) for each in (wild, wilder)]
    np.testing.assert_allclose(*trimmed, rtol=1e-12)
    plain = [aggregated(each, shares) for each in (wild, wilder)]
    assert plain[1][0, 1] > 1000 * plain[0][0, 1]


def test_judgements_and_priorities_agree_under_geometric_means():
    by_judgements = geometric_weights(aggregated(PANEL, INFLUENCE))
    by_priorities = aggregated_priorities(geometric_weights(PANEL), INFLUENCE)
    np.testing.assert_allclose(by_judgements, by_priorities, rtol=1e-12)


@pytest.mark.parametrize("mean", ["geometric", "arithmetic"])
@pytest.mark.parametrize("trim", [0, 0.2])
def test_priorities_sum_to_one_and_leave_silent_experts_out(mean, trim):
    weights = geometric_weights(PANEL)
    found = aggregated_priorities(weights, INFLUENCE, mean, trim)
    assert found.sum() == pytest.approx(1, abs=4e-16)
    silent = np.vstack([weights, np.full(ITEMS, np.nan)])
    np.testing.assert_allclose(
        aggregated_priorities(silent, [*INFLUENCE, 5], mean, trim), found, rtol=1e-13
    )


def test_the_arithmetic_mean_of_priorities_is_the_average():
    weights = geometric_weights(PANEL)
    np.testing.assert_allclose(
        aggregated_priorities(weights, INFLUENCE, "arithmetic"),
        np.average(weights, axis=0, weights=INFLUENCE),
        rtol=1e-13,
    )


def test_priorities_of_draws_are_each_as_alone():
    weights = geometric_weights(PANEL)
    for mean in ("geometric", "arithmetic"):
        found = aggregated_priorities(weights, BOOTSTRAP, mean, 0.1)
        for row, shares in enumerate(BOOTSTRAP):
            alone = aggregated_priorities(weights, shares, mean, 0.1)
            np.testing.assert_allclose(found[row], alone, rtol=1e-12)


def test_very_small_weights_do_not_vanish():
    found = aggregated_priorities([[1e-300, 1.0], [1e-300, 1.0]], [1, 1])
    np.testing.assert_allclose(found, [1e-300, 1.0], rtol=1e-9)


def test_a_panel_that_says_nothing_has_no_weights():
    assert np.isnan(aggregated_priorities(np.full((2, 3), np.nan), [1, 1])).all()


def test_equal_pairs_stay_equal():
    panel = reciprocal_matrices(np.repeat(LOGS[:, :1], PAIRS, axis=1), ITEMS)
    found = aggregated(panel, INFLUENCE)
    assert len(set(found[np.triu_indices(ITEMS, 1)])) == 1


def test_arguments_are_left_alone():
    panel, draws = PANEL.copy(), BOOTSTRAP.copy()
    aggregated(panel, draws, 0.1)
    aggregated_logarithms(LOGS[None], draws[:1], 0.1)
    np.testing.assert_array_equal(panel, PANEL)
    np.testing.assert_array_equal(draws, BOOTSTRAP)


@pytest.mark.parametrize(
    ("influence", "trim", "message"),
    [
        ([1, 1], 0, "does not fit"),
        ([1, 1, -1], 0, "finite and not negative"),
        ([1, 1, np.nan], 0, "finite and not negative"),
        ([0, 0, 0], 0, "at least one expert"),
        ([1, 1, 1], 0.5, "below 0.5, not 0.5"),
        ([1, 1, 1], -0.1, "below 0.5, not -0.1"),
    ],
)
def test_wrong_influence_is_refused(influence, trim, message):
    with pytest.raises(ValueError, match=message):
        aggregated_logarithms(LOGS[:3], influence, trim)


def test_wrong_weights_are_refused():
    with pytest.raises(ValueError, match="all items or of none"):
        aggregated_priorities([[0.5, np.nan]], [1])
    with pytest.raises(ValueError, match="not negative"):
        aggregated_priorities([[1.5, -0.5]], [1])
    with pytest.raises(ValueError, match="needs weights above 0"):
        aggregated_priorities([[1.0, 0.0]], [1])
    assert aggregated_priorities([[1.0, 0.0]], [1], "arithmetic").tolist() == [1, 0]
    with pytest.raises(ValueError, match="unknown mean 'harmonic'"):
        aggregated_priorities([[1.0, 0.0]], [1], "harmonic")

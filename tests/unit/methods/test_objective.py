import numpy as np
import pytest

from suanli.methods import objective, objective_benefit

OBJECTIVE = {
    "entropy": objective.entropy,
    "critic": objective.critic,
    "standard-deviation": objective.standard_deviation,
    "principal-components": objective.principal_components,
}
BARE = pytest.mark.parametrize("weighting", OBJECTIVE.values(), ids=OBJECTIVE.keys())
BY_DATA = pytest.mark.parametrize("name", OBJECTIVE)
SCORES = np.array([[0.0, 10, 55], [40, 70, 20], [100, 30, 90], [25, 100, 0], [60, 0, 100]])


@BARE
def test_weights_are_shares(weighting):
    weights = weighting(SCORES)
    assert weights.shape == (3,)
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1, abs=1e-15)


@BARE
def test_gaps_are_refused(weighting):
    with pytest.raises(ValueError, match="complete and finite"):
        weighting([[1.0, np.nan], [2.0, 3.0]])
    with pytest.raises(ValueError, match="complete and finite"):
        weighting([[1.0, np.inf], [2.0, 3.0]])


@BARE
@pytest.mark.parametrize("scores", [[[1.0, 2.0]], [1.0, 2.0], np.empty((3, 0))])
def test_one_region_or_no_indicator_is_refused(weighting, scores):
    with pytest.raises(ValueError, match="two regions or more by indicators"):
        weighting(scores)


@BARE
def test_scores_are_left_as_they_are(weighting):
    scores = SCORES.copy()
    weighting(scores)
    np.testing.assert_array_equal(scores, SCORES)


@BY_DATA
def test_a_constant_indicator_weighs_nothing(name):
    weights = OBJECTIVE[name](np.column_stack([SCORES, np.full(5, 33.3)]))
    assert weights[3] == 0
    np.testing.assert_allclose(weights[:3], OBJECTIVE[name](SCORES), atol=1e-12)


@BY_DATA
def test_an_indicator_of_zeros_weighs_nothing(name):
    assert OBJECTIVE[name](np.column_stack([SCORES, np.zeros(5)]))[3] == 0


@BY_DATA
def test_rounding_is_no_variation(name):
    constant = 0.1 + 0.2 - np.array([0, 0, 1e-17, 5e-17, 0])
    assert OBJECTIVE[name](np.column_stack([SCORES, constant]))[3] == 0


@BY_DATA
def test_all_constant_is_refused(name):
    with pytest.raises(ValueError, match="all indicators are constant"):
        OBJECTIVE[name]([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]])


@BY_DATA
def test_the_only_indicator_that_varies_has_all_the_weight(name):
    weights = OBJECTIVE[name]([[1.0, 2.0], [3.0, 2.0], [7.0, 2.0]])
    np.testing.assert_allclose(weights, [1, 0], atol=1e-15)


def test_entropy_rewards_a_few_leaders_and_deviation_an_even_split():
    leader = [100.0, 0, 0, 0, 0, 0]
    split = [100.0, 100, 100, 0, 0, 0]
    scores = np.column_stack([leader, split])
    assert objective.entropy(scores)[0] > 0.5
    assert objective.standard_deviation(scores)[0] < 0.5


def test_entropy_refuses_negative_scores():
    with pytest.raises(ValueError, match="not negative"):
        objective.entropy([[1.0, -0.1], [2.0, 3.0]])


def test_entropy_does_not_depend_on_units():
    np.testing.assert_allclose(
        objective.entropy(SCORES * [1, 1e-6, 1e9]), objective.entropy(SCORES), atol=1e-14
    )


@pytest.mark.parametrize("name", ["critic", "standard-deviation", "principal-components"])
def test_units_and_zeros_do_not_count(name):
    weighting = OBJECTIVE[name]
    moved = SCORES * [1e-5, 3, 1e7] + [5, -40, 1e8]
    np.testing.assert_allclose(weighting(moved), weighting(SCORES), atol=1e-9)


def test_critic_shares_weight_among_indicators_that_repeat_one_another():
    alone, repeated = SCORES[:, :2], SCORES[:, [0, 1, 1]]
    np.testing.assert_allclose(
        objective.critic(repeated)[1:], [objective.critic(repeated)[1]] * 2, atol=1e-12
    )
    # twice the same says nothing new, so the other gains by its conflict with both
    assert objective.critic(repeated)[0] > objective.critic(alone)[0] * 2 / 3


def test_critic_refuses_indicators_that_all_agree():
    line = np.arange(5.0)
    scores = np.column_stack([line, 3 * line + 1, line / 7])
    assert not objective.conflicting(scores)
    with pytest.raises(ValueError, match="perfectly correlated"):
        objective.critic(scores)


def test_conflict_needs_an_indicator_that_varies():
    assert not objective.conflicting([[1.0, 2.0], [1.0, 2.0]])
    assert objective.conflicting([[1.0, 2.0], [1.0, 3.0]])


def test_principal_components_reward_what_moves_together():
    common = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    noise = np.array([1.0, -1, -1, 1, 1, -1, -1, 1])
    scores = np.column_stack([common, common + 0.1 * noise, common - 0.1 * noise, noise])
    weights = objective.principal_components(scores, 1)
    assert (weights[:3] > 0.33).all()
    assert weights[3] < 1e-3


def test_uncorrelated_indicators_weigh_the_same():
    # eight runs of a two-level design: every correlation is 0, every eigenvalue 1
    signs = np.array([[1, -1], [1, 1]])
    design = np.kron(np.kron(signs, signs), signs)[:, 1:].astype(float)
    np.testing.assert_allclose(objective.principal_components(design), np.full(7, 1 / 7))


def test_all_components_explain_every_indicator_alike():
    np.testing.assert_allclose(objective.principal_components(SCORES, 3), np.full(3, 1 / 3))


@pytest.mark.parametrize("components", [0, 4, -1])
def test_components_that_are_not_there_are_refused(components):
    with pytest.raises(ValueError, match="there are 1 to 3 components"):
        objective.principal_components(SCORES, components)


def test_components_go_on_to_six_tenths_of_the_variance():
    # one eigenvalue above 1 holds about half of the variance of five indicators
    rng = np.random.default_rng(3)
    scores = rng.normal(size=(400, 5)) + rng.normal(size=(400, 1)) * 0.75
    values = np.linalg.eigvalsh(np.corrcoef(scores.T))[::-1]
    assert values[1] < 1
    assert values[0] / 5 < 0.6 < values[:2].sum() / 5
    np.testing.assert_array_equal(
        objective.principal_components(scores), objective.principal_components(scores, 2)
    )


class TestBenefitOfTheDoubt:
    def test_every_region_is_best_in_what_it_leads(self):
        found = objective.benefit_of_the_doubt(np.diag([100.0, 50, 20]))
        np.testing.assert_allclose(found.ratios, 1)
        # each needs its own weight above the others' in inverse proportion of the scores
        np.testing.assert_allclose(found.weights.sum(axis=1), 1)
        assert found.weights[2, 2] == pytest.approx(1 / (1 + 20 / 100 + 20 / 50))

    def test_a_region_behind_in_everything_is_behind(self):
        found = objective.benefit_of_the_doubt([[10.0, 20], [5, 15]])
        np.testing.assert_allclose(found.ratios, [1, 0.75])
        np.testing.assert_allclose(found.weights[1], [0, 1], atol=1e-7)

    def test_bounds_hold_for_every_region(self):
        rng = np.random.default_rng(0)
        low, high = [0.1, 0.2, 0.05, 0], [0.5, 0.3, 0.4, 0.6]
        found = objective.benefit_of_the_doubt(rng.uniform(0, 100, (25, 4)), low, high)
        assert (found.weights >= np.array(low) - 1e-8).all()
        assert (found.weights <= np.array(high) + 1e-8).all()
        np.testing.assert_allclose(found.mean, found.weights.mean(axis=0))

    def test_no_other_weights_are_better(self):
        rng = np.random.default_rng(1)
        scores = rng.uniform(0, 100, (12, 3))
        found = objective.benefit_of_the_doubt(scores, 0.1, 0.7)
        tried = rng.dirichlet([1, 1, 1], 4000)
        tried = tried[(tried >= 0.1).all(axis=1) & (tried <= 0.7).all(axis=1)]
        weighted = scores @ tried.T
        best_tried = (weighted / weighted.max(axis=0)).max(axis=1)
        assert (found.ratios >= best_tried - 1e-9).all()
        assert (found.ratios <= best_tried + 0.05).all()
        own = np.array([row @ weights for row, weights in zip(scores, found.weights, strict=True)])
        np.testing.assert_allclose(
            own / (scores @ found.weights.T).max(axis=0), found.ratios, atol=1e-8
        )

    def test_a_region_that_is_best_anyway_takes_equal_weights(self):
        found = objective.benefit_of_the_doubt([[90.0, 90, 90], [10, 20, 30]])
        np.testing.assert_allclose(found.weights[0], 1 / 3)

    def test_a_region_without_any_score_has_no_weights(self):
        found = objective.benefit_of_the_doubt([[0.0, 0], [10, 20], [20, 10]])
        assert np.isnan(found.weights[0]).all()
        assert found.ratios[0] == 0
        np.testing.assert_allclose(found.mean, [0.5, 0.5], atol=1e-8)

    def test_one_indicator(self):
        found = objective.benefit_of_the_doubt([[2.0], [4.0]])
        np.testing.assert_array_equal(found.weights, [[1], [1]])
        np.testing.assert_allclose(found.ratios, [0.5, 1])

    @pytest.mark.parametrize(
        ("low", "high"), [(0.5, 0.4), (-0.1, 1), (0, 1.1), ([0, 0.3], [1, 0.2]), (np.nan, 1)]
    )
    def test_bounds_out_of_order_are_refused(self, low, high):
        with pytest.raises(ValueError, match="0 <= low <= high <= 1"):
            objective.benefit_of_the_doubt([[1.0, 2.0]], low, high)

    @pytest.mark.parametrize(("low", "high"), [(0.6, 1), (0, 0.4)])
    def test_bounds_that_no_weights_keep_are_refused(self, low, high):
        with pytest.raises(ValueError, match="no weights keep bounds"):
            objective.benefit_of_the_doubt([[1.0, 2.0]], low, high)

    @pytest.mark.parametrize("scores", [[[1.0, np.nan]], [[1.0, -1]], [[np.inf, 1]]])
    def test_scores_must_be_there_and_not_negative(self, scores):
        with pytest.raises(ValueError, match="complete, finite and not negative"):
            objective.benefit_of_the_doubt(scores)

    def test_scores_must_not_be_all_zero(self):
        with pytest.raises(ValueError, match="all scores are 0"):
            objective.benefit_of_the_doubt(np.zeros((3, 2)))

    def test_scores_must_be_a_table(self):
        with pytest.raises(ValueError, match="regions by indicators"):
            objective.benefit_of_the_doubt([1.0, 2.0])

    def test_the_programme_s_own_optimum_stands_in_for_a_failed_tie_break(self, monkeypatch):
        scores = [[10.0, 20], [15, 15], [20, 1]]
        whole = objective.benefit_of_the_doubt(scores)
        monkeypatch.setattr(
            "scipy.optimize.nnls", lambda system, _: (np.zeros(system.shape[1]), 0.0)
        )
        # without multipliers the tie-break answers equal weights, wrong for the third region
        found = objective.benefit_of_the_doubt(scores)
        np.testing.assert_allclose(found.ratios, whole.ratios)
        weighted = np.array(scores) @ found.weights[2]
        assert weighted[2] == pytest.approx(weighted.max(), abs=1e-8)

    def test_a_programme_that_fails_says_so(self, monkeypatch):
        class Failed:
            success = False
            message = "out of time"

        monkeypatch.setattr("scipy.optimize.linprog", lambda *_, **__: Failed)
        with pytest.raises(ArithmeticError, match="out of time"):
            objective_benefit.benefit_of_the_doubt([[1.0, 2.0]])


class TestCombinations:
    ROWS = ((0.7, 0.2, 0.1), (0.2, 0.2, 0.6), (1 / 3, 1 / 3, 1 / 3))

    def test_one_weighting_is_itself(self):
        np.testing.assert_allclose(objective.combined_linear([[2.0, 6.0]], [5]), [0.25, 0.75])
        np.testing.assert_allclose(objective.combined_game([[2.0, 6.0]]), [0.25, 0.75])

    def test_sums_do_not_count(self):
        doubled = np.array(self.ROWS) * [[2], [30], [0.1]]
        np.testing.assert_allclose(
            objective.combined_game(doubled), objective.combined_game(self.ROWS), atol=1e-12
        )
        np.testing.assert_allclose(
            objective.combined_linear(doubled, [1, 2, 3]),
            objective.combined_linear(self.ROWS, [10, 20, 30]),
        )

    def test_coefficients_are_at_the_equilibrium(self):
        rows = np.array([[0.6, 0.3, 0.1], [0.1, 0.3, 0.6]])
        shares = objective.game_coefficients(rows)
        products = rows @ rows.T
        raw = np.linalg.solve(products, np.diagonal(products))
        assert (raw > 0).all()
        np.testing.assert_allclose(shares, raw / raw.sum())
        # by symmetry neither has more say
        np.testing.assert_allclose(shares, [0.5, 0.5])

    def test_equal_weights_have_no_say_beside_one_other(self):
        shares = objective.game_coefficients([[0.25] * 4, [0.7, 0.1, 0.1, 0.1]])
        np.testing.assert_allclose(shares, [0, 1], atol=1e-12)

    def test_the_same_weighting_twice_shares_its_say(self):
        rows = [[0.7, 0.2, 0.1], [0.7, 0.2, 0.1], [0.1, 0.3, 0.6]]
        shares = objective.game_coefficients(rows)
        assert shares[0] == pytest.approx(shares[1])
        np.testing.assert_allclose(
            objective.combined_game(rows), objective.combined_game(rows[1:]), atol=1e-9
        )

    def test_a_negative_coefficient_counts_by_its_size(self):
        rows = np.array([[0.4, 0.35, 0.25], [0.9, 0.05, 0.05]])
        products = rows @ rows.T
        raw = np.linalg.solve(products, np.diagonal(products))
        assert raw[0] < 0
        np.testing.assert_allclose(
            objective.game_coefficients(rows), np.abs(raw) / np.abs(raw).sum()
        )

    @pytest.mark.parametrize(
        "combine", [objective.combined_game, lambda rows: objective.combined_linear(rows, [1, 1])]
    )
    @pytest.mark.parametrize(
        "rows", [[[0.5, np.nan], [1, 1]], [[0, 0], [1, 1]], [[-0.1, 1.1], [1, 1]]]
    )
    def test_weightings_that_are_none_are_refused(self, combine, rows):
        with pytest.raises(ValueError, match="finite, not negative, and none of them all 0"):
            combine(rows)

    def test_a_single_row_is_not_several(self):
        with pytest.raises(ValueError, match="one or more by indicators"):
            objective.combined_game([0.5, 0.5])

    def test_every_weighting_needs_a_share(self):
        with pytest.raises(ValueError, match="need a share each"):
            objective.combined_linear(self.ROWS, [1, 2])

    @pytest.mark.parametrize("shares", [[0, 0, 0], [1, -1, 1], [1, np.nan, 1]])
    def test_shares_must_be_shares(self, shares):
        with pytest.raises(ValueError, match="shares must be finite"):
            objective.combined_linear(self.ROWS, shares)

"""Scoring as a whole: known answers by hand."""

import numpy as np
import pytest

from suanli.problems import ScoringError
from suanli.scoring import changes, score
from tests.made import flat, framework, grid, group, indicator


def codes(problems):
    return [problem.code for problem in problems]


def test_two_pillars_by_hand():
    made = framework(
        group("a", indicator("i0"), indicator("i1", direction="lower")), indicator("i2")
    )
    scores = score(made, grid([[10, 1.5, 4], [40, 1.2, 2], [100, 1.1, 3]]))
    assert scores.nodes == ("index", "a", "i0", "i1", "i2")
    assert scores.parents == ("", "index", "a", "a", "index")
    assert scores.levels.tolist() == [0, 1, 2, 2, 1]
    np.testing.assert_allclose(scores.scores[0, :, 1], [0, (100 / 3 + 75) / 2, 100])
    np.testing.assert_allclose(scores.scores[0, :, 0], [50, (100 / 3 + 75) / 4, 75])
    assert scores.ranks[0, :, 0].tolist() == [2, 3, 1]
    np.testing.assert_allclose(scores.contributions.sum(axis=2), scores.scores[:, :, 0])


def test_annual_goalposts_let_growing_regions_fall_and_fixed_ones_do_not():
    values = [[[10], [20], [40], [100]], [[11], [24], [46], [160]]]
    annual = score(flat(1), grid(values)).scores[:, :, 0]
    np.testing.assert_allclose(annual[:, 1:3].round(1), [[11.1, 33.3], [8.7, 23.5]])
    fixed = framework(
        indicator("i0", goalposts=[10, 100]),
        normalisation={"method": "min-max", "goalposts": "fixed"},
    )
    np.testing.assert_allclose(
        score(fixed, grid(values)).scores[:, 1:3, 0].round(1), [[11.1, 33.3], [15.6, 40.0]]
    )


def test_target_ratio_is_not_cut_off_at_100():
    made = framework(
        indicator("i0", reference=50.0),
        normalisation={"method": "target-ratio", "goalposts": "fixed"},
    )
    np.testing.assert_allclose(score(made, grid([[65.0], [25.0]])).scores[0, :, 0], [130, 50])


def test_missing_child_makes_the_group_missing_unless_the_framework_renormalises():
    values = [[1, np.nan], [2, 5], [3, 7]]
    strict = score(flat(2), grid(values))
    assert np.isnan(strict.scores[0, 0, 0])
    assert strict.ranks[0, 0, 0] == 0
    assert "regions-without-index" in codes(strict.problems)
    lenient = score(
        flat(2, weighting={"method": "equal", "renormalise_missing": True}), grid(values)
    )
    assert lenient.scores[0, 0, 0] == 0
    assert np.isnan(lenient.contributions[0, 0, 1])


def test_group_coverage_is_the_share_of_children_with_a_score():
    values = [[1, np.nan, np.nan], [2, 5, 1], [3, 7, 2]]
    rule = {"method": "equal", "renormalise_missing": True}
    kept = score(flat(3, weighting=rule, missing={"group_coverage": 0.3}), grid(values))
    left = score(flat(3, weighting=rule, missing={"group_coverage": 0.5}), grid(values))
    assert not np.isnan(kept.scores[0, 0, 0])
    assert np.isnan(left.scores[0, 0, 0])


def test_group_coverage_met_exactly_is_enough():
    rule = {"method": "equal", "renormalise_missing": True}
    made = flat(2, weighting=rule, missing={"group_coverage": 0.5})
    assert score(made, grid([[1, np.nan], [2, 5], [3, 7]])).scores[0, 0, 0] == 0


@pytest.mark.parametrize(
    ("rule", "expected"), [("midpoint", 50), ("lowest", 0), ("highest", 100), ("missing", np.nan)]
)
def test_constant_indicator_scores_as_declared_and_is_reported(rule, expected):
    made = flat(1, normalisation={"method": "min-max", "goalposts": "annual", "constant": rule})
    scores = score(made, grid([[7], [7], [np.nan]]))
    np.testing.assert_equal(scores.normalised[0, :, 0], [expected, expected, np.nan])
    assert "constant-indicator" in codes(scores.problems)


def test_given_weights_come_before_equal_ones():
    scores = score(flat(2), grid([[0, 1], [1, 0], [0.5, 0.5]]), weights={"i0": 0.75, "i1": 0.25})
    np.testing.assert_allclose(scores.scores[0, :, 0], [25, 75, 50])
    assert scores.weights.method[1:] == ("file", "file")
    np.testing.assert_allclose(scores.weights.overall, [1, 0.75, 0.25])


def test_ties_share_a_rank_and_the_next_is_skipped():
    scores = score(flat(1), grid([[3], [5], [5], [1]]))
    assert scores.ranks[0, :, 0].tolist() == [3, 1, 1, 4]


def test_nothing_given_is_changed():
    given = grid([[1.0, np.nan], [2, 5], [3, 7], [50, 9]])
    before = given.values.copy()
    rules = {
        "missing": {"method": "group-mean"},
        "treatment": {"method": "winsorise", "modes": ["official"]},
    }
    score(flat(2, **rules), given)
    np.testing.assert_equal(given.values, before)


def test_logarithm_of_zero_is_refused_with_its_place():
    made = flat(1, normalisation={"method": "min-max", "goalposts": "annual", "transform": "log"})
    with pytest.raises(ScoringError, match=r"r1 · 2020 · i0: .*0 has none") as refused:
        score(made, grid([[1.0], [0.0], [2.0]]))
    assert codes(refused.value.problems) == ["value-without-logarithm"]


def test_ratio_where_lower_is_better_rewards_the_lowest():
    made = framework(
        indicator("i0", direction="lower"),
        normalisation={"method": "fraction-of-maximum", "goalposts": "annual"},
    )
    np.testing.assert_allclose(score(made, grid([[1.0], [2], [4]])).scores[0, :, 0], [100, 50, 25])
    with pytest.raises(ScoringError, match="cannot be divided by"):
        score(made, grid([[0.0], [2], [4]]))


def test_target_ratio_without_positive_reference_is_refused():
    made = flat(1, normalisation={"method": "fraction-of-maximum", "goalposts": "annual"})
    with pytest.raises(ScoringError, match="must be above 0"):
        score(made, grid([[-1.0], [-2]]))


def test_nearness_to_a_target_scores_best_inside_it():
    made = framework(indicator("i0", direction="target", target=[5, 7]))
    np.testing.assert_allclose(
        score(made, grid([[3.0], [6], [8], [11]])).scores[0, :, 0], [50, 100, 75, 0]
    )


def test_target_cannot_be_a_z_score():
    made = framework(
        indicator("i0", direction="target", target=[5, 7]),
        normalisation={"method": "z-score", "goalposts": "annual", "scale": [0, 1]},
    )
    with pytest.raises(ScoringError, match="which z-score cannot express"):
        score(made, grid([[3.0], [6], [8]]))


def test_geometric_mean_refuses_no_zero_because_of_its_floor():
    made = flat(2, aggregation={"default": {"method": "geometric", "floor": 1}})
    scores = score(made, grid([[0.0, 1], [1, 0], [1, 1]]))
    np.testing.assert_allclose(scores.scores[0, :, 0], [10, 10, 100])
    np.testing.assert_allclose(scores.contributions[0].sum(axis=1), [10, 10, 100])
    np.testing.assert_allclose(scores.contributions[0, 0], [0, 10])


@pytest.mark.parametrize(
    "rule",
    [
        {"method": "harmonic", "floor": 1},
        {"method": "power", "power": 2, "floor": 0},
        {"method": "power", "power": -1, "floor": 0.5},
        {"method": "weighted-median"},
        {"method": "copeland"},
        {"method": "geometric", "floor": 0.01},
    ],
)
def test_contributions_sum_to_the_index_under_every_mean(rule):
    made = framework(
        group("a", *(indicator(f"i{column}") for column in range(3))),
        group("b", *(indicator(f"i{column}") for column in range(3, 5))),
        aggregation={"default": {"method": "arithmetic"}, "levels": {0: rule, 1: rule}},
        weighting={"method": "equal", "renormalise_missing": True},
    )
    values = np.random.default_rng(1).normal(size=(2, 9, 5))
    values[0, 3, 1] = np.nan
    scores = score(made, grid(values))
    total = np.nansum(scores.contributions, axis=2)
    np.testing.assert_allclose(total, scores.scores[:, :, 0], rtol=1e-12, atol=1e-10)
    assert np.isfinite(scores.scores[:, :, 0]).all()


def test_power_mean_of_changing_years_is_not_refused():
    made = flat(2, aggregation={"default": {"method": "power", "power": 2, "floor": 0}})
    scores = score(made, grid([[[0.0, 1], [3, 5]], [[9, 2], [7, 30]]]))
    change = changes(scores, scores, period_before="2020", period_after="2021")
    np.testing.assert_allclose(
        change.amounts.sum(axis=(1, 2)), change.after - change.before, atol=1e-10
    )


@pytest.mark.parametrize("weights", [[0.2, 0.72, 0.08], [0.1, 0.7, 0.2]])
@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic"])
def test_a_mean_never_leaves_its_children(method, weights):
    made = flat(
        3,
        aggregation={"default": {"method": method, "floor": 1}},
        normalisation={"method": "min-max", "goalposts": "annual", "outside": "cap"},
    )
    given = {f"i{column}": weight for column, weight in enumerate(weights)}
    scores = score(made, grid([[1.0, 1, 1], [0, 0, 0]]), weights=given)
    assert scores.scores[0, 0, 0] == 100


def test_regions_that_all_meet_a_target_are_all_best():
    made = framework(indicator("i0", direction="target", target=[5, 7]))
    scores = score(made, grid([[6.0], [5], [7]]))
    assert scores.scores[0, :, 0].tolist() == [100, 100, 100]
    assert scores.problems == ()


def test_official_mode_leaves_outliers_alone_and_audit_mode_logs_them():
    values = np.arange(20.0)[:, None]
    values[19] = 900
    made = flat(1, treatment={"method": "winsorise", "max_points": 1})
    official, audit = (score(made, grid(values), mode=mode) for mode in ("official", "audit"))
    assert official.treated[0, 19, 0] == 900
    assert audit.treated[0, 19, 0] == 18
    assert codes(official.problems) == []
    assert [(p.code, p.found) for p in audit.problems] == [("treated-outliers", "r19 900 → 18")]
    assert audit.values.values[0, 19, 0] == 900


def test_tiers_by_threshold_are_the_index_s_alone():
    made = framework(
        group("a", indicator("i0")),
        group("b", indicator("i1"), tiers={"method": "ranks", "cuts": [1]}),
        tiers={"method": "thresholds", "cuts": [80, 40]},
    )
    tiers = score(made, grid([[0, 0.0], [1, 1], [0.5, 0.5]])).tiers[0]
    assert tiers[:, 0].tolist() == [3, 1, 2]
    assert tiers[:, 1].tolist() == [0, 0, 0]
    assert tiers[:, 3].tolist() == [2, 1, 2]

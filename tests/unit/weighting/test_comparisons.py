import numpy as np
import pytest

from suanli.framework import Framework, bundled
from suanli.language import entries
from suanli.methods import objective
from suanli.weighting import comparisons
from suanli.weighting.comparisons import NAMES, comparison_notes, weightings
from tests.made import flat, framework, group, indicator

TREE = framework(
    group("A", indicator("a1"), indicator("a2")),
    group("B", group("BB", indicator("b1"), indicator("b2")), indicator("b3")),
)
CODES = ("a1", "a2", "b1", "b2", "b3")
EXPERT = {"A": 0.6, "B": 0.4, "a1": 0.5, "a2": 0.1, "BB": 0.3, "b1": 0.2, "b2": 0.1, "b3": 0.1}
RNG = np.random.default_rng(0)
SCORES = RNG.uniform(0, 100, (12, 5))


def by_name(found):
    return {each.name: each for each in found.weightings}


def overall(weighting):
    return [weighting.overall[code] for code in CODES]


def without(made, *disabled):
    """Return the framework with some nodes disabled, and their weights given to siblings."""

    def told(node):
        node = {**node, "disabled": node["code"] in disabled}
        if node.get("children"):
            node["children"] = [told(child) for child in node["children"]]
        return node

    declared = made.model_dump()
    declared["children"] = [told(child) for child in declared["children"]]
    declared["weighting"]["renormalise_missing"] = True
    return Framework.model_validate(declared)


def test_every_weighting_is_there_in_order():
    found = weightings(TREE, SCORES, EXPERT)
    assert tuple(each.name for each in found.weightings) == NAMES
    assert dict(found.reasons) == {}
    assert (found.regions_used, found.regions) == (12, 12)


@pytest.mark.parametrize("name", NAMES)
def test_weights_add_up_through_the_tree(name):
    found = by_name(weightings(TREE, SCORES, EXPERT))[name]
    codes = [placed.node.code for placed in TREE.walk()]
    assert list(found.overall) == codes
    assert list(found.local) == codes
    assert sum(overall(found)) == pytest.approx(1, abs=1e-15)
    assert found.overall["A"] == pytest.approx(found.overall["a1"] + found.overall["a2"])
    assert found.overall["B"] == pytest.approx(found.overall["BB"] + found.overall["b3"])
    for siblings in (("A", "B"), ("a1", "a2"), ("BB", "b3"), ("b1", "b2")):
        assert sum(found.local[code] for code in siblings) == pytest.approx(1, abs=1e-15)
    for placed in TREE.walk():
        above = found.overall.get(placed.parent, 1.0)
        assert found.overall[placed.node.code] == pytest.approx(
            above * found.local[placed.node.code]
        )


def test_objective_weights_are_those_of_the_methods():
    found = by_name(weightings(TREE, SCORES, EXPERT))
    np.testing.assert_allclose(overall(found["entropy"]), objective.entropy(SCORES))
    np.testing.assert_allclose(overall(found["critic"]), objective.critic(SCORES))
    np.testing.assert_allclose(
        overall(found["standard-deviation"]), objective.standard_deviation(SCORES)
    )
    np.testing.assert_allclose(
        overall(found["principal-components"]), objective.principal_components(SCORES)
    )
    np.testing.assert_allclose(
        overall(found["benefit-of-the-doubt"]),
        objective.benefit_of_the_doubt(SCORES, 0.1, 0.4).mean,
    )


def test_experts_keep_their_weights_and_equal_is_among_siblings():
    found = by_name(weightings(TREE, SCORES, EXPERT))
    np.testing.assert_allclose(overall(found["expert"]), [0.5, 0.1, 0.2, 0.1, 0.1])
    np.testing.assert_allclose(overall(found["equal"]), [0.25, 0.25, 0.125, 0.125, 0.25])


def test_combinations_are_of_their_parts():
    found = by_name(weightings(TREE, SCORES, EXPERT))
    parts = {name: np.array(overall(each)) for name, each in found.items()}
    np.testing.assert_allclose(
        overall(found["combined-linear"]), (parts["expert"] + parts["critic"]) / 2
    )
    np.testing.assert_allclose(
        overall(found["combined-game"]),
        objective.combined_game([parts["expert"], parts["entropy"], parts["critic"]]),
    )


def test_regions_with_gaps_are_left_out_and_counted():
    gapped = np.vstack([SCORES, [[np.nan, 1, 2, 3, 4], [5, 6, 7, 8, np.nan]]])
    found = weightings(TREE, gapped, EXPERT)
    assert (found.regions_used, found.regions) == (12, 14)
    whole = by_name(weightings(TREE, SCORES, EXPERT))
    for name, each in by_name(found).items():
        assert dict(each.overall) == dict(whole[name].overall)


def test_too_few_complete_regions_leave_experts_and_equal_weights():
    gapped = np.full((6, 5), 50.0)
    gapped[:2] = SCORES[:2]
    gapped[2:, 3] = np.nan
    gapped[5, 1] = np.nan
    found = weightings(TREE, gapped, EXPERT)
    assert [each.name for each in found.weightings] == ["expert", "equal"]
    assert (found.regions_used, found.regions) == (2, 6)
    assert list(found.reasons) == [name for name in NAMES if name not in ("expert", "equal")]
    assert "2 regions" in found.reasons["entropy"].en
    assert "most gaps: b2, a2." in found.reasons["entropy"].en
    assert "缺失最多的指标：b2, a2" in found.reasons["critic"].zh
    assert "CRITIC" in found.reasons["combined-linear"].zh


def test_three_regions_are_enough():
    assert len(weightings(TREE, SCORES[:3], EXPERT).weightings) == len(NAMES)


def test_without_experts_there_is_nothing_to_combine():
    found = weightings(TREE, SCORES)
    assert set(found.reasons) == {"expert", "combined-linear", "combined-game"}
    assert found.reasons["expert"].zh == "没有专家权重。"
    assert found.reasons["combined-game"].en.endswith("Expert weights.")


def test_negative_scores_rule_out_shares_only():
    found = weightings(TREE, SCORES - 50, EXPERT)
    assert set(found.reasons) == {"entropy", "benefit-of-the-doubt", "combined-game"}
    assert "负值" in found.reasons["entropy"].zh


def test_constant_scores_say_nothing():
    found = weightings(TREE, np.full((4, 5), 50.0), EXPERT)
    assert [each.name for each in found.weightings] == ["expert", "equal"]
    assert "same in all regions" in found.reasons["principal-components"].en


def test_indicators_in_one_line_have_no_critic_weights():
    line = np.arange(1, 5.0)[:, None] * np.ones(5)
    found = weightings(TREE, line, EXPERT)
    assert set(found.reasons) == {"critic", "combined-linear", "combined-game"}
    assert "perfectly correlated" in found.reasons["critic"].en


def test_many_regions_are_not_weighed_one_by_one(monkeypatch):
    monkeypatch.setattr(comparisons, "MOST_REGIONS", 11)
    found = weightings(TREE, SCORES, EXPERT)
    assert list(found.reasons) == ["benefit-of-the-doubt"]
    assert "12" in found.reasons["benefit-of-the-doubt"].zh
    assert "11" in found.reasons["benefit-of-the-doubt"].zh


def test_in_a_group_that_weighs_nothing_siblings_are_equal():
    scores = SCORES.copy()
    scores[:, :2] = 50
    found = by_name(weightings(TREE, scores, EXPERT))["entropy"]
    assert found.overall["A"] == 0
    assert (found.local["a1"], found.local["a2"]) == (0.5, 0.5)
    assert found.local["A"] == 0


def test_a_disabled_indicator_weighs_nothing_and_its_scores_are_not_looked_at():
    reduced = without(TREE, "a2")
    scores = SCORES.copy()
    scores[:, 1] = np.nan
    found = weightings(reduced, scores, EXPERT)
    assert found.regions_used == 12
    for each in found.weightings:
        assert each.overall["a2"] == each.local["a2"] == 0
        assert each.local["a1"] == pytest.approx(1)
        assert sum(overall(each)) == pytest.approx(1)
    np.testing.assert_allclose(
        [by_name(found)["critic"].overall[code] for code in ("a1", "b1", "b2", "b3")],
        objective.critic(SCORES[:, [0, 2, 3, 4]]),
    )
    np.testing.assert_allclose(by_name(found)["expert"].overall["a1"], 0.5 / 0.9)


def test_a_framework_with_nothing_enabled_is_refused():
    with pytest.raises(ValueError, match="every indicator is disabled"):
        weightings(without(flat(2), "i0", "i1"), [[1.0, 2.0]])


def test_one_indicator_takes_all():
    found = weightings(flat(1), [[1.0], [5.0], [9.0]], {"i0": 1.0})
    assert tuple(each.name for each in found.weightings) == NAMES
    assert all(dict(each.overall) == {"i0": pytest.approx(1)} for each in found.weightings)


@pytest.mark.parametrize("scores", [np.ones((4, 4)), np.ones(5), np.ones((2, 4, 5))])
def test_scores_must_fit_the_framework(scores):
    with pytest.raises(ValueError, match="regions by 5 indicators"):
        weightings(TREE, scores)


def test_experts_must_weigh_every_indicator():
    with pytest.raises(ValueError, match="no expert weights for a2, b3"):
        weightings(TREE, SCORES, {"a1": 0.5, "b1": 0.2, "b2": 0.3})


def test_what_comes_back_cannot_be_changed():
    found = weightings(TREE, SCORES, EXPERT)
    with pytest.raises(TypeError, match="does not support item assignment"):
        found.weightings[0].overall["a1"] = 1.0


@pytest.mark.parametrize("name", NAMES)
def test_each_says_in_a_line_what_it_rewards(name):
    found = by_name(weightings(TREE, SCORES, EXPERT))[name]
    assert found.label.zh
    assert found.label.en
    assert found.rewards.zh.startswith(found.label.zh + "：")
    assert found.rewards.en.startswith(found.label.en + ": ")
    assert "\n" not in found.rewards.zh + found.rewards.en


def test_the_catalogue_has_no_weighting_that_is_not_shown():
    named = {key.removeprefix("rewards-") for key in entries("weighting") if "rewards-" in key}
    assert named == set(NAMES)


def test_the_bundled_frameworks_can_be_compared():
    made = bundled("ccpe-3.0")
    scores = RNG.uniform(0, 100, (31, 53))
    found = weightings(made, scores, {each.code: 1.0 for each in made.indicators()})
    assert tuple(each.name for each in found.weightings) == NAMES


def test_what_is_not_there_is_noted():
    framework = bundled("open-1.0")
    scores = np.random.default_rng(1).uniform(0, 100, (6, len(framework.indicators())))
    scores[0, 0] = np.nan
    notes = comparison_notes(weightings(framework, scores))
    assert {(note.code, note.found) for note in notes} >= {
        ("weighting-absent", "expert"),
        ("weightings-of-some-regions", "5"),
    }
    scores[1:5, 1] = np.nan
    absent = [note.found for note in comparison_notes(weightings(framework, scores))]
    assert "entropy" in absent
    assert "1" not in absent


def test_an_indicator_that_nobody_has_gets_nothing_and_is_noted():
    framework = bundled("open-1.0")
    codes = [indicator.code for indicator in framework.indicators()]
    scores = np.random.default_rng(1).uniform(0, 100, (6, len(codes)))
    scores[:, 1] = np.nan
    comparison = weightings(framework, scores)
    told = {each.name: each.overall for each in comparison.weightings}
    assert told["entropy"][codes[1]] == 0
    rest = objective.entropy(np.delete(scores, 1, axis=1))
    assert [told["entropy"][code] for code in codes if code != codes[1]] == pytest.approx(rest)
    assert ("weightings-without-indicators", codes[1]) in {
        (note.code, note.found) for note in comparison_notes(comparison)
    }

import math

import numpy as np
import pytest

from suanli.intake.panels import StopRule
from suanli.language import Text, pair
from suanli.weighting import convergence, panel_weights
from suanli.weighting.rounds import interquartile_range, stop_reason
from tests.made import flat, framework, group, indicator
from tests.made_panels import pair_round, panel

TREE = framework(
    group("a", indicator("a1"), indicator("a2"), indicator("a3")), group("b", indicator("b1"))
)
FIRST = {"index": [[3], [1 / 3]], "a": [[2, 4, 2], [1 / 2, 1 / 4, 1 / 2]]}
SECOND = {"index": [[3], [2]], "a": [[2, 4, 2], None]}
THIRD = {"index": [[3], [3]], "a": [[2, 4, 2], [2, 4, 2]]}


def rounds(*answers, **rules):
    return panel(TREE, [pair_round(TREE, each, n + 1) for n, each in enumerate(answers)], **rules)


def test_each_round_is_told_with_what_it_changed():
    made = rounds(FIRST, SECOND, THIRD, stop={"consensus": 0.75, "change": 0.01})
    first, second, third = convergence(made)
    assert [each.number for each in (first, second, third)] == [1, 2, 3]
    assert [each.answered for each in (first, second, third)] == [2, 2, 2]
    assert math.isnan(first.largest_change)
    assert first.changed == ""
    weights = [panel_weights(made, round=n, uncertainty=False).overall for n in (1, 2, 3)]
    changes = {node: abs(weights[1][node] - weights[0][node]) for node in weights[0]}
    assert second.largest_change == pytest.approx(max(changes.values()))
    assert second.changed in ("a", "b")
    assert first.consensus < second.consensus < third.consensus == pytest.approx(1)
    assert list(third.consensus_by_group) == ["index", "a"]
    assert third.interquartile_range == pytest.approx(0, abs=1e-12)
    assert third.kendall_w == pytest.approx(1)
    assert [each.stop for each in (first, second, third)] == [False, False, True]
    assert third.reason == pair("weighting", "round_consensus", limit="0.75")


def test_rounds_stop_when_weights_stand_still():
    first, second = convergence(rounds(FIRST, FIRST))
    assert not first.stop
    assert second.stop
    assert second.largest_change == 0
    assert "0.0000" in second.reason.en


def test_the_interquartile_range_is_of_logarithms():
    tree = flat(2)
    made = panel(tree, [pair_round(tree, {"index": [[1], [2], [4], [8], None]})])
    told = panel_weights(made, uncertainty=False)
    expected = np.diff(np.quantile(np.log([1, 2, 4, 8]), [0.25, 0.75]))[0]
    assert interquartile_range(told.groups) == pytest.approx(expected)


NAN = math.nan


@pytest.mark.parametrize(
    ("rule", "consensus", "change", "expected"),
    [
        ((0.75, 0.05), {"a": 0.75, "b": 0.8}, NAN, (True, "round_consensus")),
        ((0.75, 0.05), {"a": 0.7, "b": 0.8}, 0.05, (True, "round_stable")),
        ((0.75, 0.05), {"a": 0.7, "b": 0.8}, 0.06, (False, "round_apart_and_moving")),
        ((0.75, 0.05), {"a": 0.7, "b": 0.8}, NAN, (False, "round_apart")),
        ((0.75, None), {"a": NAN}, 0.0, (False, "round_apart")),
        ((None, 0.05), {"a": 0.9}, NAN, (False, "round_first")),
        ((None, 0.05), {"a": 0.9}, 0.06, (False, "round_moving")),
        ((None, None), {"a": 1.0}, 0.0, (None, "round_no_rule")),
    ],
)
def test_the_stop_rule(rule, consensus, change, expected):
    told = StopRule.model_validate({"consensus": rule[0], "change": rule[1]})
    stop, reason = stop_reason(told, consensus, change, {"a": Text("甲", "A")})
    shown = {
        "limit": "0.75" if expected[1] == "round_consensus" else "0.05",
        "groups_zh": "甲（a）",
        "groups_en": "A (a)",
    }
    details = {**shown, "change": "–" if math.isnan(change) else f"{change:.4f}"}
    assert (stop, reason) == (expected[0], pair("weighting", expected[1], **details))


@pytest.mark.parametrize(("count", "named"), [(5, True), (6, False)])
def test_groups_short_of_the_consensus_are_named_up_to_five(count, named):
    names = {f"g{at}": Text(f"组{at}", f"Group {at}") for at in range(count)}
    rule = StopRule.model_validate({"consensus": 0.75, "change": None})
    _, reason = stop_reason(rule, dict.fromkeys(names, 0.5), NAN, names)
    assert ("组0（g0）、组1（g1）" in reason.zh) is named
    assert ("Group 0 (g0), Group 1 (g1)" in reason.en) is named
    assert (f"共{count}组" in reason.zh) is not named


def test_the_largest_change_may_be_a_loss():
    three = flat(3)
    answers = [{"index": [[1, 1, 1]]}, {"index": [[1, 3, 3]]}]
    made = panel(three, [pair_round(three, each, n + 1) for n, each in enumerate(answers)])
    _, second = convergence(made)
    assert second.changed == "i2"
    assert second.largest_change == pytest.approx(1 / 3 - 1 / 7)

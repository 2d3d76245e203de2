"""The rule in force for an indicator."""

from suanli.scoring.rules import rule_of
from tests.made import framework, indicator


def test_indicator_overrides_only_what_it_declares():
    made = framework(
        indicator("i0", direction="lower", normalisation={"transform": "log"}),
        indicator("i1"),
        normalisation={"method": "min-max", "goalposts": "pooled", "outside": "cap"},
    )
    own, common = (rule_of(made, item) for item in made.indicators())
    assert (own.method, own.goalposts, own.outside, own.transform) == (
        "min-max",
        "pooled",
        "cap",
        "log",
    )
    assert own.direction == "lower"
    assert own.logarithm == "log"
    assert common.transform == "none"
    assert common.logarithm is None


def test_ranks_and_ready_made_scores_have_no_goalposts():
    made = framework(
        indicator("i0", normalisation={"method": "borda"}),
        indicator("i1", normalisation={"method": "as-given"}),
        indicator("i2"),
    )
    assert [rule_of(made, item).compares_values for item in made.indicators()] == [
        False,
        False,
        True,
    ]

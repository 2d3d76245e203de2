"""All rules by name."""

import pytest

from suanli.framework import bundled
from suanli.indicators.rules import RULES


def test_every_indicator_of_the_two_published_systems_names_a_rule_of_its_own():
    named = [
        indicator.rule
        for framework in ("cpdi-2.0", "ccpe-3.0")
        for indicator in bundled(framework).indicators()
    ]
    assert len(named) == len(set(named)) == 16 + 53
    assert set(RULES) - set(named) == {"storage_iops_total"}
    assert set(named) < set(RULES)


def test_rules_cannot_be_added_by_the_way():
    with pytest.raises(TypeError, match="does not support item assignment"):
        RULES["pue"] = RULES["cue"]


def test_shares_and_means_of_a_region_without_items_are_never_zero():
    shares = {name for name, rule in RULES.items() if rule.reduction == "ratio"}
    assert {"pue", "rack_utilisation", "storage_per_rack"} <= shares
    assert [name for name in sorted(shares) if RULES[name].absent == "zero"] == []

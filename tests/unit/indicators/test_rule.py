"""What a rule is."""

from dataclasses import FrozenInstanceError

import pytest

from suanli.indicators.rule import ITEM_COLUMNS, Rule


def test_a_rule_left_alone_says_that_nothing_known_is_missing():
    rule = Rule("racks", lambda records: None, "sum", "个", ("facilities",))
    assert (rule.absent, rule.caliber, rule.levels, dict(rule.beside)) == (
        "missing",
        None,
        ("stated",),
        {},
    )


def test_a_rule_does_not_change():
    rule = Rule("racks", lambda records: None, "sum", "个", ("facilities",))
    with pytest.raises(FrozenInstanceError, match="unit"):
        rule.unit = "台"


def test_items_have_these_columns_in_this_order():
    assert " ".join(ITEM_COLUMNS) == "region period record part numerator denominator weight level"

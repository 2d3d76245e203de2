"""Rules of firms, graduates, events, honours, research and protected knowledge."""

import pytest

from suanli.indicators.families.market import RULES
from suanli.regions import provinces
from tests.unit.indicators.made_families import (
    by_name,
    check_declared,
    check_lazy_and_empty,
    items_of,
    opened,
    parts,
    values,
)

RULE = by_name(RULES)


def test_the_family_has_its_rules():
    assert list(RULE) == [
        "leading_firms",
        "graduates",
        "industry_events",
        "honours",
        "centre_research",
        "centre_patents",
    ]
    assert [rule.name for rule in RULES if rule.absent == "zero"] == ["industry_events", "honours"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    check_declared(rule, "ccpe-3.0")
    check_lazy_and_empty(rule, tmp_path)


def test_every_leading_firm_is_an_item_of_every_region(tmp_path):
    rows = [
        {"firm_id": firm, "year": 2023, "region_code": region, "leading": True}
        for firm, region in (("f1", "110000"), ("f1", "310000"), ("f2", "110000"))
    ]
    with opened(tmp_path, {"firms": rows}) as records:
        found = items_of(records, RULE["leading_firms"])
        share = values(records, RULE["leading_firms"])
    assert found.height == 2 * len(provinces().codes)
    assert share[("110000", "2023")] == 1.0
    assert share[("310000", "2023")] == 0.5
    assert sum(share.values()) == 1.5


def honour(**others):
    return {
        "honour_id": "a",
        "region_code": "110000",
        "awarded": "2020-02-29",
        "kind": "green",
    } | others


@pytest.mark.parametrize(
    ("expires", "wanted"),
    [
        (None, 1),
        ("2023-12-31", 1),
        ("2024-01-01", 1),
        ("2023-12-30", 0),
        ("2023-01-01", 0),
        ("2020-03-01", 0),
    ],
)
def test_an_honour_stands_to_the_day_it_expires(expires, wanted, tmp_path):
    with opened(tmp_path, {"honours": [honour(expires=expires)]}) as records:
        assert items_of(records, RULE["honours"]).height == wanted


def test_an_honour_of_next_year_does_not_count(tmp_path):
    with opened(tmp_path, {"honours": [honour(awarded="2024-01-01")]}) as records:
        assert values(records, RULE["honours"]) == {}


def test_kinds_are_the_parts(tmp_path):
    rows = [honour(), honour(honour_id="b"), honour(honour_id="c", kind="safety")]
    with opened(tmp_path, {"honours": rows}) as records:
        found = parts(records, RULE["honours"])
    assert found == {("110000", "green"): 2.0, ("110000", "safety"): 1.0}


def test_graduates_of_a_year_do_not_complete_those_of_another(tmp_path):
    rows = [
        {"region_code": "110000", "year": 2022, "field": "computing", "graduates": 3.0},
        {"region_code": "110000", "year": 2023, "field": "other", "graduates": 4.0},
    ]
    with opened(tmp_path, {"graduates": rows}, periods=("2022", "2023")) as records:
        assert set(values(records, RULE["graduates"]).values()) == {None}

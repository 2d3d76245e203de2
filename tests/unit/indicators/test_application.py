"""Rules of egress, 5G, traffic, digitalisation, open data and filed services."""

import pytest

from suanli.indicators.families.application import RULES
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


def operator(name, **figures):
    return {"region_code": "110000", "year": 2023, "operator": name} | figures


def test_the_family_has_its_rules():
    assert list(RULE) == [
        "internet_egress",
        "coverage_5g",
        "open_data_index",
        "mobile_traffic",
        "industry_digitalisation",
        "ai_services",
    ]
    assert [rule.name for rule in RULES if rule.absent == "zero"] == ["ai_services"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    check_declared(rule, "ccpe-3.0" if rule.name == "ai_services" else "cpdi-2.0")
    check_lazy_and_empty(rule, tmp_path)


def test_operators_are_the_parts(tmp_path):
    rows = [operator("A", metro_egress_bandwidth=3.0), operator("B", metro_egress_bandwidth=4.0)]
    with opened(tmp_path, {"operator_networks": rows}) as records:
        assert parts(records, RULE["internet_egress"]) == {("110000", "A"): 3, ("110000", "B"): 4}


def test_traffic_that_stands_in_is_told_operator_by_operator(tmp_path):
    rows = [
        operator("A", mobile_traffic=0.0, mobile_internet_users=5.0, mobile_data_use=2.0),
        operator("B", mobile_internet_users=5.0, mobile_data_use=2.0),
    ]
    with opened(tmp_path, {"operator_networks": rows}) as records:
        found = items_of(records, RULE["mobile_traffic"])
    assert found["numerator"].to_list() == [0.0, 10.0]
    assert found["level"].to_list() == [0, 1]
    assert RULE["mobile_traffic"].levels == ("traffic_stated", "users_and_use")


def test_an_index_of_several_places_is_never_their_sum(tmp_path):
    rows = [
        {"region_code": code, "year": 2023, "open_data_index": index}
        for code, index in (("440100", 40.0), ("440300", 60.0))
    ]
    with opened(tmp_path, {"region_statistics": rows}) as records:
        assert values(records, RULE["open_data_index"]) == {("440000", "2023"): 50.0}

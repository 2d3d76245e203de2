"""Rules of access networks."""

import pytest

from suanli.indicators.families.access_network import RULES
from tests.unit.indicators.made_families import (
    by_name,
    check_declared,
    check_lazy_and_empty,
    items_of,
    opened,
    values,
)

RULE = by_name(RULES)


def test_the_family_has_its_rules():
    assert list(RULE) == [
        "broadband_ports",
        "access_fibre_density",
        "gigabit_coverage",
        "otn_coverage",
        "ip_line_coverage",
        "fast_ip_line_users",
        "internet_line_users",
        "fixed_download_rate",
        "mobile_download_rate",
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    check_declared(rule, "ccpe-3.0")
    check_lazy_and_empty(rule, tmp_path)


@pytest.mark.parametrize("operators", [1, 2, 3, 7])
def test_shares_of_the_area_add_up_to_it_once(operators, tmp_path):
    rows = [
        {"region_code": "110000", "year": 2023, "operator": str(number), "access_fibre": 10.0}
        for number in range(operators)
    ]
    area = [{"region_code": "110000", "year": 2023, "area": 16410.0}]
    with opened(tmp_path, {"operator_networks": rows, "region_statistics": area}) as records:
        found = items_of(records, RULE["access_fibre_density"])
    assert found["denominator"].sum() == pytest.approx(16410.0, rel=1e-15)
    assert found["numerator"].sum() == 10.0 * operators


def test_a_rate_lies_between_those_of_the_operators(tmp_path):
    rows = [
        {
            "region_code": "110000",
            "year": 2023,
            "operator": name,
            "access": "fixed",
            "users": users,
            "rate": rate,
        }
        for name, users, rate in (("A", 1.0, 10.0), ("B", 1e9, 20.0))
    ]
    with opened(tmp_path, {"access_speeds": rows}) as records:
        (rate,) = values(records, RULE["fixed_download_rate"]).values()
        assert values(records, RULE["mobile_download_rate"]) == {}
    assert 19.99999 < rate < 20

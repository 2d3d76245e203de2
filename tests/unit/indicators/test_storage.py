"""Rules of storage."""

import pytest

from suanli.framework.units import converted
from suanli.indicators.families.storage import RULES, TIB_PER_EIB
from tests.unit.indicators.made_families import (
    by_name,
    check_declared,
    check_lazy_and_empty,
    opened,
    values,
)

RULE = by_name(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    if rule.name != "storage_iops_total":
        check_declared(rule, "ccpe-3.0")
    check_lazy_and_empty(rule, tmp_path)


def test_binary_and_decimal_units_are_the_frameworks():
    assert converted(1.0, "EiB", "TiB") == TIB_PER_EIB
    assert converted(float(2**20), RULE["storage_capacity"].unit, "EB (2^60 B)") == 1.0


def test_total_operations_of_a_region_without_any_stated_are_missing(tmp_path):
    tables = {
        "facilities": [
            {
                "facility_id": "a",
                "year": 2023,
                "region_code": "110000",
                "kind": "data_centre",
                "status": "in_use",
            }
        ],
        "storage_systems": [
            {
                "system_id": "s",
                "year": 2023,
                "facility_id": "a",
                "place": "internal",
                "medium": "disk",
                "capacity": 8,
            }
        ],
    }
    with opened(tmp_path, tables) as records:
        assert values(records, RULE["storage_iops_total"]) == {("110000", "2023"): None}

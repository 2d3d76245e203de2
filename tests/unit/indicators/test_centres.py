"""Rules of the register."""

import pytest

from suanli.indicators.families.centres import RULES
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
    check_declared(rule, "ccpe-3.0")
    check_lazy_and_empty(rule, tmp_path)


def test_counts_and_sums_of_the_register_are_zero_where_it_lists_nothing_and_ratios_are_not():
    zero = {rule.name for rule in RULES if rule.absent == "zero"}
    assert zero == {"ai_centres_in_use", "ai_centres_under_construction", "computing_revenue"}
    assert all((rule.absent == "zero") == (rule.reduction == "sum") for rule in RULES)


def test_a_centre_counts_in_every_year_it_is_listed(tmp_path):
    rows = [
        {
            "facility_id": "a",
            "year": year,
            "region_code": "110000",
            "kind": "ai_centre",
            "status": status,
        }
        for year, status in ((2022, "under_construction"), (2023, "in_use"), (2024, "in_use"))
    ]
    with opened(tmp_path, {"facilities": rows}, ("2022", "2023")) as records:
        found = values(records, RULE["ai_centres_in_use"])
        building = values(records, RULE["ai_centres_under_construction"])
    assert found[("110000", "2023")] == 1.0
    assert ("110000", "2022") not in found
    assert building == {("110000", "2022"): 1.0}

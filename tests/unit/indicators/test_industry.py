"""Rules of output, software revenue and IT spending."""

import pytest

from suanli.indicators.families.industry import RULES
from suanli.indicators.kept_items import kept_items, reduced_parts
from suanli.language import entries
from tests.unit.indicators.made_families import (
    by_name,
    check_declared,
    check_lazy_and_empty,
    items_of,
    opened,
    values,
)

RULE = by_name(RULES)
COMPONENTS = ("products", "integration", "consulting", "data_services", "embedded", "ic_design")


def test_the_family_has_its_rules():
    assert list(RULE) == ["equipment_output", "circuit_output", "software_revenue", "it_spending"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    check_declared(rule, "cpdi-2.0")
    check_lazy_and_empty(rule, tmp_path)
    assert rule.absent == "missing"


def revenues(components, region="310000"):
    return [
        {"region_code": region, "year": 2023, "component": name, "revenue": 10.0 + number}
        for number, name in enumerate(components)
    ]


@pytest.mark.parametrize("lacking", COMPONENTS)
def test_no_component_can_be_left_out(lacking, tmp_path):
    rows = revenues([name for name in COMPONENTS if name != lacking])
    with opened(tmp_path, {"software_revenue": rows}) as records:
        assert values(records, RULE["software_revenue"]) == {("310000", "2023"): None}


def test_known_components_stay_items_of_a_total_that_is_not_known_and_are_no_parts(tmp_path):
    rows = revenues(COMPONENTS[:5])
    rules = {"software_revenue": RULE["software_revenue"]}
    with opened(tmp_path, {"software_revenue": rows}) as records:
        found = items_of(records, RULE["software_revenue"])
        shown = reduced_parts(records, kept_items(records, rules), rules)
    assert dict(found.select("part", "numerator").iter_rows()) == dict(
        zip(COMPONENTS, [10, 11, 12, 13, 14, None], strict=True)
    )
    assert found["denominator"].null_count() == 6
    assert shown.is_empty()
    assert {f"part-{name}" for name in COMPONENTS} <= entries("rules").keys()


def test_a_row_without_a_region_of_the_study_touches_no_other(tmp_path):
    rows = revenues(COMPONENTS) + revenues(COMPONENTS[:2], region="Atlantis")
    with opened(tmp_path, {"software_revenue": rows}) as records:
        assert values(records, RULE["software_revenue"]) == {("310000", "2023"): 75.0}

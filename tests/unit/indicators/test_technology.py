"""Rules of patents and of computer makers' research."""

import pytest

from suanli.indicators.families.technology import RULES
from tests.unit.indicators.made_families import (
    by_name,
    check_declared,
    check_lazy_and_empty,
    opened,
    parts,
    values,
)

RULE = by_name(RULES)


def patent(record, year, **others):
    row = {
        "record_id": record,
        "region_code": "110000",
        "year": year,
        "kind": "invention_grant",
        "holder": "other",
        "field": "computing",
        "items": 1.0,
    }
    return row | others


def test_the_family_has_its_rules():
    assert list(RULE) == ["patent_applications", "patent_grants", "manufacturing_research"]
    assert list(RULE["manufacturing_research"].beside) == ["electronics_research"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    check_declared(rule, "cpdi-2.0")
    check_lazy_and_empty(rule, tmp_path)


@pytest.mark.parametrize(("years", "wanted"), [(1, 16.0), (3, 28.0), (5, 31.0)])
def test_a_window_ends_with_the_period_and_includes_it(years, wanted, tmp_path):
    rows = [patent(str(year), year, items=2.0 ** (year - 2019)) for year in range(2019, 2025)]
    with opened(tmp_path, {"intellectual_property": rows}, patent_years=years) as records:
        assert values(records, RULE["patent_grants"]) == {("110000", "2023"): wanted}


def test_a_window_that_begins_before_the_records_has_no_value_in_any_region(tmp_path):
    rows = [patent("a", 2020), patent("b", 2023, region_code="310000")]
    with opened(tmp_path, {"intellectual_property": rows}, patent_years=5) as records:
        found = values(records, RULE["patent_grants"])
    assert found == {("110000", "2023"): None, ("310000", "2023"): None}


def test_a_year_of_the_window_that_another_region_states_is_no_gap(tmp_path):
    rows = [
        *(patent("a", 2021), patent("b", 2023, region_code="310000")),
        patent("c", 2022, region_code="440000", field="storage"),
    ]
    with opened(tmp_path, {"intellectual_property": rows}, patent_years=3) as records:
        found = values(records, RULE["patent_grants"])
    assert found == {("110000", "2023"): 1.0, ("310000", "2023"): 1.0}


@pytest.mark.parametrize("years", [(2021, 2022), (2021, 2023), (2022, 2023), (2019, 2021)])
def test_a_window_that_lacks_a_year_anywhere_has_no_value(years, tmp_path):
    rows = [patent(str(year), year) for year in years]
    rows += [patent("z", year, kind="software_copyright") for year in (2021, 2022, 2023)]
    with opened(tmp_path, {"intellectual_property": rows}, patent_years=3) as records:
        assert values(records, RULE["patent_grants"]) == {("110000", "2023"): None}


def test_years_are_the_parts(tmp_path):
    rows = [patent("a", 2022, items=3.0), patent("b", 2023, items=4.0)]
    with opened(tmp_path, {"intellectual_property": rows}, patent_years=2) as records:
        found = parts(records, RULE["patent_grants"])
    assert found == {("110000", "2022"): 3.0, ("110000", "2023"): 4.0}

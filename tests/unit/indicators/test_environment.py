"""Rules of temperature and policies."""

import pytest

from suanli.indicators.families.environment import RULES
from suanli.indicators.rule_words import part_words
from suanli.intake.records.schema import table_schemas
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
    assert list(RULE) == ["mean_temperature", "policy_support"]
    assert RULE["policy_support"].absent == "zero"
    assert list(RULE["mean_temperature"].beside) == ["temperature_by_racks"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    check_declared(rule, "ccpe-3.0")
    check_lazy_and_empty(rule, tmp_path)


def test_centres_and_stations_never_mix_in_a_region(tmp_path):
    centre = {"year": 2023, "kind": "data_centre", "status": "in_use"}
    made = {
        "facilities": [
            centre | {"facility_id": "a", "region_code": "150000", "station_id": "s1"},
            centre | {"facility_id": "b", "region_code": "150000"},
            centre | {"facility_id": "c", "region_code": "630000"},
        ],
        "weather_stations": [
            {"station_id": "s1", "year": 2023, "region_code": "150000", "temperature": 4.0},
            {"station_id": "s2", "year": 2023, "region_code": "150000", "temperature": 9.0},
            {"station_id": "s3", "year": 2023, "region_code": "630000", "temperature": -2.0},
        ],
    }
    with opened(tmp_path, made) as records:
        found = items_of(records, RULE["mean_temperature"])
        assert values(records, RULE["mean_temperature"]) == {
            ("150000", "2023"): 4.0,
            ("630000", "2023"): -2.0,
        }
    assert found.select("record", "level").rows() == [("a", 0), ("b", 0), ("s3", 1)]


def test_a_level_that_counts_nothing_stays_a_policy(tmp_path):
    rows = [
        {"policy_id": name, "region_code": "110000", "issued": "2023-05-01", "level": level}
        for name, level in (("a", "provincial"), ("b", "county"), ("c", "county"))
    ]
    with opened(tmp_path, {"policies": rows}, policy_levels={"county": 0.0}) as records:
        assert values(records, RULE["policy_support"]) == {("110000", "2023"): 1.0}
        assert parts(records, RULE["policy_support"]) == {
            ("110000", "provincial"): 1.0,
            ("110000", "county"): 0.0,
        }
        assert items_of(records, RULE["policy_support"]).height == 3


def test_the_levels_of_policies_are_called_as_in_the_table_of_policies():
    level = table_schemas()["policies"].column("level")
    labels = dict(zip(level.values, level.labels, strict=True))
    assert {name: part_words(name).zh for name in labels} == {
        name: label.zh for name, label in labels.items()
    }

"""Rules of the networks of computing centres."""

import pytest

from suanli.indicators.families.centre_network import RULES
from tests.unit.indicators.made_families import (
    by_name,
    check_declared,
    check_lazy_and_empty,
    items_of,
    opened,
    values,
)

RULE = by_name(RULES)


def centre(name, **others):
    row = {
        "facility_id": name,
        "year": 2023,
        "region_code": "110000",
        "kind": "data_centre",
        "status": "in_use",
    }
    return row | others


def link(name, facility, **others):
    row = {
        "link_id": name,
        "year": 2023,
        "facility_id": facility,
        "bandwidth": 1.0,
        "network": "metro",
    }
    return row | others


def test_the_family_has_its_rules():
    assert list(RULE) == [
        "centre_egress_bandwidth",
        "bandwidth_per_rack",
        "backbone_connections",
        "metro_connections",
        "route_reliability",
        "fast_network_use",
        "smart_network_use",
    ]
    assert list(RULE["backbone_connections"].beside) == ["backbone_centres"]
    assert list(RULE["metro_connections"].beside) == ["metro_centres"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    check_declared(rule, "ccpe-3.0")
    check_lazy_and_empty(rule, tmp_path)
    assert rule.absent == "missing"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_centre_in_use_is_an_item_once(rule, tmp_path):
    made = {
        "facilities": [centre("a"), centre("b"), centre("c", status="under_construction")],
        "egress_links": [link("1", "a"), link("2", "a"), link("3", "c"), link("4", "nowhere")],
    }
    with opened(tmp_path, made) as records:
        assert items_of(records, rule)["record"].to_list() == ["a", "b"]


def test_a_link_without_a_bandwidth_leaves_its_centre_without_one(tmp_path):
    made = {
        "facilities": [centre("a", racks_built=10.0), centre("b", racks_built=10.0)],
        "egress_links": [link("1", "a"), link("2", "a", bandwidth=None), link("3", "b")],
    }
    with opened(tmp_path, made) as records:
        assert values(records, RULE["centre_egress_bandwidth"]) == {("110000", "2023"): 1.0}
        assert values(records, RULE["bandwidth_per_rack"]) == {("110000", "2023"): 100.0}


def test_networks_of_one_name_are_one_for_a_centre_and_two_for_two(tmp_path):
    made = {
        "facilities": [centre("a"), centre("b")],
        "egress_links": [
            link("1", "a", network_name="M"),
            link("2", "a", network_name="M"),
            link("3", "b", network_name="M"),
            link("4", "b", network_name="M", network="provincial_backbone"),
        ],
    }
    with opened(tmp_path, made) as records:
        assert values(records, RULE["metro_connections"]) == {("110000", "2023"): 2.0}
        assert values(records, RULE["backbone_connections"]) == {("110000", "2023"): 1.0}


def test_last_years_links_do_not_count_this_year(tmp_path):
    made = {
        "facilities": [centre("a")],
        "egress_links": [link("1", "a", year=2022, route_id="R1")],
    }
    with opened(tmp_path, made) as records:
        for name in ("centre_egress_bandwidth", "metro_connections", "route_reliability"):
            assert values(records, RULE[name]) == {("110000", "2023"): None}


@pytest.mark.parametrize(
    ("routes", "wanted"),
    [
        (["R1", "R2"], 1.0),
        (["R1", "R1"], 0.0),
        (["R1", None], 0.0),
        ([None, None], None),
        (["R1", "R2", "R3", None], 1.0),
    ],
)
def test_reliable_is_two_distinct_routes(routes, wanted, tmp_path):
    made = {
        "facilities": [centre("a")],
        "egress_links": [
            link(str(number), "a", route_id=route) for number, route in enumerate(routes)
        ],
    }
    with opened(tmp_path, made) as records:
        assert values(records, RULE["route_reliability"]) == {("110000", "2023"): wanted}


def test_by_racks_a_centre_that_states_none_does_not_count(tmp_path):
    made = {
        "facilities": [
            centre("a", racks_used=30.0, fast_network=True),
            centre("b", racks_used=10.0, fast_network=False),
            centre("c", fast_network=False),
        ]
    }
    with opened(tmp_path, made, network_weight="racks") as records:
        assert values(records, RULE["fast_network_use"]) == {("110000", "2023"): 0.75}

"""Computing power of both calibers, and that they stay apart."""

import pytest

from suanli.indicators.caliber import Caliber, CaliberError
from suanli.indicators.families.computing import RULES, added, shared_caliber
from suanli.indicators.families.precision import PRECISIONS
from suanli.intake.records.options import CaliberOptions
from tests.unit.indicators.made_families import (
    by_name,
    check_declared,
    check_lazy_and_empty,
    items_of,
    opened,
    values,
)

RULE = by_name(RULES)
DEVICE = ("server_compute", "ai_server_compute", "supercomputer_compute")
CENTRE = {
    "facility_id": "a",
    "year": 2023,
    "region_code": "440000",
    "kind": "data_centre",
    "status": "in_use",
}
CHIP = {
    "facility_id": "a",
    "year": 2023,
    "chip": "c",
    "purpose": "general",
    "precision": "FP32",
    "count": 1e6,
    "peak": 1.0,
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    own = rule.name in DEVICE or rule.name == "infrastructure_compute"
    check_declared(rule, "cpdi-2.0" if own else "ccpe-3.0")
    check_lazy_and_empty(rule, tmp_path)


def test_every_rule_is_of_the_device_or_of_the_infrastructure_caliber():
    for name, rule in RULE.items():
        assert rule.caliber is not None
        assert rule.caliber.side == ("device" if name in DEVICE else "infrastructure")
        assert rule.caliber.precision == "FP32"
        assert {one.caliber.side for one in rule.beside.values()} == {rule.caliber.side}


def test_device_and_infrastructure_rules_do_not_add_up(tmp_path):
    with (
        opened(tmp_path, {"facilities": [CENTRE], "chips": [CHIP]}) as records,
        pytest.raises(CaliberError, match="device FP32 peak and infrastructure FP32 peak"),
    ):
        added(records, RULE["server_compute"], RULE["compute_in_use"])


def test_peaks_and_measured_figures_do_not_add_up():
    with pytest.raises(CaliberError, match="device FP32 peak and device FP32 measured"):
        shared_caliber(RULE["server_compute"], RULE["supercomputer_compute"])
    assert shared_caliber(RULE["server_compute"], RULE["ai_server_compute"]) == Caliber("device")


def test_a_rule_without_a_caliber_is_not_added(tmp_path):
    from suanli.indicators.rules import RULES as EVERY

    with pytest.raises(CaliberError, match="with a caliber"):
        shared_caliber(RULE["compute_in_use"], EVERY["storage_capacity"])


@pytest.mark.parametrize(("option", "performance"), [("rmax", "measured"), ("rpeak", "peak")])
def test_the_caliber_of_supercomputers_follows_the_option(option, performance):
    options = CaliberOptions(supercomputer=option)
    rule = RULE["supercomputer_compute"]
    wanted = Caliber("device", performance=performance)
    assert rule.caliber_under(options) == wanted
    assert rule.beside[f"supercomputer_{option}"].caliber_under(options) == wanted
    native = rule.beside["native_fp64"].caliber_under(options)
    assert native == Caliber("device", "FP64", performance)


def test_no_option_changes_another_caliber():
    options = CaliberOptions(supercomputer="rpeak")
    beside = RULE["supercomputer_compute"].beside
    assert beside["supercomputer_rmax"].caliber_under(options).performance == "measured"
    assert RULE["server_compute"].caliber_under(options) == Caliber("device")
    assert RULE["compute_in_use"].caliber_under(options) == Caliber("infrastructure")


def test_supercomputers_add_to_servers_by_their_peak_and_not_as_measured(tmp_path):
    machine = {"system_id": "m", "year": 2023, "list": "TOP500", "region_code": "440000"}
    tables = {
        "server_shipments": shipped(mean_compute=1.0),
        "supercomputers": [machine | {"precision": "FP64", "rmax": 100.0, "rpeak": 500.0}],
    }
    both = RULE["server_compute"], RULE["supercomputer_compute"]
    with opened(tmp_path / "peak", tables, supercomputer="rpeak") as records:
        found = records.collected(added(records, *both))
        assert found["numerator"].sum() == 6.0 + 2 * 0.5
    with (
        opened(tmp_path / "measured", tables) as records,
        pytest.raises(CaliberError, match="device FP32 peak and device FP32 measured"),
    ):
        added(records, *both)


@pytest.mark.parametrize("name", ["server_compute", "compute_in_use", "infrastructure_compute"])
def test_every_precision_is_shown_as_it_was_stated(name):
    natives = {
        rule.caliber.precision: rule
        for key, rule in RULE[name].beside.items()
        if key.startswith("native_")
    }
    assert tuple(natives) == PRECISIONS
    assert natives["FP16"].unit == "EFLOPS(FP16)"
    assert natives["INT8"].unit == "EOPS"


def test_items_name_the_chip_and_a_centre_without_chips_stays_an_item(tmp_path):
    silent = CENTRE | {"facility_id": "b"}
    with opened(tmp_path, {"facilities": [CENTRE, silent], "chips": [CHIP]}) as records:
        found = items_of(records, RULE["compute_in_use"])
        assert found.select("record", "part", "numerator").rows() == [
            ("a c", "FP32", 1.0),
            ("b ", "", None),
        ]


def test_a_chip_of_a_centre_that_is_on_no_register_does_not_count(tmp_path):
    stray = CHIP | {"facility_id": "z"}
    with opened(tmp_path, {"facilities": [CENTRE], "chips": [CHIP, stray]}) as records:
        assert values(records, RULE["compute_in_use"]) == {("440000", "2023"): 1.0}


def test_the_chips_of_a_centre_share_its_racks_as_weight(tmp_path):
    big, small = CENTRE | {"racks_built": 300}, CENTRE | {"facility_id": "b", "racks_built": 100}
    chips = [CHIP, CHIP | {"chip": "d"}, CHIP | {"chip": "e", "peak": None}]
    with opened(tmp_path, {"facilities": [big, small], "chips": chips}) as records:
        found = items_of(records, RULE["compute_in_use"])
        assert found["weight"].to_list() == [100.0, 100.0, 100.0, 100.0]


PURPOSES = {"ai": ("FP16", 0.5), "supercomputing": ("FP64", 2.0), "general": ("FP32", 1.0)}


@pytest.mark.parametrize("first", PURPOSES)
def test_a_chip_stated_for_several_purposes_counts_once_the_first_of_them(first, tmp_path):
    left = list(PURPOSES)[list(PURPOSES).index(first) :]
    rows = [CHIP | {"purpose": purpose, "precision": PURPOSES[purpose][0]} for purpose in left]
    for order in (rows, rows[::-1]):
        folder = tmp_path / str(order is rows)
        with opened(folder, {"facilities": [CENTRE], "chips": order}) as records:
            found = values(records, RULE["compute_in_use"])
        assert found == {("440000", "2023"): PURPOSES[first][1]}


def test_a_purpose_breaks_ties_only(tmp_path):
    rows = [
        CHIP | {"purpose": "ai", "precision": "BF16", "peak": 9.0},
        CHIP | {"purpose": "general", "precision": "FP32"},
    ]
    with opened(tmp_path, {"facilities": [CENTRE], "chips": rows}) as records:
        assert values(records, RULE["compute_in_use"]) == {("440000", "2023"): 1.0}


def shipped(**figures):
    row = {"region_code": "440000", "kind": "general", "model": "m", "units": 1e6}
    return [row | {"year": year, "precision": "FP32"} | figures for year in range(2018, 2024)]


def test_composed_servers_are_in_the_native_figure_of_fp32(tmp_path):
    composed = {"processors": 2.0, "flop_per_cycle": 10.0, "clock": 5.0, "cores": 10.0}
    rows = [
        *shipped(mean_compute=3.0),
        *shipped(model="n", precision="FP16", **composed),
        *shipped(model="o", precision="FP16", mean_compute=8.0, **composed),
    ]
    rule = RULE["server_compute"]
    with opened(tmp_path, {"server_shipments": rows}) as records:
        found = {
            name: values(records, one).get(("440000", "2023")) for name, one in rule.beside.items()
        }
        own = values(records, rule)
    assert own == {("440000", "2023"): 6 * (3.0 + 1.0 + 4.0)}
    assert (found["native_fp32"], found["native_fp16"]) == (6 * (3.0 + 1.0), 6 * 8.0)


def test_a_year_without_shipments_of_a_region_is_an_item_named_by_it(tmp_path):
    rows = shipped(mean_compute=1.0)
    rows.append(rows[0] | {"region_code": "520000", "year": 2023})
    with opened(tmp_path, {"server_shipments": rows}) as records:
        found = items_of(records, RULE["server_compute"])
    own = found.filter(region="520000").select("record", "part", "numerator", "weight", "level")
    assert own.rows() == [
        *((str(year), str(year), None, None, 0) for year in range(2018, 2023)),
        ("2023 m", "2023", 1.0, 1e6, 0),
    ]

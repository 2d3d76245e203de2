"""Rules of energy: fallbacks, and what they are told by."""

import pytest

from suanli.indicators.families.energy import RULES
from suanli.intake.records.claims import INSTRUMENTS
from suanli.intake.records.schema import table_schemas
from tests.unit.indicators.made_families import (
    by_name,
    check_declared,
    check_lazy_and_empty,
    items_of,
    opened,
    values,
)

RULE = by_name(RULES)


def centre(facility_id, region="110000", **more):
    row = {"facility_id": facility_id, "year": 2023, "region_code": region, "kind": "data_centre"}
    return row | {"status": "in_use"} | more


def metered(facility_id, **amounts):
    """Return the meters and readings of a centre, amounts in MWh a year."""
    meters = [
        {
            "meter_id": f"{facility_id}-{quantity}",
            "facility_id": facility_id,
            "quantity": quantity,
            "unit": "MWh",
            "interval_minutes": 525_600,
        }
        for quantity in amounts
    ]
    readings = [
        {"meter_id": f"{facility_id}-{quantity}", "time": "2023-01-01T00:00:00", "amount": amount}
        for quantity, amount in amounts.items()
    ]
    return meters, readings


def tables_of(facilities, *of_meters):
    return {
        "facilities": facilities,
        "meters": [meter for meters, _ in of_meters for meter in meters],
        "meter_readings": [reading for _, readings in of_meters for reading in readings],
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules_are_declared_lazy_and_empty_without_tables(rule, tmp_path):
    check_declared(rule, "ccpe-3.0")
    check_lazy_and_empty(rule, tmp_path)


def test_instruments_are_those_of_the_records_and_none_is_left_out():
    assert table_schemas()["clean_energy"].column("instrument").values == INSTRUMENTS


def test_each_centre_of_a_region_is_used_at_the_level_it_can_be(tmp_path):
    facilities = [
        centre("a"),
        centre("b", reported_pue=1.5, design_it_power=1000, load_rate=1),
        centre("c", reported_pue=2, racks_used=100),
        centre("d", reported_pue=2),
        centre("e"),
    ]
    tables = tables_of(facilities, metered("a", total_energy=30, it_energy=20))
    with opened(tmp_path, tables) as records:
        found = items_of(records, RULE["pue"])
    shown = found.select("record", "numerator", "denominator", "level").rows()
    assert shown == [
        ("a", 30_000.0, 20_000.0, 0),
        ("b", 1.5 * 8_760_000, 8_760_000.0, 1),
        ("c", None, None, 0),
        ("d", None, None, 0),
        ("e", None, None, 0),
    ]


def test_a_region_falls_back_for_itself_alone(tmp_path):
    facilities = [
        centre("a", "110000"),
        centre("b", "120000", reported_pue=1.4, racks_used=10),
        centre("c", "130000", reported_pue=1.6),
    ]
    tables = tables_of(facilities, metered("a", total_energy=30, it_energy=20))
    with opened(tmp_path, tables) as records:
        found = items_of(records, RULE["pue"])
        pues = values(records, RULE["pue"])
    assert found["level"].to_list() == [0, 2, 3]
    assert pues == {
        ("110000", "2023"): 1.5,
        ("120000", "2023"): pytest.approx(1.4, rel=1e-15),
        ("130000", "2023"): 1.6,
    }


def test_metered_it_energy_without_the_total_goes_by_the_pue_reported(tmp_path):
    facilities = [centre("a", reported_pue=1.3, design_it_power=1, load_rate=1)]
    tables = tables_of(facilities, metered("a", it_energy=100))
    with opened(tmp_path, tables) as records:
        (row,) = items_of(records, RULE["pue"]).to_dicts()
    assert (row["numerator"], row["denominator"], row["level"]) == (130_000.0, 100_000.0, 1)


def test_a_load_of_nothing_estimates_nothing(tmp_path):
    facilities = [centre("a", reported_pue=1.3, design_it_power=100, load_rate=0, racks_used=4)]
    with opened(tmp_path, {"facilities": facilities}) as records:
        (row,) = items_of(records, RULE["pue"]).to_dicts()
    assert row["level"] == 2
    assert row["denominator"] == 4 * 2.5 * 8760


@pytest.mark.parametrize(("least", "value"), [(0.5, 1.8), (0.51, None)])
def test_a_simple_mean_needs_enough_reports(least, value, tmp_path):
    facilities = [centre("a", reported_pue=1.8), centre("b")]
    with opened(tmp_path, {"facilities": facilities}, least_report_share=least) as records:
        assert values(records, RULE["pue"]) == {("110000", "2023"): value}


def test_coverage_is_by_the_best_estimate_of_it_energy(tmp_path):
    facilities = [
        centre("a", design_it_power=1, load_rate=1, racks_used=1),
        centre("b", design_it_power=2, load_rate=0.5, racks_used=1),
        centre("c", racks_used=2),
        centre("d"),
    ]
    tables = tables_of(facilities, metered("a", it_energy=7))
    with opened(tmp_path, tables) as records:
        found = items_of(records, RULE["electricity_price"])
    assert found["weight"].to_list() == [7000.0, 8760.0, 2 * 2.5 * 8760, None]


def test_a_claim_at_two_centres_counts_at_both(tmp_path):
    """One contract may supply several centres, each with its own amount."""
    facilities = [centre("a"), centre("b")]
    tables = tables_of(facilities, metered("a", total_energy=1), metered("b", total_energy=1)) | {
        "clean_energy": [
            {
                "facility_id": name,
                "year": 2023,
                "instrument": "contract",
                "claim_id": "c",
                "amount": amount,
            }
            for name, amount in (("a", 600), ("b", 400))
        ]
    }
    with opened(tmp_path, tables) as records:
        found = values(records, RULE["clean_energy_share"])
    assert found == {("110000", "2023"): 0.5}


def claim(facility_id, instrument, amount, claim_id="c"):
    row = {"facility_id": facility_id, "year": 2023, "instrument": instrument}
    return row | {"claim_id": claim_id, "amount": amount}


@pytest.mark.parametrize(
    ("claims", "owned", "clean"),
    [
        ([claim("b", "contract", 1)], None, None),
        ([claim("a", "contract", 300)], None, None),
        ([claim("a", "owned", 200)], 200.0, 200.0),
        ([claim("a", "owned", 200), claim("a", "certificate", 50, "d")], 200.0, 250.0),
    ],
)
def test_a_clean_meter_that_is_not_known_leaves_own_generation_unknown(
    claims, owned, clean, tmp_path
):
    meters, readings = metered("a", total_energy=1, clean_energy=1)
    meters[1]["interval_minutes"] = 1440
    tables = tables_of([centre("a"), centre("b")], (meters, readings))
    with opened(tmp_path, tables | {"clean_energy": claims}) as records:
        whole, _ = items_of(records, RULE["clean_energy_share"])["numerator"]
        share = RULE["clean_energy_share"].beside["clean_owned"]
        own, other = items_of(records, share)["numerator"]
    assert (own, whole, other) == (owned, clean, 0.0)


def test_a_clean_meter_without_readings_is_not_known_either(tmp_path):
    meters, readings = metered("a", total_energy=1, clean_energy=1)
    tables = tables_of([centre("a")], (meters, readings[:1]))
    tables["clean_energy"] = [claim("a", "contract", 300)]
    with opened(tmp_path, tables) as records:
        found = items_of(records, RULE["clean_energy_share"])["numerator"]
    assert found.to_list() == [None]


@pytest.mark.parametrize(
    ("more", "level", "amounts"),
    [
        ({}, 0, (None, None)),
        ({"reported_pue": 1.5, "racks_used": 4}, 2, (1.5 * 87_600, 87_600.0)),
        (
            {"reported_pue": 1.5, "design_it_power": 10, "load_rate": 0.5},
            1,
            (1.5 * 43_800, 43_800.0),
        ),
    ],
)
def test_an_it_meter_at_rest_beside_energy_used_is_not_believed(more, level, amounts, tmp_path):
    rest = metered("a", total_energy=1000, it_energy=0, carbon=3)
    with opened(tmp_path, tables_of([centre("a", **more)], rest)) as records:
        (row,) = items_of(records, RULE["pue"]).to_dicts()
        (beside,) = items_of(records, RULE["pue"].beside["pue_metered"]).to_dicts()
        (carbon,) = items_of(records, RULE["cue"]).to_dicts()
    assert ((row["numerator"], row["denominator"]), row["level"]) == (amounts, level)
    assert beside["denominator"] is None
    assert carbon["denominator"] == (amounts[1] if level == 1 else None)


def test_a_centre_that_used_nothing_at_all_is_metered(tmp_path):
    nothing = metered("a", total_energy=0, it_energy=0)
    tables = tables_of([centre("a", reported_pue=1.5, racks_used=4)], nothing)
    with opened(tmp_path, tables) as records:
        (row,) = items_of(records, RULE["pue"]).to_dicts()
    assert (row["numerator"], row["denominator"], row["level"]) == (0.0, 0.0, 0)

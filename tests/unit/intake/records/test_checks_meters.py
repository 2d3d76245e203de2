"""Meters: units, how much of a year they cover, and what their sums may be to each other."""

import math
from datetime import datetime, timedelta

import pytest

from suanli.intake.records.checks.metered import meter_years
from suanli.problems import Severity
from tests.unit.intake.records.sound_tables import checked, found, records_of, sound_tables

NAMES = ("facilities", "weather_stations", "meters", "meter_readings", "meter_registers")


def meter(tables, name):
    (row,) = (row for row in tables["meters"] if row["meter_id"] == name)
    return row


def years_of(tables, name, **how):
    """Return what the checks make of a meter's years."""
    with records_of(tables, **how) as records:
        frame = records.collected(meter_years(records))
    rows = sorted(frame.rows(named=True), key=lambda row: row["period"])
    return [row for row in rows if row["meter_id"] == name]


def without(tables, table, wrong):
    tables[table] = [row for row in tables[table] if not wrong(row)]
    return tables


def test_a_unit_that_is_none_of_the_quantity():
    tables = sound_tables(*NAMES)
    meter(tables, "F1-total")["unit"] = "L"
    meter(tables, "F2-it")["unit"] = "kWhh"
    problem = found(tables, "meter-unit")
    assert (
        problem.found
        == "F1-total: total_energy, electricity, L; F2-it: it_energy, electricity, kWhh"
    )
    assert (problem.severity, problem.details["count"], problem.details["rows"]) == (
        Severity.ERROR,
        2,
        6,
    )
    assert "F1-total：总能耗、电力、L；F2-it：IT耗电、电力、kWhh。" in problem.message("zh")
    assert "F1-total: total energy, electricity, L;" in problem.message("en")


def test_diesel_in_litres_has_a_unit():
    tables = sound_tables(*NAMES)
    meter(tables, "F1-total").update(carrier="diesel", unit="L")
    # 12 × 130 L × 9.9 kWh/L is less than the IT energy, so the sums are compared in kWh
    problem = found(tables, "it-energy-above-total")
    assert problem.found.startswith("F1·2022: 15444, 1200000, 0.01287")


def test_sums_of_a_year():
    total, _ = years_of(sound_tables(*NAMES), "F1-total")
    # 12 months of 130 MWh; 12 intervals of 43,800 minutes are 365 days
    assert (total["base"], total["readings"], total["share"]) == (12 * 130e3, 12, 1.0)
    first, second = years_of(sound_tables(*NAMES), "F1-it")
    # the last reading of 2022 is one minute before the first of 2023; that of 2023 is one minute short of the year
    assert (first["base"], first["share"], second["base"]) == (1200e3, 1.0, 1200e3)
    assert second["share"] == pytest.approx((365 * 1440 - 1) / (365 * 1440), rel=1e-12)


def test_a_leap_year_has_366_days():
    tables = sound_tables(*NAMES, years=(2024,))
    (row,) = years_of(tables, "F1-total", periods=("2024",))
    assert row["share"] == pytest.approx(365 / 366, rel=1e-12)


def test_a_year_with_gaps():
    tables = sound_tables(*NAMES)
    gone = {"2022-03-01T00:00:00", "2022-04-01T00:00:00"}
    without(
        tables, "meter_readings", lambda row: row["meter_id"] == "F1-total" and row["time"] in gone
    )
    problem = found(tables, "meter-year-short")
    assert (problem.severity, problem.found) == (Severity.WARNING, "F1-total·2022: 0.833333")
    assert (problem.details["count"], problem.details["rows"], problem.expected) == (1, 12, "≥ 0.9")
    assert checked(tables, options={"least_meter_share": 0.8}) == {}


def test_a_year_begins_when_the_centre_enters_service():
    tables = sound_tables(*NAMES)
    first_half = [f"2022-0{month}-01T00:00:00" for month in range(1, 7)]
    without(
        tables,
        "meter_readings",
        lambda row: row["meter_id"] == "F1-total" and row["time"] in first_half,
    )
    without(
        tables,
        "meter_registers",
        lambda row: row["meter_id"] == "F1-it" and row["time"] in first_half,
    )
    assert {code for code, _ in checked(tables)} == {"meter-year-short"}
    tables["facilities"][0]["in_service"] = "2022-07-01"
    assert checked(tables) == {}


def test_a_year_without_any_reading():
    tables = sound_tables(*NAMES)
    without(
        tables, "meter_readings", lambda row: row["meter_id"] == "F1-total" and row["time"] < "2023"
    )
    problem = found(tables, "meter-year-empty")
    assert (problem.severity, problem.found) == (Severity.WARNING, "F1-total·2022")
    assert (problem.details["count"], problem.details["rows"]) == (1, 12)


def replaced(tables, when="2023-01-01T00:00:00"):
    """Return tables in which another meter takes the place of a register."""
    tables["meters"].append({**meter(tables, "F1-it"), "meter_id": "F1-it-2"})
    for row in tables["meter_registers"]:
        if row["meter_id"] == "F1-it" and row["time"] >= "2023":
            row["meter_id"] = "F1-it-2"
    before = max(row["reading"] for row in tables["meter_registers"] if row["meter_id"] == "F1-it")
    closing = {"meter_id": "F1-it", "time": when, "reading": before}
    tables["meter_registers"].append(closing)
    return tables


def test_a_meter_that_is_replaced_at_new_year_lacks_nothing_afterwards():
    problem = found(replaced(sound_tables(*NAMES)), "meter-year-empty")
    # the new meter has none of the year before, and that may be a gap
    assert problem.found == "F1-it-2·2022"


def test_a_meter_that_was_closed_lacks_readings_if_none_takes_its_place():
    tables = replaced(sound_tables(*NAMES))
    without(tables, "meter_registers", lambda row: row["meter_id"] == "F1-it-2")
    tables["meters"].pop()
    assert found(tables, "meter-year-empty").found == "F1-it·2023"


def test_a_register_that_stopped_before_the_end_of_a_year_was_not_closed_by_it():
    tables = replaced(sound_tables(*NAMES), when="2022-12-31T23:59:30")
    assert found(tables, "meter-year-empty").found == "F1-it·2023; F1-it-2·2022"


def test_centres_that_are_not_in_use_need_no_readings():
    tables = sound_tables(*NAMES)
    tables["facilities"][0] |= {"status": "under_construction", "stage": "equipping"}
    without(
        tables, "meter_readings", lambda row: row["meter_id"] == "F1-total" and row["time"] < "2023"
    )
    without(
        tables, "meter_registers", lambda row: row["meter_id"] == "F1-it" and row["time"] < "2023"
    )
    assert checked(tables) == {}


def test_more_readings_than_the_year_has_intervals():
    tables = sound_tables(*NAMES)
    meter(tables, "F1-total")["interval_minutes"] = 525600.0
    problem = found(tables, "meter-year-overfull")
    assert (problem.severity, problem.found) == (
        Severity.ERROR,
        "F1-total·2022: 12, 1; F1-total·2023: 12, 1",
    )
    assert (problem.details["count"], problem.details["rows"]) == (2, 12)


@pytest.mark.parametrize("minutes", [43200.0, 44640.0])
def test_months_of_30_or_31_days_are_no_excess(minutes):
    tables = sound_tables(*NAMES)
    for row in tables["meters"]:
        row["interval_minutes"] = minutes
    assert not any(code == "meter-year-overfull" for code, _ in checked(tables))


def test_total_and_it_meters_of_other_spans():
    tables = sound_tables(*NAMES)
    gone = ("2022-01-01T00:00:00",)
    without(
        tables, "meter_registers", lambda row: row["meter_id"] == "F1-it" and row["time"] in gone
    )
    problem = found(tables, "meter-spans-differ")
    # the register begins on 1 February, 31 days later; twelve intervals end 14 hours before the year
    assert problem.found == "F1·2022: 31, 0.583333"
    assert (problem.severity, problem.details["count"], problem.details["rows"]) == (
        Severity.WARNING,
        1,
        6,
    )


def test_a_register_that_falls():
    tables = sound_tables(*NAMES)
    for row in tables["meter_registers"]:
        if row["meter_id"] == "F1-it" and row["time"] >= "2022-07-01":
            row["reading"] = max(0.0, row["reading"] - 600.0)
    problem = found(tables, "register-reset")
    # 500 in June, 0 in July; the same registers of the other centres do not fall
    assert (problem.severity, problem.found) == (Severity.NOTE, "F1-it·2022-07-01 00:00:00: 500, 0")
    assert (problem.details["count"], problem.details["rows"]) == (1, 75)
    it, _ = years_of(tables, "F1-it")
    # what was used between the last reading before the reset and the reset itself is not known
    assert it["base"] == 1100e3


def test_a_step_over_the_end_of_a_year_belongs_to_it():
    tables = sound_tables(*NAMES)
    without(tables, "meter_registers", lambda row: row["time"].startswith("2022-12-31"))
    it, _ = years_of(tables, "F1-it")
    # from 1 December 2022 to 1 January 2023: 31 days, at 1,100 and 1,200 MWh
    assert (it["base"], it["share"]) == (1200e3, 1.0)
    assert checked(tables) == {}


def test_a_late_reading_does_not_fill_the_year_before():
    tables = sound_tables(*NAMES)
    without(tables, "meter_registers", lambda row: "2022-11-02" < row["time"] < "2023-06")
    it, _ = years_of(tables, "F1-it")
    assert it["base"] == 1000e3
    assert it["share"] == pytest.approx(304 / 365, rel=1e-12)


def test_intervals_stand_before_registers_of_one_meter():
    tables = sound_tables(*NAMES)
    tables["meter_registers"].append(
        {"meter_id": "F1-total", "time": "2022-01-01T00:00:00", "reading": 0.0}
    )
    tables["meter_registers"].append(
        {"meter_id": "F1-total", "time": "2022-01-09T00:00:00", "reading": 9.0}
    )
    row, _ = years_of(tables, "F1-total")
    assert row["base"] == 12 * 130e3


def test_hours_of_local_time_make_the_year():
    start = datetime.fromisoformat("2022-12-31T16:00:00")
    hours = [(start + timedelta(hours=hour)).isoformat() for hour in range(8760)]
    tables = sound_tables(*NAMES, years=(2023,))
    meter(tables, "F1-total")["interval_minutes"] = 60.0
    others = [row for row in tables["meter_readings"] if row["meter_id"] != "F1-total"]
    tables["meter_readings"] = [
        {"meter_id": "F1-total", "time": hour, "amount": 1.0} for hour in hours
    ] + others
    (row,) = years_of(tables, "F1-total", periods=("2023",), ahead=8)
    assert (row["readings"], row["share"], row["first"], row["last"]) == (8760, 1.0, 0.0, 525600.0)


def test_pue_below_one():
    tables = sound_tables(*NAMES)
    for row in tables["meter_readings"]:
        if row["meter_id"] == "F2-total" and row["time"] >= "2023":
            row["amount"] = 50.0
    problem = found(tables, "it-energy-above-total")
    assert (problem.severity, problem.found) == (Severity.ERROR, "F2·2023: 600000, 1200000, 0.5")
    assert (problem.details["count"], problem.details["rows"]) == (1, 6)


def test_a_pue_of_amounts_below_zero_is_not_told_beside_them():
    tables = sound_tables(*NAMES)
    for row in tables["meter_readings"]:
        if row["meter_id"] == "F2-total":
            row["amount"] = -5.0
    assert {code for code, _ in checked(tables)} == {"value-out-of-bounds"}


@pytest.mark.parametrize("none", [math.inf, -math.inf, math.nan])
def test_amounts_of_parquet_that_are_no_numbers_are_missing(none):
    tables = sound_tables(*NAMES)
    for row in tables["meter_readings"]:
        if row["meter_id"] == "F2-total" and row["time"] >= "2023":
            row["amount"] = none
    row = years_of(tables, "F2-total")[-1]
    assert (row["period"], row["readings"], row["base"]) == ("2023", 0, None)
    assert set(checked(tables)) == {("meter-year-empty", "meters.meter_id")}


def test_pue_of_exactly_one_is_possible():
    tables = sound_tables(*NAMES)
    for row in tables["meter_readings"]:
        row["amount"] = 100.0
    assert checked(tables) == {}


def test_pue_beyond_belief():
    tables = sound_tables(*NAMES)
    meter(tables, "F1-it")["unit"] = "kWh"
    problem = found(tables, "pue-implausible")
    assert (problem.severity, problem.details["count"], problem.expected) == (
        Severity.WARNING,
        2,
        "PUE ≤ 5",
    )
    assert problem.found.startswith("F1·2022: 1560000, 1200, 1300")


def test_an_it_meter_at_rest_has_no_pue():
    tables = sound_tables(*NAMES)
    for row in tables["meter_registers"]:
        if row["meter_id"] == "F1-it":
            row["reading"] = 7.0
    problem = found(tables, "pue-implausible")
    assert (problem.severity, problem.found) == (
        Severity.WARNING,
        "F1·2022: 1560000, 0, –; F1·2023: 1560000, 0, –",
    )


def test_sums_of_incomplete_years_are_not_compared():
    tables = sound_tables(*NAMES)
    without(
        tables,
        "meter_readings",
        lambda row: row["meter_id"] == "F1-total" and row["time"] >= "2022-04",
    )
    assert "it-energy-above-total" not in {code for code, _ in checked(tables)}


def test_several_meters_of_a_centre_are_added():
    tables = sound_tables(*NAMES)
    tables["meters"].append({**meter(tables, "F1-it"), "meter_id": "F1-it-2"})
    twice = [
        {**row, "meter_id": "F1-it-2"}
        for row in tables["meter_registers"]
        if row["meter_id"] == "F1-it"
    ]
    tables["meter_registers"] += twice
    assert found(tables, "it-energy-above-total").found.startswith(
        "F1·2022: 1560000, 2400000, 0.65"
    )


def test_more_clean_energy_than_energy():
    tables = sound_tables(*NAMES, "clean_energy")
    tables["clean_energy"][0]["amount"] = 1_560_001.0
    problem = found(tables, "clean-energy-above-total")
    assert (problem.severity, problem.found) == (Severity.ERROR, "F1·2022: 1560001, 1560000")
    assert (problem.details["count"], problem.details["rows"]) == (1, 6)
    tables["clean_energy"][0]["amount"] = 1_560_000.0
    assert checked(tables) == {}


def own_generation(tables, amount):
    """Return tables in which a centre meters its own generation, in MWh a month."""
    tables["meters"].append(
        {**meter(tables, "F1-total"), "meter_id": "F1-own", "quantity": "clean_energy"}
    )
    tables["meter_readings"] += [
        {**row, "meter_id": "F1-own", "amount": amount}
        for row in tables["meter_readings"]
        if row["meter_id"] == "F1-total" and row["time"] < "2023"
    ]
    return tables


def test_own_generation_that_is_metered_is_clean_energy_too():
    tables = own_generation(sound_tables(*NAMES, "clean_energy"), 130.0)
    # 1,560 MWh and a contract of 1,200 kWh
    problem = found(tables, "clean-energy-above-total")
    assert (problem.severity, problem.found) == (Severity.ERROR, "F1·2022: 1561200, 1560000")
    # where it is claimed, the claim counts and not the meter
    tables["clean_energy"][0]["instrument"] = "owned"
    assert "clean-energy-above-total" not in {code for code, _ in checked(tables)}


def test_what_is_claimed_is_the_amount_of_the_first_instrument():
    tables = sound_tables(*NAMES, "clean_energy")
    tables["clean_energy"].append(
        {**tables["clean_energy"][0], "instrument": "certificate", "amount": 9e9}
    )
    assert "clean-energy-above-total" not in {code for code, _ in checked(tables)}
    tables["clean_energy"][0]["amount"] = 2e6
    problem = found(tables, "clean-energy-above-total")
    assert problem.found == "F1·2022: 2000000, 1560000"


def test_a_claim_under_two_instruments_counts_once():
    tables = sound_tables(*NAMES, "clean_energy")
    tables["clean_energy"][0]["amount"] = 1_000_000.0
    tables["clean_energy"].append({**tables["clean_energy"][0], "instrument": "certificate"})
    ((code, problem),) = ((code, one) for (code, _), one in checked(tables).items())
    assert (code, problem.severity, problem.found) == (
        "claim-counted-once",
        Severity.NOTE,
        "F1-2022·2022: F1",
    )
    assert (problem.details["count"], problem.details["rows"]) == (1, 6)


def test_a_claim_at_two_centres():
    tables = sound_tables(*NAMES, "clean_energy")
    tables["clean_energy"][1] |= {"claim_id": "F1-2022", "instrument": "certificate"}
    problem = found(tables, "claim-at-two-centres")
    assert (problem.severity, problem.found) == (Severity.ERROR, "F1-2022·2022: F1, F2")
    assert (problem.details["count"], problem.details["rows"]) == (1, 5)
    assert "claim-counted-once" not in {code for code, _ in checked(tables)}


def test_a_contract_of_two_years_is_two_claims():
    tables = sound_tables(*NAMES, "clean_energy")
    for row in tables["clean_energy"]:
        row["claim_id"] = row["facility_id"]
    assert checked(tables) == {}

"""What meters counted by centre and year."""

from datetime import datetime, timedelta

import polars as pl
import pytest

from suanli.indicators.families.metered import QUANTITIES, facility_years, with_days
from tests.unit.indicators.made_families import opened

YEAR = 525_600


def centre(year=2023, **more):
    row = {"facility_id": "a", "year": year, "region_code": "110000", "kind": "data_centre"}
    return row | {"status": "in_use"} | more


def meter(meter_id="t", quantity="total_energy", **more):
    row = {"meter_id": meter_id, "facility_id": "a", "quantity": quantity, "unit": "kWh"}
    return row | {"interval_minutes": 1440} | more


def daily(meter_id="t", first="2023-01-01", days=365, amount=2.0):
    begin = datetime.fromisoformat(first)
    return [
        {"meter_id": meter_id, "time": (begin + timedelta(days=day)).isoformat(), "amount": amount}
        for day in range(days)
    ]


def amounts(tmp_path, tables, periods=("2023",), quantity="total_energy", **options):
    tables = {"facilities": [centre(int(period)) for period in periods], **tables}
    with opened(tmp_path, tables, periods, **options) as records:
        found = records.collected(facility_years(records)).sort("year")
        assert set(found.columns) == {"facility_id", "year", "category", *QUANTITIES}
        return dict(found.select("year", quantity).rows())


@pytest.mark.parametrize(("days", "known"), [(365, True), (329, True), (328, False)])
def test_a_year_counts_from_nine_tenths_of_its_intervals(days, known, tmp_path):
    found = amounts(tmp_path, {"meters": [meter()], "meter_readings": daily(days=days)})
    assert found == ({2023: 2.0 * days} if known else {})


def test_what_counts_is_the_share_that_the_study_asks_for(tmp_path):
    tables = {"meters": [meter()], "meter_readings": daily(days=200)}
    assert amounts(tmp_path, tables, least_meter_share=0.5) == {2023: 400.0}


def test_readings_that_are_not_numbers_are_not_intervals(tmp_path):
    rows = daily(days=365)
    broken = [row | {"amount": None} for row in rows[:40]] + rows[40:]
    assert amounts(tmp_path, {"meters": [meter()], "meter_readings": broken}) == {}


@pytest.mark.parametrize(
    ("in_service", "year", "days"),
    [
        (None, 2023, 365),
        (None, 2024, 366),
        (None, 1900, 365),
        (None, 2000, 366),
        ("2020-05-01", 2023, 365),
        ("2023-01-01", 2023, 365),
        ("2024-12-31", 2024, 1),
        ("2024-03-01", 2024, 306),
        ("2025-01-01", 2024, 0),
    ],
)
def test_days_in_service(in_service, year, days, tmp_path):
    with opened(tmp_path, {"facilities": [centre(year, in_service=in_service)]}) as records:
        found = records.collected(with_days(records.table("facilities")))
    assert found["days_in_service"].to_list() == [days]


def test_a_centre_not_yet_in_service_has_nothing_metered(tmp_path):
    tables = {
        "facilities": [centre(in_service="2024-06-01")],
        "meters": [meter()],
        "meter_readings": daily(),
    }
    assert amounts(tmp_path, tables) == {}


def test_intervals_stand_before_a_register_of_the_same_meter(tmp_path):
    tables = {
        "meters": [meter()],
        "meter_readings": daily(),
        "meter_registers": [
            {"meter_id": "t", "time": "2023-01-01T00:00:00", "reading": 0},
            {"meter_id": "t", "time": "2023-12-31T00:00:00", "reading": 9999},
        ],
    }
    assert amounts(tmp_path, tables) == {2023: 730.0}


@pytest.mark.parametrize(
    ("readings", "wanted"),
    [
        ([("2023-01-01", 5), ("2023-12-30", 105)], {2023: 100.0}),
        ([("2023-01-01", 5), ("2023-06-01", 50), ("2023-12-30", 20)], {2023: 65.0}),
        ([("2023-01-01", 5), ("2023-06-01", 50)], {}),
        ([("2023-06-01", 50)], {}),
    ],
)
def test_registers_add_up_what_they_rise_by(readings, wanted, tmp_path):
    rows = [
        {"meter_id": "t", "time": f"{day}T00:00:00", "reading": shown} for day, shown in readings
    ]
    assert amounts(tmp_path, {"meters": [meter()], "meter_registers": rows}) == wanted


def test_a_rise_over_new_year_belongs_to_the_year_it_begins_in(tmp_path):
    rows = [
        {"meter_id": "t", "time": f"{year}-{month:02}-15T00:00:00", "reading": 100 * place}
        for place, (year, month) in enumerate(
            (year, month) for year in (2023, 2024) for month in range(1, 13)
        )
    ]
    tables = {"meters": [meter(interval_minutes=43_200)], "meter_registers": rows}
    assert amounts(tmp_path, tables, ("2023", "2024")) == {2023: 1200.0, 2024: 1100.0}


def test_a_meter_replaced_at_new_year_leaves_the_year_of_the_next_to_it(tmp_path):
    """The reading that closes the old meter begins nothing; one that is read again next year still is of that year."""
    new_year = "2024-01-01T00:00:00"
    rows = [
        ("t", "2023-01-01T00:00:00", 5),
        ("t", new_year, 105),
        ("u", new_year, 0),
        ("u", "2025-01-01T00:00:00", 70),
    ]
    tables = {
        "meters": [meter("t", interval_minutes=YEAR), meter("u", interval_minutes=YEAR)],
        "meter_registers": [
            {"meter_id": name, "time": time, "reading": shown} for name, time, shown in rows
        ],
    }
    periods = ("2023", "2024")
    assert amounts(tmp_path / "a", tables, periods) == {2023: 100.0, 2024: 70.0}
    late = {"meter_id": "t", "time": "2024-02-01T00:00:00", "reading": 106}
    tables["meter_registers"].append(late)
    assert amounts(tmp_path / "b", tables, periods) == {2023: 100.0}


def test_the_electricity_is_a_part_of_the_energy(tmp_path):
    tables = {
        "meters": [
            meter("e", carrier="electricity", interval_minutes=YEAR),
            meter("u", interval_minutes=YEAR),
            meter("d", carrier="diesel", unit="L", interval_minutes=YEAR),
        ],
        "meter_readings": [
            {"meter_id": name, "time": "2023-01-01T00:00:00", "amount": 10} for name in "eud"
        ],
    }
    assert amounts(tmp_path / "a", tables) == {2023: 119.0}
    assert amounts(tmp_path / "b", tables, quantity="electricity") == {2023: 20.0}


def test_the_least_category_of_the_it_meters_is_kept(tmp_path):
    meters = [
        meter("i", "it_energy", interval_minutes=YEAR, category=3),
        meter("j", "it_energy", interval_minutes=YEAR, category=2),
        meter("t", "total_energy", interval_minutes=YEAR, category=1),
    ]
    readings = [{"meter_id": name, "time": "2023-01-01T00:00:00", "amount": 1} for name in "ijt"]
    tables = {"meters": meters, "meter_readings": readings}
    assert amounts(tmp_path, tables, quantity="category") == {2023: 2}


def test_it_is_computed_once(tmp_path):
    with opened(tmp_path, {"facilities": [centre()], "meters": [meter()]}) as records:
        facility_years(records)
        again = records.staged("facility_years", lambda: pytest.fail("computed again"))
        assert isinstance(records.collected(again), pl.DataFrame)

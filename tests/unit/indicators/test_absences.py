"""Where nothing on a list is zero, and where it is nothing known."""

from suanli.indicators.absences import zero_periods
from suanli.indicators.kept_items import periods_with_rows
from tests.unit.indicators.fakes import RULES, centre, records


def test_a_yearly_list_speaks_for_the_years_that_it_has(tmp_path):
    with records(tmp_path / "r") as opened:
        assert zero_periods(opened, RULES["count"], frozenset()) == {"2022"}


def test_a_dated_list_speaks_for_years_in_which_its_items_count(tmp_path):
    with records(tmp_path / "r") as opened:
        assert zero_periods(opened, RULES["points"], frozenset({"2021"})) == {"2021"}
        assert zero_periods(opened, RULES["points"], frozenset()) == frozenset()


def test_where_nothing_is_known_nothing_is_zero(tmp_path):
    with records(tmp_path / "r") as opened:
        assert zero_periods(opened, RULES["racks"], frozenset({"2022"})) == frozenset()


def test_a_table_without_rows_or_files_speaks_for_nothing(tmp_path):
    tables = {"facilities": [centre("a", 2022, "广东", 1)], "exchange_points": [], "meters": []}
    with records(tmp_path / "r", tables) as opened:
        found = periods_with_rows(
            opened, frozenset({"facilities", "exchange_points", "meters", "chips"})
        )
    assert found == {
        "facilities": {"2022"},
        "exchange_points": frozenset(),
        "meters": frozenset(),
        "chips": frozenset(),
    }


def test_a_table_of_no_time_speaks_for_every_period(tmp_path):
    meter = {
        "meter_id": "m",
        "facility_id": "a",
        "quantity": "it_energy",
        "unit": "kWh",
        "interval_minutes": 60,
    }
    with records(tmp_path / "r", {"meters": [meter]}) as opened:
        assert periods_with_rows(opened, frozenset({"meters"})) == {"meters": {"2021", "2022"}}

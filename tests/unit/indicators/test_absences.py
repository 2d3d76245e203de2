"""Where nothing on a list is zero, and where it is nothing known."""

import pytest

from suanli.indicators.absences import zero_periods
from suanli.indicators.kept_items import periods_with_rows
from suanli.indicators.rules import RULES as EVERY
from suanli.regions import custom, prefectures
from tests.unit.indicators.fakes import RULES, centre, records


def test_a_yearly_list_speaks_for_the_years_that_it_has(tmp_path):
    with records(tmp_path / "r") as opened:
        assert zero_periods(opened, RULES["count"], "520000") == {"2022"}


@pytest.mark.parametrize(
    ("opened_on", "wanted"),
    [("2017-05-01", {"2021", "2022"}), ("2022-05-01", {"2022"}), ("2023-05-01", set())],
)
def test_a_list_of_what_stays_speaks_from_its_first_year_on_for_every_region(
    tmp_path, opened_on, wanted
):
    point = {"point_id": "p", "region_code": "110000", "opened": opened_on}
    with records(tmp_path / "r", {"exchange_points": [point]}) as opened:
        assert "110000" not in opened.regions.codes
        assert zero_periods(opened, EVERY["exchange_points"], "520000") == wanted


def test_where_nothing_is_known_nothing_is_zero(tmp_path):
    with records(tmp_path / "r") as opened:
        assert zero_periods(opened, RULES["racks"], "520000") == frozenset()


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


def test_a_row_of_a_province_may_be_of_any_of_its_cities(tmp_path):
    services = [
        {"filing_id": "a", "region_code": "河北", "filed": "2021-05-01"},
        {"filing_id": "b", "region_code": "南京", "filed": "2021-05-01"},
    ]
    cities = prefectures().only(["130700", "320100", "320500"])
    with records(tmp_path / "r", {"ai_services": services}, regions=cities) as opened:
        found = {code: zero_periods(opened, EVERY["ai_services"], code) for code in cities.codes}
        assert found == {
            "130700": frozenset(),
            "320100": {"2021", "2022"},
            "320500": {"2021", "2022"},
        }


def test_a_row_of_a_province_may_be_of_a_group_of_its_cities(tmp_path):
    services = [{"filing_id": "a", "region_code": "河北", "filed": "2021-05-01"}]
    groups = custom(
        [
            {"code": "south", "name": "冀南", "members": "邯郸|邢台"},
            {"code": "mixed", "name": "环京", "members": "天津|廊坊"},
            {"code": "far", "name": "宁镇", "members": "南京|镇江"},
        ]
    )
    with records(tmp_path / "r", {"ai_services": services}, regions=groups) as opened:
        found = {code: zero_periods(opened, EVERY["ai_services"], code) for code in groups.codes}
        assert found == {"south": frozenset(), "mixed": frozenset(), "far": {"2021", "2022"}}

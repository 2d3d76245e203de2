import pytest

from suanli.problems import Severity
from tests.unit.intake.records.sound_tables import checked, found, sound_tables


def test_a_period_without_rows():
    tables = sound_tables("households")
    tables["households"] = [row for row in tables["households"] if row["year"] == 2023]
    problem = found(tables, "period-without-rows")
    assert (problem.severity, problem.found, problem.place.period) == (
        Severity.WARNING,
        "2022",
        "2022",
    )
    assert problem.place.path == "households"
    # a title may be in the plural
    assert problem.message("en").endswith(": no rows for 2022.")


@pytest.mark.parametrize("table", ["policies", "probes", "meter_readings"])
def test_periods_of_days_and_moments(table):
    tables = sound_tables(table)
    problem = checked(tables, periods=("2021", "2022", "2023", "2024"))[
        "period-without-rows", table
    ]
    assert problem.found == "2021, 2024"


def test_tables_that_stand_for_later_years_too_need_no_row_a_period():
    names = ("exchange_points", "honours", "ai_services", "server_shipments", "households")
    problems = checked(sound_tables(*names), periods=("2022", "2023", "2024"))
    paths = {path for code, path in problems if code == "period-without-rows"}
    assert not paths & {"exchange_points", "honours", "ai_services", "server_shipments"}
    assert "households" in paths


@pytest.mark.parametrize("table", ["honours", "server_shipments"])
def test_a_table_without_any_rows_lacks_every_period(table):
    tables = sound_tables(table)
    tables[table] = []
    assert found(tables, "period-without-rows").found == "2022, 2023"


def test_rows_outside_the_periods():
    tables = sound_tables("meter_readings")
    problem = checked(tables, periods=("2023",))["rows-outside-periods", "meter_readings.time"]
    assert (problem.severity, problem.details["count"], problem.details["rows"]) == (
        Severity.NOTE,
        36,
        72,
    )
    assert problem.found == "2022-01-01 00:00:00 – 2023-12-01 00:00:00"


def test_a_gap_between_periods_is_outside():
    tables = sound_tables("probes", years=(2021, 2022, 2023))
    problem = checked(tables, periods=("2021", "2023"))["rows-outside-periods", "probes.time"]
    assert problem.details["count"] == 1


def test_moments_that_are_missing_or_insane():
    tables = sound_tables("meter_readings")
    tables["meter_readings"][0]["time"] = None
    tables["meter_readings"][1]["time"] = "0023-01-01T00:00:00"
    problems = checked(tables)
    empty = problems["required-empty", "meter_readings.time"]
    assert (empty.details["count"], empty.details["rows"], empty.found) == (1, 72, "F1-total")
    insane = problems["year-implausible", "meter_readings.time"]
    assert (insane.details["count"], insane.found) == (1, "F1-total·0023-01-01 00:00:00")
    assert problems["rows-outside-periods", "meter_readings.time"].details["count"] == 1


def test_shipments_need_six_years_of_each_kind():
    tables = sound_tables("server_shipments")
    tables["server_shipments"] = [
        row
        for row in tables["server_shipments"]
        if row["kind"] == "general" or row["year"] not in (2017, 2020)
    ]
    problem = found(tables, "shipment-years-missing")
    assert (problem.severity, problem.found) == (Severity.WARNING, "2017, 2020")
    assert "中AI服务器缺少2017, 2020年的出货数据" in problem.message("zh")
    assert "the kind “AI server” has no shipments for 2017, 2020;" in problem.message("en")


def test_a_year_of_shipments_that_no_period_needs_may_lack():
    assert checked(sound_tables("server_shipments", years=(2023,)), periods=("2023",)) == {}


@pytest.mark.parametrize(("table", "whole"), [("software_revenue", 6), ("it_spending", 3)])
def test_components_that_are_missing(table, whole):
    tables = sound_tables(table)
    del tables[table][0]
    problem = found(tables, "components-missing")
    assert problem.found == f"110000·2022: {whole - 1}"
    assert (problem.severity, problem.expected) == (Severity.WARNING, str(whole))
    assert (problem.details["count"], problem.details["rows"]) == (1, 6)


def test_components_of_other_years_are_not_looked_at():
    tables = sound_tables("it_spending")
    tables["it_spending"].append({**tables["it_spending"][0], "year": 2019})
    assert checked(tables) == {}


@pytest.mark.parametrize("table", ["software_revenue", "it_spending"])
def test_components_are_asked_of_every_place_of_a_region(table):
    tables = sound_tables(table)
    city = {**tables[table][0], "region_code": "440300"}
    tables[table].append(city)
    problem = found(tables, "components-missing")
    assert problem.found == "440300·2022: 1"
    assert (problem.details["count"], problem.details["rows"]) == (1, 7)


@pytest.mark.parametrize("table", ["software_revenue", "it_spending"])
def test_two_places_do_not_make_up_the_components_of_a_region(table):
    tables = sound_tables(table, years=(2022,))
    rows = [row for row in tables[table] if row["region_code"] == "440000"]
    for place, row in zip(("440100", *["440300"] * 9), rows, strict=False):
        row["region_code"] = place
    problem = found(tables, "components-missing", periods=("2022",))
    assert problem.found == f"440100·2022: 1; 440300·2022: {len(rows) - 1}"

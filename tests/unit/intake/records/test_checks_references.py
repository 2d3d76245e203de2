import pytest

from suanli.intake.records.schema import table_schemas
from suanli.problems import Severity
from tests.unit.intake.records.sound_tables import checked, found, sound_tables

REFERENCES = [
    (schema.name, column.name, column.refers)
    for schema in table_schemas().values()
    for column in schema.columns
    if column.refers
]
YEARLY = ("chips", "clean_energy", "storage_systems", "egress_links")


@pytest.mark.parametrize(("table", "column", "target"), REFERENCES)
def test_a_value_that_the_other_table_lacks(table, column, target):
    tables = sound_tables(table, target)
    tables[table][0][column] = "nowhere"
    problem = checked(tables)["reference-unknown", f"{table}.{column}"]
    assert (problem.severity, problem.found) == (Severity.ERROR, "nowhere")
    assert (problem.details["count"], problem.details["rows"]) == (1, len(tables[table]))
    assert problem.details["target"] == target


@pytest.mark.parametrize("table", YEARLY)
def test_a_year_that_the_register_lacks(table):
    tables = sound_tables(table, "facilities")
    tables["facilities"] = [
        row for row in tables["facilities"] if (row["facility_id"], row["year"]) != ("F2", 2022)
    ]
    problem = checked(tables)["reference-year-missing", f"{table}.facility_id"]
    assert (problem.severity, problem.found) == (Severity.ERROR, "F2·2022")
    assert (problem.details["count"], problem.details["rows"]) == (1, 6)


def test_a_weather_station_without_that_year():
    tables = sound_tables("facilities", "weather_stations")
    del tables["weather_stations"][0]
    problem = found(tables, "reference-year-missing", "facilities")
    assert (problem.found, problem.details["count"]) == ("W1·2022", 3)


def test_years_outside_the_study_need_no_register():
    tables = sound_tables("chips", "facilities", "weather_stations")
    tables["chips"].append({**tables["chips"][0], "year": 2019})
    assert checked(tables) == {}


def test_a_table_that_is_not_there():
    tables = sound_tables("facilities", "weather_stations", "meters", "meter_readings")
    del tables["weather_stations"]
    problem = found(tables, "reference-table-missing")
    assert (problem.severity, problem.details["count"]) == (Severity.WARNING, 6)
    del tables["meters"]
    assert found(tables, "reference-table-missing", "meter_readings").severity is Severity.ERROR


def test_nothing_refers_where_nothing_is_stated():
    tables = sound_tables("facilities", "weather_stations")
    del tables["weather_stations"]
    for row in tables["facilities"]:
        row["station_id"] = None
    assert checked(tables) == {}

import pytest

from suanli.intake.records.schema import table_schemas
from tests.unit.intake.records.sound_tables import checked, found, sound_tables


@pytest.mark.parametrize("table", list(table_schemas()))
def test_a_row_that_is_there_three_times(table):
    tables = sound_tables(table)
    row = tables[table][0]
    tables[table] += [dict(row), dict(row)]
    problem = checked(tables)["key-repeated", table]
    assert (problem.details["count"], problem.details["rows"]) == (2, len(tables[table]))
    first = str(row[table_schemas()[table].key[0]])
    assert problem.found.startswith(first)


def test_examples_name_each_key_once():
    tables = sound_tables("meter_readings")
    rows = tables["meter_readings"]
    tables["meter_readings"] = rows + rows[:2] + rows[:1]
    problem = found(tables, "key-repeated")
    assert problem.found == "F1-total·2022-01-01 00:00:00; F1-total·2022-02-01 00:00:00"
    assert problem.details["count"] == 3


def test_the_same_moment_of_another_meter_is_another_key():
    tables = sound_tables("probes", "facilities", "weather_stations")
    tables["probes"].append({**tables["probes"][0], "target_id": "F3"})
    assert checked(tables) == {}


def test_rows_without_a_whole_key_are_told_as_empty_only():
    tables = sound_tables("chips", "facilities", "weather_stations")
    row = {**tables["chips"][0], "chip": None}
    tables["chips"] += [row, dict(row)]
    assert {code for code, _ in checked(tables)} == {"required-empty"}


def test_probes_of_one_moment():
    tables = sound_tables("probes")
    tables["probes"].append({**tables["probes"][0], "delay": 13.0})
    problem = found(tables, "key-repeated")
    assert problem.found == "F1·F2·2022-06-01 10:00:00"

from suanli.problems import Severity
from tests.unit.intake.records.sound_tables import checked, found, sound_tables


def test_an_ai_centre_without_chips():
    tables = sound_tables("chips", "facilities")
    tables["chips"] = [
        row for row in tables["chips"] if (row["facility_id"], row["year"]) != ("F2", 2022)
    ]
    tables["chips"].append(
        {**tables["chips"][0], "facility_id": "F2", "year": 2022, "purpose": "general"}
    )
    problem = found(tables, "ai-centre-without-chips")
    assert (problem.severity, problem.found) == (Severity.NOTE, "F2·2022")
    assert (problem.details["count"], problem.details["rows"]) == (1, 4)


def test_other_centres_and_years_need_no_ai_chips():
    tables = sound_tables("chips", "facilities", "weather_stations")
    tables["chips"] = [row for row in tables["chips"] if row["facility_id"] != "F1"]
    tables["facilities"].append({**tables["facilities"][1], "year": 2021, "station_id": None})
    assert checked(tables) == {}


def test_one_chip_in_two_precisions():
    tables = sound_tables("chips", "facilities", "weather_stations")
    tables["chips"].append({**tables["chips"][0], "precision": "INT8", "peak": 600.0})
    assert checked(tables) == {}
    tables["chips"][-1]["count"] = 900.0
    problem = found(tables, "chip-precisions-differ")
    assert (problem.severity, problem.found) == (Severity.WARNING, "F1·2022·A: 900, 1000")
    assert (problem.details["count"], problem.details["rows"]) == (1, 6)
    tables["chips"][-1] |= {"count": 1000.0, "purpose": "supercomputing"}
    assert found(tables, "chip-precisions-differ").found == "F1·2022·A: 1000, 1000"


def test_a_machine_in_two_regions():
    tables = sound_tables("supercomputers")
    row = tables["supercomputers"][0]
    tables["supercomputers"].append({**row, "list": "vendor"})
    assert checked(tables) == {}
    tables["supercomputers"][-1]["region_code"] = "江苏省"
    problem = found(tables, "machine-in-two-regions")
    assert (problem.severity, problem.found) == (Severity.ERROR, "X-110000·2022: 110000, 320000")
    assert (problem.details["count"], problem.details["rows"]) == (1, 6)

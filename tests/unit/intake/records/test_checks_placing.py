from dataclasses import dataclass

import pytest

from suanli.intake.foundations import grouped_regions
from suanli.intake.records.checks.placing import check_outlines
from suanli.intake.records.schema import table_schemas
from suanli.problems import Severity
from suanli.regions import prefectures, provinces
from tests.unit.intake.records.sound_tables import checked, found, records_of, sound_tables

PLACED = [
    (schema.name, column.name)
    for schema in table_schemas().values()
    for column in schema.columns
    if column.role == "region"
]


@pytest.mark.parametrize(("table", "column"), PLACED)
def test_a_place_that_nobody_knows(table, column):
    tables = sound_tables(table)
    tables[table][0][column] = "Atlantis"
    problem = checked(tables)["place-unknown", f"{table}.{column}"]
    assert (problem.severity, problem.found) == (Severity.ERROR, "Atlantis (1)")
    assert (problem.details["count"], problem.details["rows"]) == (1, len(tables[table]))
    assert "Atlantis" in problem.message("zh")
    assert "(spellings: 1): Atlantis (1)." in problem.message("en")


def test_reasons_name_what_is_close():
    tables = sound_tables("households")
    tables["households"][0]["region_code"] = "广东生"
    message = found(tables, "place-unknown").message("zh")
    assert "广东省" in message


@pytest.mark.parametrize(
    ("place", "code", "severity"),
    [
        ("130000", "place-elsewhere", Severity.WARNING),
        ("130102", "place-elsewhere", Severity.WARNING),
        ("石家庄市", "place-elsewhere", Severity.WARNING),
        ("香港", "place-elsewhere", Severity.WARNING),
        ("全国", "place-aggregate", Severity.WARNING),
        ("999999", "place-unknown", Severity.ERROR),
    ],
)
def test_places_outside_the_study(place, code, severity):
    tables = sound_tables("households")
    for row in tables["households"][:2]:
        row["region_code"] = place
    tables["households"][1]["year"] = 2023
    own = provinces().only(["110000", "310000", "440000"])
    problem = found(tables, code, regions=own)
    assert (problem.severity, problem.found) == (severity, f"{place} (2)")
    assert (problem.details["count"], problem.details["places"]) == (2, 1)


def test_provinces_among_prefectures_are_elsewhere():
    tables = sound_tables("households")
    for row in tables["households"]:
        row["region_code"] = {"440000": "440000"}.get(row["region_code"], "苏州市")
    tables["households"] = tables["households"][2:4]
    problem = found(tables, "place-elsewhere", regions=prefectures())
    assert problem.found == "440000 (1)"


def test_an_ambiguous_place_is_an_error():
    tables = sound_tables("policies")
    tables["policies"][0]["region_code"] = "吉林"
    assert found(tables, "place-unknown", regions=prefectures()).severity is Severity.ERROR


def test_the_most_frequent_places_come_first():
    tables = sound_tables("households")
    for row in tables["households"]:
        row["region_code"] = "Mu"
    tables["households"][0]["region_code"] = "Atlantis"
    assert found(tables, "place-unknown").found == "Mu (5); Atlantis (1)"


def test_a_centre_without_region_and_coordinates():
    tables = sound_tables("facilities", "weather_stations")
    tables["facilities"][0] |= {"region_code": None, "latitude": None}
    problem = found(tables, "facility-without-place")
    assert (problem.severity, problem.found) == (Severity.ERROR, "F1·2022")


def test_coordinates_without_outlines_place_nobody():
    tables = sound_tables("facilities", "weather_stations")
    tables["facilities"][0]["region_code"] = None
    problem = found(tables, "facility-coordinates-elsewhere")
    assert (problem.severity, problem.found) == (Severity.WARNING, "F1·2022: 116.4, 39.9")


def test_a_centre_that_moved():
    tables = sound_tables("facilities", "weather_stations")
    tables["facilities"][0]["region_code"] = "440100"
    problem = found(tables, "facility-moved")
    assert (problem.severity, problem.found) == (Severity.NOTE, "F1: 110000, 440000")
    assert (problem.details["count"], problem.details["rows"]) == (1, 3)


def test_moving_within_a_region_is_not_told():
    tables = sound_tables("facilities", "weather_stations")
    tables["facilities"][2]["region_code"] = "440300"
    assert checked(tables) == {}


@dataclass(frozen=True)
class Meridian:
    """Outlines with a region on each side of 118° E."""

    def regions_at(self, longitudes, latitudes):
        return tuple("110000" if longitude < 118 else "310000" for longitude in longitudes)


def test_coordinates_in_another_region_than_the_one_named():
    tables = sound_tables("facilities", "weather_stations")
    with records_of(tables, outlines=Meridian()) as records:
        (problem,) = check_outlines(records)
    # F3 is in Guangdong, which this Meridian takes for Beijing
    assert (problem.severity, problem.found) == (
        Severity.WARNING,
        "F3·2022: 440000, 110000; F3·2023: 440000, 110000",
    )
    assert (problem.details["count"], problem.details["rows"]) == (2, 6)


def test_a_place_under_two_spellings_counts_twice():
    tables = sound_tables("households")
    first = tables["households"][0]
    tables["households"].append({**first, "region_code": "北京市"})
    assert first["region_code"] == "110000"
    problem = found(tables, "place-stated-twice")
    assert problem.severity is Severity.ERROR
    assert problem.found.startswith(f"110000·北京市·{first['year']}")
    assert problem.details["count"] == 1
    assert "两种写法" in problem.message("zh")


def test_a_region_beside_its_parts_may_count_twice():
    tables = sound_tables("households")
    first = tables["households"][0]
    tables["households"].append({**first, "region_code": "110105"})
    problem = found(tables, "region-beside-its-parts")
    assert (problem.severity, problem.found) == (Severity.WARNING, f"110000·{first['year']}")
    assert "may count twice" in problem.message("en")


def test_parts_alone_and_figures_of_other_years_count_once():
    tables = sound_tables("households")
    rows = tables["households"]
    parts = [{**rows[0], "region_code": code} for code in ("110105", "110106")]
    tables["households"] = [*rows[1:], *parts]
    codes = {code for code, _ in checked(tables)}
    assert not {"place-stated-twice", "region-beside-its-parts"} & codes
    tables["households"] = [*rows, {**rows[0], "region_code": "北京", "year": 2021}]
    assert "place-stated-twice" not in {code for code, _ in checked(tables)}


def test_places_inside_one_another_are_told_whatever_the_regions_are():
    tables = sound_tables("households")
    first = tables["households"][0]
    names = ("440100", "广东省广州市", "440106", "440106001007")
    tables["households"] = [{**first, "region_code": name} for name in names]
    problem = found(tables, "region-beside-its-parts", regions=grouped_regions("economic-belts"))
    assert problem.found == f"440100·{first['year']}"
    twice = found(tables, "place-stated-twice", regions=grouped_regions("economic-belts"))
    assert "440106·440106001007" in twice.found
    assert twice.details["count"] == 2


@pytest.mark.parametrize(
    ("place", "code", "words"),
    [
        ("320583001007", "place-elsewhere", "320583001007"),
        ("江苏省苏州市昆山市", "place-elsewhere", "昆山市"),
        ("新疆生产建设兵团", "place-unknown", "兵团"),
        ("660000", "place-unknown", "兵团"),
    ],
)
def test_a_place_is_judged_as_it_was_looked_for(place, code, words):
    tables = sound_tables("households")
    tables["households"][0]["region_code"] = place
    own = provinces().only(["110000", "310000", "440000"])
    problem = found(tables, code, regions=own)
    assert words in problem.message("zh")

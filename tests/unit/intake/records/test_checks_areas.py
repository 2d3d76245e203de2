"""Lengths of cable and areas of other places."""

import pytest

from suanli.problems import Severity
from suanli.regions import custom, everything, prefectures
from tests.unit.intake.records.sound_tables import checked, found

CODE = "areas-of-other-places"
HEBEI = [unit.code for unit in everything().members if unit.parent == "130000"]


def cable(place, year=2023, operator="A", **lengths):
    named = lengths or {"access_fibre": 100.0}
    return {"region_code": place, "year": year, "operator": operator, **named}


def area(place, year=2023, size=10.0):
    return {"region_code": place, "year": year, "area": size}


def tables_of(cables, areas):
    return {"operator_networks": cables, "region_statistics": areas}


def places(cables, areas):
    return tables_of([cable(place) for place in cables], [area(place) for place in areas])


@pytest.mark.parametrize(
    ("cables", "areas", "shown"),
    [
        (["130100", "130200"], ["130100"], "130200, –"),
        (["130100"], ["130100", "130200"], "–, 130200"),
        (["130100", "石家庄市"], ["唐山市"], "130100, 130200"),
        (["130000"], HEBEI[:-1], f"{HEBEI[-1]}, –"),
        (HEBEI[2:], ["河北省"], f"–, {HEBEI[0]} {HEBEI[1]}"),
        (["130102"], ["130200"], "130102, 130200"),
        (HEBEI, HEBEI[:1], f"{' '.join(HEBEI[1:6])} …, –"),
    ],
)
def test_other_places(cables, areas, shown):
    tables = places(cables, areas)
    problem = found(tables, CODE, periods=("2023",))
    assert problem.found == f"130000·2023: {shown}"
    assert (problem.severity, problem.place.path) == (
        Severity.WARNING,
        "operator_networks.access_fibre",
    )
    assert (problem.details["count"], problem.details["rows"]) == (1, 1)


@pytest.mark.parametrize(
    ("cables", "areas"),
    [
        (["130000"], ["130000"]),
        (["河北"], ["130000"]),
        (["130100", "唐山"], ["石家庄市", "130200"]),
        (["130000"], HEBEI),
        (HEBEI, ["河北省"]),
        (["130100"], ["130102"]),
        (["130102", "130104"], ["130100"]),
        (["110000"], ["110108"]),
        (["130100"], ["440100"]),
        (["130100"], []),
    ],
)
def test_the_same_places_and_regions_that_only_one_states(cables, areas):
    assert CODE not in {code for code, _ in checked(places(cables, areas), periods=("2023",))}


def test_each_length_has_places_of_its_own():
    cables = [
        cable("130100", access_fibre=1.0, long_distance_fibre=1.0),
        cable("130200", access_fibre=1.0),
        cable("130200", operator="B"),
        cable("440000", long_distance_fibre=0.0),
    ]
    areas = [area("130100"), area("130200"), area("440000")]
    problem = found(tables_of(cables, areas), CODE, periods=("2023",))
    assert problem.place.path == "operator_networks.long_distance_fibre"
    assert problem.found == "130000·2023: –, 130200"
    assert (problem.details["count"], problem.details["rows"]) == (1, 2)


def test_places_without_a_length_or_an_area_and_other_years_do_not_count():
    cables = [cable("130100"), cable("130200", broadband_ports=5.0), cable("130300", year=2021)]
    areas = [area("130100"), area("130200", size=None), area("130400", year=2022)]
    assert CODE not in {code for code, _ in checked(tables_of(cables, areas))}


def test_every_year_is_looked_at_by_itself():
    cables = [cable("130100"), cable("130200"), cable("130100", 2022), cable("130200", 2022)]
    areas = [area("130100"), area("130200"), area("130200", 2022)]
    problem = found(tables_of(cables, areas), CODE)
    assert problem.found == "130000·2022: 130100, –"
    assert (problem.details["count"], problem.details["rows"]) == (1, 2)


def test_prefectures_are_regions_of_their_own():
    tables = places(["130100", "130200"], ["130100"])
    assert CODE not in {
        code for code, _ in checked(tables, periods=("2023",), regions=prefectures())
    }


def test_a_group_stands_for_all_its_members():
    groups = custom([{"code": "g", "name": "冀中", "members": "130100|130600"}])
    whole = places(["冀中"], ["130100", "保定"])
    assert CODE not in {code for code, _ in checked(whole, periods=("2023",), regions=groups)}
    part = found(places(["冀中"], ["130100"]), CODE, periods=("2023",), regions=groups)
    assert part.found == "g·2023: 130600, –"

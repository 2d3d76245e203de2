"""Groups of which only some members have figures."""

import pytest

from suanli.intake.foundations import grouped_regions
from suanli.problems import Severity
from suanli.regions import custom, prefectures, provinces
from tests.unit.intake.records.sound_tables import checked, found

CODE = "group-members-missing"
GROUPS = custom(
    [
        {"code": "circle", "name": "武汉城市圈", "members": "武汉|黄石|429004"},
        {"code": "west", "name": "川渝地区", "members": "四川|重庆"},
        {"code": "460000", "name": "海南省", "members": ""},
    ]
)


def ports(*places, year=2023):
    return [
        {"region_code": place, "year": year, "operator": "A", "broadband_ports": 5.0}
        for place in places
    ]


def told(rows, **how):
    how = {"regions": GROUPS, "periods": ("2023",), **how}
    return checked({"operator_networks": rows}, **how)


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        (["420100"], "circle·2023: 420200 429004"),
        (["420106", "黄石"], "circle·2023: 429004"),
        (["四川", "海南省"], "west·2023: 500000"),
        (["成都", "武汉"], "circle·2023: 420200 429004; west·2023: 500000"),
    ],
)
def test_members_without_figures(places, shown):
    problem = told(ports(*places))[CODE, "operator_networks.region_code"]
    assert (problem.severity, problem.found) == (Severity.WARNING, shown)
    groups = len({"circle" if "circle" in one else one for one in shown.split("; ")})
    assert problem.details["count"] == groups
    assert "武汉" not in problem.message("en")


@pytest.mark.parametrize(
    "places",
    [
        ["420100", "黄石市", "429004"],
        ["420102", "420202", "429004100"],
        ["武汉城市圈"],
        ["四川", "500112"],
        ["海南省"],
        ["湖北", "广东"],
        [],
    ],
)
def test_groups_with_every_member_or_none(places):
    assert CODE not in {code for code, _ in told(ports(*places))}


def test_every_year_of_the_study_is_looked_at_by_itself():
    # neither a year of others nor a province that is itself counts
    rows = [*ports("四川", "重庆", "海南"), *ports("四川", year=2022), *ports("武汉", year=2021)]
    problem = told(rows, periods=("2022", "2023"))[CODE, "operator_networks.region_code"]
    assert problem.found == "west·2022: 500000"
    assert (problem.details["count"], problem.details["rows"]) == (1, 2)


def test_every_table_is_told_by_itself_and_lists_of_things_are_not():
    tables = {
        "operator_networks": ports("四川"),
        "households": [{"region_code": "重庆", "year": 2023, "households": 9.0}],
        "access_nodes": [{"node_id": "n", "year": 2023, "region_code": "四川", "otn": True}],
    }
    problems = checked(tables, regions=GROUPS, periods=("2023",))
    assert {path: one.found for (code, path), one in problems.items() if code == CODE} == {
        "operator_networks.region_code": "west·2023: 500000",
        "households.region_code": "west·2023: 510000",
    }


def test_many_members_are_cut_short():
    belts = grouped_regions("economic-belts")
    problem = found({"operator_networks": ports("山西")}, CODE, regions=belts)
    assert problem.found == "central·2023: 340000 360000 410000 420000 430000"
    problem = found({"operator_networks": ports("北京")}, CODE, regions=belts)
    assert problem.found == "east·2023: 120000 130000 310000 320000 330000 …"


@pytest.mark.parametrize("regions", [provinces(), prefectures()])
def test_provinces_and_prefectures_are_no_groups(regions):
    assert CODE not in {code for code, _ in told(ports("420100"), regions=regions)}


def shipped(place, year):
    how = {"kind": "general", "model": "2U", "units": 9.0, "precision": "FP32", "mean_compute": 2.0}
    return {"region_code": place, "year": year, **how}


def test_every_year_of_six_years_of_shipments_is_looked_at():
    rows = [shipped("四川", year) for year in range(2016, 2024)]
    rows += [shipped("重庆", year) for year in (2018, 2020, 2021, 2023)]
    tables = {"server_shipments": rows}
    problem = found(tables, CODE, regions=GROUPS, periods=("2023",))
    assert problem.found == "west·2019: 500000; west·2022: 500000"
    assert (problem.details["count"], problem.details["rows"]) == (2, 6)
    problem = found(tables, CODE, regions=GROUPS, periods=("2022", "2023"))
    assert problem.found.startswith("west·2017: 500000; west·2019: 500000")


def patent(place, year):
    how = {"kind": "invention_grant", "holder": "other", "field": "computing", "items": 3.0}
    return {"record_id": f"{place}{year}", "region_code": place, "year": year, **how}


@pytest.mark.parametrize(
    ("years", "shown"),
    [(1, None), (2, "west·2022: 510000"), (3, "west·2021: 500000; west·2022: 510000")],
)
def test_every_year_over_which_patents_are_counted_is_looked_at(years, shown):
    rows = [patent("重庆", 2023), patent("四川", 2023), patent("重庆", 2022), patent("四川", 2021)]
    problems = checked(
        {"intellectual_property": rows},
        regions=GROUPS,
        periods=("2023",),
        options={"patent_years": years},
    )
    problem = problems.get((CODE, "intellectual_property.region_code"))
    assert (problem and problem.found) == shown

"""The data of the bundled study open-1.0: official figures as published, areas estimated."""

import csv
from importlib.resources import files
from io import StringIO

import pytest
import yaml

from suanli.framework import bundled
from suanli.regions import provinces

FOLDER = files("suanli.intake").joinpath("studies", "open-1.0")
PERIODS = [str(year) for year in range(2018, 2024)]
# What looks wrong at the source and must stay.
KEPT_AS_PUBLISHED = {
    ("150000", "2021", "software_revenue"): "277.83774",
    ("510000", "2019", "long_distance_cable_length"): "122400",
    ("510000", "2020", "long_distance_cable_length"): "125000",
    ("510000", "2021", "long_distance_cable_length"): "125400",
    ("500000", "2022", "ecommerce_sales"): "14206.3",
    ("130000", "2020", "software_revenue"): "170.4046",
}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(FOLDER.joinpath("data", name).read_text("utf-8"))))


def cells(name: str) -> dict[tuple[str, str, str], str]:
    return {(r["region_code"], r["year"], r["variable"]): r["value"] for r in rows(name)}


@pytest.fixture(scope="module")
def official() -> dict[tuple[str, str, str], str]:
    return cells("official.csv")


def test_nothing_is_there_twice(official):
    assert len(rows("official.csv")) == len(official) == 2598
    assert len(rows("land_area.csv")) == len(cells("land_area.csv")) == 31 * 6


def test_every_figure_is_there_but_tibets_software_revenue(official):
    codes = provinces().codes
    variables = {v.code for v in bundled("open-1.0").variables} - {"land_area"}
    assert len(variables) == 14
    expected = {(c, p, v) for c in codes for p in PERIODS for v in variables}
    assert expected - official.keys() == {("540000", p, "software_revenue") for p in PERIODS}
    assert official.keys() <= expected


def test_wrong_looking_figures_are_kept_as_published(official):
    assert {cell: official[cell] for cell in KEPT_AS_PUBLISHED} == KEPT_AS_PUBLISHED
    said = FOLDER.joinpath("SOURCE.md").read_text("utf-8")
    for figure in KEPT_AS_PUBLISHED.values():
        assert figure in said


@pytest.mark.parametrize("name", ["official.csv", "land_area.csv"])
def test_units_are_those_the_framework_declares(name):
    declared = {v.code: v.unit for v in bundled("open-1.0").variables}
    assert {(r["variable"], r["unit"]) for r in rows(name)} <= declared.items()


@pytest.mark.parametrize("name", ["official.csv", "land_area.csv"])
def test_names_go_with_codes(name):
    names = {region.code: region.name.zh for region in provinces().members}
    assert {(r["region_code"], r["region"]) for r in rows(name)} == set(names.items())


def test_every_figure_names_its_source():
    assert {r["source"] for r in rows("official.csv")} == {"国家统计局 分省年度数据"}
    areas = rows("land_area.csv")
    assert {r["origin"] for r in areas} == {"estimated"}
    assert all("not official" in r["source"] and "Apache-2.0" in r["source"] for r in areas)


def test_parts_do_not_exceed_wholes(official):
    for part, whole in (
        ("thermal_power_generation", "power_generation"),
        ("long_distance_cable_length", "optical_cable_length"),
        ("fixed_broadband_users", "broadband_access_ports"),
    ):
        for code in provinces().codes:
            for period in PERIODS:
                of_part = float(official[code, period, part])
                assert 0 <= of_part <= float(official[code, period, whole]), (code, period, part)


@pytest.mark.parametrize(
    ("variable", "period", "nation", "tolerance"),
    [
        ("broadband_access_ports", "2023", 113600, 0.001),  # 11.36 亿个
        ("mobile_internet_traffic", "2022", 26180000, 0.001),  # 2618 亿GB
        ("optical_cable_length", "2023", 64320000, 0.001),  # 6432 万千米
        ("software_revenue", "2022", 108100, 0.005),  # 10.81 万亿元, another release
    ],
)
def test_provinces_add_up_to_the_published_nation(official, variable, period, nation, tolerance):
    total = sum(float(v) for (_, p, code), v in official.items() if (p, code) == (period, variable))
    assert total == pytest.approx(nation, rel=tolerance)


def test_areas_are_the_same_every_year():
    areas = cells("land_area.csv")
    assert {key[0]: value for key, value in areas.items()}.keys() == set(provinces().codes)
    assert len({(key[0], value) for key, value in areas.items()}) == 31


def test_study_names_its_files_and_their_columns():
    study = yaml.safe_load(FOLDER.joinpath("study.yaml").read_text("utf-8"))
    assert (study["framework"], study["regions"], study["simulated"]) == (
        "open-1.0",
        "provinces",
        False,
    )
    assert study["periods"] == PERIODS
    for declared in study["data"]:
        header = rows(declared["file"].removeprefix("data/"))[0]
        assert set(declared["columns"].values()) <= header.keys()

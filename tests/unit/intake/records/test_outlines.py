"""Outlines of regions: read with care, and points found in them."""

import json
import math

import numpy as np
import polars as pl
import pytest

from suanli.intake.folder import FileContent, InputFile
from suanli.intake.records import Span, outlines
from suanli.intake.records.checks import check_outlines, check_records
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.outlines import read_outlines
from suanli.intake.records.records import Records
from suanli.intake.records.table_reading import check_tables
from suanli.problems import Severity
from suanli.regions import provinces
from tests.made_records import frame_of
from tests.unit.intake.records.engine_cases import said, table, written


def square(west, south, size=2.0):
    east, north = west + size, south + size
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(coordinates, kind="Polygon", **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


BEIJING = feature(square(115, 39), adcode=110000, name="某处")
GUANGZHOU = feature(square(112, 22), region_code="440106")
SHENZHEN = feature([square(114, 22), square(114, 25)], "MultiPolygon", name="深圳市")


def content(*features, raw=None):
    text = (
        raw if raw is not None else json.dumps({"type": "FeatureCollection", "features": features})
    )
    data = text if isinstance(text, bytes) else text.encode()
    return FileContent(InputFile("o.geojson", "0" * 64, len(data)), data)


def codes(problems):
    return [problem.code for problem in said(problems)]


def test_points_lie_in_the_region_of_their_outline():
    found, problems = read_outlines(content(BEIJING, GUANGZHOU, SHENZHEN), provinces())
    assert problems == []
    assert found.codes == ("110000", "440000", "440000")
    longitudes = np.array([116.0, 113.0, 114.0, 115.0, 0.0, math.nan, 115.0])
    latitudes = np.array([40.0, 23.0, 23.0, 26.0, 0.0, 40.0, 39.0])
    # the third is on the outlines of two shapes of one province
    assert found.regions_at(longitudes, latitudes) == (
        *("110000", "440000", "440000", "440000", None, None, "110000"),
    )


def test_a_point_in_outlines_of_two_regions_is_in_none():
    other = feature(square(116, 40), code="120000")
    found, _ = read_outlines(content(BEIJING, other), provinces())
    assert found.regions_at(np.array([116.5, 115.5]), np.array([40.5, 39.5])) == (None, "110000")


def test_lines_and_other_regions_are_passed_over():
    line = feature([[1, 2], [3, 4]], "LineString", adcode="100000_JD", name="")
    hong_kong = feature(square(114, 22), name="香港特别行政区")
    found, problems = read_outlines(content(BEIJING, line, hong_kong), provinces())
    assert found.codes == ("110000",)
    (problem,) = said(problems)
    assert (problem.severity, problem.details["count"]) == (Severity.WARNING, 2)
    assert problem.found == "100000_JD, 香港特别行政区"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"raw": "{"}, "outlines-not-json"),
        ({"raw": b"\xff\xfe{}"}, "outlines-not-json"),
        ({"raw": "[" * 100_000}, "outlines-not-json"),
        ({"raw": "[]"}, "outlines-not-features"),
        ({"raw": '{"type": "FeatureCollection"}'}, "outlines-not-features"),
        ({"raw": '{"features": [1]}'}, "outlines-not-features"),
        ({"features": []}, "outlines-empty"),
        ({"features": [feature([[1, 2], [3, 4]], "LineString", code="110000")]}, "outline-no-area"),
        ({"features": [{"properties": {"code": "110000"}}]}, "outline-no-area"),
        ({"features": [feature(square(500_000, 4_400_000), code="110000")]}, "outline-off-earth"),
        ({"features": [feature(square(179, 39), code="110000")]}, "outline-off-earth"),
        ({"features": [feature([[["a", "b"]]], code="110000")]}, "outline-off-earth"),
        ({"features": [feature([[[1]]], code="110000")]}, "outline-off-earth"),
        ({"features": [feature(None, code="110000")]}, "outline-off-earth"),
        ({"features": [feature([[[[[[1, 2]]]]]], code="110000")]}, "outline-off-earth"),
        ({"features": [feature([[[0, 0], [1, 1]]], code="110000")]}, "outline-invalid"),
        ({"features": [feature([[[0, 0], [2, 2], [0, 2], [2, 0], [0, 0]]], code="110000")]}, "outline-invalid"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(given, code):
    given = content(*given["features"]) if "features" in given else content(**given)
    found, problems = read_outlines(given, provinces())
    assert found is None
    assert codes(problems) == [code]
    assert problems[0].place.file == "o.geojson"


def test_without_shapely_it_is_told(monkeypatch):
    monkeypatch.setattr(outlines, "find_spec", lambda name: None)
    found, (problem,) = read_outlines(content(BEIJING), provinces())
    assert found is None
    assert 'pip install "suanli[geo]"' in problem.action("zh")


FACILITIES = [
    # id, region, longitude, latitude, where it counts
    ("named", "110000", None, None, "110000"),
    ("found", None, 116.0, 40.0, "110000"),
    ("found too", " ", 116.0, 40.0, "110000"),
    ("both agree", "440305", 114.5, 23.0, "440000"),
    ("both differ", "310000", 116.0, 40.0, "310000"),
    ("both differ, too", "310000", 113.0, 23.0, "310000"),
    ("nowhere", None, 0.0, 0.0, None),
    ("unknown name", "哪里", 116.0, 40.0, None),
    ("half", None, 116.0, None, None),
]


@pytest.fixture
def records(tmp_path):
    found, _ = read_outlines(content(BEIJING, GUANGZHOU, SHENZHEN), provinces())
    rows = [
        {"facility_id": name, "year": 2023, "region_code": region, "longitude": longitude, "latitude": latitude}
        for name, region, longitude, latitude, _ in FACILITIES
    ]  # fmt: skip
    files = table("facilities", [written(tmp_path / "f.parquet", frame_of("facilities", rows))])
    span = Span(provinces(), ("2023",), outlines=found)
    with Records(DuckDBEngine(), {"facilities": files}, span) as opened:
        yield opened


def test_rows_without_a_region_are_placed_by_their_coordinates(records):
    placed = records.collected(records.table("facilities").select("facility_id", "region"))
    assert dict(placed.rows()) == {name: where for name, *_, where in FACILITIES}
    pairs = records.collected(records.outlined("facilities"))
    assert pairs.height == 4
    assert pairs.schema["outlined"] == pl.String


def test_a_region_that_the_coordinates_contradict_is_told(records):
    told = said([*check_tables(records), *check_records(records)])
    (problem,) = (one for one in told if "310000" in one.found)
    assert (problem.code, problem.details["count"]) == ("facility-outside-its-region", 2)
    assert problem.found == (
        "both differ·2023: 310000, 110000; both differ, too·2023: 310000, 440000"
    )


def test_without_outlines_coordinates_place_nothing(tmp_path):
    rows = [{"facility_id": "F", "year": 2023, "longitude": 116.0, "latitude": 40.0}]
    files = table("facilities", [written(tmp_path / "f.parquet", frame_of("facilities", rows))])
    with Records(DuckDBEngine(), {"facilities": files}, Span(provinces(), ("2023",))) as opened:
        assert opened.collected(opened.table("facilities"))["region"].to_list() == [None]
        assert check_outlines(opened) == []
        with pytest.raises(LookupError, match="no outlines place facilities"):
            opened.outlined("facilities")

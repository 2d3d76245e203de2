"""Properties of great-circle distances: they agree with the arcsine and the arctangent, and are distances."""

from math import asin, atan2, cos, hypot, radians, sin, sqrt

import duckdb
import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from suanli.intake.records.great_circle import EARTH_RADIUS, with_distance

POINTS = (("a_longitude", "a_latitude"), ("b_longitude", "b_latitude"))
COLUMNS = [name for point in POINTS for name in point]

longitudes = st.floats(-180, 180)
latitudes = st.floats(-90, 90)
globe = st.tuples(longitudes, latitudes)
china = st.tuples(st.floats(73, 136), st.floats(3, 54))


def distances(pairs):
    """Return the distances of pairs of points in km."""
    rows = [(*start, *end) for start, end in pairs]
    frame = pl.LazyFrame(rows, schema=dict.fromkeys(COLUMNS, pl.Float64), orient="row")
    found = with_distance(nw.from_native(frame), *POINTS)
    return nw.to_native(found).collect()["distance"].to_numpy()


def by_arcsine(start, end):
    """Return the distance by the haversine formula with a library's arcsine."""
    (a, p), (b, q) = (tuple(map(radians, point)) for point in (start, end))
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin((b - a) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(h, 1.0)))


def by_arctangent(start, end):
    """Return the distance by the arctangent of sine over cosine, exact at every angle."""
    (a, p), (b, q) = (tuple(map(radians, point)) for point in (start, end))
    across = hypot(cos(q) * sin(b - a), cos(p) * sin(q) - sin(p) * cos(q) * cos(b - a))
    along = sin(p) * sin(q) + cos(p) * cos(q) * cos(b - a)
    return EARTH_RADIUS * atan2(across, along)


@given(st.lists(st.tuples(china, china), min_size=1, max_size=20))
def test_over_china_it_is_the_haversine_formula_to_a_micrometre(pairs):
    wanted = [by_arcsine(*pair) for pair in pairs]
    np.testing.assert_allclose(distances(pairs), wanted, rtol=1e-12, atol=1e-9)


@given(st.lists(st.tuples(globe, globe), min_size=1, max_size=20))
def test_up_to_10_000_km_it_is_the_haversine_formula_to_a_micrometre(pairs):
    near = [pair for pair in pairs if by_arctangent(*pair) <= 10_000]
    wanted = [by_arcsine(*pair) for pair in near]
    np.testing.assert_allclose(distances(near), wanted, rtol=1e-12, atol=1e-9)


@given(st.lists(st.tuples(globe, globe), min_size=1, max_size=20))
def test_over_the_globe_it_is_right_to_a_metre_even_at_antipodes(pairs):
    wanted = [by_arctangent(*pair) for pair in pairs]
    np.testing.assert_allclose(distances(pairs), wanted, rtol=0, atol=1e-3)


@given(st.floats(0, 179), st.floats(-1, 1))
@example(179.0, 0.0)
@example(1e-9, 0.0)
def test_along_the_equator_and_the_meridians_it_is_the_angle(angle, west):
    pairs = [((west, 0.0), (west + angle, 0.0)), ((west, -angle / 2), (west, angle / 2))]
    wanted = EARTH_RADIUS * radians(angle)
    np.testing.assert_allclose(distances(pairs), wanted, rtol=1e-12, atol=1e-9)


@given(globe, globe)
def test_it_is_a_distance(start, end):
    there, back, nowhere = distances([(start, end), (end, start), (start, start)])
    assert there == back
    assert nowhere == 0
    assert 0 <= there <= np.pi * EARTH_RADIUS * (1 + 1e-12)


@given(globe)
def test_antipodes_are_half_the_way_round(point):
    longitude, latitude = point
    opposite = (longitude - 180 if longitude > 0 else longitude + 180, -latitude)
    assert distances([(point, opposite)])[0] == pytest.approx(np.pi * EARTH_RADIUS, abs=1e-3)


@pytest.mark.parametrize(
    "row",
    [
        (None, 40.0, 120.0, 30.0),
        (116.0, None, 120.0, 30.0),
        (116.0, 95.0, 120.0, 30.0),
        (116.0, 40.0, 181.0, 30.0),
        (116.0, 40.0, 120.0, -91.0),
        (-200.0, 40.0, 120.0, 30.0),
    ],
)
def test_a_coordinate_that_is_absent_or_impossible_gives_no_distance(row):
    frame = pl.LazyFrame([row], schema=dict.fromkeys(COLUMNS, pl.Float64), orient="row")
    found = nw.to_native(with_distance(nw.from_native(frame), *POINTS)).collect()
    assert found["distance"].to_list() == [None]


def test_an_engine_gives_the_same_as_polars_even_at_antipodes_and_poles():
    points = [(116.4, 39.9), (121.5, 31.2), (-63.6, -39.9), (0.0, 90.0), (0.0, -90.0), (180.0, 0.0)]
    pairs = [(start, end) for start in points for end in points]
    rows = ", ".join(f"({', '.join(map(repr, (*start, *end)))})" for start, end in pairs)
    with duckdb.connect() as connection:
        relation = connection.sql(
            f"SELECT * FROM (VALUES {rows}) AS t({', '.join(COLUMNS)})"
        ).select(", ".join(f"{name}::DOUBLE AS {name}" for name in COLUMNS))
        found = nw.to_native(with_distance(nw.from_native(relation), *POINTS))
        by_pair = {row[:4]: row[4] for row in found.fetchall()}
    wanted = distances(pairs)
    got = [by_pair[(*start, *end)] for start, end in pairs]
    np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-3)

import numpy as np
import pytest

from suanli.regions import provinces
from suanli.simulation.places import apart, great_circle, likely_delays, places, radii, scattered


def test_every_province_has_a_place():
    assert tuple(places()) == provinces().codes
    for code, place in places().items():
        assert 73 < place.longitude < 135, code
        assert 18 < place.latitude < 54, code
        assert 0 < place.temperature < 26, code
        assert 0 < place.clean_power < 100, code


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((116.4, 39.9), (121.5, 31.2), 1070),
        ((87.6, 43.8), (113.3, 23.1), 3275),
        ((0, 0), (90, 0), 10007.557),
    ],
)
def test_great_circle_distances(one, other, km):
    assert great_circle(np.array(one), np.array(other)) == pytest.approx(km, rel=5e-3)


def test_distances_between_capitals_are_symmetric():
    between = apart(provinces().codes)
    assert np.array_equal(between, between.T)
    assert not between.diagonal().any()


def test_centres_lie_within_the_radius_of_their_capital():
    home = places()["540000"]
    points = scattered(home, 100.0, 4000, np.random.default_rng(1))
    away = great_circle(np.array([home.longitude, home.latitude]), points)
    assert away.max() < 101
    # spread over the area, not crowded in the middle: half of a disc lies beyond 0.707 of its radius
    assert np.median(away) == pytest.approx(70.7, abs=2)


def test_radii_follow_area_within_bounds():
    assert radii(np.array([0.0, 100_000.0, 2e6])) == pytest.approx([15, 89.2, 120], abs=0.1)


def test_remote_and_large_provinces_are_likely_slower():
    codes = provinces().codes
    areas = np.where(np.array(codes) == "650000", 1.6e6, 1e4)
    between, within = likely_delays(codes, areas)
    assert codes[int(np.argmax(between))] == "650000"
    assert codes[int(np.argmin(between))] in ("410000", "420000", "140000", "610000")
    assert within[codes.index("650000")] == within.max() > within.min() > 2.5

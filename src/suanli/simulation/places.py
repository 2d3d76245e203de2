"""Where provinces lie and what nature gives them, approximately: capitals, temperatures, clean power, distances."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np
import yaml

from suanli.intake.records.great_circle import EARTH_RADIUS
from suanli.intake.records.great_circle import FIBRE_DELAY as ONE_WAY
from suanli.simulation.quantities import Floats

PLACES = "places.yaml"

_KM_A_DEGREE = 111.195
"""Of a meridian."""

_NEAREST, _FARTHEST = 15.0, 120.0
"""Bounds, in km, of the radius about the capital within which a province's centres lie."""

FIBRE_DELAY = 2 * ONE_WAY
"""Round trip of light in fibre, ms per km of great circle."""

ROUTES = (1.3, 2.2)
"""How much longer than the great circle routes are."""

EQUIPMENT = 2.5
"""What routers add to a round trip between two centres, ms."""

_MEAN_APART = 0.905
"""Mean distance of two points in a disc, in radii."""


@dataclass(frozen=True, slots=True)
class Place:
    """A province: coordinates (degrees) and mean temperature (°C) of its capital, and clean power (%)."""

    longitude: float
    latitude: float
    temperature: float
    clean_power: float


@cache
def places() -> Mapping[str, Place]:
    """Return the places by code of the province.

    >>> places()["230000"].temperature
    4.9
    """
    path = files("suanli.simulation").joinpath("profiles").joinpath(PLACES)
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return MappingProxyType({str(code): Place(**entry) for code, entry in document.items()})


def great_circle(one: Floats, other: Floats) -> Floats:
    """Return distances in km between points, each given as longitudes and latitudes in degrees.

    >>> round(float(great_circle(np.array([116.4, 39.9]), np.array([121.5, 31.2]))))
    1071
    """
    (from_longitude, from_latitude), (to_longitude, to_latitude) = (
        np.radians(one),
        np.radians(other),
    )
    across = np.sin((to_longitude - from_longitude) / 2)
    along = np.sin((to_latitude - from_latitude) / 2)
    squared = along**2 + np.cos(from_latitude) * np.cos(to_latitude) * across**2
    return np.asarray(2 * EARTH_RADIUS * np.arcsin(np.sqrt(squared)))


def radii(areas: Floats) -> Floats:
    """Return within how many km of its capital a province's centres lie, for areas in km²."""
    return np.asarray(np.clip(0.5 * np.sqrt(areas / np.pi), _NEAREST, _FARTHEST))


def scattered(capital: Place, radius: float, count: int, rng: np.random.Generator) -> Floats:
    """Return longitudes and latitudes, (2, count), spread evenly over a disc about a capital."""
    away = radius * np.sqrt(rng.random(count)) / _KM_A_DEGREE
    bearing = rng.uniform(0, 2 * np.pi, count)
    latitudes = capital.latitude + away * np.cos(bearing)
    across = away * np.sin(bearing) / np.cos(np.radians(latitudes))
    points: Floats = np.stack([capital.longitude + across, latitudes])
    return np.asarray(points.round(4))


def apart(codes: tuple[str, ...]) -> Floats:
    """Return the distances in km between the capitals of provinces, a row and a column each."""
    points = np.array([(places()[code].longitude, places()[code].latitude) for code in codes]).T
    return great_circle(points[:, :, None], points[:, None, :])


def likely_delays(codes: tuple[str, ...], areas: Floats) -> tuple[Floats, Floats]:
    """Return the likely mean round trip (ms) from each province to the others, and within it."""
    per_km = FIBRE_DELAY * float(np.mean(ROUTES))
    mean = apart(codes).sum(axis=1) / (len(codes) - 1)
    return per_km * mean + EQUIPMENT, per_km * _MEAN_APART * radii(areas) + EQUIPMENT

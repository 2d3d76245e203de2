"""Weather stations whose temperatures average to a region's over its computing centres."""

import numpy as np
import polars as pl

from suanli.simulation.aims import Aims
from suanli.simulation.register import ABSENT, IN_USE, Register
from suanli.simulation.shares import Counts, Floats, stream

TEMPERATURE = "3.4.1.2"
_STATIONS = 3
"""Stations of a region, at most one a centre."""


def station_of(aims: Aims, listed: Register) -> pl.Series:
    """Return the station that stands for each centre."""
    codes = pl.Series(aims.regions)[listed.region]
    numbers = pl.Series(_station_numbers(listed) + 1).cast(pl.String)
    return pl.DataFrame({"code": codes, "number": numbers}).select(
        pl.format("S{}-{}", "code", "number").alias("station_id")
    )["station_id"]


def weather_stations(aims: Aims, listed: Register) -> pl.DataFrame:
    """Return the table of weather stations: each has a row in every year in which one of its centres stands."""
    rng = stream(aims.seed, "weather_stations")
    means = aims.of(TEMPERATURE, "°C")
    numbers = _station_numbers(listed)
    apart = rng.normal(0, 1.5, (len(aims.regions), _STATIONS))
    rows = []
    for group in listed.groups(IN_USE):
        held = np.bincount(numbers[group.centres], minlength=_STATIONS)
        here = (listed.region == group.region) & (listed.status[group.period] != ABSENT)
        mean = float(means[group.period, group.region])
        warmth = _temperatures(mean, held, apart[group.region])
        code = aims.regions[group.region]
        rows += [
            (f"S{code}-{number + 1}", aims.years[group.period], code, float(warmth[number]))
            for number in np.unique(numbers[here])
        ]
    schema = {
        "station_id": pl.String,
        "year": pl.Int64,
        "region_code": pl.String,
        "temperature": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _temperatures(mean: float, held: Counts, apart: Floats) -> Floats:
    """Return temperatures in tenths of a degree; the station with the most centres makes the mean exact."""
    warmth: Floats = np.round(mean + apart - held @ apart / held.sum(), 1)
    main = int(np.argmax(held))
    others = held @ warmth - held[main] * warmth[main]
    warmth[main] = (mean * held.sum() - others) / held[main]
    return warmth


def _station_numbers(listed: Register) -> Counts:
    """Return which of its region's stations stands for each centre: most centres share the first."""
    starts = np.searchsorted(listed.region, np.arange(listed.region[-1] + 1))
    place = np.arange(listed.region.size) - starts[listed.region]
    numbers: Counts = np.array([0, 1, 0, 2])[place % 4]
    return numbers

"""Readings of meters, a part at a time: loads with seasons, weeks, days and noise that add up to each year's amount."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.simulation.aims import Aims
from suanli.simulation.meter_tables import Meters
from suanli.simulation.shares import Floats, stream
from suanli.simulation.sizes import DAY, interval_count

_MINUTE = np.timedelta64(60_000_000, "us")
_FIGURES = 4
"""Figures of an interval's amount: a meter behind transformers counts in steps."""
_RESET = 0.3
"""Share of counters that are reset once."""
_BASE_SHARE = (1.2, 6.0)
"""What a counter shows at first, in years of its use."""

Moments = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class _Run:
    """Meters of one interval in one period, in the order of their centres."""

    period: int
    minutes: int
    meters: NDArray[np.intp]


def meter_readings(aims: Aims, of: Meters) -> Iterator[pl.DataFrame]:
    """Yield the interval readings in parts of a limited number of rows."""
    ids = pl.Series(of.ids)
    for run in _runs(of, ~of.counter):
        times = _starts(aims.years[run.period], run.minutes)
        for number, meters in enumerate(_parts(of, run, aims.size.part_rows // times.size)):
            part = _Run(run.period, run.minutes, meters)
            amounts = _amounts(aims, of, part, number)
            frame = pl.DataFrame(
                {
                    "meter_id": ids.gather(np.repeat(meters, times.size)),
                    "time": np.tile(times, meters.size),
                    "amount": amounts.ravel(),
                }
            )
            first = _first_intervals(of, part, times)
            yield frame if not first.any() else frame.filter(_since(first, times.size))


def meter_registers(aims: Aims, of: Meters) -> pl.DataFrame:
    """Return the readings of counters: at the start of each interval and at the last second of each year.

    What is between two readings is an interval's amount; after a reset the reading is what has been used since.
    """
    rng = stream(aims.seed, "meter_registers")
    shown = rng.uniform(*_BASE_SHARE, len(of.ids)) * of.year_amounts.max(axis=0)
    reset = rng.random(len(of.ids)) < _RESET
    place = rng.random(len(of.ids))
    state = np.floor(shown), reset, place
    parts = [_registered(aims, of, run, state) for run in _runs(of, of.counter)]
    if not parts:
        return pl.DataFrame(
            schema={"meter_id": pl.String, "time": pl.Datetime("us"), "reading": pl.Float64}
        )
    return pl.concat(parts).sort("meter_id", "time")


def _registered(
    aims: Aims, of: Meters, run: _Run, state: tuple[Floats, NDArray[np.bool_], Floats]
) -> pl.DataFrame:
    """Return a period's readings of some counters: `state` is what they show at first, which are reset, and where."""
    shown, reset, place = state
    year = aims.years[run.period]
    times = np.append(
        _starts(year, run.minutes), _first_moment(year + 1) - np.timedelta64(1_000_000, "us")
    )
    amounts = _amounts(aims, of, run, 0)
    first = shown[run.meters] + of.year_amounts[: run.period, run.meters].sum(axis=0)
    readings = first[:, None] + np.cumsum(np.pad(amounts, ((0, 0), (1, 0))), axis=1)
    # to the last bit what the next year begins with: a fall of a billionth would be a reset
    through = of.year_amounts[: run.period + 1, run.meters].sum(axis=0)
    readings[:, -1] = shown[run.meters] + through
    last_period = run.period == len(aims.years) - 1
    begun = _first_intervals(of, run, times[:-1])
    chosen = reset[run.meters] & (begun == 0) & last_period
    for row in np.flatnonzero(chosen):
        # from the reading before the chosen one on, the counter starts again at 0
        at = 1 + int(place[run.meters[row]] * (amounts.shape[1] - 1))
        readings[row, at + 1 :] = np.cumsum(amounts[row, at:])
    return pl.DataFrame(
        {
            "meter_id": pl.Series(of.ids).gather(np.repeat(run.meters, times.size)),
            "time": np.tile(times, run.meters.size),
            "reading": readings.ravel(),
        }
    ).filter(_since(begun, times.size))


def _runs(of: Meters, chosen: NDArray[np.bool_]) -> Iterator[_Run]:
    for period in range(of.steady.shape[0]):
        running = chosen & (of.year_amounts[period] > 0)
        for minutes in np.unique(of.minutes[running]):
            yield _Run(period, int(minutes), np.flatnonzero(running & (of.minutes == minutes)))


def _parts(of: Meters, run: _Run, most: int) -> Iterator[NDArray[np.intp]]:
    """Yield at most so many meters at a time, those of a centre together."""
    starts = np.flatnonzero(np.diff(of.centre[run.meters], prepend=-1))
    begin = 0
    for start, end in zip(starts, [*starts[1:], run.meters.size], strict=True):
        if end - begin > most and start > begin:
            yield run.meters[begin:start]
            begin = int(start)
    yield run.meters[begin:]


def _amounts(aims: Aims, of: Meters, run: _Run, part: int) -> Floats:
    """Return meters × intervals, rounded as the meters show them; each row adds up to its year's amount."""
    centres, row = np.unique(of.centre[run.meters], return_inverse=True)
    rng = stream(aims.seed, "readings", run.period, run.minutes, part)
    year = aims.years[run.period]
    load, cooling = _profiles(year, run.minutes, centres, rng)
    first = _first_intervals(of, run, _starts(year, run.minutes))
    if first.any():
        opened = np.zeros(centres.size, dtype=np.int64)
        opened[row] = first
        running = _since(opened, load.shape[1]).to_numpy().reshape(load.shape)
        load, cooling = (_whole(shape * running) for shape in (load, cooling))
    amounts = of.steady[run.period, run.meters, None] * load[row]
    amounts += of.extra[run.period, run.meters, None] * cooling[row]
    totals = of.year_amounts[run.period, run.meters]
    decimals = _FIGURES - 1 - np.floor(np.log10(totals / amounts.shape[1])).astype(np.int64)
    for places in np.unique(decimals):
        same = decimals == places
        amounts[same] = np.round(amounts[same], int(places))
    left = totals - amounts.sum(axis=1)
    highest = amounts.argmax(axis=1)
    amounts[np.arange(highest.size), highest] += left
    return amounts


def _profiles(
    year: int, minutes: int, centres: NDArray[np.intp], rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return shares of a year by interval, of the load and of the cooling: centres × intervals."""
    count = interval_count(year, minutes)
    day = np.arange(count) * (minutes / DAY)
    midyear = np.cos((day + minutes / DAY / 2 - 200) / 365.25 * 2 * np.pi)
    growth = 1 + 0.12 * (day / 365 - 0.5)
    hours = day % 1 * 24
    daily = np.cos((hours - 15) / 24 * 2 * np.pi) if minutes < DAY else np.zeros(count)
    # 1 January 1970 was a Thursday
    weekday = (np.floor(day) + int(_first_moment(year).astype("datetime64[D]").astype(int)) + 3) % 7
    weekend = (weekday >= 5).astype(float) if minutes <= DAY else np.zeros(count)
    busy = 0.02 + 0.1 * rng.random(centres.size)
    load = growth * (1 + busy[:, None] * (daily - 1.2 * weekend))
    load *= 1 + 0.06 * (rng.random(load.shape, dtype=np.float32) - 0.5)
    cooling = load * (1 + 0.35 * midyear + 0.06 * daily)
    return _whole(load), _whole(cooling)


def _whole(shape: Floats) -> Floats:
    """Return shares that add up to 1 in each row."""
    shares: Floats = shape / shape.sum(axis=1, keepdims=True)
    return shares


def _first_intervals(of: Meters, run: _Run, starts: Moments) -> NDArray[np.int64]:
    """Return the interval of a year in which each meter's centre entered service; 0 where that was before."""
    place = (
        np.searchsorted(starts, of.opened[run.meters].astype("datetime64[us]"), side="right") - 1
    )
    return np.maximum(place, 0)


def _since(first: NDArray[np.int64], count: int) -> pl.Series:
    """Return which of so many intervals of each meter are not before its first."""
    return pl.Series((np.arange(count) >= first[:, None]).ravel())


def _starts(year: int, minutes: int) -> Moments:
    count = interval_count(year, minutes)
    return _first_moment(year) + np.arange(count) * (minutes * _MINUTE)


def _first_moment(year: int) -> np.datetime64:
    return np.datetime64(f"{year:04d}-01-01T00:00:00", "us")

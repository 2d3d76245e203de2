"""Chips of computing centres: several generations of general, AI and supercomputing chips in whole numbers."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from suanli.simulation.aims import Aims
from suanli.simulation.centre_tables import Centres
from suanli.simulation.counts import BUILDING as COMPUTE_BUILDING
from suanli.simulation.register import BUILDING, IN_USE, Group, Register
from suanli.simulation.shares import Floats, stream

COMPUTE_IN_USE = ("3.1.1.1", "2.1.2.1")
_FACTOR = {"FP64": 2.0, "FP32": 1.0, "FP16": 0.5}
_KIND_FACTOR = (1.0, 3.0, 6.0)
"""Computing power for each rack of a data centre, an AI centre and a supercomputing centre."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One generation of chips; peaks in TFLOPS, `shares` its part of the power of each kind of centre."""

    name: str
    purpose: str
    precision: str
    peak: float
    peak_fp32: float
    shares: tuple[float, float, float]
    cores: int | None = None
    clock: float | None = None


CHIPS = (
    Chip("模拟通用处理器一代", "general", "FP32", 1.28, 1.28, (0.16, 0.02, 0.02), 16, 2.5),
    Chip("模拟通用处理器二代", "general", "FP32", 2.6624, 2.6624, (0.28, 0.03, 0.02), 32, 2.6),
    Chip("模拟通用处理器三代", "general", "FP32", 4.608, 4.608, (0.24, 0.05, 0.02), 48, 3.0),
    Chip("模拟智能加速卡一代", "ai", "FP16", 125.0, 15.7, (0.1, 0.2, 0.02)),
    Chip("模拟智能加速卡二代", "ai", "FP16", 312.0, 19.5, (0.16, 0.4, 0.02)),
    Chip("模拟智能加速卡三代", "ai", "FP16", 640.0, 40.0, (0.06, 0.3, 0.02)),
    Chip("模拟超算处理器", "supercomputing", "FP64", 12.0, 24.0, (0.0, 0.0, 0.88)),
)

_PER_CYCLE = 32.0
_PEAKS = np.array([chip.peak for chip in CHIPS])
_PEAKS_FP32 = np.array([chip.peak_fp32 for chip in CHIPS])
_FACTORS = np.array([_FACTOR[chip.precision] for chip in CHIPS])
_POWER = _PEAKS * _FACTORS
_LISTING = pl.DataFrame(
    {
        name: [getattr(chip, name) for chip in CHIPS]
        for name in ("cores", "clock", "purpose", "precision")
    },
    schema_overrides={"cores": pl.Float64, "clock": pl.Float64},
).with_columns(pl.Series("chip", [chip.name for chip in CHIPS]))


def chips(aims: Aims, of: Centres) -> pl.DataFrame:
    """Return the table of chips, whose converted peaks add up to the regions' computing power exactly.

    Chips are whole; one row of a region and period has a peak that differs a little from its generation's and takes
    what is left.
    """
    rng = stream(aims.seed, "chips")
    listed = of.register
    weights = listed.size * np.array(_KIND_FACTOR)[listed.kind] * listed.drawn(0.4, rng)
    mixes = np.array([chip.shares for chip in CHIPS]).T[listed.kind] * rng.uniform(
        0.2, 1.8, (listed.kind.size, len(CHIPS))
    )
    mixes[mixes < 0.02] = 0.0  # a centre has some generations, not all
    mixes /= mixes.sum(axis=1, keepdims=True)
    power = aims.either(COMPUTE_IN_USE, "TFLOPS")
    parts = [_rows(aims, listed, power, weights, (IN_USE, mixes))]
    if aims.has(COMPUTE_BUILDING):
        power = aims.of(COMPUTE_BUILDING, "TFLOPS")
        parts.append(_rows(aims, listed, power, weights, (BUILDING, mixes)))
    return pl.concat(parts).sort("year", "facility_id", "chip", maintain_order=True)


def _rows(
    aims: Aims, listed: Register, totals: Floats, weights: Floats, what: tuple[int, Floats]
) -> pl.DataFrame:
    status, mixes = what
    found = []
    for group in listed.groups(status):
        share = weights[group.period, group.centres]
        wanted = (share / share.sum())[:, None] * mixes[group.centres]
        counts, peaks = _exact(float(totals[group.period, group.region]) * wanted)
        found.append(_group_rows(aims, listed, group, counts, peaks))
    return pl.concat(found)


def _exact(wanted: Floats) -> tuple[Floats, Floats]:
    """Return whole numbers of chips and their peaks, centres × chips, that make the power wanted of all together.

    Every centre has a chip. One peak differs a little from its generation's; where there is less than a chip or so for
    each centre, all centres have the smallest chips, with peaks that differ more.
    """
    total = wanted.sum()
    peaks = np.tile(_PEAKS, (wanted.shape[0], 1))
    counts = np.rint(wanted / _POWER)
    counts[counts.sum(axis=1) == 0, 0] = 1.0
    amounts = counts * _POWER
    largest = np.unravel_index(np.argmax(amounts), amounts.shape)
    left = total - amounts.sum()
    if abs(left) <= amounts[largest] / 2:
        own = total - (amounts.sum() - amounts[largest])
        peaks[largest] = own / counts[largest] / _FACTORS[largest[1]]
        return counts, peaks
    counts = np.zeros_like(wanted)
    counts[:, 0] = np.maximum(np.rint(wanted.sum(axis=1) / _POWER[0]), 1.0)
    peaks[:, 0] = total / counts.sum() / _FACTORS[0]
    return counts, peaks


def _group_rows(
    aims: Aims, listed: Register, group: Group, counts: Floats, peaks: Floats
) -> pl.DataFrame:
    row, column = np.nonzero(counts)
    peak = peaks[row, column]
    own = pl.Series(peak == _PEAKS[column])
    return (
        _LISTING[column]
        .with_columns(
            facility_id=pl.Series(listed.ids)[group.centres[row]],
            year=pl.lit(aims.years[group.period], dtype=pl.Int64),
            count=pl.Series(counts[row, column]),
            peak=pl.Series(peak),
            peak_fp32=pl.Series(peak * (_PEAKS_FP32 / _PEAKS)[column]),
            # what follows from cores and clock is left out where the peak does not follow from them
            flop_per_cycle=pl.when(own & pl.col("cores").is_not_null()).then(pl.lit(_PER_CYCLE)),
            cores=pl.when(own).then("cores"),
            clock=pl.when(own).then("clock"),
        )
        .select(
            *("facility_id", "year", "chip", "purpose", "precision", "count"),
            *("peak", "peak_fp32", "flop_per_cycle", "clock", "cores"),
        )
    )

"""Totals taken apart unevenly: parts that add up to the total, and shares whose weighted mean is given."""

import math
import zlib

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_STEEPEST = 200.0
"""Beyond this logit a share is 0 or 1 to the last bit."""


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """Return random numbers that depend on the seed and on the names only."""
    keys = [zlib.crc32(str(name).encode()) for name in names]
    return np.random.default_rng([seed, *keys])


def uneven(count: int, spread: float, rng: np.random.Generator) -> Floats:
    """Return positive factors about 1, the standard deviation of whose logarithms is given."""
    return np.exp(rng.normal(-(spread**2) / 2, spread, count))


def split(total: float, weights: Floats, decimals: int) -> Floats:
    """Return parts in proportion to the weights, rounded, that add up to the total; the largest takes what is left.

    More decimals are kept where a part would otherwise lose more than a thousandth of the mean part.

    >>> split(10.0, np.array([1.0, 1.0, 4.0]), 1).tolist()
    [1.667, 1.667, 6.666]
    """
    parts = total * (weights / weights.sum())
    return settled(parts, total, decimals)


def settled(parts: Floats, total: float, decimals: int) -> Floats:
    """Return parts rounded so that they add up to the total."""
    mean = abs(total) / parts.size
    needed = 3 - math.floor(math.log10(mean)) if mean > 0 else 0
    rounded = np.round(parts, max(decimals, min(needed, 15)))
    largest = int(np.argmax(np.abs(parts)))
    others = math.fsum(rounded) - rounded[largest]
    rounded[largest] = total - others
    return rounded


def whole_split(total: float, weights: Floats) -> Counts:
    """Return whole numbers in proportion to the weights that add up to the total, rounded to a whole number.

    >>> whole_split(10, np.array([1.0, 1.0, 1.0])).tolist()
    [4, 3, 3]
    """
    wanted = round(total)
    parts = wanted * (weights / weights.sum())
    counts: Counts = np.floor(parts).astype(np.int64)
    left = wanted - int(counts.sum())
    counts[np.argsort(counts - parts, kind="stable")[:left]] += 1
    return counts


def shares_about(mean: float, weights: Floats, offsets: Floats) -> Floats:
    """Return shares between 0 and 1 whose weighted mean is the given one, apart by their offsets in logits."""
    from scipy.optimize import brentq
    from scipy.special import expit

    if mean <= 0 or mean >= 1 or not weights.sum() > 0:
        return np.full(weights.shape, float(np.clip(mean, 0, 1)))
    scaled = weights / weights.sum()

    def excess(shift: float) -> float:
        return float(scaled @ expit(offsets + shift)) - mean

    shift = brentq(excess, -_STEEPEST, _STEEPEST, xtol=1e-15, rtol=1e-15)
    found: Floats = expit(offsets + shift)
    return found


def chosen(count: int, among: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return which of so many are chosen, a given number of them."""
    flags = np.zeros(among, dtype=np.bool_)
    flags[rng.permutation(among)[:count]] = True
    return flags


def fitting_count(fractions: Floats, tolerances: Floats, least: int, most: int) -> int:
    """Return the fewest items, between two limits, of which whole numbers are near enough to all the fractions.

    Where no number of items is near enough for all, the one that is nearest.

    >>> fitting_count(np.array([0.25, 0.5]), np.array([0.01, 0.01]), 10, 13)
    12
    """
    counts = np.arange(least, most + 1)[:, None]
    off = (np.abs(np.rint(fractions * counts) / counts - fractions) / tolerances).max(axis=1)
    near = np.flatnonzero(off <= 1)
    return int(counts[near[0] if near.size else int(np.argmin(off)), 0])


def fitting_total(shares: Floats, least: int, most: int) -> int:
    """Return the number of items, between two limits, of which whole numbers come nearest to all the shares.

    >>> fitting_total(np.array([0.25, 0.5]), 10, 13)
    12
    """
    return fitting_count(shares, np.full(shares.shape, 1e-12), least, most)

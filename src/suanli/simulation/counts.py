"""How many computing centres a region has, by kind and status, so that counts and shares come out as targeted."""

from dataclasses import dataclass

import numpy as np

from suanli.simulation.aims import Aims
from suanli.simulation.shares import Counts, fitting_count

AI_IN_USE, AI_BUILDING, BUILDING = "3.1.1.3", "3.1.1.4", "3.1.1.2"
_FITTED = {"3.3.3.5": 0.01, "3.3.3.6": 0.01, "3.3.3.7": 0.01, "3.1.2.6": 0.1}
"""Means over centres, and how far whole numbers may leave them off if some number of centres allows it."""
_MORE, _MORE_FOR_ONE = 16, 3
"""Centres that a region may have more so that its means come out: several need many, a prefecture's one needs few."""
_AI_EVERY = 8
"""One centre in so many is an AI centre where no indicator counts them."""


@dataclass(frozen=True, slots=True)
class CentreCounts:
    """Whole numbers of centres: periods × regions; `ai_…` of AI computing centres, `other_…` of all others."""

    ai_in_use: Counts
    other_in_use: Counts
    ai_building: Counts
    other_building: Counts


def centre_counts(aims: Aims) -> CentreCounts:
    """Return how many centres each region has.

    Numbers of AI centres are the targets. The other centres are as many as the size asks for, and in each region a few
    more where shares of centres then come nearer to their targets.
    """
    bases = aims.base("centres_in_use")
    scale = aims.size.centres / bases[-1].sum()
    ai_in_use, ai_building = _ai(aims, AI_IN_USE), _ai(aims, AI_BUILDING)
    least = np.maximum(np.rint(bases * scale), ai_in_use + 1).astype(np.int64)
    if aims.has("3.3.2.10"):
        least = np.maximum(least, 2)
    in_use = _with_fitting_means(aims, least)
    building = np.zeros(aims.shape, dtype=np.int64)
    if aims.has(BUILDING):
        wanted = np.rint(aims.base("centres_building") * scale).astype(np.int64)
        started = (aims.of(BUILDING, "TFLOPS") > 0).astype(np.int64)
        building = np.maximum(np.maximum(wanted, ai_building), started)
    return CentreCounts(
        ai_in_use=ai_in_use,
        other_in_use=in_use - ai_in_use,
        ai_building=ai_building,
        other_building=building - ai_building,
    )


def _ai(aims: Aims, code: str) -> Counts:
    if aims.has(code):
        counted: Counts = np.rint(aims.of(code, "个")).astype(np.int64)
        return counted
    listed = aims.base("centres_in_use") if code == AI_IN_USE else np.zeros(aims.shape)
    scale = aims.size.centres / aims.base("centres_in_use")[-1].sum()
    assumed: Counts = np.floor(listed * scale / _AI_EVERY).astype(np.int64)
    return assumed


def _with_fitting_means(aims: Aims, least: Counts) -> Counts:
    fitted = {code: off for code, off in _FITTED.items() if aims.has(code)}
    if not fitted:
        return least
    units = {code: "个" if code == "3.1.2.6" else "1" for code in fitted}
    means = np.stack([aims.of(code, units[code]) for code in fitted])
    allowed = np.array(list(fitted.values()))
    more = _MORE if len(fitted) > 1 else _MORE_FOR_ONE
    fitting = least.copy()
    for region in range(aims.shape[1]):
        floor = 0
        for period in range(aims.shape[0]):
            low = max(int(least[period, region]), floor)
            found = fitting_count(means[:, period, region], allowed, low, low + more)
            fitting[period, region] = found
            grows = (
                period + 1 < aims.shape[0] and least[period + 1, region] >= least[period, region]
            )
            # a region that should grow does not lose centres to rounding
            floor = found if grows else 0
    return fitting

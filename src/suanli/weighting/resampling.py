"""Which experts a draw has, and how far each judgement moves in it."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from suanli.methods.pairwise import connected, grades_at, positions, ratios

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

TRIES = 100
"""How often a resample that leaves items unconnected is drawn again before the whole panel stands in."""
PARTS = 1024
"""Parts of a step of the scale in which judgements move; a power of two."""
LAST = 8
"""Steps from equal importance to either end of the scale."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What it takes for a resample of E experts to give a group of n items weights.

    Attributes
    ----------
    known
        (E, n, n) who compared which pair.
    able
        (E,) who has influence, and judgements that reach every item.
    counting
        (E,) who has influence.
    together
        Whether judgements of several experts may connect the items where no single one's do.
    """

    known: Flags
    able: Flags
    counting: Flags
    together: bool

    def holds(self, times: NDArray[np.int64]) -> Flags:
        """Return in which draws (D,) the group has weights, from how often each expert is in it (D, E)."""
        drawn = times > 0
        held = np.asarray(drawn[:, self.able].any(axis=-1))
        rest = np.flatnonzero(~held)
        if self.together and rest.size:
            counted = (drawn[rest] & self.counting).astype(np.float64)
            linked = np.tensordot(counted, self.known.astype(np.float64), axes=1) > 0
            held[rest] = connected(linked)
        return held


@dataclass(frozen=True, slots=True)
class Resample:
    """How often each expert is in each draw, and which draws were not the first ones.

    Attributes
    ----------
    times
        (D, E)
    repeated
        Resamples thrown away because they left the items of some group unconnected.
    replaced
        Draws in which the whole panel stands, `TRIES` resamples having failed.
    """

    times: NDArray[np.int64]
    repeated: int
    replaced: int


def resample(
    connections: tuple[Connection, ...], draws: int, generator: np.random.Generator
) -> Resample:
    """Return resamples with replacement of the experts who count anywhere.

    A draw takes as many experts as there are, the same for all groups, so that whoever judges one group in some way
    is drawn with their judgements of the others. A resample in which some group has no weights is drawn again.
    """
    counting = np.logical_or.reduce([each.counting for each in connections])
    chosen = np.flatnonzero(counting)
    times = np.zeros((draws, len(counting)), dtype=np.int64)
    even = np.full(chosen.size, 1 / chosen.size)
    times[:, chosen] = generator.multinomial(chosen.size, even, size=draws)
    repeated = 0
    failing = _failing(connections, times, np.arange(draws))
    for _ in range(TRIES):
        if not failing.size:
            break
        repeated += failing.size
        drawn = generator.multinomial(chosen.size, even, size=failing.size)
        times[np.ix_(failing, chosen)] = drawn
        failing = _failing(connections, times, failing)
    times[failing] = counting
    return Resample(times, repeated, int(failing.size))


def _failing(
    connections: tuple[Connection, ...], times: NDArray[np.int64], rows: NDArray[np.intp]
) -> NDArray[np.intp]:
    held = np.logical_and.reduce([each.holds(times[rows]) for each in connections])
    failing: NDArray[np.intp] = rows[~held]
    return failing


def moved_logarithms(
    grades: Floats, scale: str, draws: int, generator: np.random.Generator
) -> Floats:
    """Return the logarithms (D, E, P) of the ratios of grades (E, n, n) moved by up to half a step.

    The P pairs run along the rows above the diagonal. Each judgement moves by itself, evenly over the step of the
    scale around it in `PARTS` parts; beyond 9 there is no scale, so what would pass an end stays at it. NaN where
    there is no judgement.
    """
    n = grades.shape[-1]
    rows, columns = np.triu_indices(n, 1)
    places = positions(grades[:, rows, columns])
    known = np.isfinite(places)
    starts = np.rint((np.where(known, places, 0.0) + LAST) * PARTS).astype(np.uint16)
    steps = _sixteen_bits((draws, *starts.shape), generator) >> np.uint16(6)
    logarithms: Floats = _logarithms(scale, n)[steps + starts]
    if not known.all():
        logarithms[:, ~known] = np.nan
    return logarithms


def moved_scores(scores: Floats, draws: int, generator: np.random.Generator) -> Floats:
    """Return scores (D, E, n) moved evenly by up to half a point, or half of a score below 1; (E, n) as given."""
    reach = np.minimum(0.5, np.abs(scores) / 2)
    return np.asarray(scores + reach * generator.uniform(-1, 1, size=(draws, *scores.shape)))


def _sixteen_bits(shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[np.uint16]:
    count = int(np.prod(shape))
    words = generator.integers(0, 2**64, size=-(-count // 4), dtype=np.uint64)
    return words.astype("<u8", copy=False).view("<u2")[:count].reshape(shape)


@cache
def _logarithms(scale: str, items: int) -> Floats:
    """Return the logarithm of the ratio at every part of the scale, from half a step below its end to half above."""
    parts = np.arange((2 * LAST + 1) * PARTS)
    places = np.clip((parts + 0.5) / PARTS - 0.5 - LAST, -LAST, LAST)
    table: Floats = np.log(ratios(grades_at(places), scale, items=items))
    table.flags.writeable = False
    return table

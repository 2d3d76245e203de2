"""The search for the smallest changes of grades that make a judgement matrix consistent enough.

A version is told by the choice (K,) for each known judgement: a position on the form of 17 grades,
0 for 1/9 to 16 for 9, or `KEPT` where the judgement stays as it is. Versions are ordered by how
many judgements change, then the steps they move in all, then lambda_max, then position.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from suanli.methods.pairwise.matrices import Floats
from suanli.methods.pairwise.repair_spectra import Pattern, Spectra, spectra

Choices = NDArray[np.int64]

GRADES = 17
KEPT = -1
PAIRED = 105
"""Judgements whose pairs are all looked at: those of a complete matrix of 15 items."""
WIDTH = 20
"""Versions that the beam keeps at each number of changes; beyond 15 items fewer, in proportion to
their judgements."""
BRANCHES = 12
"""Judgements that the beam tries to change in each version."""
NEAREST = 3
"""Grades that the beam tries for each of them."""
CHUNK = 2048
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Task:
    """A matrix to bring to a limit.

    Parameters
    ----------
    pattern
        Where the K known judgements are.
    given
        (K,) their logarithms as given.
    grid
        (17,) logarithms of the ratios of grades 1/9 to 9.
    steps
        (K, 17) steps from each judgement to each grade; infinite where a change is not open.
    limit
        ln lambda_max to come down to.
    """

    pattern: Pattern
    given: Floats
    grid: Floats
    steps: Floats
    limit: float

    @property
    def kept(self) -> Choices:
        """The version in which nothing changes."""
        return np.full(self.given.size, KEPT, dtype=np.int64)

    @property
    def open(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every single change: judgements and grades, in order of position."""
        places, grades = np.nonzero(np.isfinite(self.steps))
        return places, grades

    def logarithms(self, choices: Choices) -> Floats:
        """Return the logarithms (B, K) of versions (B, K)."""
        return np.where(choices == KEPT, self.given, self.grid[choices])

    def spectra(self, choices: Choices) -> Spectra:
        """Return lambda_max and its slopes of versions (B, K)."""
        return spectra(self.pattern, self.logarithms(choices))

    def total_steps(self, choices: Choices) -> Floats:
        """Return how many steps versions (B, K) move in all (B,)."""
        moved = np.take_along_axis(self.steps.T, np.maximum(choices, 0), axis=0)
        totals: Floats = np.where(choices == KEPT, 0.0, moved).sum(axis=1).round(9)
        return totals

    def within(self, sizes: Floats) -> NDArray[np.bool_]:
        """Return which ln lambda_max (B,) are within the limit."""
        within: NDArray[np.bool_] = sizes <= self.limit
        return within


def smallest_change(task: Task) -> Choices:
    """Return the version (K,) within the limit that changes least.

    One and two changes are searched exhaustively, more by a beam. Where the beam does not arrive,
    which only a limit near 0 can bring about, all judgements move to the grades
    nearest to their weights' ratios or, if that is not enough, to 1.
    """
    found = _one_or_two(task)
    if found is None:
        found, last = _beam(task)
        if found is None:
            found = _consistent(task, last)
    return _trimmed(task, found)


def _one_or_two(task: Task) -> Choices | None:
    places, grades = task.open
    singles = np.tile(task.kept, (places.size, 1))
    singles[np.arange(places.size), places] = grades
    one = task.spectra(singles)
    if task.within(one.sizes).any():
        return _least(task, singles, one.sizes)
    return _two(task, singles, one)


def _least(task: Task, choices: Choices, sizes: Floats) -> Choices:
    """Return the first version in order among those within the limit, of which there is one."""
    best: Choices = choices[_in_order(task, choices, sizes)[0]]
    return best


def _in_order(task: Task, choices: Choices, sizes: Floats) -> NDArray[np.int64]:
    """Return which versions (B, K) are within the limit, the one that changes least first."""
    fit = np.flatnonzero(task.within(sizes))
    changes = (choices[fit] != KEPT).sum(axis=1)
    return fit[np.lexsort((fit, sizes[fit].round(12), task.total_steps(choices[fit]), changes))]


def _two(task: Task, singles: Choices, one: Spectra) -> Choices | None:
    """Return the least pair of changes, or None.

    The tangent at a version with one change is a lower bound of lambda_max after another, so a pair
    is looked at only if neither of its two tangents rules it out; none within the limit is lost.
    """
    places, grades = task.open
    among = np.flatnonzero(np.isin(places, _promising(task, task.kept[None], PAIRED)[0]))
    places, grades = places[among], grades[among]
    moves = task.grid[grades] - task.given[places]
    bounds = one.sizes[among, None] + one.slopes[np.ix_(among, places)] * moves
    bounds = np.maximum(bounds, bounds.T)
    first, second = np.nonzero(
        (bounds <= task.limit + _ROUNDING) & (places[:, None] < places[None, :])
    )
    steps = task.steps[places, grades]
    totals = (steps[first] + steps[second]).round(9)
    order = np.argsort(totals, kind="stable")
    found: list[tuple[Choices, Floats]] = []
    reached = np.inf
    for start in range(0, order.size, CHUNK):
        chunk = order[start : start + CHUNK]
        if totals[chunk[0]] > reached:
            break
        pairs = singles[among[first[chunk]]].copy()
        pairs[np.arange(chunk.size), places[second[chunk]]] = grades[second[chunk]]
        sizes = task.spectra(pairs).sizes
        if (fit := task.within(sizes)).any():
            reached = min(reached, float(totals[chunk[fit]].min()))
            found.append((pairs[fit], sizes[fit]))
    if not found:
        return None
    return _least(
        task, np.concatenate([p for p, _ in found]), np.concatenate([s for _, s in found])
    )


def _promising(task: Task, choices: Choices, count: int) -> tuple[Choices, Floats]:
    """Return for versions (B, K) which judgements to change next (B, C), and to what (B, K).

    Leading are those where the slope of lambda_max times the way to the ratio of the weights is
    greatest; they come in order of position, those already changed last.
    To what is, in logarithms, the ratio that the other judgements imply: the weights' own ratio
    less the judgement's part in it, which among n items is near 2 / n.
    """
    found = task.spectra(choices)
    logarithms = task.logarithms(choices)
    weights, pattern = np.log(found.right), task.pattern
    ratios = weights[:, pattern.rows] - weights[:, pattern.columns]
    way = ratios - logarithms
    gain = np.abs(found.slopes * way).round(12)
    gain[choices != KEPT] = -1
    leading = np.argsort(-gain, axis=1, kind="stable")[:, :count]
    return np.sort(leading, axis=1), ratios + way * 2 / max(pattern.n - 2, 1)


def _beam(task: Task) -> tuple[Choices | None, Choices]:
    """Return the best version found with the fewest changes, and the last one looked at."""
    versions = task.kept[None]
    width = max(WIDTH // 5, min(WIDTH, WIDTH * PAIRED // task.given.size))
    for _ in range(task.given.size):
        grown = _grown(task, versions)
        sizes = task.spectra(grown).sizes
        if task.within(sizes).any():
            first = _in_order(task, grown, sizes)[:width]
            trimmed = np.array([_trimmed(task, grown[row]) for row in first])
            return _least(task, trimmed, task.spectra(trimmed).sizes), trimmed[0]
        versions = grown[np.argsort(sizes.round(12), kind="stable")[:width]]
    return None, versions[0]


def _grown(task: Task, versions: Choices) -> Choices:
    """Return the versions (C, K) with one more change, each once.

    A judgement moves to one of the grades about the ratio that the others imply: lambda_max is
    convex along the way and lowest there. What is more than needed is taken back later.
    """
    leading, implied = _promising(task, versions, BRANCHES)
    grown = [np.empty((0, task.given.size), dtype=np.int64)]
    for version, places, ratios in zip(versions, leading, implied, strict=True):
        for place in places[version[places] == KEPT]:
            distance = np.abs(task.grid - ratios[place])
            distance[~np.isfinite(task.steps[place])] = np.inf
            grades = np.argsort(distance, kind="stable")[:NEAREST]
            grades = grades[np.isfinite(distance[grades])]
            changed = np.tile(version, (grades.size, 1))
            changed[:, place] = grades
            grown.append(changed)
    return np.unique(np.concatenate(grown), axis=0)


def _consistent(task: Task, last: Choices) -> Choices:
    """Return the grades nearest to a version's weights' ratios or, if they do not fit, all 1."""
    weights = np.log(task.spectra(last[None]).right[0])
    ratios = weights[task.pattern.rows] - weights[task.pattern.columns]
    wanted = np.stack([ratios, np.zeros_like(ratios)])
    distance = np.abs(wanted[:, :, None] - task.grid)
    distance = np.where(np.isfinite(task.steps), distance, np.inf)
    better = distance.min(axis=2) < np.abs(wanted - task.given)
    nearest = np.where(better, np.argmin(distance, axis=2), KEPT)
    fits = task.within(task.spectra(nearest).sizes)
    best: Choices = nearest[np.argmax(fits)]
    return best


def _trimmed(task: Task, version: Choices) -> Choices:
    """Return a version with changes taken back, wholly and then step by step, as far as fits.

    Of those that fit, the one with the lowest lambda_max is taken each time.
    """
    for less in (_taken_back, partial(_stepped_back, task)):
        while len(candidates := less(version)):
            sizes = task.spectra(candidates).sizes
            fit = np.flatnonzero(task.within(sizes))
            if not fit.size:
                break
            version = candidates[fit[np.argmin(sizes[fit].round(12))]]
    return version


def _taken_back(version: Choices) -> Choices:
    changed = np.flatnonzero(version != KEPT)
    candidates = np.tile(version, (changed.size, 1))
    candidates[np.arange(changed.size), changed] = KEPT
    return candidates


def _stepped_back(task: Task, version: Choices) -> Choices:
    """Return the versions in which one changed judgement stops a grade nearer to where it was."""
    candidates = []
    for place in np.flatnonzero(version != KEPT):
        steps, present = task.steps[place], version[place]
        away = task.grid - task.given[place]
        nearer = np.flatnonzero((away * away[present] > 0) & (steps < steps[present]))
        if nearer.size:
            grade = nearer[np.argmax(steps[nearer])]
            candidates.append(np.where(np.arange(version.size) == place, grade, version))
    return np.array(candidates, dtype=np.int64).reshape(-1, version.size)

"""The search for weights under which most orders hold: linear programs from several starts, then line searches."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from suanli.result.fact_fitting_ground import Flags, Floats, Ground
from suanli.result.fact_fitting_programs import Allowed, least_shortfall, widest_margin
from suanli.result.fact_fitting_rows import rows

_MARGIN = 0.02
"""By how much orders should hold in the linear programs, in standard deviations of the indicators' scores."""
_STARTS = 4
_REWEIGHTINGS = 5
_ROUNDS = 12
_KICKS = 6
_NEAREST = 1e-9
"""Relative length of the shortest piece of a line that a step may end in."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is searched: the ground, the weights allowed, which orders can hold at all, and which kind each is of.

    `most` orders can hold under no weights more; `kinds` (orders,) numbers the kinds. `constant` are the rows of the
    orders where weights do not change them.
    """

    ground: Ground
    allowed: Allowed
    possible: Flags
    most: int
    kinds: NDArray[np.intp]
    constant: Floats | None

    def rows(self, weights: Floats) -> Floats:
        """Return the rows, at the weights, of the orders that can hold."""
        matrix = rows(self.ground, weights) if self.constant is None else self.constant
        return matrix[self.possible]

    def standing(self, weights: Floats) -> "Standing":
        """Return how many orders hold in the scores that a study with these weights has."""
        held = self.ground.comparisons.held(self.ground.scores(weights))
        return Standing(
            weights, held, np.bincount(self.kinds[held], minlength=self.kinds.max() + 1)
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Weights, which orders hold under them, and how many of each kind."""

    weights: Floats
    held: Flags
    by_kind: NDArray[np.intp]

    @property
    def count(self) -> int:
        """How many orders hold."""
        return int(self.held.sum())


def searched(task: Task, random: Generator) -> Standing:
    """Return the best weights found; of no kind do fewer orders hold than under the result's own weights.

    Starts are the result's own weights, equal ones and random ones; each is led by linear programs whose costs follow
    the shortfall (a concave approximation of the count), then improved along lines, on which the count is known at
    every point. The best is shaken and improved again, and moved to where its orders hold by the widest margin.
    """
    own = best = task.standing(task.ground.own_weights)
    if not task.possible.any():
        return own
    for start in _starts(task, random):
        for led in (False, True):
            if best.count < task.most:
                found = _improved(task, _reweighted(task, start) if led else start, random)
                best = _better(own, best, task.standing(found))
    for _ in range(_KICKS):
        if best.count < task.most:
            shaken = 0.8 * best.weights + 0.2 * task.allowed.mixed(_drawn(task, random))
            best = _better(own, best, task.standing(_improved(task, shaken, random)))
    return _better(own, best, task.standing(_centred(task, best)), ties=True)


def _better(own: Standing, best: Standing, other: Standing, *, ties: bool = False) -> Standing:
    """Return the one with more orders, among those that keep as many of every kind as the result's own weights."""
    if (other.by_kind < own.by_kind).any():
        return best
    return other if other.count > best.count or (ties and other.count == best.count) else best


def _starts(task: Task, random: Generator) -> Iterator[Floats]:
    yield task.ground.own_weights
    yield task.allowed.mixed(np.ones_like(task.allowed.floors))
    for _ in range(_STARTS):
        yield task.allowed.mixed(_drawn(task, random))


def _drawn(task: Task, random: Generator) -> Floats:
    """Return random weights: exponential draws, which are uniform on the simplex once they are divided by their sum."""
    return random.exponential(size=task.allowed.floors.shape)


def _scaled(task: Task, weights: Floats) -> Floats:
    """Return rows whose product with these weights is the gap in standard deviations of the indicators' scores."""
    spread = float(np.nanstd(task.ground.normalised)) or 1.0
    total = task.ground.total(weights)[task.possible]
    return task.rows(weights) / (total * spread)[:, None]


def _reweighted(task: Task, weights: Floats) -> Floats:
    """Return weights after linear programs in which an order costs the less the more it lacks."""
    best, most = weights, -1
    for _ in range(_REWEIGHTINGS):
        matrix = _scaled(task, weights)
        lacking = np.maximum(_MARGIN - matrix @ weights, 0.0)
        weights = least_shortfall(matrix, _MARGIN / (lacking + _MARGIN), _MARGIN, task.allowed)
        count = task.standing(weights).count
        if count <= most:
            break
        best, most = weights, count
    return best


def _centred(task: Task, best: Standing) -> Floats:
    """Return the weights at which the orders that hold do so by the widest margin."""
    if not best.held.any():
        return best.weights
    return widest_margin(_scaled(task, best.weights)[best.held[task.possible]], task.allowed)


def _improved(task: Task, weights: Floats, random: Generator) -> Floats:
    """Return weights that no round of line searches improves any more."""
    matrix = task.rows(weights)
    values = matrix @ weights
    count = int((values > 0).sum())
    for _ in range(_ROUNDS):
        before = count
        for direction in _directions(task, weights, random):
            ends = _ends(weights, direction, task.allowed.floors)
            step, promised = _best_step(values, matrix @ direction, *ends)
            # where rows change with the weights a step is tried only for a gain
            if promised < count + (task.constant is None):
                continue
            raised = np.maximum(weights + step * direction - task.allowed.floors, 0.0)
            moved = task.allowed.mixed(raised)
            there = task.rows(moved)
            reached = there @ moved
            if (reached > 0).sum() >= count:
                weights, matrix, values = moved, there, reached
                count = int((values > 0).sum())
        if count == before:
            break
    return weights


def _directions(task: Task, weights: Floats, random: Generator) -> Iterator[Floats]:
    """Yield directions that keep the sums: towards one indicator, one group, from one indicator to another, at random.

    `weights` are those at the start of the round; a direction need not point exactly to where it did.
    """
    allowed, size = task.allowed, len(weights)
    groups = task.ground.members[list(task.ground.tree.groups_from_below)]
    targets = [*np.eye(size), *(group * weights for group in groups), *_drawn_many(task, random)]
    for at in random.permutation(len(targets)).tolist():
        inside = (allowed.sums @ targets[at]) > 0
        kept = weights * ~(inside @ allowed.sums)
        yield allowed.mixed(targets[at] + kept) - weights
    for one, other in random.integers(size, size=(2 * size, 2)).tolist():
        if one != other and (allowed.sums[:, one] == allowed.sums[:, other]).all():
            step = np.zeros(size)
            step[one], step[other] = weights[other], -weights[other]
            yield step


def _drawn_many(task: Task, random: Generator) -> Floats:
    return random.exponential(size=(len(task.allowed.floors), len(task.allowed.floors)))


def _best_step(values: Floats, slopes: Floats, low: float, high: float) -> tuple[float, int]:
    """Return how far to go along a line, from low to high, for the most values to be positive, and how many then are.

    A value changes sign once, so the count is the same between neighbouring changes; the middle of the longest piece
    with the highest count is taken.

    >>> _best_step(np.array([-1.0, 2.0, -3.0]), np.array([1.0, -0.5, 0.5]), -9.0, 8.0)
    (2.5, 2)
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        turns = -values / slopes
    inside = (slopes != 0) & (turns > low) & (turns < high)
    order = np.argsort(turns[inside], kind="stable")
    points = np.concatenate(([low], turns[inside][order], [high]))
    first = values + low * slopes
    start = int((first > 0)[~inside].sum()) + int((slopes[inside] < 0).sum())
    counts = start + np.concatenate(([0], np.cumsum(np.sign(slopes[inside][order])))).astype(int)
    lengths = np.diff(points)
    counts = np.where(lengths > _NEAREST * max(high - low, 0.0), counts, -1)
    most = int(counts.max())
    longest = int(np.argmax(np.where(counts == most, lengths, -1.0)))
    return float((points[longest] + points[longest + 1]) / 2), most


def _ends(weights: Floats, direction: Floats, floors: Floats) -> tuple[float, float]:
    """Return the steps between which no weight falls below its floor."""
    room = np.maximum(weights - floors, 0.0)
    down, up = direction < 0, direction > 0
    high = float((room[down] / -direction[down]).min(initial=1e6))
    low = -float((room[up] / direction[up]).min(initial=1e6))
    return low, high

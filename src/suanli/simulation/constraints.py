"""What a statement about regions demands of linear quantities: orders, places, sums, shares, bounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array, vstack

from suanli.simulation.quantities import Floats, Quantity

HARD = np.inf
"""Penalty of a constraint that may not be broken."""


GOLDEN = 0.618_033_988_749_894_9
"""Multiples of the golden ratio are spread evenly over the unit interval, however many there are."""


@dataclass(frozen=True, slots=True)
class Constraints:
    """Rows of `low <= matrix @ unknowns <= high`, each with the fact it comes from.

    `penalty` is the cost of missing a row by one of its unit; `HARD` where it may not be missed.
    """

    matrix: csr_array
    low: Floats
    high: Floats
    penalty: Floats
    facts: tuple[str, ...]

    def __add__(self, other: "Constraints") -> "Constraints":
        return Constraints(
            matrix=csr_array(vstack([self.matrix, other.matrix])),
            low=np.concatenate([self.low, other.low]),
            high=np.concatenate([self.high, other.high]),
            penalty=np.concatenate([self.penalty, other.penalty]),
            facts=self.facts + other.facts,
        )

    def softened(self, penalty: float) -> "Constraints":
        """Return the same rows, which may be missed at that cost per unit."""
        costs = np.full(len(self.facts), penalty)
        return Constraints(self.matrix, self.low, self.high, costs, self.facts)


@dataclass(frozen=True, slots=True)
class Gap:
    """How far the greater of two numbers lies above the lesser: a share of the lesser plus an amount."""

    relative: float = 0.0
    amount: float = 0.0


def none(count: int) -> Constraints:
    """Return no constraints on `count` unknowns."""
    empty = np.zeros(0)
    return Constraints(csr_array((0, count)), empty, empty, empty, ())


def together(parts: Iterable[Constraints], count: int) -> Constraints:
    """Return all constraints of the parts, which are on `count` unknowns."""
    return reduce(lambda one, other: one + other, parts, none(count))


def between(
    quantity: Quantity, weights: csr_array, low: float | Floats, high: float | Floats, fact: str
) -> Constraints:
    """Return that weighted sums of a quantity, a row of `weights` (rows, regions) each, lie between two bounds."""
    offset = np.asarray(weights @ quantity.constant)
    rows = weights.shape[0]
    return Constraints(
        matrix=csr_array(weights @ quantity.matrix),
        low=low - offset,
        high=high - offset,
        penalty=np.full(rows, HARD),
        facts=(fact,) * rows,
    )


def above(quantity: Quantity, pairs: Sequence[tuple[int, int]], gap: Gap, fact: str) -> Constraints:
    """Return that in each pair of regions the first has the greater number, by one to two gaps at least.

    The gaps differ from pair to pair, so that regions held down by the same one do not end up alike.
    """
    count = len(pairs)
    stretch: Floats = 1 + np.arange(1, count + 1, dtype=np.float64) * GOLDEN % 1
    rows = np.repeat(np.arange(count), 2)
    columns = np.array(pairs, dtype=np.intp).reshape(-1)
    factors = np.column_stack([np.ones(count), -(1 + stretch * gap.relative)]).ravel()
    weights = csr_array((factors, (rows, columns)), shape=(count, len(quantity.constant)))
    return between(quantity, weights, stretch * gap.amount, np.inf, fact)


def ordered(quantity: Quantity, named: Sequence[int], gap: Gap, fact: str) -> Constraints:
    """Return that the regions named, by position, stand in descending order."""
    return above(quantity, list(pairwise(named)), gap, fact)


def each(
    quantity: Quantity, named: Sequence[int], low: float, high: float, fact: str
) -> Constraints:
    """Return that every region named lies between two bounds."""
    return between(quantity, _picked(quantity, named), low, high, fact)


def total(
    quantity: Quantity, low: float, high: float, fact: str, named: Sequence[int] | None = None
) -> Constraints:
    """Return that the sum over the regions named, or over all, lies between two bounds."""
    everyone = range(len(quantity.constant)) if named is None else named
    weights = csr_array(_picked(quantity, everyone).sum(axis=0)[np.newaxis, :])
    return between(quantity, weights, low, high, fact)


def share(
    quantity: Quantity, named: Sequence[int], low: float, high: float, fact: str
) -> Constraints:
    """Return that the regions named make up between `low` and `high` per cent of the nation."""
    inside = np.zeros(len(quantity.constant))
    inside[list(named)] = 1.0
    least = between(quantity, csr_array((inside - low / 100)[np.newaxis, :]), 0.0, np.inf, fact)
    if not np.isfinite(high):
        return least
    most = csr_array((inside - high / 100)[np.newaxis, :])
    return least + between(quantity, most, -np.inf, 0.0, fact)


def _picked(quantity: Quantity, named: Iterable[int]) -> csr_array:
    columns = np.array(list(named), dtype=np.intp)
    shape = (len(columns), len(quantity.constant))
    return csr_array((np.ones(len(columns)), (np.arange(len(columns)), columns)), shape=shape)

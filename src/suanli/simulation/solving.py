"""Values nearest to a prior that meet constraints: a linear programme with costs that rise with distance."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, diags_array, hstack, vstack

from suanli.simulation.constraints import HARD, Constraints
from suanli.simulation.quantities import Floats

_REACHES = (0.2, 0.25, 0.35, np.inf)
_COSTS = (1.0, 2.5, 5.0, 10.0)
"""Cost of distance, per unit of the scale: so far it costs least, so much farther more, and so on."""

_ELASTIC = 1e5
"""Cost of missing a hard constraint when it is asked which of them contradict."""

_MISSED = 1e-6


@dataclass(frozen=True, slots=True)
class Prior:
    """What unknowns would be if nothing were stated: a value and a scale of distance each, and bounds."""

    values: Floats
    scale: Floats
    low: Floats
    high: Floats


class UnsolvedError(ValueError):
    """No values were found that meet the constraints; the message says what stands against it."""


def solved(prior: Prior, constraints: Constraints) -> Floats:
    """Return the unknowns that meet the constraints nearest to the prior.

    Minimises the sum over unknowns of the distance from the prior in units of its scale, which costs the more the
    farther it is so that deviations spread over many unknowns, plus the penalties of soft constraints missed.

    Raises
    ------
    UnsolvedError
        If the hard constraints contradict one another or the bounds; the message names their facts.
    """
    outcome = _programme(prior, constraints, constraints.penalty)
    if outcome is None:
        named = ", ".join(contradicting(prior, constraints))
        message = f"no values within the bounds meet these facts together: {named}"
        raise UnsolvedError(message)
    return outcome[0]


def contradicting(prior: Prior, constraints: Constraints) -> tuple[str, ...]:
    """Return the facts whose hard constraints must be missed for the others to hold; none if all can hold."""
    hard = np.isinf(constraints.penalty)
    outcome = _programme(prior, constraints, np.where(hard, _ELASTIC, constraints.penalty))
    assert outcome is not None  # with every row elastic the prior itself is a solution
    missed = outcome[1] > _MISSED
    return tuple(
        sorted({fact for fact, out in zip(constraints.facts, hard & missed, strict=True) if out})
    )


def _programme(
    prior: Prior, constraints: Constraints, penalty: Floats
) -> tuple[Floats, Floats] | None:
    """Return the unknowns and by how much each row, at unit size, is missed; None if that cannot be."""
    start = np.clip(prior.values, prior.low, prior.high)
    up, down = (prior.high - start) / prior.scale, (start - prior.low) / prior.scale
    offset = np.asarray(constraints.matrix @ start)
    scaled = csr_array(constraints.matrix @ diags_array(prior.scale))
    size = np.asarray(abs(scaled).max(axis=1).todense()).ravel() if scaled.shape[0] else np.zeros(0)
    size = np.where(size > 0, size, 1.0)
    rows = csr_array(diags_array(1 / size) @ scaled)
    soft = np.flatnonzero(penalty < HARD)
    slack = csr_array((np.ones(len(soft)), (soft, np.arange(len(soft)))), (len(size), len(soft)))
    matrix = csr_array(hstack([*[rows, -rows] * len(_COSTS), slack, -slack]))
    low, high = (constraints.low - offset) / size, (constraints.high - offset) / size
    has_low, has_high = np.isfinite(low), np.isfinite(high)
    limits, costs = _pieces(np.concatenate([up, down]))
    count, pieces = len(start), len(limits)
    outcome = linprog(
        c=np.concatenate([costs, *[penalty[soft] * size[soft]] * 2]),
        A_ub=_stacked(matrix, has_high, has_low),
        b_ub=np.concatenate([high[has_high], -low[has_low]]),
        bounds=np.column_stack(
            [
                np.zeros(pieces + 2 * len(soft)),
                np.concatenate([limits, np.full(2 * len(soft), np.inf)]),
            ]
        ),
        method="highs",
    )
    if outcome.status == 2:
        return None
    if outcome.status != 0:
        raise UnsolvedError(outcome.message)
    up_moved, down_moved = outcome.x[:pieces].reshape(-1, 2, count).sum(axis=0)
    missed = np.zeros(len(size))
    missed[soft] = outcome.x[pieces:].reshape(2, -1).sum(axis=0)
    moved = prior.scale * (up_moved - down_moved)
    return np.clip(start + moved, prior.low, prior.high), missed


def _pieces(room: Floats) -> tuple[Floats, Floats]:
    """Return the room for moving and its cost, piece by piece from the nearest to the farthest."""
    edges = np.concatenate([[0.0], np.cumsum(_REACHES)])
    limits = [np.clip(room, low, high) - low for low, high in pairwise(edges)]
    return np.concatenate(limits), np.repeat(_COSTS, len(room))


def _stacked(matrix: csr_array, most: NDArray[np.bool_], least: NDArray[np.bool_]) -> csr_array:
    """Return the rows that have an upper bound, then those that have a lower one, turned round."""
    return csr_array(vstack([matrix[np.flatnonzero(most)], -matrix[np.flatnonzero(least)]]))

"""One matrix of judgements to everything that is told of it: weights by every method, and how consistent it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.methods.pairwise import (
    METHODS,
    Worst,
    consistency_index,
    consistency_ratio,
    consistency_ratio_limit,
    cycles,
    gci_limit,
    geometric_consistency_index,
    harker,
    lambda_of,
    last_size,
    least_lambda,
    missing_count,
    principal,
    random_index,
    table_named,
    weights_by,
    worst_judgements,
)
from suanli.methods.pairwise.random_index import DEFAULT
from suanli.problems import Problem, Severity, StudyError

HARKER = "harker"
"""Name of the weights by Harker's method, which stand beside the others where judgements are missing."""
_ON_GRAPH = ("geometric", "least-squares")
_WORST = 5
_CONSISTENT = 1e-9


@dataclass(frozen=True, slots=True)
class Filled:
    """A judgement that is missing, and the value that the chosen method implies for it."""

    row: int
    column: int
    value: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is told of one matrix of judgements.

    `judgements` (n, n) are as given, NaN where missing, and `completed` their completion by the least lambda_max.
    Whatever the `method` of the `weights`, `lambda_max`, `ci` and `cr` are of the principal eigenvalue of the completed
    matrix; `ri` is the random index of n items with as many judgements missing. `lambda_estimate` and `cr_estimate` are
    those that textbooks compute from the weights: the mean of (A w)_i / w_i, and the ratio that goes with it. Matrices
    of one or two items have no random index and cannot be inconsistent: their indices are 0.
    """

    labels: tuple[str, ...]
    judgements: NDArray[np.float64]
    completed: NDArray[np.float64]
    method: str
    weights: NDArray[np.float64]
    other_methods: Mapping[str, NDArray[np.float64]]
    lambda_max: float
    ci: float
    ri_table: str
    ri: float
    cr: float
    cr_limit: float
    gci: float
    gci_limit: float
    lambda_estimate: float
    cr_estimate: float
    missing: tuple[Filled, ...]
    worst: tuple[Worst, ...]
    cycles: tuple[tuple[int, int, int], ...]


def assessment(
    labels: Sequence[str],
    matrix: NDArray[np.float64],
    *,
    method: str = "eigenvector",
    table: str = DEFAULT,
) -> Assessment:
    """Return everything that is told of a matrix of judgements.

    Parameters
    ----------
    labels
        (n,)
    matrix
        (n, n), how many times the item of the row weighs that of the column; NaN where nobody judged.
    method
        How weights are derived, one of `suanli.methods.pairwise.METHODS`.
    table
        Table of random indices, in any spelling that `table_named` knows.

    Raises
    ------
    StudyError
        If the table of random indices ends before n.
    ValueError
        If the method or the table is unknown, the matrix is no judgement matrix, or its comparisons do not connect
        all items.

    >>> found = assessment("ab", np.array([[1, 3], [1 / 3, 1]]))
    >>> found.weights.tolist(), found.cr
    ([0.75, 0.25], 0.0)
    """
    name = table_named(table)
    judgements = np.asarray(matrix, dtype=np.float64)
    n = len(judgements)
    if len(labels) != n:
        raise ValueError(f"{len(labels)} labels for a matrix of {n} items")
    missing = int(missing_count(judgements))
    if problems := check_table(n, name):
        raise StudyError(problems)
    completed = least_lambda(judgements) if missing else judgements
    weights = _weights(method, judgements, completed)
    largest = float(principal(completed).lambda_max)
    estimate = float(lambda_of(completed, weights))
    return Assessment(
        labels=tuple(labels),
        judgements=judgements,
        completed=completed,
        method=method,
        weights=weights,
        other_methods=_others(method, judgements, completed),
        lambda_max=largest,
        ci=float(consistency_index(largest, n)),
        ri_table=name,
        ri=random_index(n, name, missing),
        cr=float(consistency_ratio(largest, n, table=name, missing=missing)),
        cr_limit=consistency_ratio_limit(n),
        gci=float(geometric_consistency_index(judgements)),
        gci_limit=gci_limit(n),
        lambda_estimate=estimate,
        cr_estimate=float(consistency_ratio(estimate, n, table=name, missing=missing)),
        missing=_filled(method, judgements, completed, weights),
        worst=_worst(judgements, weights),
        cycles=cycles(judgements),
    )


def check_table(n: int, table: str) -> list[Problem]:
    """Return an error if a table of random indices ends before n, with its last n and that of the largest table."""
    last = last_size(table)
    if n <= last:
        return []
    details = {"last": last, "n": n, "reach": last_size()}
    return [
        Problem("matrix-table-ends", Severity.ERROR, found=table, expected=DEFAULT, details=details)
    ]


def _weights(
    method: str, judgements: NDArray[np.float64], completed: NDArray[np.float64]
) -> NDArray[np.float64]:
    # what `weights_by` would do, without completing the matrix again for each method
    return weights_by(method, judgements if method in _ON_GRAPH else completed)


def _others(
    method: str, judgements: NDArray[np.float64], completed: NDArray[np.float64]
) -> Mapping[str, NDArray[np.float64]]:
    found: dict[str, NDArray[np.float64]] = {
        name: _weights(name, judgements, completed) for name in METHODS if name != method
    }
    if np.isnan(judgements).any():
        found[HARKER] = harker(judgements).weights
    return MappingProxyType(found)


def _filled(
    method: str,
    judgements: NDArray[np.float64],
    completed: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> tuple[Filled, ...]:
    """Return what stands for missing judgements: in least squares the ratio of the weights, else the completion."""
    values = weights[:, None] / weights[None, :] if method in _ON_GRAPH else completed
    rows, columns = np.nonzero(np.triu(np.isnan(judgements), 1))
    return tuple(
        Filled(int(row), int(column), float(values[row, column]))
        for row, column in zip(rows, columns, strict=True)
    )


def _worst(judgements: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[Worst, ...]:
    """Return the judgements farthest from the weights, without those that agree with them."""
    found = worst_judgements(judgements, weights, _WORST)
    return tuple(each for each in found if abs(np.log(each.ratio)) > _CONSISTENT)

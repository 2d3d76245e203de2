"""Completion of incomplete judgement matrices by the least lambda_max, many matrices at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.methods.pairwise.complete import perron, row_geometric_means
from suanli.methods.pairwise.graph import check_connected, weights_on_graph
from suanli.methods.pairwise.matrices import Flags, Floats, judged_matrices

SETTLED = 1e-12
"""Logarithm of a judgement below which a Newton step has arrived."""
NEAR = 1e-9
"""Below it, a step that no longer shrinks is rounding."""
STEPS = 60
DECREASE = 1e-4
"""Part of the promised decrease that a step must keep (Armijo)."""
SHORTEST = 1e-6
NUMBERS = 2_000_000
"""How many numbers the derivatives of a batch may fill."""


def least_lambda(matrices: ArrayLike) -> Floats:
    """Return the matrices (..., n, n) with missing pairs filled so that lambda_max is least.

    The completion of Bozóki, Fülöp and Rónyai (2010). Lambda_max is convex in the logarithms of the
    missing judgements and, on a connected graph, has one minimum; Newton's method finds it from
    the logarithmic least squares weights, with the derivatives of an eigenvalue in closed form.

    Raises
    ------
    ValueError
        As `judged_matrices`; if the comparisons do not connect all items.

    >>> gap = [[1, 2, np.nan], [0.5, 1, 3], [np.nan, 1 / 3, 1]]
    >>> float(least_lambda(gap)[0, 2].round(9))
    6.0
    """
    array, known = judged_matrices(matrices)
    check_connected(known)
    n = array.shape[-1]
    filled, there = array.reshape(-1, n, n).copy(), known.reshape(-1, n, n)
    gaps = np.count_nonzero(~there, axis=(-2, -1)) // 2
    for count in np.unique(gaps[gaps > 0]):
        alike = np.flatnonzero(gaps == count)
        size = max(1, NUMBERS // int(count * (min(count, 2 * n) + 2 * n) + 4 * n * n))
        for first in range(0, len(alike), size):
            chosen = alike[first : first + size]
            filled[chosen] = _completed(filled[chosen], there[chosen])
    return filled.reshape(array.shape)


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Matrices with the same number of pairs to fill, in units where the weights are 1."""

    matrices: Floats
    """(B, n, n), 1 in the gaps"""
    rows: NDArray[np.intp]
    """(B, K), of the gaps above the diagonal"""
    columns: NDArray[np.intp]

    def only(self, chosen: Flags) -> "_Gaps":
        return _Gaps(self.matrices[chosen], self.rows[chosen], self.columns[chosen])

    def filled(self, logarithms: Floats) -> Floats:
        matrices, batch = self.matrices.copy(), np.arange(len(self.matrices))[:, None]
        matrices[batch, self.rows, self.columns] = np.exp(logarithms)
        matrices[batch, self.columns, self.rows] = np.exp(-logarithms)
        return matrices


@dataclass(frozen=True, slots=True)
class _Point:
    """Matrices as filled, their right and left vectors with y x = 1, and lambda_max."""

    matrices: Floats
    right: Floats
    left: Floats
    largest: Floats

    def only(self, chosen: Flags) -> "_Point":
        return _Point(
            self.matrices[chosen], self.right[chosen], self.left[chosen], self.largest[chosen]
        )


def _completed(array: Floats, known: Flags) -> Floats:
    """Return matrices (B, n, n) with the same number of gaps completed."""
    weights = weights_on_graph(np.where(known, array, 1.0), known.astype(np.float64))
    ratios = weights[:, :, None] / weights[:, None, :]
    batch, rows, columns = (
        places.reshape(len(array), -1) for places in np.nonzero(np.triu(~known, 1))
    )
    gaps = _Gaps(np.where(known, array / ratios, 1.0), rows, columns)
    # a spanning tree cannot contradict itself: the weights' own ratios complete it
    tree = rows.shape[1] == (array.shape[-1] - 1) * (array.shape[-1] - 2) // 2
    logarithms = np.zeros(rows.shape) if tree else _least(gaps)
    filled = array.copy()
    filled[batch, rows, columns] = np.exp(logarithms) * ratios[batch, rows, columns]
    filled[batch, columns, rows] = 1.0 / filled[batch, rows, columns]
    return filled


def _least(gaps: _Gaps) -> Floats:
    """Return the logarithms (B, K) of the gaps at the least lambda_max."""
    logarithms = np.zeros(gaps.rows.shape)
    here, active = _point(gaps.matrices), np.arange(len(gaps.rows))
    size = np.full(len(active), np.inf)
    for _ in range(STEPS):
        slope, step = _newton(here, gaps)
        before, size = size, np.abs(step).max(axis=-1)
        arrived = (size <= SETTLED) | ((size < NEAR) & (size >= before))
        logarithms[active[arrived]] += step[arrived]
        if arrived.all():
            return logarithms
        going = ~arrived
        active, size, gaps = active[going], size[going], gaps.only(going)
        promised = (slope * step).sum(axis=-1)[going]
        moved, here = _searched(gaps, here.only(going), logarithms[active], step[going], promised)
        logarithms[active] = moved
    raise ValueError("the completion of least lambda_max did not settle")


def _searched(
    gaps: _Gaps, here: _Point, logarithms: Floats, step: Floats, promised: Floats
) -> tuple[Floats, _Point]:
    """Return where the step leads, halved for each matrix until lambda_max is low enough."""
    lengths = np.ones((len(step), 1))
    while True:
        trial = logarithms + lengths * step
        after = _point(gaps.filled(trial))
        # near the minimum a decrease drowns in the rounding of lambda itself
        allowed = here.largest * (1 + 1e-14) + DECREASE * lengths[:, 0] * promised
        short = (after.largest > allowed) & (lengths[:, 0] > SHORTEST)
        if not short.any():
            return trial, after
        lengths[short] /= 2


def _point(matrices: Floats) -> _Point:
    pair = np.stack([matrices, matrices.swapaxes(-1, -2)])
    found = perron(pair, row_geometric_means(pair))
    right, left = found.weights
    return _Point(
        matrices, right, left / (left * right).sum(axis=-1, keepdims=True), found.lambda_max[0]
    )


def _newton(here: _Point, gaps: _Gaps) -> tuple[Floats, Floats]:
    """Return the gradients (B, K) of lambda_max by the gaps' logarithms, and Newton's steps (B, K).

    With A_k the derivative of the matrix by the k-th logarithm, the first derivative is y A_k x and
    the second y A_kl x + y A_k Q A_l x + y A_l Q A_k x, where Q is the group inverse of
    lambda I - A (Meyer and Stewart 1988).
    """
    matrices, n = here.matrices, here.matrices.shape[-1]
    batch, places = np.ogrid[: len(matrices), : gaps.rows.shape[1]]
    rows, columns = gaps.rows, gaps.columns
    left_forward = here.left[batch, rows] * matrices[batch, rows, columns]
    left_back = here.left[batch, columns] * matrices[batch, columns, rows]
    gains, losses = left_forward * here.right[batch, columns], left_back * here.right[batch, rows]
    lefts, rights = np.zeros((2, *rows.shape, n))
    lefts[batch, places, columns], lefts[batch, places, rows] = left_forward, -left_back
    rights[batch, places, rows] = matrices[batch, rows, columns] * here.right[batch, columns]
    rights[batch, places, columns] = -matrices[batch, columns, rows] * here.right[batch, rows]
    solve = _by_pairs if rows.shape[1] <= 2 * n else _by_items
    slope = gains - losses
    return slope, -solve(slope, gains + losses, (lefts, rights), _group_inverses(here))


def _by_pairs(
    slope: Floats, diagonal: Floats, sides: tuple[Floats, Floats], inverses: Floats
) -> Floats:
    """Return the Hessian's solution from the Hessian (B, K, K) itself."""
    mixed = sides[0] @ inverses @ sides[1].swapaxes(-1, -2)
    curvature = mixed + mixed.swapaxes(-1, -2)
    places = np.arange(slope.shape[-1])
    curvature[:, places, places] += diagonal
    return np.asarray(np.linalg.solve(curvature, slope[..., None])[..., 0])


def _by_items(
    slope: Floats, diagonal: Floats, sides: tuple[Floats, Floats], inverses: Floats
) -> Floats:
    """Return the same where gaps are more than twice the items.

    The Hessian is its diagonal and a part of rank 2 n, so the identity of Sherman, Morrison and
    Woodbury leaves a system of 2 n equations instead of K.
    """
    both = np.concatenate(sides, axis=-1)
    n = inverses.shape[-1]
    middle = np.zeros((len(inverses), 2 * n, 2 * n))
    middle[:, :n, n:], middle[:, n:, :n] = inverses, inverses.swapaxes(-1, -2)
    scaled = (both / diagonal[..., None]).swapaxes(-1, -2)
    small = np.eye(2 * n) + scaled @ both @ middle
    pulled = np.linalg.solve(small, scaled @ slope[..., None])
    return np.asarray((slope - (both @ middle @ pulled)[..., 0]) / diagonal)


def _group_inverses(here: _Point) -> Floats:
    largest = here.largest[:, None, None]
    products = here.right[:, :, None] * here.left[:, None, :]
    regular = largest * (np.eye(products.shape[-1]) + products) - here.matrices
    return np.asarray(np.linalg.inv(regular) - products / largest)

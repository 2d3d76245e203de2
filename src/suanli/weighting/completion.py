"""Many incomplete matrices completed at once, for draws; each as Newton's method would complete it alone."""

import numpy as np
from numpy.typing import NDArray

from suanli.methods.pairwise import least_lambda, least_squares_weights

Floats = NDArray[np.float64]

SETTLED = 1e-11
"""Change of the logarithm of a judgement in a step below which a completion has arrived."""
STEPS = 120
INNER = 2
"""Power steps between two updates of the missing judgements."""


def completed_matrices(matrices: Floats) -> Floats:
    """Return matrices (D, n, n) with missing judgements at the values of least λmax.

    λmax of a positive matrix does not change with the logarithm of a missing a_ij where
    a_ij² = v_j w_i / (v_i w_j), v and w being its left and right principal vectors (the derivatives are those of
    Harker 1987), and is least there since it is convex in the logarithms. The values are set to that and the vectors
    found anew until nothing moves; what does not settle goes to Newton's method, a matrix at a time.

    Raises
    ------
    ValueError
        If judgements do not connect all items of a matrix.

    >>> gap = np.array([[[1, 2, np.nan], [0.5, 1, 3], [np.nan, 1 / 3, 1]]])
    >>> float(completed_matrices(gap)[0, 0, 2].round(9))
    6.0
    """
    known = np.isfinite(matrices)
    open_rows = np.flatnonzero(~known.all(axis=(-2, -1)))
    filled = matrices.copy()
    if not open_rows.size:
        return filled
    start = least_squares_weights(matrices[open_rows])
    found, settled = _balanced(matrices[open_rows], known[open_rows], start)
    filled[open_rows] = found
    for row in open_rows[~settled]:
        filled[row] = least_lambda(matrices[row])
    return filled


def _balanced(
    matrices: Floats, known: NDArray[np.bool_], start: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the completed matrices and which of them have settled (D,)."""
    right, left = start, 1 / start
    filled = np.where(known, matrices, start[:, :, None] / start[:, None, :])
    filled_logs = np.log(filled)
    settled = np.zeros(len(matrices), dtype=np.bool_)
    active = np.arange(len(matrices))
    for _ in range(STEPS):
        now = filled[active]
        for _ in range(INNER):
            right[active] = _unit((now @ right[active][..., None])[..., 0])
            left[active] = _unit((left[active][:, None, :] @ now)[:, 0, :])
        halves = (np.log(right[active]) - np.log(left[active])) / 2
        wanted = np.where(
            known[active], filled_logs[active], halves[:, :, None] - halves[:, None, :]
        )
        moved = np.abs(wanted - filled_logs[active]).max(axis=(-2, -1))
        filled_logs[active] = wanted
        filled[active] = np.where(known[active], matrices[active], np.exp(wanted))
        settled[active] = moved <= SETTLED
        active = active[moved > SETTLED]
        if not active.size:
            break
    return filled, settled


def _unit(vectors: Floats) -> Floats:
    scaled: Floats = vectors / vectors.sum(axis=-1, keepdims=True)
    return scaled

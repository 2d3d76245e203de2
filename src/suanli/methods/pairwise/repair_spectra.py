"""Lambda_max and its slopes for many versions of one judgement matrix at a time.

A version is the vector (K,) of logarithms of the known judgements above the diagonal; judgements
that are missing take, in every version, the values that make its lambda_max least. In logarithms
lambda_max is convex (Kingman 1961), and so is its minimum over the missing ones; the slope of that
minimum is the slope at the completed matrix.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.methods.pairwise.complete import normalised_exponentials, perron
from suanli.methods.pairwise.matrices import Floats

Places = NDArray[np.int64]

SETTLED = 1e-4
"""Newton step after which lambda_max, with an error of its fourth power, is known to the last digit."""
STEPS = 50
DECREASE = 1e-4
"""Part of the promised decrease that a step must keep (Armijo)."""
BATCH = 200_000
"""Numbers in the matrices looked at together."""


@dataclass(frozen=True, slots=True)
class Spectra:
    """Of B versions: ln lambda_max (B,), slopes of it by each judgement (B, K), vectors (B, n)."""

    sizes: Floats
    slopes: Floats
    right: Floats


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which judgements of an n by n matrix are known: their rows and columns, and the missing ones'.

    `start` (M,) holds logarithms near the completion of the versions to come.
    """

    n: int
    rows: Places
    columns: Places
    missing_rows: Places
    missing_columns: Places
    start: Floats


@dataclass(frozen=True, slots=True)
class _Vectors:
    right: Floats
    left: Floats
    largest: Floats


@dataclass(frozen=True, slots=True)
class _Line:
    """Newton steps (B, M) from points (B, M) of lambda_max (B,), and what they promise to take off."""

    start: Floats
    step: Floats
    largest: Floats
    promised: Floats


def spectra(pattern: Pattern, versions: Floats) -> Spectra:
    """Return lambda_max and its slopes of versions (B, K)."""
    count = max(1, BATCH // pattern.n**2)
    parts = [_spectra(pattern, versions[i : i + count]) for i in range(0, len(versions), count)]
    return Spectra(
        sizes=np.concatenate([part.sizes for part in parts]),
        slopes=np.concatenate([part.slopes for part in parts]),
        right=np.concatenate([part.right for part in parts]),
    )


def _spectra(pattern: Pattern, versions: Floats) -> Spectra:
    found = _completed(pattern, versions)[1]
    rows, columns = pattern.rows, pattern.columns
    ratios = np.exp(versions)
    gains = found.left[:, rows] * found.right[:, columns] * ratios
    losses = found.left[:, columns] * found.right[:, rows] / ratios
    slopes = (gains - losses) / found.largest[:, None]
    return Spectra(np.log(found.largest), slopes, found.right)


def _matrices(pattern: Pattern, versions: Floats, filled: Floats) -> Floats:
    """Return the logarithms (B, n, n) of whole matrices."""
    matrices = np.zeros((len(versions), pattern.n, pattern.n))
    matrices[:, pattern.rows, pattern.columns] = versions
    matrices[:, pattern.columns, pattern.rows] = -versions
    matrices[:, pattern.missing_rows, pattern.missing_columns] = filled
    matrices[:, pattern.missing_columns, pattern.missing_rows] = -filled
    return matrices


def _vectors(logarithms: Floats) -> _Vectors:
    """Return right vectors, left ones scaled to y x = 1, and lambda_max."""
    matrices = np.exp(logarithms)
    means = logarithms.mean(axis=-1)
    right = perron(matrices, normalised_exponentials(means))
    left = perron(matrices.swapaxes(-1, -2), normalised_exponentials(-means)).weights
    left = left / (left * right.weights).sum(axis=-1, keepdims=True)
    return _Vectors(right.weights, left, right.lambda_max)


def _completed(pattern: Pattern, versions: Floats) -> tuple[Floats, _Vectors]:
    """Return the completions and the vectors there, by Newton's method on all versions at once."""
    filled = np.tile(pattern.start, (len(versions), 1))
    found = _vectors(_matrices(pattern, versions, filled))
    active = np.arange(len(versions) if pattern.start.size else 0)
    for _ in range(STEPS):
        if not active.size:
            return filled, found
        at = _Vectors(found.right[active], found.left[active], found.largest[active])
        slope, curvature = _derivatives(pattern, versions[active], filled[active], at)
        step: Floats = -np.linalg.solve(curvature, slope[..., None])[..., 0].astype(np.float64)
        promised = (slope * step).sum(axis=-1)
        line = _Line(filled[active], step, at.largest, promised)
        filled[active], after = _lowered(pattern, versions[active], line)
        found.right[active], found.left[active] = after.right, after.left
        found.largest[active] = after.largest
        active = active[np.abs(step).max(axis=-1) > SETTLED]
    raise ValueError("the completions of least lambda_max did not settle")


def _lowered(pattern: Pattern, versions: Floats, line: _Line) -> tuple[Floats, _Vectors]:
    """Return points along lines that lower lambda_max enough, and the vectors there."""
    length = np.ones(len(versions))
    while True:
        trial = line.start + length[:, None] * line.step
        after = _vectors(_matrices(pattern, versions, trial))
        # near the minimum a decrease drowns in the rounding of lambda itself
        allowed = line.largest * (1 + 1e-13) + DECREASE * length * line.promised
        short = (after.largest > allowed) & (length > 1e-6)
        if not short.any():
            return trial, after
        length[short] /= 2


def _derivatives(
    pattern: Pattern, versions: Floats, filled: Floats, at: _Vectors
) -> tuple[Floats, Floats]:
    """Return gradients (B, M) and Hessians (B, M, M) of lambda_max by the missing logarithms.

    With A_k the derivative of the matrix by the k-th logarithm, the first derivative is y A_k x and
    the second y A_kl x + y A_k Q A_l x + y A_l Q A_k x, where Q is the group inverse of
    lambda I - A (Meyer and Stewart 1988).
    """
    rows, columns = pattern.missing_rows, pattern.missing_columns
    places = np.arange(rows.size)
    forward, back = np.exp(filled), np.exp(-filled)
    gains = at.left[:, rows] * forward * at.right[:, columns]
    losses = at.left[:, columns] * back * at.right[:, rows]
    product = at.right[:, :, None] * at.left[:, None, :]
    size = at.largest[:, None, None]
    matrices = np.exp(_matrices(pattern, versions, filled))
    inverse = np.linalg.inv(size * (np.eye(pattern.n) + product) - matrices) - product / size
    lefts = np.zeros((len(filled), rows.size, pattern.n))
    rights = np.zeros_like(lefts)
    lefts[:, places, columns], lefts[:, places, rows] = (
        at.left[:, rows] * forward,
        -at.left[:, columns] * back,
    )
    rights[:, places, rows], rights[:, places, columns] = (
        forward * at.right[:, columns],
        -back * at.right[:, rows],
    )
    mixed = lefts @ inverse @ rights.swapaxes(-1, -2)
    diagonal = np.eye(rows.size) * (gains + losses)[:, None, :]
    return gains - losses, mixed + mixed.swapaxes(-1, -2) + diagonal

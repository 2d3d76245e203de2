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
from suanli.methods.pairwise.completion import least_lambda
from suanli.methods.pairwise.matrices import Floats

Places = NDArray[np.int64]

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
    """Rows and columns (K,) of the judgements above the diagonal of an n by n matrix that are known."""

    n: int
    rows: Places
    columns: Places

    @property
    def complete(self) -> bool:
        """Whether none is missing."""
        return self.rows.size == self.n * (self.n - 1) // 2


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
    rows, columns = pattern.rows, pattern.columns
    logarithms = _logarithms(pattern, versions)
    matrices = np.exp(logarithms)
    right = perron(matrices, normalised_exponentials(logarithms.mean(axis=-1)))
    left = perron(matrices.swapaxes(-1, -2), normalised_exponentials(-logarithms.mean(axis=-1)))
    scaled = left.weights / (left.weights * right.weights).sum(axis=-1, keepdims=True)
    ratios = np.exp(versions)
    gains = scaled[:, rows] * right.weights[:, columns] * ratios
    losses = scaled[:, columns] * right.weights[:, rows] / ratios
    slopes = (gains - losses) / right.lambda_max[:, None]
    return Spectra(np.log(right.lambda_max), slopes, right.weights)


def _logarithms(pattern: Pattern, versions: Floats) -> Floats:
    """Return the logarithms (B, n, n) of whole matrices, completed by the least lambda_max."""
    matrices = np.zeros((len(versions), pattern.n, pattern.n))
    if not pattern.complete:
        matrices[:, ~np.eye(pattern.n, dtype=np.bool_)] = np.nan
    matrices[:, pattern.rows, pattern.columns] = versions
    matrices[:, pattern.columns, pattern.rows] = -versions
    return matrices if pattern.complete else np.log(least_lambda(np.exp(matrices)))

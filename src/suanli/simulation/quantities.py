"""Numbers of regions that depend linearly on what is being solved for."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number a region: `matrix` (regions, unknowns) times the unknowns plus `constant` (regions)."""

    matrix: csr_array
    constant: Floats

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(self.matrix + other.matrix, self.constant + other.constant)

    def times(self, factors: Floats | float) -> "Quantity":
        """Return the quantity times a factor, or times one factor a region."""
        column = np.broadcast_to(np.asarray(factors, dtype=np.float64), self.constant.shape)
        return Quantity(csr_array(diags_array(column) @ self.matrix), column * self.constant)

    def plus(self, amounts: Floats | float) -> "Quantity":
        """Return the quantity plus a known amount, or one a region."""
        return Quantity(self.matrix, self.constant + amounts)

    @property
    def is_known(self) -> bool:
        """Whether no unknown matters."""
        return bool(self.matrix.nnz == 0)


def unknown(positions: NDArray[np.intp], count: int) -> Quantity:
    """Return the quantity that is one unknown a region, of `count` in all."""
    regions = np.arange(len(positions))
    matrix = csr_array(
        (np.ones(len(positions)), (regions, positions)), shape=(len(positions), count)
    )
    return Quantity(matrix, np.zeros(len(positions)))


def known(values: Floats, count: int) -> Quantity:
    """Return numbers that are already settled, as a quantity of `count` unknowns."""
    return Quantity(csr_array((len(values), count)), np.asarray(values, dtype=np.float64))


def summed(quantities: Iterable[Quantity]) -> Quantity:
    """Return the sum of one or more quantities, region by region."""
    first, *others = quantities
    for other in others:
        first = first + other
    return first

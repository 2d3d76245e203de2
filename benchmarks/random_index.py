"""Random indices above n = 50 by simulation: `python -m benchmarks.random_index`, some minutes.

Draws judgement matrices whose pairs above the diagonal are independent and uniform on the 17 grades
1/9 … 1/2, 1, 2 … 9 and prints the mean consistency index by size with its standard error: the values of
`suanli.methods.pairwise.random_index_tables.SIMULATED`. The matrix of size n is the leading block of one of
size 100, so neighbouring sizes share their chance and the table rises smoothly. Sizes printed by others
come first, to be held against them. The mean of a matrix' entries, whose expectation is known exactly, is a
control variate: nearly all chance in a large matrix' index is in it. Not part of `python -m benchmarks`.
"""

import sys

import numpy as np
from numpy.typing import NDArray

from suanli.methods.pairwise import consistency_index, principal
from suanli.methods.pairwise.random_index_tables import AHPSURVEY, ALONSO_LAMATA_2006

MATRICES = 40_000
BATCH = 500
SEED = 2006
LARGEST = 100
KNOWN = (5, 10, 15, 20, 30, 40, 50)
SIZES = (*KNOWN, *range(51, LARGEST + 1))
GRADES = np.array([*(1 / grade for grade in range(9, 1, -1)), *range(1, 10)])


def random_matrices(count: int, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return judgement matrices (count, n, n) of random grades."""
    matrices = np.ones((count, n, n))
    rows, columns = np.triu_indices(n, 1)
    drawn = GRADES[rng.integers(0, len(GRADES), size=(count, len(rows)))]
    matrices[:, rows, columns] = drawn
    matrices[:, columns, rows] = 1 / drawn
    return matrices


def simulated() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean consistency index of each of `SIZES` and its standard error."""
    rng = np.random.default_rng(SEED)
    moments = np.zeros((len(SIZES), 5))
    for _ in range(MATRICES // BATCH):
        matrices = random_matrices(BATCH, LARGEST, rng)
        for place, n in enumerate(SIZES):
            block = np.ascontiguousarray(matrices[:, :n, :n])
            index = consistency_index(principal(block).lambda_max, n)
            surplus = (block.sum(axis=(1, 2)) - n) / (n * (n - 1)) - GRADES.mean()
            products = (index, surplus, index**2, surplus**2, index * surplus)
            moments[place] += [product.sum() for product in products]
    index, surplus, index_2, surplus_2, both = moments.T / MATRICES
    variance = index_2 - index**2
    shared = both - index * surplus
    slope = shared / (surplus_2 - surplus**2)
    return index - slope * surplus, np.sqrt((variance - slope * shared) / MATRICES)


def main() -> int:
    """Print the table; return 1 if a size that others printed is off by more than 0.002."""
    means, errors = simulated()
    worst = 0.0
    for n, mean, error in zip(SIZES, means, errors, strict=True):
        others = [table[n] for table in (ALONSO_LAMATA_2006, AHPSURVEY) if n in table]
        worst = max([worst, *(abs(mean - other) for other in others)])
        beside = f"   printed: {', '.join(map(str, others))}" if others else ""
        print(f"{n:4d}  {mean:.4f}  ± {error:.5f}{beside}")
    print(f"largest difference from printed values: {worst:.4f}")
    return int(worst > 0.002)


if __name__ == "__main__":
    sys.exit(main())

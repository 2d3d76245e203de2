"""Judgement matrices made for tests."""

import numpy as np

GRADES = np.array([*(1 / grade for grade in range(9, 1, -1)), *range(1, 10)])


def reciprocal(upper, n):
    """Return matrices (..., n, n) with the entries (..., n (n - 1) / 2) above the diagonal."""
    upper = np.asarray(upper, dtype=float)
    matrices = np.ones((*upper.shape[:-1], n, n))
    rows, columns = np.triu_indices(n, 1)
    matrices[..., rows, columns] = upper
    matrices[..., columns, rows] = 1 / upper
    return matrices


def random_grades(rng, n, size=()):
    """Return matrices of independent uniform grades."""
    return reciprocal(rng.choice(GRADES, size=(*size, n * (n - 1) // 2)), n)


def consistent(weights):
    """Return the matrices w_i / w_j of weights (..., n)."""
    weights = np.asarray(weights, dtype=float)
    return weights[..., :, None] / weights[..., None, :]


def with_gaps(matrix, rows, columns):
    gapped = np.array(matrix, dtype=float)
    gapped[..., rows, columns] = gapped[..., columns, rows] = np.nan
    return gapped


def connected_gaps(rng, matrix, count):
    """Return the matrix with `count` pairs missing at random such that a random tree remains."""
    n = len(matrix)
    order = rng.permutation(n)
    tree = {frozenset((order[i], order[rng.integers(i)])) for i in range(1, n)}
    free = [(i, j) for i in range(n) for j in range(i + 1, n) if frozenset((i, j)) not in tree]
    chosen = rng.permutation(len(free))[:count]
    rows, columns = np.array([free[k] for k in chosen], dtype=int).reshape(-1, 2).T
    return with_gaps(matrix, rows, columns)

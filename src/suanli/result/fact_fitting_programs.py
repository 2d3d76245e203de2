"""Weights by linear programming: least total shortfall of the orders, and the widest margin of those that hold."""

from dataclasses import dataclass

import numpy as np

from suanli.result.fact_fitting_ground import Flags, Floats


@dataclass(frozen=True, slots=True)
class Allowed:
    """The weights that are allowed: at or above `floors` (I,), and of each part of `sums` (B, I) together 1."""

    floors: Floats
    sums: Flags

    def mixed(self, weights: Floats) -> Floats:
        """Return weights of nothing less than 0 as allowed ones: the floors, and the rest in their proportions."""
        spare = 1.0 - self.sums @ self.floors
        total = np.maximum(self.sums @ weights, np.finfo(np.float64).tiny)
        shares: Floats = self.floors + weights * (self.sums.T @ (spare / total))
        return shares


def least_shortfall(matrix: Floats, costs: Floats, margin: float, allowed: Allowed) -> Floats:
    """Return the weights with the least cost of what the rows lack of the margin (a hinge loss).

    The program has a variable for each weight and one for the shortfall of each row.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, eye_array, hstack

    count, size = matrix.shape
    solved = linprog(
        np.concatenate([np.zeros(size), costs]),
        A_ub=hstack([csr_array(-matrix), -eye_array(count)], format="csr"),
        b_ub=np.full(count, -margin),
        A_eq=np.hstack([allowed.sums.astype(np.float64), np.zeros((len(allowed.sums), count))]),
        b_eq=np.ones(len(allowed.sums)),
        bounds=[*((floor, None) for floor in allowed.floors), *((0.0, None) for _ in range(count))],
        method="highs",
    )
    return _weights(solved.x[:size] if solved.status == 0 else None, allowed)


def widest_margin(matrix: Floats, allowed: Allowed) -> Floats:
    """Return the weights for which the smallest product of a row with the weights is largest."""
    from scipy.optimize import linprog

    count, size = matrix.shape
    solved = linprog(
        np.append(np.zeros(size), -1.0),
        A_ub=np.hstack([-matrix, np.ones((count, 1))]),
        b_ub=np.zeros(count),
        A_eq=np.hstack([allowed.sums.astype(np.float64), np.zeros((len(allowed.sums), 1))]),
        b_eq=np.ones(len(allowed.sums)),
        bounds=[*((floor, None) for floor in allowed.floors), (None, None)],
        method="highs",
    )
    return _weights(solved.x[:size] if solved.status == 0 else None, allowed)


def _weights(found: Floats | None, allowed: Allowed) -> Floats:
    """Return the solver's weights without its tolerance: not below the floors, and of sum 1.

    A program that the solver gives up gives equal weights: one more start like any other.
    """
    if found is None:
        return allowed.mixed(np.ones_like(allowed.floors))
    return allowed.mixed(np.maximum(found - allowed.floors, 0.0))

"""Values in whole steps: counts to integers with their sum kept, shares of counted things to whole counts."""

import numpy as np

from suanli.simulation.quantities import Floats


def in_steps(values: Floats, step: float) -> Floats:
    """Return values as whole multiples of a step, their sum rounded too: the largest remainders go up.

    >>> in_steps(np.array([1.6, 1.6, 0.8]), 1.0).tolist()
    [2.0, 1.0, 1.0]
    """
    per_unit = round(1 / step)
    scaled = values * per_unit
    whole = np.floor(scaled + 1e-9)
    missing = round(float(scaled.sum() - whole.sum()))
    upward = np.argsort(-(scaled - whole), kind="stable")[:missing]
    whole[upward] += 1
    return np.asarray(whole / per_unit)


def in_parts(values: Floats, parts: Floats, grain: float) -> Floats:
    """Return values as `grain` times a whole number over the region's `parts`, the nearest.

    >>> in_parts(np.array([33.0, 50.0]), np.array([7.0, 4.0]), 100.0).round(3).tolist()
    [28.571, 50.0]
    """
    return np.asarray(grain * np.round(values * parts / grain) / parts)

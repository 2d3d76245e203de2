"""What scoring says: frozen arrays over periods, regions and nodes."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework, Mode
from suanli.intake.grid import ValueGrid
from suanli.problems import Problem

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Goalposts:
    """The values that scores compare with, in each indicator's unit before any logarithm.

    `low` and `high` have shape (periods, indicators). `low` is where the scale's first end lies for an indicator whose
    direction is `higher` (`high` for `lower`): the worst value of min-max, the mean of a z-score (with one standard
    deviation between the two), 0 of a target ratio. Both are NaN where the method compares ranks.
    """

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of every node, aligned with `Scores.nodes`; the index has weight 1.

    `local` is the weight among siblings, `overall` the product down the path. `method` names where each came from
    (`equal`, `given`, `file`; `disabled` where a node weighs nothing for that reason).
    """

    local: Floats
    overall: Floats
    method: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores, ranks, tiers and contributions of every region in every period.

    P periods, R regions, I indicators, N nodes (the index first, then the framework's walk order, indicators
    included). Missing values are NaN, missing ranks and tiers 0.
    """

    framework: Framework
    mode: Mode
    values: ValueGrid
    """(P, R, I): what was scored, after imputation; imputed cells carry that origin."""
    treated: Floats
    """(P, R, I): after outlier treatment."""
    normalised: Floats
    """(P, R, I): scores of the indicators."""
    goalposts: Goalposts
    weights: Weights
    nodes: tuple[str, ...]
    parents: tuple[str, ...]
    levels: NDArray[np.intp]
    scores: Floats
    """(P, R, N)."""
    ranks: NDArray[np.int32]
    """(P, R, N): competition ranks within a period, 1 is best; 0 for none."""
    tiers: NDArray[np.int16]
    """(P, R, N): 1 is best; 0 for none."""
    contributions: Floats
    """(P, R, I): what each indicator adds to the index; the sum over present indicators is the index."""
    problems: tuple[Problem, ...] = field(default=())
    """Notes and warnings on what was filled, treated or could not be scored."""

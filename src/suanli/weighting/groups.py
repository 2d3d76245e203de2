"""What a panel's judgements of one group of siblings come to: by expert, and for the panel."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_COMPARED = 200
"""Experts up to which every two are compared: a table of more pairs is of no use, and grows as the square."""


@dataclass(frozen=True, slots=True)
class GroupWeights:
    """The weights of one group of siblings, and everything they rest on.

    E experts judged n items. Arrays by expert have a row for every expert of the panel, in its order; an expert
    without an answer has NaN there, and an influence of 0. All of it is after carried-over answers, accepted
    revisions and the scale.
    """

    node: str
    """Code of the parent."""
    items: tuple[str, ...]
    """Codes of the children that were judged, in the framework's order."""
    grades: Floats
    """(E, n, n) judgements in grades 1 to 9 and their reciprocals; NaN where the panel scored or was not asked."""
    ratios: Floats
    """(E, n, n) judgements as ratios under the scale or score rule; NaN where there is none."""
    priorities: Floats
    """(E, n) weights of each expert under the panel's method; NaN where the answers do not reach all items."""
    lambda_max: Floats
    """(E,) principal eigenvalue, of the completion that makes it least where judgements are missing."""
    consistency_ratio: Floats
    """(E,) CR with the random index of the panel's table for n items and as many missing judgements."""
    gci: Floats
    """(E,) geometric consistency index."""
    missing: NDArray[np.int64]
    """(E,) missing judgements."""
    answered: tuple[bool, ...]
    """Which experts have any judgement in the group."""
    excluded: tuple[bool, ...]
    """Which experts the panel's declared rule leaves out of the group."""
    carried: tuple[bool, ...]
    """Which experts' judgements are, wholly or in part, those of a former round."""
    source_round: NDArray[np.int64]
    """(E, n, n) number of the round that each judgement is of, 0 where there is none. On the diagonal that of the
    item's score, or of its being named best or worst."""
    revised: Floats
    """(E, n, n) the grade that accepted revisions made of the judgement; NaN where they changed none that counts."""
    influence: Floats
    """(E,) share of each expert in the group's weights; sums to 1."""
    matrix: Floats
    """(n, n) aggregated judgements; NaN where nobody judged."""
    weights: Floats
    """(n,) weights under the panel's aggregation and method; sum to 1."""
    group_consistency_ratio: float
    """CR of `matrix`, whatever the aggregation."""
    group_gci: float
    """GCI of `matrix`."""
    by_aggregation: Mapping[str, Floats]
    """Weights under each aggregation, with the panel's method."""
    by_method: Mapping[str, Floats]
    """Weights under each method, with the panel's aggregation."""
    consensus: float
    """Shannon consensus S* of the experts who count, 0 to 1; NaN with fewer than two."""
    consensus_word: str
    """Key of its word; empty where there is no consensus to speak of."""
    kendall_w: float
    """Kendall's coefficient of concordance of the same experts; NaN with fewer than two."""
    similarity: Floats | None
    """(E, E) likeness of the experts' weights, 0 to 1; NaN for those without. None of more than `MOST_COMPARED`."""
    similarity_to_group: Floats
    """(E,) likeness of each expert's weights to the group's `weights`, 0 to 1; NaN for those without."""
    clusters: NDArray[np.int64]
    """(E,) schools of opinion, from 0; −1 for experts without weights, and for all where `similarity` is None."""
    outliers: tuple[bool, ...]
    """Which experts stand far from the rest."""
    best_worst: Floats | None
    """(E, n) weights of the linear best–worst model from each expert's comparisons with the two; NaN where a
    comparison is missing or contradicts the choice of best and worst. None unless best and worst were asked for."""
    best_worst_ratio: Floats | None
    """(E,) its input-based consistency ratio, 0 to 1, which is no relative of `consistency_ratio`."""

"""A panel's groups in full: weights under every aggregation and method, and how far the experts agree."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from suanli.intake.panels import PanelRules
from suanli.methods.pairwise import (
    METHODS,
    BestWorst,
    aggregated_priorities,
    best_worst_weights,
    clusters,
    consensus_word,
    geometric_consistency_index,
    kendall_w,
    outliers,
    similarity,
)
from suanli.weighting.evaluation import (
    Evaluation,
    largest_judgement,
)
from suanli.weighting.groups import MOST_COMPARED, GroupWeights
from suanli.weighting.judgements import Judgements
from suanli.weighting.opinions import Opinions, pair_strengths, priorities

Floats = NDArray[np.float64]

ALIKE = 0.85
"""Similarity above which experts' weights are of one school, and their clusters are joined."""


def complete_groups(found: Sequence[Evaluation], rules: PanelRules) -> tuple[GroupWeights, ...]:
    """Return the groups in full from their numbers."""
    return tuple(_completed(each, rules) for each in found)


def _completed(found: Evaluation, rules: PanelRules) -> GroupWeights:
    judged, own, counting = found.judged, found.own, found.counting
    largest = largest_judgement(rules, len(judged.items))
    several = counting.sum() > 1
    weights = found.by_aggregation[rules.aggregation]
    best_worst = _best_worst(judged)
    few = len(found.priorities) <= MOST_COMPARED
    alike = similarity(found.priorities, largest=largest) if few else None
    everyone = np.full(len(found.priorities), -1, dtype=np.int64)
    return GroupWeights(
        node=judged.node,
        items=judged.items,
        grades=judged.grades,
        ratios=judged.ratios,
        priorities=found.priorities,
        lambda_max=own.lambda_max,
        consistency_ratio=own.consistency_ratio,
        gci=_consistency_indices(own),
        missing=own.missing,
        answered=tuple(judged.answered.tolist()),
        excluded=tuple(found.excluded.tolist()),
        carried=tuple(judged.carried.tolist()),
        source_round=judged.source_round,
        revised=judged.revised,
        influence=found.influence,
        matrix=found.aggregated.matrices[0],
        weights=weights,
        group_consistency_ratio=float(found.aggregated.consistency_ratio[0]),
        group_gci=float(_consistency_indices(found.aggregated)[0]),
        by_aggregation=found.by_aggregation,
        by_method=_methods(found, rules),
        consensus=found.consensus,
        consensus_word=consensus_word(found.consensus) if several else "",
        kendall_w=kendall_w(found.priorities[counting]) if several else float("nan"),
        similarity=alike,
        similarity_to_group=_similarity_to(weights, found.priorities, largest),
        clusters=everyone if alike is None else clusters(alike, ALIKE),
        outliers=tuple(outliers(found.priorities).tolist()),
        best_worst=None if best_worst is None else best_worst.weights,
        best_worst_ratio=None if best_worst is None else best_worst.consistency_ratio,
    )


def _similarity_to(weights: Floats, own: Floats, largest: float) -> Floats:
    """Return how alike the weights of each expert (E,) are to the group's; NaN of those without."""
    found = np.full(len(own), np.nan)
    for row in np.flatnonzero(np.isfinite(own).all(axis=-1)).tolist():
        found[row] = similarity(np.stack([weights, own[row]]), largest=largest)[0, 1]
    return found


def _best_worst(judged: Judgements) -> BestWorst | None:
    """Return the linear best–worst weights of the experts who answered in full; None if they were not so asked."""
    if judged.extremes is None:
        return None
    best, worst = judged.extremes.T
    rows = np.arange(len(best))
    down, up = judged.ratios[rows, best], judged.ratios[rows, :, worst]
    usable = (judged.extremes >= 0).all(axis=-1)
    # a revision may have turned a comparison round, so that the best is no longer the best
    usable &= ((down >= 1) & (up >= 1)).all(axis=-1)
    return best_worst_weights(down, up, np.where(usable, best, -1), np.where(usable, worst, -1))


def _consistency_indices(told: Opinions) -> Floats:
    """Return the GCI of each matrix (K,); NaN where the judgements do not reach every item."""
    indices = np.full(len(told.matrices), np.nan)
    usable = np.isfinite(told.lambda_max)
    if usable.any():
        indices[usable] = geometric_consistency_index(told.matrices[usable])
    return indices


def _methods(found: Evaluation, rules: PanelRules) -> Mapping[str, Floats]:
    weights: dict[str, Floats] = {}
    strengths = pair_strengths(found.judged.ratios, found.influence)[None]
    for method in METHODS:
        if rules.aggregation == "judgements":
            weights[method] = priorities(found.aggregated, method, strengths)[0]
        else:
            mean: Literal["geometric", "arithmetic"] = (
                "geometric" if rules.aggregation == "priorities-geometric" else "arithmetic"
            )
            own = priorities(found.own, method)
            weights[method] = aggregated_priorities(own, found.influence, mean, rules.trim)
    return MappingProxyType(weights)

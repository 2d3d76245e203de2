"""Rows of the tables about experts and groups: consistency, influence, agreement, and other ways to put together."""

from collections.abc import Iterator, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from suanli.intake.panels import PanelRules
from suanli.methods.pairwise import aggregated_priorities, consistency_ratio_limit, gci_limit
from suanli.weighting import GroupWeights, PanelWeights

Row = tuple[object, ...]


def expert_rows(weights: PanelWeights) -> Iterator[Row]:
    """Yield every expert on every group: consistency, influence, marks, likeness to the group."""
    for at, expert in enumerate(weights.experts):
        for group in weights.groups:
            cluster = int(group.clusters[at])
            yield (
                expert.id,
                expert.name,
                group.node,
                group.answered[at],
                float(group.consistency_ratio[at]),
                float(group.gci[at]),
                float(group.lambda_max[at]),
                int(group.missing[at]) if group.answered[at] else None,
                float(group.influence[at]),
                group.excluded[at],
                group.carried[at],
                group.outliers[at],
                cluster + 1 if cluster >= 0 else None,
                float(group.similarity_to_group[at]),
                None if group.best_worst_ratio is None else float(group.best_worst_ratio[at]),
            )


def priority_rows(weights: PanelWeights) -> Iterator[Row]:
    """Yield the weights that each expert's own answers give, item by item."""
    for at, expert in enumerate(weights.experts):
        for group in weights.groups:
            if np.isfinite(group.priorities[at]).all():
                for place, item in enumerate(group.items):
                    weight = float(group.priorities[at, place])
                    linear = (
                        None if group.best_worst is None else float(group.best_worst[at, place])
                    )
                    yield expert.id, group.node, item, weight, linear


def consensus_rows(weights: PanelWeights) -> Iterator[Row]:
    """Yield every judged group: how many counted, how consistent and how much of one mind they are."""
    for group in weights.groups:
        count = len(group.items)
        limit = float(consistency_ratio_limit(count))
        counting = np.asarray(group.influence) > 0
        yield (
            group.node,
            count,
            int(counting.sum()),
            sum(group.excluded),
            int((np.nan_to_num(group.consistency_ratio) > limit).sum()),
            group.group_consistency_ratio,
            limit,
            group.group_gci,
            float(gci_limit(count)),
            group.consensus,
            group.consensus_word or None,
            group.kendall_w,
            None if group.similarity is None else int(group.clusters.max(initial=-1)) + 1,
        )


def similarity_rows(weights: PanelWeights) -> Iterator[Row]:
    """Yield every pair of experts on every group for which both gave weights; none where experts are too many."""
    names = [expert.id for expert in weights.experts]
    for group in weights.groups:
        if group.similarity is None:
            continue
        known = np.triu(np.isfinite(group.similarity), k=1)
        for one, other in np.argwhere(known).tolist():
            yield group.node, names[one], names[other], float(group.similarity[one, other])


def aggregation_rows(weights: PanelWeights) -> Iterator[Row]:
    """Yield each item's weight under every aggregation, then under every method, the chosen ones marked.

    Where best and worst were asked for, the linear best–worst model is one more method: the experts' weights under it,
    averaged as the panel averages weights.
    """
    rules = weights.rules
    for group in weights.groups:
        methods = {**group.by_method, **_linear(group, rules)}
        ways = (
            ("aggregation", rules.aggregation, group.by_aggregation),
            ("method", rules.method, methods),
        )
        for kind, chosen, by_name in ways:
            for name, found in by_name.items():
                for item, weight in zip(group.items, found.tolist(), strict=True):
                    yield group.node, item, kind, name, name == chosen, weight


def _linear(group: GroupWeights, rules: PanelRules) -> Mapping[str, NDArray[np.float64]]:
    """Return the group's weights by the linear best–worst model; NaN where nobody who counts has any."""
    own = group.best_worst
    if own is None:
        return {}
    found = np.full(len(group.items), np.nan)
    if group.influence[np.isfinite(own).all(axis=-1)].sum() > 0:
        mean: Literal["arithmetic", "geometric"] = (
            "arithmetic" if rules.aggregation == "priorities-arithmetic" else "geometric"
        )
        found = aggregated_priorities(own, group.influence, mean, rules.trim)
    return {"best-worst-linear": found}

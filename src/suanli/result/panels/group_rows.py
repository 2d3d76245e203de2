"""Rows of the tables about experts and groups: consistency, influence, agreement, and other ways to put together."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from suanli.methods.pairwise import consistency_ratio_limit, gci_limit, similarity
from suanli.weighting import GroupWeights, PanelWeights

Row = tuple[object, ...]


def expert_rows(weights: PanelWeights) -> Iterator[Row]:
    """Yield every expert on every group: consistency, influence, marks, likeness to the group."""
    likeness = [_to_the_group(group) for group in weights.groups]
    for at, expert in enumerate(weights.experts):
        for group, alike in zip(weights.groups, likeness, strict=True):
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
                alike[at],
            )


def priority_rows(weights: PanelWeights) -> Iterator[Row]:
    """Yield the weights that each expert's own answers give, item by item."""
    for at, expert in enumerate(weights.experts):
        for group in weights.groups:
            if np.isfinite(group.priorities[at]).all():
                for item, weight in zip(group.items, group.priorities[at].tolist(), strict=True):
                    yield expert.id, group.node, item, weight


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
            int(group.clusters.max(initial=-1)) + 1,
        )


def similarity_rows(weights: PanelWeights) -> Iterator[Row]:
    """Yield every pair of experts on every group for which both gave weights."""
    names = [expert.id for expert in weights.experts]
    for group in weights.groups:
        known = np.triu(np.isfinite(group.similarity), k=1)
        for one, other in np.argwhere(known).tolist():
            yield group.node, names[one], names[other], float(group.similarity[one, other])


def aggregation_rows(weights: PanelWeights) -> Iterator[Row]:
    """Yield each item's weight under every aggregation, then under every method, the chosen ones marked."""
    rules = weights.rules
    for group in weights.groups:
        ways = (
            ("aggregation", rules.aggregation, group.by_aggregation),
            ("method", rules.method, group.by_method),
        )
        for kind, chosen, by_name in ways:
            for name, found in by_name.items():
                for item, weight in zip(group.items, found.tolist(), strict=True):
                    yield group.node, item, kind, name, name == chosen, weight


def _to_the_group(group: GroupWeights) -> Sequence[float]:
    """Return the likeness of each expert's weights to the group's, 0 to 1; NaN where there are none."""
    alike: NDArray[np.float64] = np.full(len(group.priorities), np.nan)
    usable = np.flatnonzero(np.isfinite(group.priorities).all(axis=-1))
    if len(usable) and np.isfinite(group.weights).all():
        stacked = np.vstack([group.weights, group.priorities[usable]])
        alike[usable] = similarity(stacked)[0, 1:]
    told: list[float] = alike.tolist()
    return told

"""The weights of one group in many draws of its experts and judgements."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from suanli.intake.panels import PanelRules
from suanli.methods.pairwise import (
    aggregated_logarithms,
    aggregated_priorities,
    reciprocal_matrices,
    score_ratios,
)
from suanli.weighting.groups import GroupWeights
from suanli.weighting.judgements import Judgements
from suanli.weighting.opinions import matrix_weights, pair_strengths
from suanli.weighting.resampling import Connection, moved_logarithms, moved_scores

Floats = NDArray[np.float64]

CHUNK = 1_000_000
"""Judgements moved at a time, which bounds the memory of any number of draws."""

Mean: TypeAlias = Literal["geometric", "arithmetic"]
Moved: TypeAlias = Callable[[int, NDArray[np.bool_]], Floats]
"""Logarithms (d, E', P) of moved judgements of the chosen experts (E,), in the next d draws."""


def connections(groups: Sequence[GroupWeights], rules: PanelRules) -> tuple[Connection, ...]:
    """Return what a resample of experts must have for each group to get weights."""
    return tuple(
        Connection(
            known=np.isfinite(group.ratios),
            able=(group.influence > 0) & np.isfinite(group.lambda_max),
            counting=group.influence > 0,
            together=rules.aggregation == "judgements",
        )
        for group in groups
    )


def movement(judged: Judgements, rules: PanelRules, generator: np.random.Generator) -> Moved:
    """Return what moves the judgements of a group at random, scores before they are made ratios."""
    scores = judged.scores
    if scores is None:
        return lambda draws, chosen: moved_logarithms(
            judged.grades[chosen], rules.scale, draws, generator
        )
    rows, columns = np.triu_indices(len(judged.items), 1)

    def moved(draws: int, chosen: NDArray[np.bool_]) -> Floats:
        compared = score_ratios(moved_scores(scores[chosen], draws, generator), rules.score_rule)
        return np.log(compared[..., rows, columns])

    return moved


def group_draws(
    group: GroupWeights, rules: PanelRules, times: NDArray[np.int64], moved: Moved | None
) -> Floats:
    """Return the weights (D, n) of one group when experts count so many times (D, E).

    Times multiply influence. Judgements stay as they are unless `moved` says how they move; every draw must have
    judgements enough, see `connections`.
    """
    chosen = group.influence > 0
    influences = times[:, chosen] * group.influence[chosen]
    if rules.aggregation != "judgements" and moved is None:
        return _averaged(group.priorities[chosen], influences, rules)
    if moved is None:
        logarithms = _logarithms(group.ratios[chosen])
        return _aggregated(logarithms, influences, group, rules)
    found = []
    for rows in _chunks(len(times), influences.shape[1] * group.ratios.shape[1] ** 2 // 2):
        logarithms = moved(rows.stop - rows.start, chosen)
        if rules.aggregation == "judgements":
            found.append(_aggregated(logarithms, influences[rows], group, rules))
        else:
            own = _own_weights(logarithms, group, rules)
            found.append(_averaged(own, influences[rows], rules))
    return np.concatenate(found) if found else np.empty((0, len(group.items)))


def _chunks(draws: int, judged: int) -> Iterator[slice]:
    size = max(1, CHUNK // max(judged, 1))
    for start in range(0, draws, size):
        yield slice(start, min(start + size, draws))


def _logarithms(matrices: Floats) -> Floats:
    rows, columns = np.triu_indices(matrices.shape[-1], 1)
    return np.log(matrices[..., rows, columns])


def _aggregated(
    logarithms: Floats, influences: Floats, group: GroupWeights, rules: PanelRules
) -> Floats:
    """Return the weights (d, n) of aggregated judgements, from logarithms (E', P) or (d, E', P)."""
    n = len(group.items)
    matrices = reciprocal_matrices(aggregated_logarithms(logarithms, influences, rules.trim), n)
    strengths = None
    if rules.method in ("geometric", "least-squares"):
        strengths = pair_strengths(group.ratios[group.influence > 0], influences)
    return matrix_weights(rules.method, matrices, strengths)


def _own_weights(logarithms: Floats, group: GroupWeights, rules: PanelRules) -> Floats:
    """Return experts' own weights (d, E', n) from logarithms (d, E', P); NaN for those who never had any."""
    n = len(group.items)
    able = np.isfinite(group.lambda_max[group.influence > 0])
    own = np.full((*logarithms.shape[:2], n), np.nan)
    matrices = reciprocal_matrices(logarithms[:, able], n)
    weights = matrix_weights(rules.method, matrices.reshape(-1, n, n), None)
    own[:, able] = weights.reshape(*matrices.shape[:2], n)
    return own


def _averaged(own: Floats, influences: Floats, rules: PanelRules) -> Floats:
    able = np.isfinite(own).all(axis=-1)
    able = able if able.ndim == 1 else able.any(axis=0)
    mean: Mean = "geometric" if rules.aggregation == "priorities-geometric" else "arithmetic"
    return aggregated_priorities(own[..., able, :], influences[:, able], mean, rules.trim)

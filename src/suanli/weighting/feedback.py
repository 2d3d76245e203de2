"""What each expert is told before the next round: own answers, the panel's, and proposed changes."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.intake.panels import Panel
from suanli.intake.questionnaires import Feedback
from suanli.methods.pairwise import consistency_ratio_limit
from suanli.weighting.groups import GroupWeights
from suanli.weighting.judgements import Judgements, judgements
from suanli.weighting.panel import PanelWeights
from suanli.weighting.repairs import Repair, repairs

Floats = NDArray[np.float64]

QUARTERS = (0.25, 0.5, 0.75)


def feedback(panel: Panel, weights: PanelWeights) -> Mapping[str, Mapping[str, Feedback]]:
    """Return the feedback of each expert, by id and by code of the group's parent.

    The panel's median and quartiles are over all experts who answered, excluded or not, and include the expert's own
    answer. Those of comparisons are taken on the logarithms of grades, so that they are the same read from either
    side; between two grades they are the geometric mean.
    """
    judged = judgements(panel, weights.round)
    proposed = {(each.expert, each.node): each for each in repairs(weights)}
    told: dict[str, dict[str, Feedback]] = {expert.id: {} for expert in panel.experts}
    for group, each in zip(weights.groups, judged, strict=True):
        quarters = _quarters(each)
        for row, expert in enumerate(panel.experts):
            repair = proposed.get((expert.id, group.node))
            told[expert.id][group.node] = _of_expert(each, group, row, quarters, repair)
    return MappingProxyType({expert: MappingProxyType(groups) for expert, groups in told.items()})


def _of_expert(
    judged: Judgements, group: GroupWeights, row: int, quarters: Floats, repair: Repair | None
) -> Feedback:
    comparing = judged.scores is None
    lower, median, upper = quarters
    changes = repair.proposal.changes if repair else ()
    return Feedback(
        own=judged.grades[row] if judged.scores is None else judged.scores[row],
        median=median,
        lower=lower,
        upper=upper,
        consistency_ratio=float(group.consistency_ratio[row]) if comparing else np.nan,
        limit=consistency_ratio_limit(len(group.items)) if comparing else np.nan,
        proposal=tuple((change.row, change.column, change.after) for change in changes),
        ratio_after=repair.proposal.after if repair else None,
        extremes=_extremes(judged, row),
    )


def _extremes(judged: Judgements, row: int) -> tuple[int, int] | None:
    if judged.extremes is None or (judged.extremes[row] < 0).any():
        return None
    best, worst = judged.extremes[row].tolist()
    return best, worst


def _quarters(judged: Judgements) -> Floats:
    """Return the quartiles of a group's answers, (3, n, n) of grades or (3, n) of scores; NaN where nobody answered."""
    if judged.scores is not None:
        return quartiles(judged.scores)
    return np.exp(quartiles(np.log(judged.grades)))


def quartiles(values: Floats) -> Floats:
    """Return the quartiles (3, ...) over experts of values (E, ...), each over those that are there.

    >>> quartiles(np.array([[1.0, np.nan], [3.0, np.nan]])).tolist()
    [[1.5, nan], [2.0, nan], [2.5, nan]]
    """
    flat = values.reshape(len(values), -1)
    found = np.full((len(QUARTERS), flat.shape[1]), np.nan)
    there = np.isfinite(flat).any(axis=0)
    if there.any():
        found[:, there] = np.nanquantile(flat[:, there], QUARTERS, axis=0)
    return found.reshape(len(QUARTERS), *values.shape[1:])

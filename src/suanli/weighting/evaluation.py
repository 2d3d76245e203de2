"""The numbers of a panel's groups: experts' own weights and consistency, aggregated judgements and weights, consensus.

Groups of the same size are computed together, so that a panel of many experts takes milliseconds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.intake.panels import COMPARING, Expert, PanelRules
from suanli.methods.pairwise import (
    aggregated_logarithms,
    components,
    consensus,
    consensuses,
    largest_ratio,
    reciprocal_matrices,
)
from suanli.methods.pairwise.aggregation import pairs
from suanli.problems import Place, Problem, Severity, StudyError
from suanli.weighting.influence import excluded_experts, expert_influence
from suanli.weighting.judgements import Judgements
from suanli.weighting.opinions import Opinions, opinions, pair_strengths, priorities

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

AGGREGATIONS = ("judgements", "priorities-geometric", "priorities-arithmetic")
"""AIJ, and AIP by the geometric and the arithmetic mean."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One group of n items, judged by E experts.

    Attributes
    ----------
    judged
        The judgements.
    own
        What each expert's matrix says, E of them.
    priorities
        (E, n) each expert's weights under the panel's method; NaN where the judgements do not reach all items.
    excluded
        (E,) whom the declared rule leaves out.
    influence
        (E,) share of each expert; sums to 1.
    aggregated
        What the one matrix of aggregated judgements says.
    by_aggregation
        Weights (n,) under each of `AGGREGATIONS` with the panel's method; NaN where no expert has weights to average.
    consensus
        S* of the experts with influence and weights; NaN with fewer than two.
    """

    judged: Judgements
    own: Opinions
    priorities: Floats
    excluded: Flags
    influence: Floats
    aggregated: Opinions
    by_aggregation: Mapping[str, Floats]
    consensus: float

    @property
    def counting(self) -> Flags:
        """(E,) experts with influence and with weights of their own."""
        counted: Flags = (self.influence > 0) & np.isfinite(self.own.lambda_max)
        return counted


@dataclass(frozen=True, slots=True)
class _Shares:
    """Experts' own weights in a group, who is left out, and how much each counts."""

    own: Opinions
    priorities: Floats
    excluded: Flags
    influence: Floats


def evaluations(
    judged: Sequence[Judgements], experts: tuple[Expert, ...], rules: PanelRules
) -> tuple[Evaluation, ...]:
    """Return the numbers of every judged group, in the order given.

    Raises
    ------
    StudyError
        If nobody answered a group, or all who did are excluded or count for nothing; if the panel's judgements do
        not connect the items; or weights are to be averaged and no expert has any. All groups are named at once.
    """
    shared = _shared(judged, experts, rules)
    _require(
        [
            problem
            for each, shares in zip(judged, shared, strict=True)
            for problem in check_influence(each, shares.excluded, shares.influence, rules)
        ]
    )
    found = _combined(judged, shared, rules)
    _require([problem for each in found for problem in check_connected(each, rules)])
    return found


def _require(problems: Sequence[Problem]) -> None:
    if problems:
        raise StudyError(problems)


def _sizes(judged: Sequence[Judgements]) -> dict[int, list[int]]:
    """Return the positions of the groups by the number of their items."""
    sizes: dict[int, list[int]] = {}
    for position, each in enumerate(judged):
        sizes.setdefault(len(each.items), []).append(position)
    return sizes


def _shared(
    judged: Sequence[Judgements], experts: tuple[Expert, ...], rules: PanelRules
) -> list[_Shares]:
    count = len(experts)
    shared: dict[int, _Shares] = {}
    for positions in _sizes(judged).values():
        stacked = np.concatenate([judged[position].ratios for position in positions])
        told = opinions(stacked, rules.random_index)
        weights = priorities(told, rules.method)
        for row, position in enumerate(positions):
            rows = slice(row * count, (row + 1) * count)
            own = _part(told, rows)
            excluded = excluded_experts(own.consistency_ratio, rules)
            counting = judged[position].answered & ~excluded
            influence = expert_influence(
                experts, rules, counting, (own.consistency_ratio, weights[rows])
            )
            shared[position] = _Shares(own, weights[rows], excluded, influence)
    return [shared[position] for position in range(len(judged))]


def _combined(
    judged: Sequence[Judgements], shared: Sequence[_Shares], rules: PanelRules
) -> tuple[Evaluation, ...]:
    found: dict[int, Evaluation] = {}
    for size, positions in _sizes(judged).items():
        rows, columns = pairs(size)
        ratios = np.stack([judged[position].ratios for position in positions])
        own = np.stack([shared[position].priorities for position in positions])
        # what is averaged over experts goes together: judgements, and weights by either mean
        averaged = np.concatenate([np.log(ratios[..., rows, columns]), np.log(own), own], axis=-1)
        influence = np.stack([shared[position].influence for position in positions])
        means = aggregated_logarithms(averaged, influence, rules.trim)
        told = opinions(reciprocal_matrices(means[:, : len(rows)], size), rules.random_index)
        geometric = _shares_of(means[:, len(rows) : -size], np.exp)
        arithmetic = _shares_of(means[:, -size:], np.asarray)
        agreed = _consensus(own, influence > 0, rules)
        for row, position in enumerate(positions):
            found[position] = _evaluation(
                judged[position],
                shared[position],
                _part(told, slice(row, row + 1)),
                (geometric[row], arithmetic[row], agreed[row]),
                rules,
            )
    return tuple(found[position] for position in range(len(judged)))


def _shares_of(means: Floats, back: Callable[[Floats], Floats]) -> Floats:
    sizes = back(means)
    shares: Floats = sizes / sizes.sum(axis=-1, keepdims=True)
    return shares


def _evaluation(
    judged: Judgements,
    shares: _Shares,
    aggregated: Opinions,
    averaged: tuple[Floats, Floats, float],
    rules: PanelRules,
) -> Evaluation:
    by_method = rules.method in ("geometric", "least-squares")
    strengths = pair_strengths(judged.ratios, shares.influence)[None] if by_method else None
    judgements = priorities(aggregated, rules.method, strengths)[0]
    *priorities_averaged, agreed = averaged
    return Evaluation(
        judged=judged,
        own=shares.own,
        priorities=shares.priorities,
        excluded=shares.excluded,
        influence=shares.influence,
        aggregated=aggregated,
        by_aggregation=MappingProxyType(
            dict(zip(AGGREGATIONS, (judgements, *priorities_averaged), strict=True))
        ),
        consensus=agreed,
    )


def _consensus(weights: Floats, counting: Flags, rules: PanelRules) -> list[float]:
    """Return S* of the experts (G, E) who count and have weights (G, E, n), by group; NaN with fewer than two."""
    largest = largest_judgement(rules, weights.shape[-1])
    several = counting & np.isfinite(weights).all(axis=-1)
    if several.all() and weights.shape[1] > 1:
        agreed: list[float] = consensuses(weights, largest=largest).tolist()
        return agreed
    return [
        consensus(own[chosen], largest=largest) if np.count_nonzero(chosen) > 1 else float("nan")
        for own, chosen in zip(weights, several, strict=True)
    ]


def largest_judgement(rules: PanelRules, items: int) -> float:
    """Return the largest ratio that one expert can state; 9 for scores, which have no scale."""
    return _largest_ratio(rules.scale, items) if rules.elicitation in COMPARING else 9.0


_largest_ratio = cache(largest_ratio)


def _part(told: Opinions, rows: slice) -> Opinions:
    return Opinions(
        told.matrices[rows],
        told.completed[rows],
        told.eigenvector[rows],
        told.lambda_max[rows],
        told.consistency_ratio[rows],
        told.missing[rows],
    )


def check_influence(
    judged: Judgements, excluded: Flags, influence: Floats, rules: PanelRules
) -> list[Problem]:
    """Return an error if nobody's judgements count in a group, saying why."""
    if influence.any():
        return []
    place = Place(code=judged.node)
    if not judged.answered.any():
        items = ", ".join(judged.items)
        return [Problem("panel-group-unanswered", Severity.ERROR, place, judged.node, items)]
    if (excluded | ~judged.answered).all():
        assert rules.exclude is not None
        limit = f"{rules.exclude.consistency_ratio:g}"
        return [Problem("panel-all-excluded", Severity.ERROR, place, judged.node, limit)]
    return [
        Problem("panel-influence-nil", Severity.ERROR, place, judged.node, rules.expert_weights)
    ]


def check_connected(found: Evaluation, rules: PanelRules) -> list[Problem]:
    """Return an error if the judgements that count leave items apart, or there are no weights to average."""
    judged = found.judged
    place = Place(code=judged.node)
    if np.isnan(found.aggregated.lambda_max[0]):
        parts = components(np.isfinite(found.aggregated.matrices[0]))
        listed = "; ".join(", ".join(judged.items[item] for item in part) for part in parts)
        return [Problem("panel-group-disconnected", Severity.ERROR, place, listed)]
    if np.isnan(found.by_aggregation[rules.aggregation]).any():
        return [Problem("panel-group-without-weights", Severity.ERROR, place, judged.node)]
    return []

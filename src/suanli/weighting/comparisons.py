"""Other weightings of a framework beside the experts': what the scores themselves would say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suanli.framework import Framework
from suanli.language import Text, pair
from suanli.methods import objective
from suanli.problems import Place, Problem, Severity
from suanli.weighting.tree import WeightTree, by_code, overall_weights, weight_tree

Floats = NDArray[np.float64]

NAMES = (
    "expert",
    "equal",
    "entropy",
    "critic",
    "standard-deviation",
    "principal-components",
    "benefit-of-the-doubt",
    "combined-linear",
    "combined-game",
)
"""Every weighting, in the order shown."""

COMPLETE = 3
"""Regions with every score that an objective weighting needs."""
MOST_REGIONS = 1000
"""Regions up to which each one's most favourable weights are solved for."""
DOUBT = (0.5, 2.0)
"""Bounds of the benefit of the doubt: a weight is between half and twice an equal share."""
COMBINED = MappingProxyType(
    {"combined-linear": ("expert", "critic"), "combined-game": ("expert", "entropy", "critic")}
)
"""What the combinations are made of. The linear one takes half of each; CRITIC, because it already
holds both the spread and the overlap of indicators."""
_PARTED = 0.5


@dataclass(frozen=True, slots=True)
class Weighting:
    """One weighting of the tree, by code of every node below the index, in tree order.

    `overall` is the weight in the index: an indicator's own, a group's the sum of its indicators';
    `local` its share among siblings. Disabled nodes have 0. In a group that weighs 0 siblings have
    equal local weights.
    """

    name: str
    local: Mapping[str, float]
    overall: Mapping[str, float]

    @property
    def label(self) -> Text:
        """What it is called."""
        return pair("weighting", f"weighting-{self.name}")

    @property
    def rewards(self) -> Text:
        """What it rewards, in a line."""
        return pair("weighting", f"rewards-{self.name}")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Weightings beside one another.

    `regions_used` of `regions` have a score in every indicator and were estimated from. `silent` are indicators that no
    region has, to which objective weightings give nothing. `reasons` says by name why a weighting is not there.
    """

    weightings: tuple[Weighting, ...]
    regions_used: int
    regions: int
    silent: tuple[str, ...]
    reasons: Mapping[str, Text]


def weightings(
    framework: Framework, scores: ArrayLike, expert: Mapping[str, float] | None = None
) -> Comparison:
    """Return the experts' weighting, equal weights, the objective weightings and combinations.

    Objective weights are of the indicators, over the whole index, and add up through the tree.
    Estimated from are the regions with a score in every indicator that is not disabled and that any
    region has; nothing is filled.

    Parameters
    ----------
    framework
        The tree.
    scores
        (R, I) normalised scores of one period, higher is better, in the order of
        `framework.indicators()`; NaN where missing.
    expert
        Overall weights by code, of the indicators at least; None where there are no experts.

    Raises
    ------
    ValueError
        If scores do not fit the framework, or expert weights of an indicator are lacking,
        negative, or all 0.
    """
    tree = weight_tree(framework)
    live = [position for position, leaf in enumerate(tree.leaves) if leaf and tree.live[position]]
    array = _live_scores(tree, scores)
    codes = [tree.codes[position] for position in live]
    known = np.asarray(~np.isnan(array).all(axis=0))
    complete = array[~np.isnan(array[:, known]).any(axis=1)][:, known]
    found: dict[str, Floats] = {} if expert is None else {"expert": _experts(expert, codes)}
    found["equal"] = _equal(tree)[live]
    reasons: dict[str, Text] = {}
    if expert is None:
        reasons["expert"] = pair("weighting", "absent-no-expert")
    common = _why_none(array, complete, codes)
    silent = tuple(code for code, there in zip(codes, known, strict=True) if not there)
    for name, formula in _OBJECTIVE.items():
        if reason := common or _why_not(name, complete):
            reasons[name] = reason
        else:
            found[name] = np.zeros(len(codes))
            found[name][known] = formula(complete)
    _combine(found, reasons)
    return Comparison(
        weightings=tuple(
            _up_the_tree(tree, name, live, found[name]) for name in NAMES if name in found
        ),
        regions_used=len(complete),
        regions=len(array),
        silent=silent,
        reasons=MappingProxyType({name: reasons[name] for name in NAMES if name in reasons}),
    )


def comparison_notes(comparison: Comparison) -> list[Problem]:
    """Return notes on the weightings that are not there, and on regions left out of the estimation."""
    notes = [
        Problem(
            "weighting-absent",
            Severity.NOTE,
            found=name,
            details={"reason_zh": reason.zh, "reason_en": reason.en},
        )
        for name, reason in comparison.reasons.items()
    ]
    objective_ones = {weighting.name for weighting in comparison.weightings} & set(_OBJECTIVE)
    if objective_ones and comparison.regions_used < comparison.regions:
        found, expected = str(comparison.regions_used), str(comparison.regions)
        notes.append(Problem("weightings-of-some-regions", Severity.NOTE, Place(), found, expected))
    if objective_ones and comparison.silent:
        found = ", ".join(comparison.silent)
        notes.append(Problem("weightings-without-indicators", Severity.NOTE, Place(), found))
    return notes


def _live_scores(tree: WeightTree, scores: ArrayLike) -> Floats:
    """Return the scores of the indicators that are not disabled."""
    array = np.asarray(scores, dtype=np.float64)
    live = np.array(tree.live)[np.array(tree.leaves)]
    if array.ndim != 2 or array.shape[1] != live.size:
        message = f"scores must be regions by {live.size} indicators, not {array.shape}"
        raise ValueError(message)
    if not live.any():
        message = "every indicator is disabled: there is nothing to weigh"
        raise ValueError(message)
    return array[:, live]


def _experts(expert: Mapping[str, float], codes: list[str]) -> Floats:
    if lacking := [code for code in codes if code not in expert]:
        message = f"no expert weights for {', '.join(lacking)}"
        raise ValueError(message)
    return objective.combined_linear([[expert[code] for code in codes]], [1.0])


def _equal(tree: WeightTree) -> Floats:
    """Return the overall weights (N,) when siblings share equally."""
    local = np.zeros(len(tree.codes))
    for _, children in tree.siblings():
        local[list(children)] = 1 / len(children)
    return overall_weights(tree, local)


def _benefit(scores: Floats) -> Floats:
    count = scores.shape[1]
    low, high = (min(bound / count, 1.0) for bound in DOUBT)
    return objective.benefit_of_the_doubt(scores, low, high).mean


_OBJECTIVE: Mapping[str, Callable[[Floats], Floats]] = MappingProxyType(
    {
        "entropy": objective.entropy,
        "critic": objective.critic,
        "standard-deviation": objective.standard_deviation,
        "principal-components": objective.principal_components,
        "benefit-of-the-doubt": _benefit,
    }
)


def _why_none(array: Floats, complete: Floats, codes: list[str]) -> Text | None:
    """Return why no objective weighting can be had, or None."""
    if len(complete) < COMPLETE:
        gaps = np.isnan(array).sum(axis=0)
        most = [codes[column] for column in np.argsort(-gaps, kind="stable")[:3] if gaps[column]]
        return pair(
            "weighting",
            "absent-few-regions",
            used=len(complete),
            needed=COMPLETE,
            gaps=", ".join(most) or "—",
        )
    if not objective.varying(complete).any():
        return pair("weighting", "absent-constant")
    return None


def _why_not(name: str, complete: Floats) -> Text | None:
    """Return why one objective weighting cannot be had, or None."""
    if name in ("entropy", "benefit-of-the-doubt") and (complete < 0).any():
        return pair("weighting", "absent-negative")
    if name == "critic" and not objective.conflicting(complete):
        return pair("weighting", "absent-correlated")
    if name == "benefit-of-the-doubt" and len(complete) > MOST_REGIONS:
        return pair("weighting", "absent-many-regions", used=len(complete), limit=MOST_REGIONS)
    return None


def _combine(found: dict[str, Floats], reasons: dict[str, Text]) -> None:
    """Add the combinations whose parts are there, and why the others are not."""
    for name, parts in COMBINED.items():
        lacking = [part for part in parts if part not in found]
        if lacking:
            words = [pair("weighting", f"weighting-{part}") for part in lacking]
            zh = pair("weighting", "absent-part", parts="、".join(each.zh for each in words)).zh
            en = pair("weighting", "absent-part", parts=", ".join(each.en for each in words)).en
            reasons[name] = Text(zh, en)
            continue
        rows = [found[part] for part in parts]
        found[name] = (
            objective.combined_linear(rows, [_PARTED] * len(rows))
            if name == "combined-linear"
            else objective.combined_game(rows)
        )


def _up_the_tree(tree: WeightTree, name: str, live: list[int], weights: Floats) -> Weighting:
    overall = np.zeros(len(tree.codes))
    overall[live] = weights
    for position in reversed(range(len(tree.codes))):
        if tree.parents[position] >= 0:
            overall[tree.parents[position]] += overall[position]
    local = np.zeros_like(overall)
    for _, children in tree.siblings():
        below = list(children)
        total = overall[below].sum()
        local[below] = overall[below] / total if total > 0 else 1 / len(below)
    return Weighting(
        name, MappingProxyType(by_code(tree, local)), MappingProxyType(by_code(tree, overall))
    )

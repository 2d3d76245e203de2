"""How much a questionnaire asks of an expert."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from suanli.framework import Framework
from suanli.intake.questionnaires.design import design_size
from suanli.intake.questionnaires.groups import judged_groups
from suanli.intake.questionnaires.layout import Elicitation

SECONDS: Mapping[Elicitation, int] = MappingProxyType(
    {"pairwise": 20, "incomplete": 20, "best-worst": 20, "scores": 10, "budget": 15}
)
"""Seconds that one judgement is reckoned to take.

Figures to plan by, not measurements: two definitions are read and weighed for a comparison, one for a score; points
of a budget are shifted until they add up.
"""


@dataclass(frozen=True, slots=True)
class Burden:
    """What one expert faces: judgements in all, and whole minutes (rounded up)."""

    judgements: int
    minutes: int


def judgement_count(framework: Framework, elicitation: Elicitation) -> Burden:
    """Return how many judgements each expert makes and how long that takes.

    For n items: n(n − 1)/2 pairs; 3⌊n/2⌋ of an incomplete design; 2n − 3 by best and worst; n scores or points.

    >>> from suanli.framework import bundled
    >>> [judgement_count(bundled(id), "pairwise").judgements for id in ("cpdi-2.0", "ccpe-3.0")]
    [24, 176]
    """
    total = sum(group_count(len(items), elicitation) for _, items in judged_groups(framework))
    return Burden(total, math.ceil(total * SECONDS[elicitation] / 60))


def group_count(count: int, elicitation: Elicitation) -> int:
    """Return how many judgements a group of so many items takes.

    >>> [group_count(5, way) for way in ("pairwise", "incomplete", "best-worst", "scores")]
    [10, 6, 7, 5]
    """
    if elicitation == "pairwise":
        return count * (count - 1) // 2
    if elicitation == "incomplete":
        return design_size(count)
    return 2 * count - 3 if elicitation == "best-worst" else count

"""Judged groups to the arrays of a panel's rounds."""

from collections.abc import Mapping

import numpy as np

from suanli.intake.panels.answers import Asked, Key
from suanli.intake.panels.checks import is_answered
from suanli.intake.panels.judged import Judged
from suanli.intake.panels.panel import Expert, GroupAnswers, Round
from suanli.intake.questionnaires.layout import COMPARING
from suanli.problems import Place, Problem, Severity

MOST_GRADES = 20_000_000
"""Most numbers in the matrices of all experts and rounds."""


def check_size(asked: Asked, experts: int, rounds: int) -> list[Problem]:
    """Return an error if the matrices of a panel would not fit into the memory of an ordinary computer."""
    cells = sum(len(items) ** 2 for items in asked.items.enabled.values())
    if cells * experts * rounds <= MOST_GRADES:
        return []
    details = {"experts": f"{experts:,}", "rounds": rounds, "limit": f"{MOST_GRADES:,}"}
    return [Problem("panel-too-big", Severity.ERROR, Place(), f"{cells:,}", details=details)]


def assembled_rounds(
    judged: Mapping[Key, Judged], asked: Asked, experts: tuple[Expert, ...], rounds: int
) -> tuple[Round, ...]:
    """Return the rounds of a panel, every group in each; what was not answered, or not whole, is NaN."""
    return tuple(
        Round(
            number,
            tuple(
                _group(node, [judged.get((number, one.id, node)) for one in experts], asked)
                for node in asked.items.enabled
            ),
            tuple(_has_answered(judged, number, one, asked) for one in experts),
        )
        for number in range(1, rounds + 1)
    )


def _has_answered(judged: Mapping[Key, Judged], number: int, expert: Expert, asked: Asked) -> bool:
    found = (judged.get((number, expert.id, node)) for node in asked.items.enabled)
    return any(one is not None and is_answered(one, asked.items) for one in found)


def _group(node: str, by_expert: list[Judged | None], asked: Asked) -> GroupAnswers:
    items = asked.items.enabled[node]
    position = {item: number for number, item in enumerate(items)}
    count, size = len(by_expert), len(items)
    grades = np.full((count, size, size), np.nan)
    grades[:, range(size), range(size)] = 1.0
    scores = np.full((count, size), np.nan)
    extremes = np.full((count, 2), -1, dtype=np.int64)
    for number, one in enumerate(by_expert):
        if one is None:
            continue
        for (item, other), grade in one.pairs.items():
            if item in position and other in position:
                i, j = position[item], position[other]
                grades[number, i, j], grades[number, j, i] = grade, 1 / grade
        if position.keys() <= one.scores.keys():
            # scores of a part of the items say nothing of the others, and none of them counts
            scores[number] = [one.scores[item].value for item in items]
        for place, kind in enumerate(("best", "worst")):
            extremes[number, place] = position.get(_extreme(one, kind), -1)
    compares = asked.rules.elicitation in COMPARING
    named = asked.rules.elicitation == "best-worst"
    return GroupAnswers(
        node, items, grades, None if compares else scores, extremes if named else None
    )


def _extreme(judged: Judged, kind: str) -> str:
    return next((item for each, item in judged.extremes.items() if each == kind), "")

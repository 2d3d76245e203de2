"""Small panels that tests make: answers as upper triangles, without files."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.framework import Framework
from suanli.intake.panels import (
    Expert,
    GroupAnswers,
    Panel,
    PanelRules,
    Revision,
    Round,
    judged_groups,
)
from suanli.language import Text
from tests.simulated_panels import simulated_answers

Floats = NDArray[np.float64]
Upper = Sequence[float | None] | None
"""Judgements above the diagonal along the rows; None where there is none, or for no answer at all."""


def matrix(size: int, upper: Upper) -> Floats:
    grades = np.full((size, size), np.nan)
    np.fill_diagonal(grades, 1.0)
    rows, columns = np.triu_indices(size, 1)
    given = [None] * len(rows) if upper is None else upper
    for i, j, grade in zip(rows, columns, given, strict=True):
        if grade is not None:
            grades[i, j], grades[j, i] = grade, 1 / grade
    return grades


def pair_round(
    framework: Framework, answers: Mapping[str, Sequence[Upper]], number: int = 1
) -> Round:
    """A round of comparisons: by group, an upper triangle for each expert. A group left out is all ones."""
    count = len(next(iter(answers.values())))
    groups = []
    for node, items in judged_groups(framework):
        n = len(items)
        told = answers.get(node, [[1.0] * (n * (n - 1) // 2)] * count)
        grades = np.stack([matrix(n, upper) for upper in told])
        groups.append(GroupAnswers(node, items, grades, None, None))
    there = np.isfinite(np.concatenate([g.grades[:, 0, 1:] for g in groups], axis=1)).any(axis=1)
    return Round(number, tuple(groups), tuple(there.tolist()))


def score_round(
    framework: Framework, scores: Mapping[str, Sequence[Sequence[float]]], number: int = 1
) -> Round:
    groups = []
    for node, items in judged_groups(framework):
        told = np.asarray(scores[node], dtype=np.float64)
        grades = np.stack([matrix(len(items), None)] * len(told))
        groups.append(GroupAnswers(node, items, grades, told, None))
    return Round(number, tuple(groups), (True,) * len(groups[0].grades))


def panel(
    framework: Framework,
    rounds: Sequence[Round],
    *,
    weights: Sequence[float] | None = None,
    revisions: Sequence[Revision] = (),
    **rules: Any,
) -> Panel:
    count = len(rounds[0].answered)
    entered = weights or [1.0] * count
    experts = tuple(
        Expert(f"E{row + 1:02d}", f"E{row + 1:02d}", "", entered[row]) for row in range(count)
    )
    return Panel(
        rules=PanelRules.model_validate({"suanli": 1, **rules}),
        framework=framework,
        title=Text("专家组", "Panel"),
        simulated=True,
        experts=experts,
        rounds=tuple(rounds),
        revisions=tuple(revisions),
        answers=pl.DataFrame(),
        inputs=(),
        problems=(),
    )


def simulated_panel(framework: Framework, *, experts: int, seed: int, **rules: Any) -> Panel:
    """A panel of simulated answers to every comparison."""
    told: dict[str, list[list[float]]] = {}
    for (node, _), part in simulated_answers(framework, experts=experts, seed=seed).group_by(
        ["node", "expert"], maintain_order=True
    ):
        texts = part["judgement"].to_list()
        told.setdefault(str(node), []).append(
            [1 / float(t[2:]) if "/" in t else float(t) for t in texts]
        )
    return panel(framework, [pair_round(framework, told)], **rules)

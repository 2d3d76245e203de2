"""Weights from judgements: a whole panel, panels drawn at random, one large incomplete matrix.

The baseline is AHPy 2.1, which knows one expert's tree at a time, weights and consistency ratios only: no group, no
consensus.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import ahpy
import numpy as np
from numpy.typing import NDArray
from tests.simulated_panels import simulated_answers

from benchmarks.measure import Claim, median_seconds
from suanli.framework import bundled
from suanli.intake.panels import Panel, read_panel
from suanli.methods.pairwise import least_lambda
from suanli.weighting import (
    evaluations,
    judgements,
    panel_weights,
    weight_draws,
)

Comparisons = Mapping[str, Mapping[tuple[str, str], float]]
EXPERTS, DRAWS, SEED = 50, 5_000, 7
PANEL_MILLISECONDS, TIMES_FASTER, DRAW_SECONDS, COMPLETION_MILLISECONDS = 5.0, 30.0, 1.0, 10.0


def claims(folder: Path) -> Iterator[Claim]:
    """Yield the claims on panels."""
    panel = _panel(folder)
    ours = median_seconds(
        lambda: evaluations(judgements(panel), panel.experts, panel.rules), runs=101
    )
    theirs = _ahpy_seconds(panel)
    matrices = EXPERTS * len(panel.rounds[0].groups)
    what = f"panel of {EXPERTS} × {len(panel.rounds[0].groups)} matrices of ccpe-3.0"
    yield Claim(
        f"{what}: weights, CR, AIJ, AIP, consensus",
        f"{ours * 1e3:.2f} ms",
        "",
        f"< {PANEL_MILLISECONDS:g} ms",
        holds=ours * 1e3 < PANEL_MILLISECONDS,
    )
    yield Claim(
        f"the same against AHPy's {EXPERTS} trees of these matrices ({matrices} in all), weights and CR alone",
        f"{theirs / ours:.0f} × faster",
        f"{theirs * 1e3:.0f} ms",
        f"≥ {TIMES_FASTER:g} ×",
        holds=theirs / ours >= TIMES_FASTER,
    )
    weights = panel_weights(panel, uncertainty=False)
    drawn = median_seconds(lambda: weight_draws(weights, panel, DRAWS, SEED), runs=3)
    yield Claim(
        f"{DRAWS:,} trees of weights, {EXPERTS} experts and judgements drawn anew",
        f"{drawn:.2f} s",
        f"{DRAWS / drawn:,.0f} a second",
        f"< {DRAW_SECONDS:g} s",
        holds=drawn < DRAW_SECONDS,
    )
    gaps = incomplete(30, 43)
    completed = median_seconds(lambda: least_lambda(gaps), runs=15)
    yield Claim(
        "30 × 30 with 43 missing, completed by the least λmax",
        f"{completed * 1e3:.1f} ms",
        "",
        f"< {COMPLETION_MILLISECONDS:g} ms",
        holds=completed * 1e3 < COMPLETION_MILLISECONDS,
    )


def incomplete(size: int, missing: int) -> NDArray[np.float64]:
    """Return a noisy matrix of judgements with so many missing."""
    generator = np.random.default_rng(SEED)
    weights = np.exp(generator.normal(0, 0.5, size))
    rows, columns = np.triu_indices(size, 1)
    matrix = np.eye(size)
    matrix[rows, columns] = (
        weights[rows] / weights[columns] * np.exp(generator.normal(0, 0.4, len(rows)))
    )
    gaps = generator.choice(len(rows), missing, replace=False)
    matrix[rows[gaps], columns[gaps]] = np.nan
    matrix[columns, rows] = 1 / matrix[rows, columns]
    return matrix


def _panel(folder: Path) -> Panel:
    answers = simulated_answers(bundled("ccpe-3.0"), experts=EXPERTS, seed=SEED)
    home = folder / "panel"
    home.mkdir()
    answers.write_csv(home / "judgements.csv")
    (home / "panel.yaml").write_text(
        "suanli: 1\nframework: ccpe-3.0\nsimulated: true\nrounds: [[judgements.csv]]\n",
        encoding="utf-8",
    )
    return read_panel(home)


def _ahpy_seconds(panel: Panel) -> float:
    """Return the median time of AHPy on every expert's tree of matrices, linked as its manual shows."""
    groups = panel.rounds[0].groups
    trees = [
        {
            group.node: {
                (group.items[i], group.items[j]): float(group.grades[expert, i, j])
                for i in range(len(group.items))
                for j in range(i + 1, len(group.items))
            }
            for group in groups
        }
        for expert in range(EXPERTS)
    ]
    parents = {placed.node.code: placed.parent for placed in panel.framework.walk()}
    return median_seconds(lambda: [_ahpy_tree(tree, parents) for tree in trees], runs=3)


def _ahpy_tree(tree: Comparisons, parents: Mapping[str, str]) -> dict[str, float]:
    nodes = {node: ahpy.Compare(node, pairs, random_index="saaty") for node, pairs in tree.items()}
    for node, compared in nodes.items():
        if children := [nodes[child] for child in nodes if parents.get(child) == node]:
            compared.add_children(children)
    weights: dict[str, float] = nodes[next(iter(tree))].target_weights
    return weights

"""Worked examples of a panel's formulas: published numbers and sums done by hand."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from suanli.methods.pairwise.best_worst import best_worst_weights
from suanli.methods.pairwise.consistency import consistency_ratio
from suanli.methods.pairwise.judgement_scales import grades_at, positions, ratios
from suanli.methods.pairwise.priorities import geometric_weights, principal
from suanli.methods.pairwise.scores import score_ratios
from tests.made_judgements import aggregated

FILE = Path(__file__).parent / "panels.yaml"


def scale(name: str, items: int) -> np.ndarray:
    return ratios(np.arange(1.0, 10.0), name, items=items)


def heavier_of_two(grade: float, steps: list[float]) -> np.ndarray:
    matrices = np.ones((len(steps), 2, 2))
    matrices[:, 0, 1] = grades_at(np.clip(positions(grade) + steps, -8, 8))
    matrices[:, 1, 0] = 1 / matrices[:, 0, 1]
    return principal(ratios(matrices)).weights[:, 0]


def weights_of_scores(scores: list[float], rule: str) -> np.ndarray:
    return principal(score_ratios(scores, rule)).weights


def consistency_ratio_of_scores(scores: list[float], rule: str) -> np.ndarray:
    return consistency_ratio(principal(score_ratios(scores, rule)).lambda_max, len(scores))


def differences(scores: list[list[float]]) -> np.ndarray:
    """Matrices by the rule of easyAHP, the group's last."""
    array = np.array(scores, dtype=float)
    gaps = array[:, :, None] - array[:, None, :]
    matrices = np.where(gaps > 0, gaps, -1 / np.where(gaps < 0, gaps, -1))
    return np.concatenate([matrices, [aggregated(matrices, np.ones(len(matrices)))]])


def easyahp_weights(scores: list[list[float]]) -> np.ndarray:
    return geometric_weights(differences(scores))


def easyahp_consistency_ratios(scores: list[list[float]]) -> list[float]:
    matrices = differences(scores)
    estimates = (matrices.sum(axis=1) * geometric_weights(matrices)).sum(axis=1)
    estimates[-1] = principal(matrices[-1]).lambda_max
    size = matrices.shape[-1]
    return [(value - size) / (2.7699 * size - 4.3513 - size) for value in estimates]


STEPS: dict[str, Callable[..., Any]] = {
    "scale": scale,
    "heavier of two": heavier_of_two,
    "weights of scores": weights_of_scores,
    "consistency ratio of scores": consistency_ratio_of_scores,
    "easyAHP weights": easyahp_weights,
    "easyAHP consistency ratios": easyahp_consistency_ratios,
    "aggregated judgements": aggregated,
    "best-worst weights": lambda **answers: best_worst_weights(**answers).weights,
    "best-worst deviation over index": lambda **answers: best_worst_weights(**answers).xi / 4.47,
    "best-worst ratio": lambda **answers: best_worst_weights(**answers).consistency_ratio,
}


def called(name: str) -> Callable[..., Any]:
    if name in STEPS:
        return STEPS[name]
    module, function = name.split(".")
    return getattr(import_module(f"suanli.methods.pairwise.{module}"), function)


def cases() -> list[Any]:
    examples = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert len(examples) >= 35
    return [pytest.param(case, id=case["name"]) for case in examples]


@pytest.mark.parametrize("case", cases())
def test_formula_gives_the_worked_numbers(case: dict[str, Any]) -> None:
    assert set(case) == {"name", "source", "call", "input", "expected", "tolerance"}
    found = np.asarray(called(case["call"])(**case["input"]), dtype=float)
    assert found.shape == np.shape(case["expected"])
    np.testing.assert_allclose(found, case["expected"], rtol=0, atol=case["tolerance"])

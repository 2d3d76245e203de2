"""Worked examples of the formulas: published numbers and sums done by hand."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from suanli.methods import means, scales, shares

TOPICS = ("normalisation", "ranks", "means", "hdi", "outliers", "gaps", "classes", "shares")
FOLDER = Path(__file__).parent


def annual_min_max(values: list[list[float]]) -> np.ndarray:
    return scales.rescaled(scales.min_max(values, *scales.extremes(values)), (0, 100))


def human_development_index(values: list[list[float]]) -> np.ndarray:
    array = np.array(values, dtype=float)
    array[:, 3:] = scales.logarithms(array[:, 3:], "log")
    worst, best = [20, 0, 0, np.log(100)], [85, 18, 15, np.log(75_000)]
    health, expected, mean, income = scales.capped(scales.min_max(array, worst, best)).T
    education = means.arithmetic(np.column_stack([expected, mean]), [1, 1])
    return means.geometric(np.column_stack([health, education, income]), [1, 1, 1])


def shapley_of_table(worth: dict[str, float]) -> np.ndarray:
    def value(members: np.ndarray) -> float:
        return worth["".join(str(player + 1) for player in np.flatnonzero(members))]

    return shares.shapley_values(value, max(len(name) for name in worth))


STEPS: dict[str, Callable[..., Any]] = {
    "annual min-max": annual_min_max,
    "human development index": human_development_index,
    "shapley values of a table": shapley_of_table,
}


def called(name: str) -> Callable[..., Any]:
    if name in STEPS:
        return STEPS[name]
    module, function = name.split(".")
    return getattr(import_module(f"suanli.methods.{module}"), function)


def cases() -> list[Any]:
    examples = [
        pytest.param(case, id=f"{topic}: {case['name']}")
        for topic in TOPICS
        for case in yaml.safe_load((FOLDER / f"{topic}.yaml").read_text(encoding="utf-8"))
    ]
    assert len(examples) >= 45
    return examples


@pytest.mark.parametrize("case", cases())
def test_formula_gives_the_worked_numbers(case: dict[str, Any]) -> None:
    assert set(case) == {"name", "source", "call", "input", "expected", "tolerance"}
    found = called(case["call"])(**case["input"])
    pairs = (
        zip(found, case["expected"], strict=True)
        if isinstance(found, tuple)
        else [(found, case["expected"])]
    )
    for got, wanted in pairs:
        assert np.shape(got) == np.shape(wanted)
        np.testing.assert_allclose(
            np.asarray(got, dtype=float),
            np.asarray(wanted, dtype=float),
            rtol=0,
            atol=case["tolerance"],
        )

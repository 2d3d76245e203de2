"""Worked examples of weights from scores: published numbers and sums done by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from suanli.methods import objective

CASES = yaml.safe_load(
    (Path(__file__).parent / "objective.yaml").read_text(encoding="utf-8"),
)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_weighting_gives_the_worked_numbers(case: dict[str, Any]) -> None:
    assert set(case) == {"name", "source", "call", "input", "expected", "tolerance"}
    found = getattr(objective, case["call"])(**case["input"])
    wanted = case["expected"]
    pairs = (
        [(getattr(found, name), values) for name, values in wanted.items()]
        if isinstance(wanted, dict)
        else [(found, wanted)]
    )
    for got, values in pairs:
        np.testing.assert_allclose(got, values, rtol=0, atol=case["tolerance"])

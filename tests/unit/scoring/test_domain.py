"""Values outside a formula's domain are all reported before anything is scored."""

import numpy as np
import pytest

from suanli.problems import ScoringError
from suanli.scoring import score
from tests.made import framework, grid, indicator


def test_every_value_outside_is_named_in_both_languages():
    made = framework(
        indicator("i0"),
        indicator("i1", direction="lower", normalisation={"method": "target-ratio"}, reference=2.0),
        normalisation={"method": "min-max", "goalposts": "fixed", "transform": "log1p"},
    ).with_changes({"nodes/i0/goalposts": (1.0, 9.0)})
    with pytest.raises(ScoringError, match="r0 · 2020 · i0") as refused:
        score(made, grid([[-1.0, 0], [3, -2], [4, 5]]))
    problems = refused.value.problems
    assert [(p.place.region, p.place.code, p.found) for p in problems] == [
        ("r0", "i0", "-1"),
        ("r0", "i1", "0"),
        ("r1", "i1", "-2"),
    ]
    assert problems[1].message("zh") == "该指标取值越低越好且按比值标准化，取值0不能作除数。"


def test_leader_of_zero_cannot_be_measured_against():
    made = framework(
        indicator("i0"), normalisation={"method": "distance-to-leader", "goalposts": "annual"}
    )
    with pytest.raises(ScoringError, match="2020 · i0: The best value is 0"):
        score(made, grid([[-1.0], [0], [-4]]))


def test_missing_values_are_nobody_s_fault():
    made = framework(
        indicator("i0"),
        normalisation={"method": "min-max", "goalposts": "annual", "transform": "log"},
    )
    assert np.isnan(score(made, grid([[np.nan], [1], [2]])).scores[0, 0, 0])


def test_leader_whose_logarithm_is_zero_cannot_be_measured_against():
    made = framework(
        indicator("i0"),
        normalisation={"method": "distance-to-leader", "goalposts": "annual", "transform": "log"},
    )
    with pytest.raises(ScoringError, match="2020 · i0: The best value is 1"):
        score(made, grid([[1.0], [0.5], [0.2]]))


def test_distance_to_a_target_takes_no_logarithm():
    made = framework(
        indicator("i0", direction="target", target=[0, 1]),
        normalisation={"method": "min-max", "goalposts": "annual", "transform": "log"},
    )
    assert score(made, grid([[-2.0], [0], [3]])).scores[0, :, 0].tolist() == [0, 100, 0]

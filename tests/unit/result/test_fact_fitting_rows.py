"""Rows are exact with every value and tangent without."""

import numpy as np
import pytest

from suanli.result.fact_fitting_ground import ground_of
from suanli.result.fact_fitting_rows import patterns, rows
from tests.unit.result import fitting_cases as cases


@pytest.fixture(params=[0.0, 0.25])
def ground(request):
    result = cases.result(3, lacking=request.param)
    return ground_of(result, cases.orders_by(result))


def drawn(ground, seed):
    return np.random.default_rng(seed).dirichlet([2.0] * len(ground.own_weights))


def product(ground, weights):
    gaps = ground.comparisons.gaps(ground.scores(weights))
    return gaps * ground.total(weights)


def test_rows_give_back_the_gap_times_the_weight(ground):
    for seed in range(3):
        weights = drawn(ground, seed)
        assert rows(ground, weights) @ weights == pytest.approx(product(ground, weights), abs=1e-9)


def test_rows_are_the_gradient(ground):
    weights, step = drawn(ground, 7), 1e-6
    matrix = rows(ground, weights)
    for at in range(len(weights)):
        moved = step * np.eye(len(weights))[at]
        slope = (product(ground, weights + moved) - product(ground, weights - moved)) / (2 * step)
        assert matrix[:, at] == pytest.approx(slope, abs=1e-4)


def test_rows_do_not_change_where_nothing_lacks(ground):
    same = np.allclose(rows(ground, drawn(ground, 1)), rows(ground, drawn(ground, 2)))
    assert same == patterns(ground).complete


def test_weights_go_to_local_ones_and_back(ground):
    weights = drawn(ground, 5)
    local = ground.local_by_code(weights)
    assert local["a"] + local["b"] == pytest.approx(1)
    back = [local[group] * local[code] for group, code in zip(GROUPS, "abcde", strict=True)]
    assert back == pytest.approx(weights)
    own = ground.local_by_code(ground.own_weights)
    assert own == pytest.approx({"3.1": 0.5, "3.2": 0.5, **dict.fromkeys("ab", 0.5)} | THIRDS)


GROUPS = ("3.1", "3.1", "3.2", "3.2", "3.2")
THIRDS = dict.fromkeys("cde", 1 / 3)

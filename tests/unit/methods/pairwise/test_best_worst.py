import numpy as np
import pytest
from scipy.optimize import linprog

from suanli.methods.pairwise.best_worst import best_worst_weights

CAR = ([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], 1, 4)


def by_linear_program(down, up, best, worst):
    """The model of Rezaei 2016 as it is written, by a solver."""
    size = len(down)
    rows = []
    for item in range(size):
        for ahead, behind, ratio in ((best, item, down[item]), (item, worst, up[item])):
            row = np.zeros(size + 1)
            row[ahead] += 1
            row[behind] -= ratio
            for sign in (1, -1):
                bound = sign * row
                bound[-1] = -1
                rows.append(bound)
    cost = np.zeros(size + 1)
    cost[-1] = 1
    whole = np.ones((1, size + 1))
    whole[0, -1] = 0
    found = linprog(cost, A_ub=np.array(rows), b_ub=np.zeros(len(rows)), A_eq=whole, b_eq=[1])
    assert found.success
    return found.x[:-1], found.x[-1]


def drawn_answers(count, size, seed):
    draw = np.random.default_rng(seed)
    down = draw.integers(1, 10, (count, size)).astype(float)
    up = draw.integers(1, 10, (count, size)).astype(float)
    best = draw.integers(0, size, count)
    worst = (best + draw.integers(1, size, count)) % size
    rows = np.arange(count)
    down[rows, best] = up[rows, worst] = 1
    up[rows, best] = down[rows, worst]
    return down, up, best, worst


@pytest.mark.parametrize("size", [2, 3, 4, 5, 8, 11])
def test_the_weights_are_those_of_the_linear_program(size):
    answers = drawn_answers(25, size, seed=size)
    found = best_worst_weights(*answers)
    for row, each in enumerate(zip(*answers, strict=True)):
        weights, deviation = by_linear_program(*each)
        np.testing.assert_allclose(found.weights[row], weights, atol=1e-9)
        assert found.xi[row] == pytest.approx(deviation, abs=1e-9)


def test_many_experts_at_once_are_each_as_alone():
    answers = drawn_answers(12, 6, seed=1)
    together = best_worst_weights(*(part.reshape(3, 4, *part.shape[1:]) for part in answers))
    assert together.weights.shape == (3, 4, 6)
    assert together.xi.shape == together.consistency_ratio.shape == (3, 4)
    for row, each in enumerate(zip(*answers, strict=True)):
        alone = best_worst_weights(*each)
        assert alone.weights.tolist() == together.weights.reshape(12, 6)[row].tolist()
        assert float(alone.consistency_ratio) == together.consistency_ratio.ravel()[row]


def test_consistent_answers_have_no_deviation():
    weights = np.array([6, 3, 12, 2, 1, 4]) / 28
    found = best_worst_weights(12 / 28 / weights, weights * 28, best=2, worst=4)
    np.testing.assert_allclose(found.weights, weights, rtol=1e-12)
    assert found.xi == 0
    assert found.consistency_ratio == pytest.approx(0, abs=1e-15)


def test_equal_items_are_consistent():
    found = best_worst_weights([1, 1, 1], [1, 1, 1], best=0, worst=2)
    np.testing.assert_allclose(found.weights, 1 / 3)
    assert (found.xi, found.consistency_ratio) == (0, 0)


def test_experts_without_answers_have_no_weights():
    down, up, best, worst = CAR
    found = best_worst_weights([down, [np.nan] * 5], [up, [np.nan] * 5], [best, -1], [worst, -1])
    assert np.isnan(found.weights[1]).all()
    assert np.isnan([found.xi[1], found.consistency_ratio[1]]).all()
    assert found.weights[0].sum() == pytest.approx(1, abs=1e-15)
    assert np.isnan(best_worst_weights(down, up, -1, -1).weights).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"best": 4}, "different items"),
        ({"worst": 5}, "positions below 5"),
        ({"down": [2, 1, 4, np.nan, 8]}, "best to others must be 1 or more .* item 3 is nan"),
        ({"up": [4, 8, 0.5, 3, 1]}, "others to worst must be 1 or more .* item 2 is 0.5"),
        ({"down": [2, 3, 4, 3, 8]}, "with itself"),
        ({"up": [4, 8, 2, 3, 2]}, "with itself"),
        ({"up": [4, 7, 2, 3, 1]}, "the same in both vectors"),
        ({"up": [4, 8, 2, 3]}, "must agree"),
        ({"best": [1, 1]}, "one position for each"),
    ],
)
def test_contradictory_answers_are_refused(change, message):
    answers = dict(zip(("down", "up", "best", "worst"), CAR, strict=True)) | change
    with pytest.raises(ValueError, match=message):
        best_worst_weights(*answers.values())

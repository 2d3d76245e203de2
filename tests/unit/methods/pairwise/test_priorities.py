import numpy as np
import pytest

from suanli.methods.pairwise import METHODS, incomplete, priorities
from tests.unit.methods.pairwise.made import random_grades, with_gaps

RNG = np.random.default_rng(32)
COMPLETE = random_grades(RNG, 5, (3,))


def test_methods_by_name_on_complete_matrices():
    wanted = {
        "eigenvector": priorities.principal(COMPLETE).weights,
        "geometric": priorities.geometric_weights(COMPLETE),
        "least-squares": priorities.geometric_weights(COMPLETE),
        "column-mean": priorities.column_mean_weights(COMPLETE),
    }
    assert set(wanted) == set(METHODS)
    for method, weights in wanted.items():
        np.testing.assert_allclose(
            priorities.weights_by(method, COMPLETE), weights, rtol=1e-15, err_msg=method
        )


def test_only_incomplete_matrices_of_a_batch_are_completed():
    mixed = np.concatenate([COMPLETE, with_gaps(COMPLETE[:1], [0, 1], [3, 2])])
    filled = incomplete.least_lambda(mixed[-1])
    np.testing.assert_allclose(
        priorities.weights_by("eigenvector", mixed),
        [*priorities.principal(COMPLETE).weights, priorities.principal(filled).weights],
        rtol=1e-14,
    )
    np.testing.assert_allclose(
        priorities.weights_by("column-mean", mixed)[-1],
        priorities.column_mean_weights(filled),
        rtol=1e-14,
    )
    least_squares = incomplete.least_squares_weights(mixed)
    np.testing.assert_array_equal(priorities.weights_by("geometric", mixed), least_squares)
    np.testing.assert_array_equal(priorities.weights_by("least-squares", mixed), least_squares)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_weights_that_sum_to_one(method):
    gapped = with_gaps(COMPLETE, [0], [1])
    for matrices in (COMPLETE, gapped):
        weights = priorities.weights_by(method, matrices)
        assert (weights > 0).all()
        np.testing.assert_allclose(weights.sum(axis=-1), 1, rtol=1e-15)


@pytest.mark.parametrize("method", METHODS)
def test_disconnected_comparisons_have_no_weights(method):
    apart = with_gaps(random_grades(RNG, 4), [0, 0, 1, 1], [2, 3, 2, 3])
    with pytest.raises(ValueError, match=r"the groups are \[0, 1\], \[2, 3\]"):
        priorities.weights_by(method, apart)


def test_unknown_methods_are_refused():
    with pytest.raises(ValueError, match="method 'mean' is none of eigenvector, geometric"):
        priorities.weights_by("mean", COMPLETE)

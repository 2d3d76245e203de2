import numpy as np
import pytest

from suanli.methods.pairwise import complete
from suanli.methods.pairwise.complete import column_mean_weights, geometric_weights, principal
from tests.unit.methods.pairwise.made import consistent, random_grades, reciprocal

RNG = np.random.default_rng(31)


def by_lapack(matrix):
    values, vectors = np.linalg.eig(matrix)
    place = np.argmax(values.real)
    vector = np.abs(vectors[:, place])
    return vector / vector.sum(), values[place].real


@pytest.mark.parametrize("n", [3, 4, 7, 11, 16, 17, 30])
def test_a_batch_agrees_with_lapack_one_by_one(n):
    matrices = random_grades(RNG, n, (40,))
    found = principal(matrices)
    assert found.weights.shape == (40, n)
    for matrix, weights, lambda_max in zip(matrices, *astuple(found), strict=True):
        wanted, largest = by_lapack(matrix)
        np.testing.assert_allclose(weights, wanted, rtol=1e-12)
        assert lambda_max == pytest.approx(largest, rel=1e-13)


def astuple(found):
    return found.weights, found.lambda_max


def test_one_matrix_in_a_batch_is_the_one_alone_whatever_its_company():
    matrices = random_grades(RNG, 6, (200,))
    together = principal(matrices)
    alone = principal(matrices[17])
    np.testing.assert_allclose(alone.weights, together.weights[17], rtol=1e-14)
    assert alone.lambda_max == pytest.approx(together.lambda_max[17], rel=1e-14)


@pytest.mark.parametrize("spread", [2.0, 4.0, 8.0, 20.0])
def test_far_from_consistent_matrices_are_as_exact(spread):
    upper = np.exp(RNG.normal(scale=spread, size=(60, 15)))
    matrices = reciprocal(upper, 6)
    found = principal(matrices)
    growth = (matrices @ found.weights[..., None])[..., 0] / found.weights
    np.testing.assert_allclose(growth, found.lambda_max[:, None].repeat(6, axis=1), rtol=1e-13)
    np.testing.assert_allclose(found.weights.sum(axis=-1), 1, rtol=1e-15)


@pytest.mark.parametrize("m", [9.0, 1e4, 1e100])
def test_a_circle_of_preferences_has_equal_weights_and_its_known_eigenvalue(m):
    circle = reciprocal([m, 1 / m, m], 3)
    found = principal(circle)
    np.testing.assert_allclose(found.weights, 1 / 3, rtol=1e-15)
    assert found.lambda_max == pytest.approx(1 + m + 1 / m, rel=1e-15)


def test_magnitudes_beyond_floating_point_are_refused_not_guessed():
    wild = reciprocal(np.exp(np.random.default_rng(1).normal(scale=60, size=(40, 45))), 10)
    with pytest.raises(ValueError, match="no principal eigenvector in double precision"):
        principal(wild)


@pytest.mark.parametrize("weights", [[1.0], [5 / 6, 1 / 6], [0.5, 0.3, 0.2], [1e-200, 1, 1e100]])
def test_consistent_matrices_return_their_weights(weights):
    weights = np.array(weights) / np.sum(weights)
    for found in (
        principal(consistent(weights)).weights,
        geometric_weights(consistent(weights)),
        column_mean_weights(consistent(weights)),
    ):
        np.testing.assert_allclose(found, weights, rtol=1e-13)
    assert principal(consistent(weights)).lambda_max == pytest.approx(len(weights), rel=1e-14)


def test_a_hundred_items():
    matrices = random_grades(RNG, 100, (2,))
    found = principal(matrices)
    growth = (matrices @ found.weights[..., None])[..., 0] / found.weights
    np.testing.assert_allclose(growth, found.lambda_max[:, None].repeat(100, axis=1), rtol=1e-13)


def test_leading_axes_stay():
    matrices = random_grades(RNG, 4, (2, 3))
    assert principal(matrices).weights.shape == (2, 3, 4)
    assert principal(matrices).lambda_max.shape == (2, 3)
    assert principal(np.ones((0, 4, 4))).weights.shape == (0, 4)
    assert geometric_weights(matrices).shape == (2, 3, 4)
    assert column_mean_weights(matrices).shape == (2, 3, 4)


def test_geometric_and_column_means_by_hand():
    matrix = reciprocal([8, 1, 1], 3)
    roots = np.array([2, 1 / 2, 1])
    np.testing.assert_allclose(geometric_weights(matrix), roots / roots.sum(), rtol=1e-15)
    shares = np.array([[8 / 17, 8 / 10, 1 / 3], [1 / 17, 1 / 10, 1 / 3], [8 / 17, 1 / 10, 1 / 3]])
    np.testing.assert_allclose(column_mean_weights(matrix), shares.mean(axis=1), rtol=1e-15)


@pytest.mark.parametrize("method", [principal, geometric_weights, column_mean_weights])
def test_incomplete_matrices_are_refused(method):
    with pytest.raises(ValueError, match=r"judgement \[0, 1\] is missing"):
        method([[1, np.nan], [np.nan, 1]])


def test_weights_far_apart_do_not_overflow():
    np.testing.assert_array_equal(
        complete.normalised_exponentials(np.array([1e4, 1e4, -1e4])), [0.5, 0.5, 0]
    )

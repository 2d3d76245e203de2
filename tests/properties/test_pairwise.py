"""What holds for every judgement matrix, whatever the judgements."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from suanli.methods import pairwise as pw

GRADES = [*(1 / grade for grade in range(9, 1, -1)), *(float(grade) for grade in range(1, 10))]
METHODS = st.sampled_from(pw.METHODS)


def reciprocal(upper, n):
    matrix = np.ones((n, n))
    rows, columns = np.triu_indices(n, 1)
    matrix[rows, columns] = upper
    matrix[columns, rows] = 1 / np.asarray(upper)
    return matrix


@st.composite
def judgement_matrices(draw, smallest=1):
    n = draw(st.integers(smallest, 8))
    pairs = n * (n - 1) // 2
    return reciprocal(draw(st.lists(st.sampled_from(GRADES), min_size=pairs, max_size=pairs)), n)


@st.composite
def incomplete_matrices(draw):
    matrix = draw(judgement_matrices(smallest=3))
    gaps = draw(st.lists(st.booleans(), min_size=matrix.size, max_size=matrix.size))
    above = np.triu(np.reshape(gaps, matrix.shape), 1)
    gapped = np.where(above | above.T, np.nan, matrix)
    assume(len(pw.components(~np.isnan(gapped))) == 1)
    return gapped


@st.composite
def weightings(draw):
    parts = draw(st.lists(st.floats(0.01, 1), min_size=1, max_size=9))
    return np.array(parts) / sum(parts)


@given(weightings(), METHODS)
def test_a_consistent_matrix_returns_its_weights_with_no_inconsistency(weights, method):
    matrix = weights[:, None] / weights
    n = len(weights)
    np.testing.assert_allclose(pw.weights_by(method, matrix), weights, rtol=1e-13)
    assert pw.consistency_ratio(pw.principal(matrix).lambda_max, n) == pytest.approx(0, abs=1e-13)
    assert pw.geometric_consistency_index(matrix) == pytest.approx(0, abs=1e-25)
    assert pw.cycles(matrix) == ()


@given(incomplete_matrices(), METHODS, st.randoms(use_true_random=False))
def test_relabelling_permutes_weights_and_nothing_else(matrix, method, random):
    order = list(range(len(matrix)))
    random.shuffle(order)
    moved = matrix[np.ix_(order, order)]
    np.testing.assert_allclose(
        pw.weights_by(method, moved), pw.weights_by(method, matrix)[order], rtol=1e-9
    )
    assert pw.geometric_consistency_index(moved) == pytest.approx(
        pw.geometric_consistency_index(matrix), rel=1e-9, abs=1e-12
    )
    assert len(pw.cycles(moved)) == len(pw.cycles(matrix))


@given(judgement_matrices(smallest=2), st.floats(0.1, 10), st.data())
def test_scaling_a_judgement_with_its_reciprocal_keeps_reciprocity(matrix, factor, data):
    n = len(matrix)
    row, column = data.draw(st.permutations(range(n)))[:2]
    scaled = matrix.copy()
    scaled[row, column] *= factor
    scaled[column, row] /= factor
    weights = pw.weights_by("eigenvector", scaled)
    ratios = scaled * weights / weights[:, None]
    np.testing.assert_allclose(ratios * ratios.T, 1, rtol=1e-12)
    np.testing.assert_allclose(pw.least_lambda(scaled), scaled, rtol=0)


@given(weightings(), st.data())
def test_completing_a_consistent_incomplete_matrix_is_exact(weights, data):
    n = len(weights)
    matrix = weights[:, None] / weights
    gaps = data.draw(st.lists(st.booleans(), min_size=n * n, max_size=n * n))
    above = np.triu(np.reshape(gaps, (n, n)), 1)
    gapped = np.where(above | above.T, np.nan, matrix)
    assume(len(pw.components(~np.isnan(gapped))) == 1)
    np.testing.assert_allclose(pw.least_lambda(gapped), matrix, rtol=1e-11)
    np.testing.assert_allclose(pw.harker(gapped).weights, weights, rtol=1e-11)
    np.testing.assert_allclose(pw.least_squares_weights(gapped), weights, rtol=1e-11)
    ratio = pw.consistency_ratio(
        pw.principal(pw.least_lambda(gapped)).lambda_max, n, missing=pw.missing_count(gapped)
    )
    assert ratio == pytest.approx(0, abs=1e-12)


@given(judgement_matrices())
def test_geometric_means_are_least_squares_on_a_complete_matrix(matrix):
    even = np.ones_like(matrix)
    np.testing.assert_allclose(
        pw.least_squares_weights(matrix, even), pw.geometric_weights(matrix), rtol=1e-12
    )


@given(judgement_matrices())
def test_turning_all_judgements_round_turns_geometric_weights_round(matrix):
    turned = 1 / pw.geometric_weights(matrix.T)
    np.testing.assert_allclose(pw.geometric_weights(matrix), turned / turned.sum(), rtol=1e-12)


@given(judgement_matrices())
def test_the_eigenvector_is_one_and_lambda_at_least_n(matrix):
    found = pw.principal(matrix)
    np.testing.assert_allclose(matrix @ found.weights, found.lambda_max * found.weights, rtol=1e-13)
    assert found.lambda_max >= len(matrix) * (1 - 1e-15)
    assert pw.consistency_ratio(found.lambda_max, len(matrix)) >= 0


@given(incomplete_matrices())
def test_no_completion_is_more_consistent_than_the_least_lambda(matrix):
    least = pw.principal(pw.least_lambda(matrix)).lambda_max
    by_harker = pw.harker(matrix).weights
    by_squares = pw.least_squares_weights(matrix)
    for weights in (by_harker, by_squares):
        other = np.where(np.isnan(matrix), weights[:, None] / weights, matrix)
        assert least <= pw.principal(other).lambda_max * (1 + 1e-14)


@given(judgement_matrices(smallest=3), st.data())
def test_one_judgement_less_does_not_raise_lambda(matrix, data):
    n = len(matrix)
    row, column = data.draw(st.permutations(range(n)))[:2]
    less = matrix.copy()
    less[row, column] = less[column, row] = np.nan
    fewer = pw.principal(pw.least_lambda(less)).lambda_max
    assert fewer <= pw.principal(matrix).lambda_max * (1 + 1e-14)


@given(judgement_matrices(smallest=3))
def test_worst_judgements_pull_lambda_the_way_their_gradient_says(matrix):
    weights = pw.principal(matrix).weights
    for worst in pw.worst_judgements(matrix, weights, 1):
        assume(abs(np.log(worst.ratio)) > 1e-6 and abs(worst.gradient * worst.judgement) > 1e-6)
        eased = matrix.copy()
        eased[worst.row, worst.column] *= np.exp(-1e-4 * np.sign(worst.gradient))
        eased[worst.column, worst.row] = 1 / eased[worst.row, worst.column]
        assert pw.principal(eased).lambda_max < pw.principal(matrix).lambda_max

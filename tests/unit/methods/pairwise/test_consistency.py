import itertools

import numpy as np
import pytest

from suanli.methods.pairwise import consistency
from suanli.methods.pairwise.complete import column_mean_weights, geometric_weights, principal
from suanli.methods.pairwise.consistency import (
    consistency_index,
    consistency_ratio,
    cycles,
    geometric_consistency_index,
    lambda_gradient,
    lambda_of,
    worst_judgements,
)
from suanli.methods.pairwise.incomplete import least_lambda, least_squares_weights
from tests.unit.methods.pairwise.made import (
    connected_gaps,
    consistent,
    random_grades,
    reciprocal,
    with_gaps,
)

RNG = np.random.default_rng(34)


def test_consistency_index_by_hand():
    np.testing.assert_allclose(
        consistency_index([4.0, 4.3, np.nan], 4), [0, 0.1, np.nan], rtol=1e-14
    )
    assert consistency_index(2.5, 2) == 0
    assert consistency_index(1.0, 1) == 0
    assert np.isnan(consistency_index(np.nan, 2))


def test_rounding_below_n_is_nothing_but_more_is_refused():
    assert consistency_index(4 - 4e-15, 4) == 0
    with pytest.raises(ValueError, match="lambda_max of a reciprocal matrix is at least n = 4"):
        consistency_index([4.2, 3.99], 4)
    with pytest.raises(ValueError, match="at least one item, not 0"):
        consistency_index(0.0, 0)


def test_consistency_ratio_by_table():
    assert consistency_ratio(5.4, 5) == pytest.approx(0.1 / 1.1086)
    assert consistency_ratio(5.4, 5, table="Saaty_1980") == pytest.approx(0.1 / 1.12)
    assert consistency_ratio(5.4, 5, table="donegan_dodd1991") == pytest.approx(0.1 / 1.0591)


def test_consistency_ratio_by_each_ones_missing_pairs():
    found = consistency_ratio([4.3, 4.3, np.nan, 4.0], 4, missing=[0, 1, 99, 3])
    np.testing.assert_allclose(found, [0.1 / 0.8815, 0.1 / 0.583, np.nan, 0], rtol=1e-13)
    assert consistency_ratio([[4.3], [4.6]], 4, missing=[0, 1, 2]).shape == (2, 3)


def test_more_than_fifteen_items_are_measured_by_their_own_size():
    # of a good 16 x 16, (lambda_max - n) / (n - 1), not lambda_max - n, is held against the index
    assert consistency_ratio(16.86, 16) == pytest.approx(0.86 / 15 / 1.5955704)
    assert consistency_ratio(100 + 99 * 0.1, 100) == pytest.approx(0.1 / 1.7305)


def test_pairs_triangles_trees_cannot_contradict():
    assert consistency_ratio(2.0, 2) == 0
    assert consistency_ratio(1.0, 1) == 0
    assert consistency_ratio(3.0, 3, missing=1) == 0
    assert consistency_ratio(9.0, 9, missing=28) == 0


def test_too_many_missing_pairs_have_no_ratio():
    with pytest.raises(ValueError, match="29 missing judgements leave 9 items unconnected"):
        consistency_ratio(9.1, 9, missing=29)


def test_limits_by_size():
    limits = [consistency.consistency_ratio_limit(n) for n in (1, 2, 3, 4, 5, 50)]
    assert limits == [0.05, 0.05, 0.05, 0.09, 0.1, 0.1]
    assert [consistency.gci_limit(n) for n in (2, 3, 4, 5, 50)] == [
        0.3147,
        0.3147,
        0.3526,
        0.37,
        0.37,
    ]


def test_gci_of_complete_matrices_is_the_published_formula():
    matrices = random_grades(RNG, 5, (2, 3))
    wanted = np.zeros((2, 3))
    for place in np.ndindex(2, 3):
        weights = geometric_weights(matrices[place])
        wanted[place] = (2 / (4 * 3)) * sum(
            np.log(matrices[place][i, j] * weights[j] / weights[i]) ** 2
            for i, j in itertools.combinations(range(5), 2)
        )
    np.testing.assert_allclose(geometric_consistency_index(matrices), wanted, rtol=1e-12)


def test_gci_of_incomplete_matrices_is_over_their_degrees_of_freedom():
    gapped = connected_gaps(RNG, random_grades(RNG, 6), 4)
    weights = least_squares_weights(gapped)
    errors = gapped * weights / weights[:, None]
    squares = np.square(np.log(errors))[np.triu(~np.isnan(gapped), 1)]
    assert len(squares) == 11
    wanted = squares.sum() / (11 - 5)
    assert geometric_consistency_index(gapped) == pytest.approx(wanted, rel=1e-12)


def test_gci_estimates_the_variance_of_judgements_complete_or_not():
    # judgements off by a logarithm of variance 0.09, however many are missing
    noise = reciprocal(np.exp(RNG.normal(scale=0.3, size=(4000, 15))), 6)
    gapped = with_gaps(noise, [0, 0, 1, 2], [1, 4, 3, 5])
    assert geometric_consistency_index(noise).mean() == pytest.approx(0.09, rel=0.03)
    assert geometric_consistency_index(gapped).mean() == pytest.approx(0.09, rel=0.03)


def test_gci_of_trees_and_small_matrices_is_zero():
    tree = connected_gaps(RNG, random_grades(RNG, 5), 6)
    assert geometric_consistency_index(tree) == 0
    assert geometric_consistency_index([[1, 7], [1 / 7, 1]]) == 0
    assert geometric_consistency_index([[1.0]]) == 0


def test_lambda_by_hand():
    matrix = reciprocal([2, 8, 2], 3)
    # rows of ratios sum to 4, 3 and 2.5
    assert lambda_of(matrix, [4 / 7, 2 / 7, 1 / 7]) == pytest.approx(9.5 / 3, rel=1e-15)


def test_lambda_of_the_eigenvector_is_lambda_max_and_of_others_not_below_n():
    matrices = random_grades(RNG, 6, (30,))
    found = principal(matrices)
    np.testing.assert_allclose(lambda_of(matrices, found.weights), found.lambda_max, rtol=1e-13)
    assert (lambda_of(matrices, column_mean_weights(matrices)) >= 6).all()


@pytest.mark.parametrize("call", [lambda_of, lambda m, w: worst_judgements(m, w, 1)])
def test_weights_that_do_not_fit_are_refused(call):
    with pytest.raises(ValueError, match=r"weights are \(..., 3\), not of shape \(2,\)"):
        call(random_grades(RNG, 3), [0.5, 0.5])
    with pytest.raises(ValueError, match="every weight is above 0"):
        call(random_grades(RNG, 3), [0.5, 0.5, 0])


def test_gradient_is_the_difference_quotient_of_lambda():
    matrix = random_grades(RNG, 5)
    gradient = lambda_gradient(matrix)
    np.testing.assert_array_equal(np.diagonal(gradient), 0)
    for i, j in itertools.permutations(range(5), 2):
        step = 1e-5 * matrix[i, j]
        ends = []
        for move in (step, -step):
            moved = matrix.copy()
            moved[i, j] += move
            moved[j, i] = 1 / moved[i, j]
            ends.append(principal(moved).lambda_max)
        quotient = (ends[0] - ends[1]) / (2 * step)
        assert gradient[i, j] == pytest.approx(quotient, rel=1e-5, abs=1e-9)


def all_cycles(matrix):
    """Every triple by hand: all the way round nothing against, at least two preferences."""
    found = []
    for i, j, k in itertools.permutations(range(len(matrix)), 3):
        steps = [matrix[i, j], matrix[j, k], matrix[k, i]]
        if i < min(j, k) and min(steps) >= 1 and sum(step > 1 for step in steps) >= 2:
            found.append((i, j, k))
    return tuple(sorted(found))


@pytest.mark.parametrize("n", [3, 4, 6, 9])
def test_cycles_are_all_of_them_once(n):
    for _ in range(20):
        upper = RNG.choice([1 / 3, 1 / 2, 1, 1, 2, 3], size=n * (n - 1) // 2)
        matrix = reciprocal(upper, n)
        assert cycles(matrix) == all_cycles(matrix)


@pytest.mark.parametrize(
    ("upper", "found"),
    [
        ([2, 1 / 2, 2], ((0, 1, 2),)),
        ([1 / 2, 2, 1 / 2], ((0, 2, 1),)),
        ([1, 1 / 2, 2], ((0, 1, 2),)),
        ([2, 1 / 2, 1], ((0, 1, 2),)),
        ([2, 1, 2], ((0, 1, 2),)),
        ([1, 1, 2], ()),
        ([1, 1, 1], ()),
        ([2, 2, 2], ()),
        ([1 + 1e-12, 1 - 1e-12, 2], ()),
    ],
)
def test_cycles_of_three_with_ties(upper, found):
    assert cycles(reciprocal(upper, 3)) == found


def test_a_missing_pair_is_in_no_cycle():
    circle = reciprocal([2, 1 / 2, 2], 3)
    assert cycles(with_gaps(circle, [0], [2])) == ()


def test_worst_judgements_in_order_with_what_would_be_consistent():
    matrix = random_grades(RNG, 6)
    weights = principal(matrix).weights
    found = worst_judgements(matrix, weights, 4)
    errors = matrix * weights / weights[:, None]
    distances = np.abs(np.log(errors))[np.triu_indices(6, 1)]
    np.testing.assert_allclose(
        [abs(np.log(one.ratio)) for one in found], np.sort(distances)[::-1][:4], rtol=1e-12
    )
    gradient = lambda_gradient(matrix)
    for one in found:
        assert one.row < one.column
        assert one.judgement == matrix[one.row, one.column]
        assert one.consistent == pytest.approx(weights[one.row] / weights[one.column], rel=1e-14)
        assert one.ratio == pytest.approx(one.judgement / one.consistent, rel=1e-14)
        assert one.gradient == gradient[one.row, one.column]


def test_worst_judgements_of_incomplete_matrices_are_known_ones():
    gapped = connected_gaps(RNG, random_grades(RNG, 5), 4)
    filled = least_lambda(gapped)
    found = worst_judgements(gapped, principal(filled).weights, 99)
    assert len(found) == 6
    gradient = lambda_gradient(filled)
    for one in found:
        assert one.judgement == gapped[one.row, one.column]
        assert one.gradient == pytest.approx(gradient[one.row, one.column], rel=1e-12)


def test_equal_distances_come_by_row_and_column_whatever_the_rounding():
    weights = RNG.uniform(0.1, 1, size=7)
    found = worst_judgements(consistent(weights), weights, 5)
    assert [(one.row, one.column) for one in found] == [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]
    assert worst_judgements(consistent(weights), weights, 0) == ()


@pytest.mark.parametrize("call", [cycles, lambda m: worst_judgements(m, [0.5, 0.3, 0.2], 1)])
def test_one_matrix_at_a_time(call):
    with pytest.raises(ValueError, match=r"one matrix at a time, not \(2,\) of them"):
        call(random_grades(RNG, 3, (2,)))

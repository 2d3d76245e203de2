"""Everything that is told of one matrix, against published numbers and against its own definitions."""

import numpy as np
import pytest

from suanli.methods.pairwise import METHODS, harker, random_index, weights_by
from suanli.problems import StudyError
from suanli.weighting.assessment import HARKER, assessment

# Bozóki, Fülöp and Rónyai 2010, also in the README of AHPy: c against d is missing
BOZOKI = np.array(
    [[1, 1, 5, 2], [1, 1, 3, 4], [1 / 5, 1 / 3, 1, np.nan], [1 / 2, 1 / 4, np.nan, 1]]
)
# Saaty 1990, buying a house
HOUSE = [
    [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
    [1 / 5, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
    [1 / 3, 3, 1, 6, 3, 4, 6, 1 / 5],
    [1 / 7, 1 / 5, 1 / 6, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
    [1 / 6, 1 / 3, 1 / 3, 3, 1, 1 / 2, 1 / 5, 1 / 6],
    [1 / 6, 1 / 3, 1 / 4, 4, 2, 1, 1 / 5, 1 / 6],
    [3, 5, 1 / 6, 7, 5, 5, 1, 1 / 2],
    [4, 7, 5, 8, 6, 6, 2, 1],
]
ITEMS = ("size", "trans", "nbrhd", "age", "yard", "modern", "cond", "finance")


def consistent(*weights):
    array = np.array(weights, dtype=float)
    return array[:, None] / array[None, :]


def labels(matrix):
    return [f"i{number}" for number in range(len(matrix))]


def test_saatys_house():
    found = assessment(ITEMS, np.array(HOUSE), table="saaty1980")
    np.testing.assert_allclose(
        found.weights, [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333], atol=6e-4
    )
    assert found.lambda_max == pytest.approx(9.669, abs=6e-4)
    assert found.cr == pytest.approx(0.169, abs=6e-4)
    assert found.ci == pytest.approx((found.lambda_max - 8) / 7)
    assert (found.ri_table, found.ri, found.cr_limit) == ("saaty-1980", 1.41, 0.10)
    assert (found.worst[0].row, found.worst[0].column, found.worst[0].judgement) == (2, 6, 6.0)
    assert found.worst[0].consistent == pytest.approx(found.weights[2] / found.weights[6])
    assert len(found.worst) == 5
    # size over neighbourhood, neighbourhood over condition, condition over size
    assert found.cycles == ((0, 2, 6),)
    assert found.missing == ()
    assert HARKER not in found.other_methods
    assert found.completed is found.judgements


@pytest.mark.parametrize("method", METHODS)
def test_consistency_is_of_the_eigenvalue_whatever_the_weights(method):
    chosen = assessment(ITEMS, np.array(HOUSE), method=method)
    usual = assessment(ITEMS, np.array(HOUSE))
    assert (chosen.lambda_max, chosen.ci, chosen.cr) == (usual.lambda_max, usual.ci, usual.cr)
    np.testing.assert_array_equal(chosen.weights, weights_by(method, HOUSE))
    assert set(chosen.other_methods) == set(METHODS) - {method}
    for name, weights in chosen.other_methods.items():
        np.testing.assert_array_equal(weights, weights_by(name, HOUSE))
    eigenvector = method == "eigenvector"
    assert (chosen.lambda_estimate == pytest.approx(usual.lambda_max, abs=1e-9)) is eigenvector


def test_the_textbooks_estimate():
    # a spreadsheet of the sum-product method: w and A w printed, CI 0.010946
    matrix = np.array([[1, 1, 5, 3], [1, 1, 3, 3], [1 / 5, 1 / 3, 1, 1], [1 / 3, 1 / 3, 1, 1]])
    found = assessment(labels(matrix), matrix, method="column-mean", table="textbook")
    np.testing.assert_allclose(found.weights, [0.411184, 0.361184, 0.107237, 0.120395], atol=1e-6)
    assert (found.lambda_estimate - 4) / 3 == pytest.approx(0.010946, abs=2e-6)
    assert found.cr_estimate == pytest.approx(0.010946 / 0.89, abs=3e-6)
    assert found.cr == pytest.approx(found.ci / 0.89)
    assert found.cr != pytest.approx(found.cr_estimate, abs=1e-6)


def test_a_missing_judgement():
    found = assessment("abcd", BOZOKI)
    np.testing.assert_allclose(found.weights, [0.3738, 0.392, 0.0985, 0.1357], atol=1e-4)
    (filled,) = found.missing
    assert (filled.row, filled.column) == (2, 3)
    assert filled.value == pytest.approx(0.7302967, abs=1e-7)
    assert found.completed[2, 3] == filled.value
    assert np.isnan(found.judgements[2, 3])
    assert found.ri == random_index(4, missing=1) == 0.583
    assert found.cr == pytest.approx(0.0528, abs=1e-4)
    np.testing.assert_array_equal(found.other_methods[HARKER], harker(BOZOKI).weights)
    assert list(found.other_methods)[-1] == HARKER
    for method in METHODS[1:]:
        np.testing.assert_array_equal(found.other_methods[method], weights_by(method, BOZOKI))


@pytest.mark.parametrize("method", ["geometric", "least-squares"])
def test_least_squares_fills_by_its_own_weights(method):
    found = assessment("abcd", BOZOKI, method=method)
    assert found.missing[0].value == pytest.approx(found.weights[2] / found.weights[3], rel=1e-15)


def test_a_consistent_matrix_has_nothing_to_tell():
    found = assessment("abc", consistent(5, 3, 2))
    np.testing.assert_allclose(found.weights, [0.5, 0.3, 0.2], rtol=1e-14)
    assert found.cr == pytest.approx(0, abs=1e-12)
    assert found.gci == pytest.approx(0, abs=1e-12)
    assert (found.worst, found.cycles) == ((), ())


def test_a_tree_of_comparisons_is_completed_exactly():
    whole = consistent(8, 4, 2, 1)
    tree = np.where(np.abs(np.subtract.outer(range(4), range(4))) > 1, np.nan, whole)
    found = assessment("abcd", tree)
    np.testing.assert_allclose(found.completed, whole, rtol=1e-12)
    assert (found.ri, found.cr, found.gci) == (0, 0, 0)
    assert [(one.row, one.column) for one in found.missing] == [(0, 2), (0, 3), (1, 3)]


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.parametrize("table", ["alonso-lamata", "saaty-1977"])
def test_one_or_two_items_cannot_be_inconsistent(n, table):
    found = assessment("ab"[:n], consistent(3, 1)[:n, :n], table=table)
    assert (found.cr, found.ci, found.ri, found.gci, found.cr_estimate) == (0, 0, 0, 0, 0)
    assert found.weights.tolist() == ([0.75, 0.25] if n == 2 else [1.0])
    assert found.worst == ()


def test_a_table_that_ends_before_n_names_its_last_n():
    matrix = consistent(*range(1, 17))
    with pytest.raises(
        StudyError, match="saaty-1980 ends at n = 15, but the matrix has 16"
    ) as told:
        assessment(labels(matrix), matrix, table="saaty-1980")
    (problem,) = told.value.problems
    assert (problem.code, problem.found, problem.expected) == (
        "matrix-table-ends",
        "saaty-1980",
        "alonso-lamata",
    )
    assert "n = 100" in problem.action("zh")
    assert assessment(labels(matrix), matrix).cr == pytest.approx(0, abs=1e-12)


def test_what_is_no_matrix_or_no_method():
    with pytest.raises(ValueError, match="3 labels for a matrix of 2 items"):
        assessment("abc", consistent(1, 2))
    with pytest.raises(ValueError, match="method 'mean' is none of"):
        assessment("ab", consistent(1, 2), method="mean")
    with pytest.raises(ValueError, match="random index 'mine' is none of"):
        assessment("ab", consistent(1, 2), table="mine")
    with pytest.raises(ValueError, match="multiply to another number than 1"):
        assessment("ab", np.array([[1, 2], [2, 1]]))
    apart = np.where(np.eye(3, dtype=bool), 1.0, np.nan)
    with pytest.raises(ValueError, match="do not connect all items"):
        assessment("abc", apart)


def test_the_argument_is_left_as_it_is():
    before = BOZOKI.copy()
    assessment("abcd", BOZOKI)
    np.testing.assert_array_equal(BOZOKI, before)

"""Faults found in other programs for the analytic hierarchy process, each beside what is right here.

The wrong numbers are those that the programs named give (versions: AHPy 2.1, ahpsurvey 0.4.2, pyDecision of 2026-02,
pyanp of 2020-12, AHP-OS 1.1.1, easyAHP 0.1.1, AHPtools 1.0.1, gluc/ahp 0.2.12).
"""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from suanli.framework import bundled
from suanli.intake.matrices import read_matrix
from suanli.methods.pairwise import (
    METHODS,
    TABLES,
    geometric_consistency_index,
    harker,
    random_index,
    weights_by,
)
from suanli.methods.pairwise.aggregation import aggregated_priorities
from suanli.methods.pairwise.scores import score_ratios
from suanli.problems import StudyError
from suanli.weighting import panel_weights
from suanli.weighting.assessment import Assessment, assessment
from suanli.weighting.tree import local_weights, overall_weights, weight_tree
from tests.made import flat
from tests.made_panels import pair_round, panel

DEFAULT = "alonso-lamata"
NAN = math.nan


def consistent(*weights: float) -> np.ndarray:
    array = np.array(weights, dtype=float)
    return array[:, None] / array[None, :]


def reciprocal(n: int, upper: list[float]) -> np.ndarray:
    matrix = np.eye(n)
    rows, columns = np.triu_indices(n, 1)
    matrix[rows, columns] = upper
    matrix[columns, rows] = 1 / np.array(upper)
    return matrix


def random_matrix(n: int, spread: float, seed: int = 1) -> np.ndarray:
    """Return judgements that stray from random weights by a factor of about e to the spread."""
    generator = np.random.default_rng(seed)
    true = generator.uniform(1, 5, n)
    errors = generator.normal(0, spread, (n, n))
    rows, columns = np.triu_indices(n, 1)
    upper = (true[:, None] / true[None, :] * np.exp(errors))[rows, columns]
    return reciprocal(n, list(upper))


def assessed(matrix: np.ndarray, **how: str) -> Assessment:
    return assessment([f"i{number}" for number in range(len(matrix))], matrix, **how)


def codes(folder: Path, content: str) -> list[tuple[str, str]]:
    """Return the code and the evidence of each problem of a file that is refused."""
    path = folder / "matrix.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StudyError, match=r"matrix\.csv") as refusal:
        read_matrix(path)
    return [(problem.code, problem.found) for problem in refusal.value.problems]


# --- ahpsurvey, in R


@pytest.mark.parametrize("method", METHODS)
def test_ahpsurvey_fills_a_consistent_matrix_with_values_up_to_1_64_times_off(method):
    true = np.array([0.35, 0.25, 0.2, 0.15, 0.05])
    matrix = consistent(*true)
    for row, column in ((0, 3), (1, 4)):
        matrix[row, column] = matrix[column, row] = NAN
    found = assessed(matrix, method=method)
    np.testing.assert_allclose(found.weights, true, rtol=1e-12)
    np.testing.assert_allclose(harker(matrix).weights, true, rtol=1e-12)
    filled = [(one.row, one.column, one.value) for one in found.missing]
    assert filled == [
        (0, 3, pytest.approx(0.35 / 0.15, rel=1e-12)),
        (1, 4, pytest.approx(5.0, rel=1e-12)),
    ]


def test_ahpsurvey_group_weights_sum_to_0_98685():
    generator = np.random.default_rng(3)
    weights = generator.dirichlet(np.ones(5), size=200)
    plain = np.exp(np.log(weights).mean(axis=0))
    assert plain.sum() < 0.99
    for mean in ("geometric", "arithmetic"):
        assert aggregated_priorities(weights, np.ones(200), mean).sum() == pytest.approx(1, abs=1e-15)  # fmt: skip


# --- AHPy


def test_ahpy_invents_weights_for_disconnected_comparisons(tmp_path):
    # there: 0.41, 0.14, 0.30, 0.15 with CR 0.0
    found = codes(tmp_path, "item,other,judgement\na,b,3\nc,d,2\n")
    assert found == [("matrix-disconnected", "{a, b}  {c, d}")]
    matrix = reciprocal(4, [3, NAN, NAN, NAN, NAN, 2])
    for method in METHODS:
        with pytest.raises(ValueError, match=r"\[0, 1\], \[2, 3\]"):
            weights_by(method, matrix)


def test_ahpy_lets_the_last_of_two_contradictory_judgements_win(tmp_path):
    found = codes(tmp_path, "item,other,judgement\na,b,3\nb,a,3\nb,c,2\n")
    assert found == [("matrix-contradicted", "3")]


def test_ahpy_accepts_an_item_three_times_as_important_as_itself(tmp_path):
    assert codes(tmp_path, "item,other,judgement\na,a,3\na,b,2\n") == [("matrix-self", "3")]
    assert codes(tmp_path, ",a,b\na,3,2\nb,,1\n") == [("matrix-self", "3")]


def test_ahpy_drops_a_child_that_the_parent_does_not_know(tmp_path):
    # there the weights of the rest then sum to 0.333
    matrix = ",capacity,price,safety\ncapacity,1,3,5\nprise,1/3,1,2\nsafety,1/5,1/2,1\n"
    assert codes(tmp_path, matrix) == [("matrix-label-unknown", "prise")]
    tree = weight_tree(bundled("cpdi-2.0"))
    _, top = next(tree.siblings())
    known = [tree.codes[child] for child in top]
    misspelt = (*known[:-1], "misspelt")
    with pytest.raises(ValueError, match=f"no weights for the children of .*: {known[-1]}"):
        local_weights(tree, {tree.root: (misspelt, np.full(len(top), 1 / len(top)))})


def test_ahpy_divides_an_incomplete_matrix_by_the_complete_random_index():
    # Bozóki, Fülöp and Rónyai 2010: there CR 0.037 under Donegan-Dodd
    matrix = reciprocal(4, [1, 5, 2, 3, 4, NAN])
    found = assessed(matrix)
    complete = (found.lambda_max - 4) / 3 / random_index(4, "donegan-dodd")
    assert complete == pytest.approx(0.0372, abs=1e-4)
    assert found.ri == 0.583
    assert found.cr == pytest.approx(0.0528, abs=1e-4)


def test_ahpy_rounds_weights_inside():
    # there 53 global weights at 3 decimals sum to 1.002, and only 16 of them differ
    tree = weight_tree(bundled("ccpe-3.0"))
    judged = {}
    for number, (parent, children) in enumerate(tree.siblings()):
        node = tree.codes[parent] if parent >= 0 else tree.root
        items = tuple(tree.codes[child] for child in children)
        judged[node] = (items, assessed(random_matrix(len(items), 0.3, number)).weights)
    overall = overall_weights(tree, local_weights(tree, judged))
    leaves = overall[np.array(tree.leaves)]
    assert len(leaves) == 53
    assert math.fsum(leaves) == pytest.approx(1, abs=1e-15)
    assert len(set(leaves.tolist())) == 53


@pytest.mark.parametrize("n", [16, 50, 100])
def test_ahpy_refuses_more_than_15_items_with_saatys_index_and_pydecision_fails_on_them(n):
    found = assessed(random_matrix(n, 0.2))
    assert found.cr == pytest.approx((found.lambda_max - n) / (n - 1) / random_index(n))
    assert 0 < found.cr < 0.10
    assert found.weights.sum() == pytest.approx(1, abs=1e-14)
    with pytest.raises(StudyError, match=rf"saaty-2005 ends at n = 15, but the matrix has {n}"):
        assessed(random_matrix(n, 0.2), table="saaty-2005")


def test_ahpys_default_random_index_is_too_low():
    # simulated: 1.451 at n = 9, 1.707 at 50, 1.733 at 100; CR by Donegan-Dodd comes out 5 to 7 % too high
    for n, simulated, too_low in ((9, 1.451, 1.3733), (50, 1.707, 1.6102), (100, 1.733, 1.6339)):
        assert random_index(n) == pytest.approx(simulated, abs=0.003)
        assert random_index(n, "donegan-dodd") == pytest.approx(too_low, abs=5e-5)
    # 1.6213 is printed for n = 90, below n = 80
    for table in (DEFAULT, "donegan-dodd"):
        indices = [random_index(n, table) for n in range(3, 101)]
        assert indices == sorted(indices)


# --- pyDecision


@pytest.mark.parametrize("table", TABLES)
def test_pydecision_gives_no_consistency_ratio_for_two_items(table):
    found = assessed(reciprocal(2, [3]), table=table)
    assert (found.cr, found.weights.tolist()) == (0, [0.75, 0.25])


def test_pydecision_accepts_zeros_and_what_is_not_reciprocal(tmp_path):
    # there CR 4.1 and infinity
    assert codes(tmp_path, ",a,b,c\na,1,3,5\nb,3,1,2\nc,5,2,1\n") == [
        ("matrix-not-reciprocal", "3"),
        ("matrix-not-reciprocal", "5"),
        ("matrix-not-reciprocal", "2"),
    ]
    assert codes(tmp_path, ",a,b,c\na,1,0,5\nb,,1,2\nc,,,1\n") == [("matrix-not-positive", "0")]
    assert codes(tmp_path, ",a,b\na,1,-2\nb,,1\n") == [("matrix-not-positive", "-2")]
    for wrong, message in (([[1, 3], [3, 1]], "multiply to another"), ([[1, 0], [0, 1]], "above 0")):  # fmt: skip
        for method in METHODS:
            with pytest.raises(ValueError, match=message):
                weights_by(method, wrong)


def test_pydecision_takes_the_column_mean_without_saying_so():
    # ArcGIS' example, CR 0.33: the two methods even disagree on the order
    matrix = reciprocal(5, [3, 2, 2, 1 / 3, 1 / 2, 1, 1 / 5, 1, 1 / 2, 5])
    found = assessed(matrix)
    assert found.method == "eigenvector"
    np.testing.assert_allclose(found.weights, [0.221, 0.089, 0.131, 0.298, 0.261], atol=6e-4)
    beside = found.other_methods["column-mean"]
    np.testing.assert_allclose(beside, [0.235, 0.089, 0.136, 0.247, 0.294], atol=6e-4)
    assert np.argmax(found.weights) != np.argmax(beside)


def test_pydecisions_index_falls_from_11_to_12_items():
    indices = [random_index(n) for n in range(3, 101)]
    assert all(low < high for low, high in pairwise(indices))


# --- pyanp


def test_pyanp_lacks_the_factor_of_n_less_1_from_16_items_on():
    # there a matrix of CR 0.036 shows 0.50
    matrix = random_matrix(16, 0.35, seed=4)
    found = assessed(matrix)
    largest = np.linalg.eigvals(matrix).real.max()
    assert found.lambda_max == pytest.approx(largest, rel=1e-12)
    assert found.ci == pytest.approx((largest - 16) / 15, rel=1e-10)
    assert found.cr == pytest.approx(found.ci / 1.5955704, rel=1e-10)
    assert found.cr < 0.1 < (largest - 16) / 1.5955704


def test_pyanp_divides_the_gci_by_the_number_of_pairs():
    # there 0.0036934, a third of the index as it is defined
    found = float(geometric_consistency_index(reciprocal(3, [2, 5, 3])))
    assert found == pytest.approx(0.0110804, abs=1e-7)
    assert found / 3 == pytest.approx(0.0036934, abs=1e-7)


# --- AHP-OS


def test_ahp_os_stops_its_iteration_early():
    # the manual prints 0.652631, 0.285112, 0.062256
    matrix = reciprocal(3, [3, 8, 6])
    found = assessed(matrix)
    np.testing.assert_allclose(matrix @ found.weights, found.lambda_max * found.weights, rtol=1e-13)
    off = np.abs(found.weights - [0.652631, 0.285112, 0.062256]).max()
    assert off == pytest.approx(3.5e-5, abs=1e-6)


def test_ahp_os_gives_no_saaty_ratio_beyond_10_items():
    found = assessed(random_matrix(11, 0.3), table="saaty-1980")
    assert found.cr == pytest.approx((found.lambda_max - 11) / 10 / 1.51)


# --- easyAHP, in R


@pytest.mark.parametrize("rule", ["ratio", "difference"])
def test_easyahp_gives_no_weights_where_scores_are_tied(rule):
    matrix = score_ratios([6, 8, 6, 3], rule)
    for method in METHODS:
        weights = weights_by(method, matrix)
        assert np.isfinite(weights).all()
        assert weights[0] == pytest.approx(weights[2], rel=1e-12)
        assert weights[1] > weights[0] > weights[3]
    # one point of difference is no tie
    assert score_ratios([6, 5], "difference")[0, 1] == 2


# --- AHPtools, in R


@pytest.mark.parametrize("written", ["0.3333", "0.33", "0.333", ".333333", "1/3"])
def test_ahptools_refuses_a_third_in_decimals(tmp_path, written):
    path = tmp_path / "matrix.csv"
    path.write_text(f",a,b,c\na,1,3,5\nb,{written},1,2\nc,0.2,0.5,1\n", encoding="utf-8")
    found = read_matrix(path)
    np.testing.assert_array_equal(found.values, reciprocal(3, [3, 5, 2]))
    assert [snap.used for snap in found.snapped] == ([] if written == "1/3" else [1 / 3])


@pytest.mark.parametrize("n", [1, 2, 13, 40])
def test_ahptools_takes_3_to_12_items_only(n):
    weights = range(1, n + 1)
    found = assessed(consistent(*weights))
    np.testing.assert_allclose(found.weights, np.array(weights) / sum(weights), rtol=1e-12)


# --- the ahp packages of PyPI, npm and CRAN

# Jiang Qiyuan's choice of a tourist site: printed λmax = 5.073, CI = 0.018, CR = 0.016
TOURISM = reciprocal(5, [1 / 2, 4, 3, 3, 7, 5, 5, 1 / 2, 1 / 3, 1])


@pytest.mark.parametrize(("table", "index"), [("saaty-1980", 1.12), ("textbook", 1.12)])
def test_ahp_of_pypi_takes_the_random_index_of_one_item_more(table, index):
    # there 1.24, that of n = 6, and so CR 0.0145
    found = assessed(TOURISM, table=table)
    assert found.ri == index
    assert found.lambda_max == pytest.approx(5.073, abs=1e-3)
    assert found.cr == pytest.approx(0.0161, abs=1e-4)
    assert found.ci / 1.24 == pytest.approx(0.0145, abs=1e-4)


@pytest.mark.parametrize("n", [3, 4, 5, 9, 20])
def test_ahp_of_npm_divided_the_consistency_index_by_2_for_every_n(n):
    matrix = random_matrix(n, 0.4, seed=n)
    found = assessed(matrix)
    largest = np.linalg.eigvals(matrix).real.max()
    assert found.ci == pytest.approx((largest - n) / (n - 1), rel=1e-9)
    assert assessed(TOURISM).ci == pytest.approx(0.018, abs=5e-4)


def test_ahp_of_cran_reads_a_missing_pair_as_equal(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("item,other,judgement\na,b,2\nb,c,3\nc,d,\nb,d,6\n", encoding="utf-8")
    matrix = read_matrix(path)
    assert np.isnan(matrix.values[2, 3])
    found = assessment(matrix.labels, matrix.values)
    filled = {(one.row, one.column): one.value for one in found.missing}
    assert filled == {
        (0, 2): pytest.approx(6),
        (0, 3): pytest.approx(12),
        (2, 3): pytest.approx(2),
    }
    np.testing.assert_allclose(found.weights, np.array([12, 6, 2, 1]) / 21, rtol=1e-12)


def test_ahp_os_gives_every_expert_equal_weight_whatever_its_manual_says():
    pair = flat(2)
    answers = [pair_round(pair, {"index": [[9], [1]]})]
    made = panel(pair, answers, weights=[3, 1], expert_weights="entered")
    # the geometric mean of 9 three times and 1 once
    ratio = 9**0.75
    found = panel_weights(made, uncertainty=False).local["i0"]
    assert found == pytest.approx(ratio / (1 + ratio), abs=1e-12)
    assert found != pytest.approx(3 / 4)


def test_easyahp_takes_20_experts_and_10_items():
    large = flat(12)
    answers = [pair_round(large, {"index": [[1] * 66] * 25})]
    told = panel_weights(panel(large, answers), uncertainty=False)
    assert list(told.local.values()) == pytest.approx([1 / 12] * 12)
    assert told.groups[0].influence.tolist() == pytest.approx([1 / 25] * 25)

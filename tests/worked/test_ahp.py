"""Worked examples of pairwise comparisons: published matrices and trees, and what was printed of them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from suanli.methods import pairwise as pw

FOLDER = Path(__file__).parent / "ahp"


def number(word: str) -> float:
    """Read 3, 0.75, 1/7 or 1/1.13; a point is a judgement that is missing."""
    if word == ".":
        return float("nan")
    above, _, below = word.partition("/")
    return float(above) / float(below or 1)


def matrix_of(upper: list[str]) -> np.ndarray:
    """Build the matrix whose rows right of the diagonal are given as words."""
    matrix = np.eye(len(upper) + 1)
    for row, text in enumerate(upper):
        above = np.array([number(word) for word in text.split()])
        matrix[row, row + 1 :] = above
        matrix[row + 1 :, row] = 1 / above
    return matrix


def ratio(lambda_max: Any, matrix: np.ndarray, table: str) -> float:
    missing = pw.missing_count(matrix)
    return float(pw.consistency_ratio(lambda_max, len(matrix), table=table, missing=missing))


def filled(matrix: np.ndarray, values: np.ndarray) -> list[list[float]]:
    return [[i, j, values[i, j]] for i, j in np.argwhere(np.triu(np.isnan(matrix)))]


def farthest(matrix: np.ndarray, _: str) -> list[int]:
    weights = pw.principal(matrix).weights
    (worst,) = pw.worst_judgements(matrix, weights, 1)
    return [worst.row, worst.column]


def left_vector(matrix: np.ndarray, _: str) -> np.ndarray:
    left = pw.principal(matrix.T).weights
    return left / (left @ pw.principal(matrix).weights)


def half_step(matrix: np.ndarray, _: str) -> list[float]:
    judgement = matrix[0, 1]
    first = [
        pw.principal([[1, value], [1 / value, 1]]).weights[0]
        for value in (judgement, judgement + 0.5, judgement - 0.5)
    ]
    return [first[1] - first[0], first[2] - first[0]]


def textbook_index(matrix: np.ndarray, _: str) -> float:
    estimate = pw.lambda_of(matrix, pw.column_mean_weights(matrix))
    return float(pw.consistency_index(estimate, len(matrix)))


def harker_completion(matrix: np.ndarray) -> np.ndarray:
    weights = pw.harker(matrix).weights
    return np.where(np.isnan(matrix), weights[:, None] / weights, matrix)


def harker_ratio_filled(matrix: np.ndarray, table: str) -> float:
    complete = harker_completion(matrix)
    return ratio(pw.principal(complete).lambda_max, complete, table)


def least(matrix: np.ndarray) -> pw.Principal:
    return pw.principal(pw.least_lambda(matrix))


def least_squares_missing(matrix: np.ndarray, _: str) -> list[list[float]]:
    weights = pw.weights_by("least-squares", matrix)
    return filled(matrix, weights[:, None] / weights)


def error_ratios(matrix: np.ndarray, _: str) -> np.ndarray:
    ratios = np.ones_like(matrix)
    for each in pw.worst_judgements(matrix, pw.principal(matrix).weights, matrix.size):
        ratios[each.row, each.column] = each.ratio
        ratios[each.column, each.row] = 1 / each.ratio
    return ratios


FIGURES: dict[str, Callable[[np.ndarray, str], Any]] = {
    "weights": lambda m, _: pw.weights_by("eigenvector", m),
    "eigenvector": lambda m, _: pw.weights_by("eigenvector", m),
    "geometric": lambda m, _: pw.weights_by("geometric", m),
    "least_squares": lambda m, _: pw.weights_by("least-squares", m),
    "column_mean": lambda m, _: pw.weights_by("column-mean", m),
    "first_of_column_mean": lambda m, _: pw.weights_by("column-mean", m)[0],
    "image_of_column_mean": lambda m, _: m @ pw.weights_by("column-mean", m),
    "textbook_index": textbook_index,
    "lambda_max": lambda m, _: least(m).lambda_max,
    "consistency_ratio": lambda m, table: ratio(least(m).lambda_max, m, table),
    "ratio_by_complete_index": lambda m, table: pw.consistency_ratio(
        least(m).lambda_max, len(m), table=table
    ),
    "gci": lambda m, _: pw.geometric_consistency_index(m),
    "error_ratios": error_ratios,
    "farthest": farthest,
    "half_step": half_step,
    "left_vector": left_vector,
    "gradient": lambda m, _: pw.lambda_gradient(m)[np.triu_indices(len(m), 1)],
    "cycles": lambda m, _: pw.cycles(m),
    "missing": lambda m, _: filled(m, pw.least_lambda(m)),
    "least_squares_missing": least_squares_missing,
    "harker_missing": lambda m, _: filled(m, harker_completion(m)),
    "harker_ratio_filled": harker_ratio_filled,
}


def local_weights(node: Mapping[str, Any]) -> np.ndarray:
    if "upper" in node:
        return pw.weights_by("eigenvector", matrix_of(node["upper"]))
    values = np.array(node["values"], dtype=float)
    return values / values.sum()


def target(nodes: Mapping[str, Any], name: str, share: float = 1.0) -> dict[str, float]:
    """Carry the weights of a node down to the items that are no nodes themselves."""
    totals: dict[str, float] = {}
    for item, weight in zip(nodes[name]["items"], local_weights(nodes[name]), strict=True):
        part = share * float(weight)
        below = target(nodes, item, part) if item in nodes else {item: part}
        for leaf, amount in below.items():
            totals[leaf] = totals.get(leaf, 0.0) + amount
    return totals


def tree_figures(table: str, root: str, nodes: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    matrices = {name: matrix_of(node["upper"]) for name, node in nodes.items() if "upper" in node}
    return {
        "local": {name: local_weights(node) for name, node in nodes.items()},
        "consistency_ratio": {
            name: ratio(pw.principal(matrix).lambda_max, matrix, table)
            for name, matrix in matrices.items()
        },
        "target": target(nodes, root),
    }


def cases() -> list[Any]:
    files = sorted(FOLDER.iterdir())
    assert {file.suffix for file in files} == {".yaml"}
    read = [(file, yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files]
    assert all(read for _, read in read)
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file, found in read
        for case in found
    ]


def check_close(found: Any, wanted: Any, tolerance: float) -> None:
    assert np.shape(found) == np.shape(wanted)
    np.testing.assert_allclose(
        np.asarray(found, float), np.asarray(wanted, float), rtol=0, atol=tolerance
    )


@pytest.mark.parametrize("case", cases())
def test_published_numbers_come_out(case: dict[str, Any]) -> None:
    assert set(case) == {"name", "source", "input", "expected", "tolerance"}
    assert set(case["tolerance"]) == set(case["expected"])
    given = case["input"]
    if "nodes" in given:
        figures = tree_figures(**given)
        for key, wanted in case["expected"].items():
            for name, value in wanted.items():
                check_close(figures[key][name], value, case["tolerance"][key])
        if "target" in case["expected"]:
            assert set(figures["target"]) == set(case["expected"]["target"])
            assert sum(figures["target"].values()) == pytest.approx(1, abs=1e-14)
    else:
        matrix = matrix_of(given["upper"])
        for key, wanted in case["expected"].items():
            check_close(FIGURES[key](matrix, given["table"]), wanted, case["tolerance"][key])


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.id for case in cases()]
    assert len(names) == len(set(names)) >= 30

"""What does not fit the framework is refused before anything is scored."""

import numpy as np
import pytest

from suanli.problems import ScoringError
from suanli.scoring import score
from tests.made import flat, grid

VALUES = [[0.0, 1], [1, 0]]


def refusal(**given):
    values = given.pop("values", grid(VALUES))
    with pytest.raises(ScoringError, match=r"\S") as refused:
        score(flat(2), values, **given)
    return [(problem.code, problem.found, problem.expected) for problem in refused.value.problems]


def test_codes_in_another_order_are_not_read_by_position():
    assert refusal(values=grid(VALUES, ["i1", "i0"])) == [
        ("scoring-codes-differ", "i1, i0", "i0, i1")
    ]


def test_a_missing_indicator_is_refused():
    assert refusal(values=grid([[0.0], [1]]))[0][0] == "scoring-codes-differ"


def test_infinite_values_are_named():
    assert refusal(values=grid([[np.inf, 1], [1, -np.inf]])) == [
        ("scoring-value-infinite", "inf", ""),
        ("scoring-value-infinite", "-inf", ""),
    ]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({"nope": 1.0}, [("scoring-weight-node", "nope", "")]),
        ({"index": 1.0}, [("scoring-weight-node", "index", "")]),
        ({"i0": 0.5}, [("scoring-weight-siblings", "index", "i1")]),
        ({"i0": 0.5, "i1": 0.4}, [("scoring-weight-sum", "0.9", "index")]),
        ({"i0": 1.5, "i1": -0.5}, [("scoring-weight-sum", "1", "index")]),
    ],
)
def test_weights_that_do_not_fit(weights, expected):
    assert refusal(weights=weights) == expected


def test_unknown_mode():
    assert refusal(mode="x") == [("scoring-mode-unknown", "x", "")]

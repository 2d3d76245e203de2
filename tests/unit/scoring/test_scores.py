"""The frozen result of scoring."""

from dataclasses import FrozenInstanceError

import pytest

from suanli.scoring import score
from tests.made import flat, grid


def test_scores_cannot_be_replaced_in_place():
    scores = score(flat(1), grid([[1.0], [2]]))
    with pytest.raises(FrozenInstanceError, match="cannot assign to field"):
        scores.mode = "audit"


def test_same_input_same_bytes():
    first, second = (score(flat(1), grid([[1.0], [2]])) for _ in range(2))
    assert first.scores.tobytes() == second.scores.tobytes()
    assert first.contributions.tobytes() == second.contributions.tobytes()

"""Incomplete designs: connected for every expert, each item compared twice at least, pairs covered evenly."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suanli.intake.questionnaires.design import design
from suanli.intake.questionnaires.layout import all_pairs
from suanli.methods.pairwise import components


@given(count=st.integers(2, 40), experts=st.integers(1, 40), seed=st.integers(0, 2**32 - 1))
def test_designs_are_connected_and_balanced(count, experts, seed):
    asked = design(count, experts, seed)
    assert asked.shape == (experts, count * (count - 1) // 2)
    coverage = asked.sum(axis=0)
    assert coverage.max() - coverage.min() <= 1
    assert len(set(asked.sum(axis=1).tolist())) == 1
    for row in asked[:5]:
        graph = np.zeros((count, count), dtype=bool)
        for (i, j), yes in zip(all_pairs(count), row, strict=True):
            graph[i, j] = graph[j, i] = yes
        assert len(components(graph)) == 1
        assert graph.sum(axis=1).min() >= min(2, count - 1)
        assert graph.sum(axis=1).max() <= 3

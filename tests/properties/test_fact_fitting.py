"""Fitted weights are never worse than the result's own and never above the bound."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suanli.result.fact_fitting import weights_fitted_to
from suanli.result.fact_orders import PublishedOrder
from tests.unit.result import fitting_cases as cases

FLOOR = 0.02


@st.composite
def studies(draw):
    """A result with ties and gaps, own weights of which some are nothing, and any orders."""
    count = draw(st.integers(2, 6))
    cells = st.lists(st.none() | st.integers(0, 4), min_size=5, max_size=5)
    values = [
        [np.nan if cell is None else float(cell) for cell in draw(cells)] for _ in range(count)
    ]
    local = dict(zip(("3.1", "3.2", *"abcde"), _weights(draw), strict=True))
    result = cases.result(values=values, short=cases.SHORT[:count], weights=local)
    codes = cases.codes(result)
    kinds = st.sampled_from(("order", "place", "threshold"))
    orders = [
        _order(draw(kinds), draw(st.permutations(codes)), draw(NODES), draw(st.integers(0, 100)))
        for _ in range(draw(st.integers(1, 12)))
    ]
    return result, orders


NODES = st.sampled_from(("index", "3.1", "3.2"))


def _weights(draw):
    for size in (2, 2, 3):
        shares = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size).filter(any))
        yield from (share / sum(shares) for share in shares)


def _order(kind, codes, node, score):
    behind = "" if kind == "threshold" else codes[1]
    return PublishedOrder(
        *("B-012", kind, node, "2023", codes[0], behind), score=float(score), strict=score % 2 == 0
    )


@given(studies(), st.integers(0, 3))
@settings(max_examples=40)
def test_never_worse_never_above_the_bound_and_never_below_the_floor(study, seed):
    result, orders = study
    found = weights_fitted_to(result, orders, seed=seed, floor=FLOOR)
    for count in (found, *found.kinds):
        assert count.own <= count.fitted <= count.possible <= count.orders
    assert all(one.fitted <= one.possible for one in found.facts)
    for code in "abcde":
        assert found.overall[code] >= min(FLOOR, found.own_overall[code]) - 1e-12
        assert (found.local[code] == 0) == (found.own_local[code] == 0)
    for siblings in (("3.1", "3.2"), "ab", "cde"):
        assert sum(found.local[code] for code in siblings) == pytest.approx(1, abs=1e-12)

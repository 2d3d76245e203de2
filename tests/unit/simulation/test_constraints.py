import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suanli.simulation.constraints import (
    Gap,
    above,
    each,
    ordered,
    share,
    together,
    total,
)
from suanli.simulation.quantities import known, summed, unknown
from suanli.simulation.solving import Prior, contradicting, solved

REGIONS = 6


def one(count=REGIONS):
    return unknown(np.arange(count), count)


def around(values, low=0.0, high=1000.0):
    values = np.asarray(values, dtype=float)
    return Prior(
        values, np.maximum(values, 1.0), np.full(len(values), low), np.full(len(values), high)
    )


def met(rows, found):
    reached = rows.matrix @ found
    return (reached >= rows.low - 1e-6).all() and (reached <= rows.high + 1e-6).all()


@given(
    st.lists(st.floats(1, 100), min_size=REGIONS, max_size=REGIONS),
    st.permutations(range(REGIONS)),
    st.floats(50, 500),
    st.integers(20, 60),
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_prior_what_is_stated_holds(prior, order, sum_of_all, per_cent):
    named, quantity = order[:3], one()
    rows = together(
        [
            ordered(quantity, named, Gap(0.01), "order"),
            above(quantity, [(named[-1], other) for other in order[3:]], Gap(0.01), "places"),
            total(quantity, sum_of_all, sum_of_all * 1.001, "total"),
            share(quantity, named, per_cent + 30, per_cent + 32, "share"),
        ],
        REGIONS,
    )
    found = solved(around(prior), rows)
    assert met(rows, found)
    assert list(np.argsort(-found)[:3]) == named
    assert found.sum() == pytest.approx(sum_of_all, rel=2e-3)


def test_without_constraints_the_prior_stands():
    prior = around([3.0, 1.0, 2.0])
    assert solved(prior, together([], 3)).tolist() == [3.0, 1.0, 2.0]


def test_only_what_must_move_does():
    quantity = one(3)
    found = solved(around([3.0, 1.0, 2.0]), ordered(quantity, [1, 0], Gap(0.0), "A-1"))
    assert found[2] == 2.0
    assert found[1] >= found[0] - 1e-9


def test_a_soft_constraint_gives_way_to_a_hard_one():
    quantity = one(2)
    hard = ordered(quantity, [0, 1], Gap(amount=1.0), "hard")
    soft = ordered(quantity, [1, 0], Gap(amount=1.0), "soft").softened(10.0)
    found = solved(around([5.0, 5.0]), hard + soft)
    assert met(hard, found)
    assert not met(soft, found)


def test_facts_that_contradict_are_named_and_others_are_not():
    quantity = one(3)
    rows = together(
        [
            total(quantity, 10.0, 11.0, "A-900"),
            each(quantity, [0], 20.0, np.inf, "A-901"),
            ordered(quantity, [0, 1], Gap(0.01), "A-902"),
        ],
        3,
    )
    with pytest.raises(ValueError, match=r"these facts together: A-90[01](, A-901)?$"):
        solved(around([1.0, 1.0, 1.0]), rows)
    assert "A-902" not in contradicting(around([1.0, 1.0, 1.0]), rows)


def test_facts_beyond_the_bounds_are_refused():
    with pytest.raises(ValueError, match="these facts together: A-903"):
        solved(around([1.0], high=5.0), each(one(1), [0], 6.0, 7.0, "A-903"))


def test_gaps_differ_so_that_regions_held_down_do_not_tie():
    quantity = one(4)
    rows = above(quantity, [(0, other) for other in (1, 2, 3)], Gap(0.05), "A-904")
    found = solved(around([4.0, 9.0, 9.0, 9.0]), rows + each(quantity, [0], 4.0, 4.0, "A-905"))
    assert len(set(found[1:].round(9))) == 3
    assert found[1:].max() <= 4.0 / 1.05 + 1e-9


def test_quantities_are_linear_in_what_is_unknown():
    both = summed([one(2).times(2.0), known(np.array([1.0, 3.0]), 2)]).plus(1.0)
    numbers = both.matrix @ np.array([5.0, 7.0]) + both.constant
    assert numbers.tolist() == [12.0, 18.0]
    assert not both.is_known
    assert known(np.array([1.0]), 2).is_known

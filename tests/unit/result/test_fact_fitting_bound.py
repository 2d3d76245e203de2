"""The bound is what trying all weights of small cases gives, or above it."""

import numpy as np
import pytest

from suanli.result.fact_fitting_bound import limits
from suanli.result.fact_fitting_ground import ground_of
from suanli.result.fact_fitting_rows import patterns, rows
from suanli.result.fact_orders import PublishedOrder
from tests.unit.result import fitting_cases as cases

FLOOR = 0.001


def limits_of(result, orders, floor=FLOOR):
    ground = ground_of(result, orders)
    found = patterns(ground)
    floors = np.minimum(floor, ground.own_weights)
    return ground, limits(ground, rows(ground, ground.own_weights), found, floors)


def all_pairs(result, node):
    return [
        PublishedOrder("B-012", "order", node, "2023", one, other)
        for one in cases.codes(result)
        for other in cases.codes(result)
        if one != other
    ]


@pytest.mark.parametrize("seed", range(8))
def test_of_two_indicators_the_bound_is_exact(seed):
    """Along the line of two weights the count is known everywhere, and the matching loses no more than must fail."""
    result = cases.result(seed)
    orders = cases.orders_by(cases.result(seed + 20), nodes=("3.1",))
    ground, found = limits_of(result, orders)

    def gaps(share):
        return ground.comparisons.gaps(ground.scores_by(cases.TRUE | {"a": share, "b": 1 - share}))

    # the other three indicators and this one at the floor
    low = FLOOR / (1 - 3 * FLOOR)
    least, most = gaps(low), gaps(1 - low)
    with np.errstate(divide="ignore"):
        turns = low + (1 - 2 * low) * least / (least - most)
    turns = np.sort(np.append(turns[(turns > low) & (turns < 1 - low)], [low, 1 - low]))
    best = max(int((gaps(share) > 0).sum()) for share in (turns[1:] + turns[:-1]) / 2)
    assert found.most(np.ones(len(orders), dtype=bool)) == best


@pytest.mark.parametrize("lacking", [0.0, 0.2])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_called_impossible_holds_under_no_weights(seed, lacking):
    result = cases.result(seed, lacking=lacking)
    orders = all_pairs(result, "3.2") + all_pairs(result, "index")
    ground, found = limits_of(result, orders)
    whole = found.most(np.ones(len(orders), dtype=bool))
    random = np.random.default_rng(seed)
    for concentration in (0.1, 0.3, 1.0) * 60:
        drawn = random.dirichlet([concentration] * 5)
        weights = FLOOR + (1 - 5 * FLOOR) * drawn
        held = ground.comparisons.held(ground.scores(weights))
        assert not (held & found.impossible).any()
        assert not held[found.conflicts].all(axis=1).any()
        assert held.sum() <= whole
    if not lacking:
        # every pair both ways round: half of them at most
        assert whole <= len(orders) // 2


def test_equal_regions_stand_neither_before_the_other():
    values = [[3, 4, 5, 6, 7], [3, 4, 5, 6, 7], [1, 9, 1, 9, 1]]
    result = cases.result(values=values, short=("北京", "天津", "河北"))
    one, other, _ = cases.codes(result)
    _, found = limits_of(result, [PublishedOrder("B-012", "order", "index", "2023", one, other)])
    assert found.impossible.tolist() == [True]

"""Published orders as comparisons of scores."""

from collections import Counter

import numpy as np
import pytest

from suanli.framework import bundled
from suanli.regions import provinces
from suanli.result.fact_bench import bench_of
from suanli.result.fact_orders import published_orders
from tests.unit.result import samples


def orders_of(framework_id, period, lacking=None):
    framework, regions = bundled(framework_id), provinces()
    grid = samples.grid(framework, regions, periods=(period,), seed=5)
    grid.values[:] = np.random.default_rng(5).uniform(5, 100, grid.values.shape)
    grid.origins[:] = 1
    if lacking:
        grid.values[0, regions.codes.index(lacking), :] = np.nan
        grid.origins[0, regions.codes.index(lacking), :] = 0
    return published_orders(
        bench_of(samples.result(framework=framework, regions=regions, grid=grid))
    )


@pytest.fixture(scope="module")
def ccpe():
    return orders_of("ccpe-3.0", "2023")


@pytest.fixture(scope="module")
def cpdi():
    return orders_of("cpdi-2.0", "2022")


def test_fourteen_rankings_of_ten_provinces(ccpe):
    kinds = Counter((order.fact, order.kind) for order in ccpe)
    assert len({fact for fact, _ in kinds}) == 14
    assert set(kinds.values()) == {45, 210}
    assert {order.period for order in ccpe} == {"2023"}


def test_the_first_listed_stands_before_the_second_and_before_those_not_listed(ccpe):
    index = [order for order in ccpe if order.fact == "B-012"]
    assert {order.node for order in index} == {"index"}
    assert (index[0].ahead, index[0].behind) == ("130000", "440000")
    assert ("640000", "540000") in {(o.ahead, o.behind) for o in index if o.kind == "place"}
    assert not {("440000", "130000")} & {(o.ahead, o.behind) for o in index}


def test_later_places_stand_behind_earlier_ones_and_before_the_rest(cpdi):
    """Places 7–15 of the index: 9 regions before the 16 that neither fact names, none before the first 6."""
    place = [order for order in cpdi if order.fact == "A-085" and order.kind == "place"]
    assert len(place) == 9 * 16
    first = {order.ahead for order in cpdi if order.fact == "A-084"}
    assert first.isdisjoint(order.behind for order in place)


def test_scores_are_stated_as_printed(cpdi):
    stated = {
        order.fact: (order.score, order.strict) for order in cpdi if order.kind == "threshold"
    }
    assert stated["A-084"] == (40.0, False)
    assert stated["A-098"] == (10.0, True)
    assert stated["A-121"] == (47.5, False), "about 50 or more may be 5 % less"
    assert stated["A-122"] == (80.0, True), "its amount in EB is no score"
    assert "A-108" not in stated, "a share of the nation is no score"
    assert sum(order.fact == "A-113" and order.kind == "threshold" for order in cpdi) == 6


def test_indicators_have_no_weights_to_fit(cpdi):
    groups = {order.node for order in cpdi}
    framework = bundled("cpdi-2.0")
    assert groups.isdisjoint(indicator.code for indicator in framework.indicators())


def test_without_every_region_places_are_unknown_but_orders_are_not():
    lacking = orders_of("ccpe-3.0", "2023", lacking="540000")
    assert {order.kind for order in lacking} == {"order"}
    assert len(lacking) == 14 * 45
    fewer = orders_of("ccpe-3.0", "2023", lacking="130000")
    assert sum(order.fact == "B-012" for order in fewer) == 36


def test_another_year_has_no_orders():
    assert orders_of("ccpe-3.0", "2022") == ()

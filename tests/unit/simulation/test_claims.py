from types import MappingProxyType

import numpy as np
import pytest

from suanli.language import Text
from suanli.result.fact_catalogue import Fact
from suanli.result.fact_figures import holds
from suanli.simulation import claims
from suanli.simulation.claims import Named, Subject
from suanli.simulation.constraints import Gap, together
from suanli.simulation.quantities import known, unknown
from suanli.simulation.solving import Prior, solved

COUNT = 5


def fact(**other):
    stated = {
        "id": "Z-001",
        "document": Text("甲", "A"),
        "section": "",
        "figure": "",
        "statement": "ranking",
        "metric": "made_up",
        "scope": "CN-province",
        "year": "2023",
        "regions": (),
        "order": "",
        "op": "=",
        "values": (),
        "units": (),
        "caliber": "",
        "first": None,
        "applies_to": None,
        "more": MappingProxyType({}),
    }
    return Fact(**(stated | other))


def subject(**other):
    free = unknown(np.arange(COUNT), COUNT)
    stated = {"current": free, "earlier": None, "gap": Gap(0.01), "unit": "亿元"}
    return Subject(**(stated | other))


def nearest(rows, prior=(5.0, 4.0, 3.0, 2.0, 1.0)):
    values = np.array(prior)
    bounds = Prior(values, np.ones(COUNT), np.zeros(COUNT), np.full(COUNT, 1e6))
    return solved(bounds, together(rows, COUNT))


@pytest.mark.parametrize("op", ["=", "≈", ">", ">=", "≈>="])
@pytest.mark.parametrize("published", [58, 1.48, 10.81, 231.2, -0.2, 178.5])
def test_intervals_lie_inside_what_a_reader_takes_for_agreement(op, published):
    low, high = claims.interval(op, published)
    for number in (low, high if np.isfinite(high) else low * 3 if low > 0 else 1.0):
        assert holds(number, op, published)


def test_a_ranking_from_the_top_keeps_all_others_below():
    ranked = fact(regions=("丙", "戊"), order="listed", first=1)
    found = nearest(claims.ranking(ranked, subject(), Named((2, 4))))
    assert list(np.argsort(-found)[:2]) == [2, 4]


def test_a_ranking_further_down_keeps_those_ahead_above():
    ranked = fact(regions=("甲",), order="explicit", first=3)
    found = nearest(claims.ranking(ranked, subject(), Named((0,), ahead=(3, 4))))
    assert set(np.argsort(-found)[:2]) == {3, 4}
    assert np.argsort(-found)[2] == 0


def test_a_set_has_places():
    ranked = fact(regions=("丁", "戊"), order="set", first=1)
    found = nearest(claims.ranking(ranked, subject(), Named((4, 3))))
    assert set(np.argsort(-found)[:2]) == {3, 4}


def test_where_lower_is_better_the_first_is_lowest():
    ranked = fact(regions=("甲", "乙"), order="listed", first=1)
    rows = claims.ranking(ranked, subject(lower=True, gap=Gap(amount=0.1)), Named((0, 1)))
    assert list(np.argsort(nearest(rows))[:2]) == [0, 1]


def test_thresholds_are_in_the_unit_of_the_indicator_and_only_for_the_first_named():
    stated = fact(statement="threshold", op=">", values=(2.0,), units=("万亿元",), applies_to=1)
    found = nearest(claims.values(stated, subject(), [1, 2]))
    assert found[1] > 20_000
    assert found[2] == 3.0


def test_totals_of_amounts_and_of_rates():
    stated = fact(statement="value", values=(30.0,), units=("亿元",))
    assert nearest(claims.values(stated, subject(), [])).sum() == pytest.approx(30, abs=0.5)
    weights = np.array([0.6, 0.1, 0.1, 0.1, 0.1])
    rate = fact(statement="value", values=(58.0,), units=("%",))
    found = nearest(claims.values(rate, subject(unit="%", weights=weights), []))
    assert found @ weights == pytest.approx(58, abs=0.5)


def test_a_threshold_of_counts_is_met_in_whole_numbers():
    counted = subject(unit="个", step=1.0)
    assert claims.in_unit(counted, ">", 20, "个") == (21.0, np.inf)
    assert claims.in_unit(counted, "=", 25, "个") == (25.0, 25.0)


def test_shares_of_the_nation():
    stated = fact(statement="share", op="=", values=(79.0,), units=("%",))
    found = nearest(claims.values(stated, subject(), [3, 4]))
    assert 100 * found[[3, 4]].sum() / found.sum() == pytest.approx(79, abs=0.5)


def test_growth_and_a_rise_bind_the_year_before():
    now = known(np.array([12.0, 9.0, 6.0, 3.0, 150.0]), COUNT)
    both = subject(current=now, earlier=unknown(np.arange(COUNT), COUNT))
    grown = fact(statement="growth", op="=", values=(20.0,), units=("%",))
    assert 180 / nearest(claims.growths(grown, both, [])).sum() == pytest.approx(1.2, abs=0.005)
    risen = fact(statement="growth", op=">", values=(40.0, 50.0), units=("亿元", "%"))
    found = nearest(claims.growths(risen, both, [4]), (5.0, 4.0, 3.0, 2.0, 149.0))
    assert 150 - found[4] > 40
    assert 150 / found[4] > 1.5


def test_growth_told_beside_a_value_binds_the_year_before():
    now = known(np.full(COUNT, 10.0), COUNT)
    both = subject(current=now, earlier=unknown(np.arange(COUNT), COUNT))
    told = fact(statement="value", more=MappingProxyType({"growth": 25}))
    assert 50 / nearest(claims.growths(told, both, [])).sum() == pytest.approx(1.25, abs=0.005)


def test_changes_stand_in_order():
    now = known(np.full(COUNT, 1.4), COUNT)
    earlier = unknown(np.arange(COUNT), COUNT)
    both = subject(current=now, earlier=earlier, gap=Gap(amount=0.01), lower=True, unit="1")
    found = nearest(claims.changed(fact(order="explicit"), both, [2, 0, 1]), (1.5,) * COUNT)
    fall = found - 1.4
    assert fall[2] > fall[0] > fall[1]

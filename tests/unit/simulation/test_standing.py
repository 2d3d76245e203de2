import numpy as np

from suanli.framework import bundled
from suanli.regions import provinces
from suanli.simulation.situation import situation
from suanli.simulation.standing import listings, named_codes, positions, standing

SIZE = np.linspace(31, 1, 31)


def first(scores, count):
    return [provinces().members[at].short.zh for at in np.argsort(-scores)[:count]]


def test_an_indicators_own_list_decides_first():
    found = standing(bundled("ccpe-3.0"), provinces(), SIZE)
    assert first(found["3.4.2.5"], 3) == ["河北", "宁夏", "四川"]
    assert first(found["3.1.1.1"], 4) == ["河北", "广东", "上海", "江苏"]


def test_the_groups_above_decide_where_an_indicator_has_no_list():
    found = standing(bundled("ccpe-3.0"), provinces(), SIZE)
    assert first(found["3.3.3.6"], 3) == ["广东", "江苏", "山东"]


def test_standing_is_a_set_of_normal_scores():
    found = standing(bundled("cpdi-2.0"), provinces(), SIZE)
    assert set(found) == {indicator.code for indicator in bundled("cpdi-2.0").indicators()}
    assert all(abs(scores.mean()) < 0.02 and 0.8 < scores.std() < 1.05 for scores in found.values())


def test_listings_are_rankings_with_places():
    of_index = [one for one in listings("cpdi-2.0", provinces()) if one.node == "index"]
    assert [(one.first, len(one.named)) for one in of_index] == [(1, 6), (7, 9)]


def test_provinces_have_their_own_statistics_and_cities_shares_of_them():
    city = bundled("ccpe-3.0-city")
    keep = named_codes(city)
    found = situation(city, 2023, keep)
    assert keep <= set(found.regions.codes)
    assert len(found.regions.codes) == 302
    whole = situation(bundled("ccpe-3.0"), 2023, frozenset())
    assert whole.periods == ("2022", "2023")
    parents = np.array([region.parent for region in found.regions.members])
    at = positions(whole.regions, ["广东"])[0]
    inside = found.statistics["gdp"][1][parents == "440000"].sum()
    assert abs(inside - whole.statistics["gdp"][1, at]) < 1e-6 * inside
    assert all(np.isfinite(values).all() for values in whole.statistics.values())

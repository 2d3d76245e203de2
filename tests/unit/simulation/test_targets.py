from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from suanli.indicators import indicator_grid
from suanli.intake.grid import ORIGINS, ValueGrid
from suanli.regions import grouping
from suanli.result import facts_beside
from suanli.simulation.places import FIBRE_DELAY, apart, places
from suanli.simulation.profiles import profiles, simulated_ids
from suanli.simulation.targets import targets
from tests.unit.result import samples

PUBLISHED = {"cpdi-2.0": 2022, "ccpe-3.0": 2023, "ccpe-3.0-city": 2023}
PROVINCIAL = ("cpdi-2.0", "ccpe-3.0")
SEEDS = (0, 1, 2)
COUNTED = ("个", "件", "次", "户", "人")
INPUTS = ("value", "mean", "change")

AGREEING = {"cpdi-2.0": 0.985, "ccpe-3.0": 0.97, "ccpe-3.0-city": 0.96}
"""Least share of ordered pairs of composite scores; measured: 99.2 %, 98.1 % and 97.0 % or more, seeds 0 to 20."""


@cache
def solved(framework_id, seed=0, year=None):
    return targets(framework_id, year or PUBLISHED[framework_id], seed=seed)


def facts_of(found, *, factor=1.0):
    """Return the facts beside the result that the values, each times a factor, lead to."""
    values = np.array(found.values * factor)
    grid = ValueGrid(
        regions=found.regions.codes,
        periods=found.periods,
        codes=found.codes,
        values=values,
        origins=np.full(values.shape, ORIGINS.index("simulated"), dtype=np.int8),
        source_ids=np.zeros(values.shape, dtype=np.int32),
        sources=("",),
    )
    grid = indicator_grid(found.framework, grid)
    return facts_beside(
        samples.result(framework=found.framework, regions=found.regions, grid=grid)
    ).verdicts


def of_inputs(verdicts):
    """Return the verdicts of facts about values of indicators, by id."""
    return {
        one.fact.id: one.verdict
        for one in verdicts
        if one.verdict != "not-testable" and not is_composite(one)
    }


def is_composite(verdict):
    from suanli.result.fact_catalogue import published_facts

    return published_facts().metrics[verdict.fact.metric].kind not in INPUTS


def column(found, code, period=1):
    return found.values[period, :, found.codes.index(code)]


def at(found, name):
    return found.regions.codes.index(found.regions.resolve(name).code)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("framework_id", "least"), [("cpdi-2.0", 24), ("ccpe-3.0", 20)])
def test_every_fact_about_an_indicator_agrees(framework_id, least, seed):
    found = of_inputs(facts_of(solved(framework_id, seed)))
    assert set(found.values()) == {"agrees"}
    assert len(found) >= least


@pytest.mark.parametrize("framework_id", PROVINCIAL)
@pytest.mark.parametrize("sign", [-1, 1])
def test_facts_have_room_for_small_deviations(framework_id, sign):
    found = solved(framework_id)
    noise = np.random.default_rng(5).uniform(0, 1e-6, found.values.shape)
    assert set(of_inputs(facts_of(found, factor=1 + sign * noise)).values()) == {"agrees"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("framework_id", PUBLISHED)
def test_scores_with_equal_weights_stand_in_the_published_order(framework_id, seed):
    composites = [one for one in facts_of(solved(framework_id, seed)) if is_composite(one)]
    pairs = sum(one.pairs for one in composites)
    assert pairs > 100
    assert sum(one.agreeing for one in composites) >= AGREEING[framework_id] * pairs


@pytest.mark.parametrize("seed", SEEDS)
def test_device_computing_power_comes_to_its_total_growth_and_shares(seed):
    found = solved("cpdi-2.0", seed)
    codes = ("2.1.1.1", "2.1.1.2", "2.1.1.3")
    now, before = (sum(column(found, code, period) for code in codes) for period in (1, 0))
    assert now.sum() == pytest.approx(302, abs=0.5)
    assert now.sum() / before.sum() == pytest.approx(1.50, abs=0.005)
    east = [
        found.regions.codes.index(code) for code in grouping("economic-belts").groups[0].members
    ]
    assert now[east].sum() / now.sum() == pytest.approx(0.9, abs=0.045)
    five = [at(found, name) for name in ("北京", "广东", "浙江", "上海", "江苏")]
    for code, share in (("2.1.1.1", 0.79), ("2.1.1.2", 0.90)):
        values = column(found, code)
        assert values[five].sum() / values.sum() == pytest.approx(share, abs=0.005)
        assert set(np.argsort(-values)[:5]) == set(five)


@pytest.mark.parametrize("seed", SEEDS)
def test_further_facts_of_the_index_hold(seed):
    found = solved("cpdi-2.0", seed)
    stations = column(found, "2.4.1.2") / 100 * found.bases["base_stations_4g"][1]
    assert stations.sum() == pytest.approx(2_312_000, abs=500)
    assert np.allclose(stations, np.round(stations), atol=1e-6)
    racks = found.bases["racks_built"].sum(axis=1)
    assert racks[1] > 6_500_000
    assert racks[1] / racks[0] > 1.3
    leaders = [at(found, name) for name in ("广东", "北京", "上海")]
    for code in ("2.3.1.1", "2.3.1.2"):
        patents = column(found, code)
        assert patents[leaders].sum() / patents.sum() == pytest.approx(0.70, abs=0.035)
        assert patents[leaders[0]] / patents.sum() == pytest.approx(0.43, abs=0.005)
    assert column(found, "2.3.1.1")[leaders[0]] == 60_000
    assert column(found, "2.4.1.1").sum() / column(found, "2.4.1.1", 0).sum() > 1.21


@pytest.mark.parametrize("seed", SEEDS)
def test_further_facts_of_the_evaluation_hold(seed):
    found = solved("ccpe-3.0", seed)
    built = found.bases["racks_built"]
    assert built[0].sum() > 6_500_000
    assert column(found, "3.1.2.1", 0) @ built[0] / built[0].sum() == pytest.approx(58, abs=0.5)
    energy = found.bases["it_energy"][1]
    assert column(found, "3.1.2.2") @ energy / energy.sum() == pytest.approx(1.48, abs=0.005)
    egress = column(found, "3.3.3.1").sum()
    assert 1e6 * egress / built[1].sum() == pytest.approx(885, abs=0.5)
    assert 1e3 * egress / found.bases["centres_in_use"][1].sum() == pytest.approx(821, abs=0.5)
    storage = column(found, "3.2.1.1")
    assert column(found, "3.2.2.3") @ storage / storage.sum() > 25
    price = column(found, "3.4.1.1")
    assert price[at(found, "内蒙古")] / price.max() == pytest.approx(0.44, abs=0.005)
    connected = column(found, "3.3.3.3") <= found.bases["centres_in_use"][1]
    assert connected.all()
    before = column(found, "3.1.1.1", 0)
    named = [at(found, name) for name in ("上海", "江苏", "广东", "河北", "北京", "山东", "贵州")]
    assert all(before[one] > before[other] for one, other in pairwise(named))
    assert found.bases["fibre_length"][1].sum() / 1e4 == pytest.approx(6432, abs=0.5)


@pytest.mark.parametrize("seed", SEEDS)
def test_temperatures_and_delays_follow_geography(seed):
    found = solved("ccpe-3.0", seed)
    usual = np.array([places()[code].temperature for code in found.regions.codes])
    warmth = column(found, "3.4.1.2")
    assert np.abs(warmth - usual).max() < 1.6
    ends = (warmth[at(found, "黑龙江")], np.sort(warmth)[-3:], warmth[at(found, "海南")])
    assert ends[0] == warmth.min()
    assert ends[2] in ends[1]
    delay = column(found, "3.3.2.8")
    slowest = {found.regions.members[one].short.zh for one in np.argsort(-delay)[:3]}
    assert slowest == {"新疆", "西藏", "黑龙江"}
    far = apart(found.regions.codes).sum(axis=1)
    assert np.corrcoef(far, delay)[0, 1] > 0.97
    assert (delay > FIBRE_DELAY * far / 30).all()


OF_SMALL_PROVINCES = ("2.1.2.1", "3.1.1.2", "3.1.1.3", "3.1.1.4", "3.4.1.3", "3.4.2.4", "3.4.2.5")
"""Amounts in which reports place 宁夏 or 青海 themselves, or the groups that these make up, among the first."""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("framework_id", PROVINCIAL)
def test_large_provinces_are_not_left_behind_small_ones(framework_id, seed):
    found = solved(framework_id, seed)
    large = [at(found, name) for name in ("广东", "江苏", "山东", "四川")]
    small = [at(found, name) for name in ("西藏", "青海", "宁夏", "海南")]
    for code, profile in profiles(framework_id).indicators.items():
        if profile.is_rate or not (profile.total or profile.statistic) or profile.per_area:
            continue
        if code in OF_SMALL_PROVINCES:
            continue
        values = column(found, code)
        assert np.median(values[large]) > values[small].max(), code


@pytest.mark.parametrize("seed", SEEDS)
def test_graduates_follow_population(seed):
    found = solved("ccpe-3.0", seed)
    share = column(found, "3.4.2.2") / found.bases["population"][1]
    assert share.max() / share.min() < 2


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("framework_id", PUBLISHED)
def test_totals_stay_about_their_level(framework_id, seed):
    found = solved(framework_id, seed)
    for code, profile in profiles(framework_id).indicators.items():
        if profile.total:
            assert column(found, code).sum() / profile.total == pytest.approx(1, abs=0.12), code


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("framework_id", PUBLISHED)
def test_amounts_grow_unevenly_but_nearly_everywhere(framework_id, seed):
    found = solved(framework_id, seed)
    for code, profile in profiles(framework_id).indicators.items():
        if not profile.total or profile.step or profile.statistic:
            continue
        rise = column(found, code) / column(found, code, 0) - 1
        assert np.ptp(rise) > 0.02, code
        if profile.growth > 0:
            assert rise.min() > 0, code
        else:
            assert 0.1 < (rise > 0).mean() < 0.9, code


def test_cold_regions_have_the_lower_pue_and_clean_power_the_lower_carbon():
    found = solved("ccpe-3.0")
    homes = [places()[code] for code in found.regions.codes]
    for code, name, sign in (
        ("3.1.2.2", "temperature", 1),
        ("3.1.2.3", "clean_power", -1),
        ("3.4.1.4", "clean_power", 1),
    ):
        nature = [getattr(home, name) for home in homes]
        assert sign * np.corrcoef(nature, column(found, code))[0, 1] > 0.4, code


def test_ratios_are_computed_from_their_parts():
    found = solved("ccpe-3.0")
    storage, compute = column(found, "3.2.1.1"), column(found, "3.1.1.1")
    racks = found.bases["racks_built"][1]
    assert column(found, "3.2.1.2") == pytest.approx(storage * 2**20 / racks)
    assert column(found, "3.2.2.2") == pytest.approx(storage / compute)
    assert column(found, "3.3.3.2") == pytest.approx(column(found, "3.3.3.1") * 1e6 / racks)


@pytest.mark.parametrize("year_off", [0, 3, -2])
@pytest.mark.parametrize("framework_id", PUBLISHED)
def test_values_are_complete_possible_and_whole_where_they_count(framework_id, year_off):
    found = solved(framework_id, 0, PUBLISHED[framework_id] + year_off)
    year = PUBLISHED[framework_id] + year_off
    assert found.periods == (str(year - 1), str(year))
    assert found.codes == tuple(one.code for one in found.framework.indicators())
    assert np.isfinite(found.values).all()
    for at_code, indicator in enumerate(found.framework.indicators()):
        values = found.values[:, :, at_code]
        low, high = indicator.bounds
        assert low is None or values.min() >= low
        assert high is None or values.max() <= high
        if indicator.unit in COUNTED and indicator.kind == "extensive":
            assert np.array_equal(values, np.round(values)), indicator.code
    for name in ("racks_built", "centres_in_use", "households"):
        assert np.array_equal(found.bases[name], np.round(found.bases[name]))
        assert found.bases[name].min() >= 1
    assert all(base.shape == found.values.shape[:2] for base in found.bases.values())
    if found.framework.family == "ccpe":
        assert found.values[:, :, found.codes.index("3.1.2.2")].min() >= 1.05
        for base, code in (("centres_in_use", "3.1.1.3"), ("centres_building", "3.1.1.4")):
            assert (found.bases[base] >= found.values[:, :, found.codes.index(code)]).all()


@pytest.mark.parametrize("framework_id", PUBLISHED)
def test_the_seed_decides_everything(framework_id):
    once = solved(framework_id)
    again = targets(framework_id, PUBLISHED[framework_id], seed=0)
    assert once.values.tobytes() == again.values.tobytes()
    assert list(once.bases) == list(again.bases)
    assert all(once.bases[name].tobytes() == again.bases[name].tobytes() for name in once.bases)
    assert not np.array_equal(once.values, solved(framework_id, 1).values)


def test_the_cities_are_those_that_the_report_counts():
    found = solved("ccpe-3.0-city")
    kinds = [region.kind for region in found.regions.members]
    assert (kinds.count("city"), kinds.count("autonomous_prefecture")) == (274, 28)
    assert {at(found, name) for name in ("中卫", "海西", "雅安", "安顺", "大同")}
    assert found.regions.codes == solved("ccpe-3.0-city", 1).regions.codes


def test_values_of_a_later_year_continue_those_of_the_published_one():
    published, later = solved("ccpe-3.0"), solved("ccpe-3.0", 0, 2024)
    assert later.values[0].tobytes() == published.values[1].tobytes()
    growth = column(later, "3.1.1.1").sum() / column(published, "3.1.1.1").sum() - 1
    assert 100 * growth == pytest.approx(profiles("ccpe-3.0").indicators["3.1.1.1"].growth)


def test_other_frameworks_are_refused():
    with pytest.raises(ValueError, match=r"no simulated values for framework 'open-1\.0'"):
        targets("open-1.0", 2023, seed=0)


@pytest.mark.parametrize("framework_id", simulated_ids())
def test_profiles_are_of_exactly_the_indicators(framework_id):
    assert tuple(profiles(framework_id).indicators) == solved(framework_id).codes

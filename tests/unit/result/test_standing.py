import numpy as np
import polars as pl
import pytest

from suanli.intake.grid import ValueGrid
from suanli.regions import provinces
from tests.unit.result import samples


def of_values(rows, *, regions=None, framework=None):
    """Return a result whose first indicator has the given values, a row a period; the others are all alike."""
    used = framework if framework is not None else samples.framework(children=[ONE])
    names = regions if regions is not None else provinces().only(CODES[: len(rows[0])])
    values = np.array(rows, dtype=float)[:, :, None]
    origins = np.where(np.isnan(values), 0, 1).astype(np.int8)
    grid = ValueGrid(
        names.codes,
        tuple(str(2020 + at) for at in range(len(rows))),
        ("compute",),
        values,
        origins,
        np.zeros(values.shape, dtype=np.int32),
        ("",),
    )
    return samples.result(framework=used, regions=names, grid=grid)


ONE = samples.indicator("compute", "算力", "EFLOPS", 1.0)
CODES = provinces().codes


def test_ranks_are_competition_ranks_and_regions_without_score_come_last():
    table = of_values([[10, 40, np.nan, 40, 0]]).ranking()
    assert table["rank"].to_list() == [1, 1, 3, 4, None]
    assert table["region_code"].to_list() == [CODES[1], CODES[3], CODES[0], CODES[4], CODES[2]]
    assert table["previous_rank"].null_count() == 5


def test_rank_change_is_positive_for_a_rise():
    table = of_values([[10, 20, 30], [30, 20, 10]]).ranking()
    assert table.select("region_code", "previous_rank", "rank_change").rows() == [
        (CODES[0], 3, 2),
        (CODES[1], 2, 0),
        (CODES[2], 1, -2),
    ]


def test_who_entered_and_left_the_top():
    result = of_values([[40, 30, 20, 10], [10, 30, 20, 40]])
    names = [region.zh for region in result.regions]
    change = result.top_change(count=2)
    assert (change.entered, change.left) == ((names[3],), (names[0],))
    assert (change.period_from, change.period_to) == ("2020", "2021")
    assert result.top_change(period="2020") is None


def test_a_region_that_loses_its_score_leaves_the_top():
    result = of_values([[40, 30, 20], [np.nan, 30, 20]])
    change = result.top_change(count=1)
    assert (change.entered, change.left) == ((result.regions[1].zh,), (result.regions[0].zh,))


def test_percentile_counts_equal_scores_half():
    result = of_values([[10, 20, 20, 40, 0]])
    found = {
        region.code: result.profile(region.code).nodes["percentile"][0] for region in result.regions
    }
    assert [found[code] for code in CODES[:5]] == [25.0, 62.5, 62.5, 100.0, 0.0]


def test_a_profile_holds_all_of_a_region(result):
    profile = result.profile("广东", "2022")
    assert profile.region.code == "440000"
    assert profile.nodes["node"].to_list()[:2] == ["index", "scale"]
    assert profile.nodes["ranked"][0] == 8
    assert profile.indicators["indicator"].to_list() == [
        *("compute", "storage", "revenue", "pue", "rate")
    ]
    index = profile.nodes["score"][0]
    assert profile.indicators["contribution"].sum() == pytest.approx(index)
    ranking = result.ranking("index", "2022").filter(region_code="440000")
    assert ranking["rank"].item() == profile.nodes["rank"][0]


def test_strengths_are_in_the_best_third_and_weaknesses_in_the_worst():
    result = samples.result(regions=provinces())
    for region in result.regions:
        profile = result.profile(region.code)
        places = dict(zip(profile.nodes["node"], profile.nodes["percentile"], strict=True))
        assert len(profile.strengths) <= 1
        assert all(places[code] >= 100 * (31 - 31 / 3) / 30 for code in profile.strengths)
        assert all(places[code] <= 100 * (31 / 3 - 1) / 30 for code in profile.weaknesses)
    best = result.ranking("compute")["region_code"][0]
    assert result.profile(best).strengths


def test_nobody_is_strong_where_all_are_equal():
    profile = of_values([[5, 5, 5, 5]]).profile(CODES[0])
    assert (profile.strengths, profile.weaknesses) == ((), ())


def test_a_lone_region_has_no_percentile():
    profile = of_values([[5]]).profile(CODES[0])
    assert profile.nodes["percentile"].to_list() == [None, None]
    assert profile.strengths == ()


def test_up_to_five_strengths_the_most_marked_first():
    children = [samples.indicator(f"i{at}", f"指标{at}", "EB", 1 / 30) for at in range(30)]
    framework = samples.framework(children=children)
    regions = provinces()
    result = samples.result(
        framework=framework, regions=regions, grid=samples.grid(framework, regions)
    )
    counts = [len(result.profile(code).strengths) for code in regions.codes]
    assert max(counts) == 5
    profile = result.profile(regions.codes[int(np.argmax(counts))])
    marked = profile.nodes.filter(pl.col("node").is_in(profile.strengths))
    order = dict(zip(marked["node"], marked["percentile"], strict=True))
    assert [order[code] for code in profile.strengths] == sorted(order.values(), reverse=True)

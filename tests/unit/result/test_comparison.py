from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from scipy.stats import kendalltau, spearmanr

from suanli.problems import ResultError
from suanli.regions import provinces
from suanli.result import comparison
from suanli.result.data_differences import changed_cells, changed_counts
from suanli.scoring.change import FACTORS
from tests.unit.result import samples


@pytest.fixture(scope="module")
def after():
    """The same study later: one value revised, one found, one lost, a region more and other weights."""
    regions = provinces().only(
        ["北京", "天津", "河北", "上海", "江苏", "浙江", "广东", "贵州", "四川"]
    )
    framework = samples.small()
    first = samples.grid(framework, samples.some_regions())
    grid = samples.grid(framework, regions, periods=(*samples.PERIODS, "2024"), seed=8)
    at = [regions.codes.index(code) for code in first.regions]
    grid.values[:3, at], grid.origins[:3, at] = first.values, first.origins
    grid.source_ids[:3, at] = first.source_ids
    grid.values[2, 0, 0] *= 2
    grid.values[0, at[-1], 1], grid.origins[0, at[-1], 1] = 3.0, 1
    grid.values[1, 0, 4], grid.origins[1, 0, 4] = np.nan, 0
    weights = {"scale": 0.5, "quality": 0.5}
    return samples.result(regions=regions, grid=grid, weights=weights)


@pytest.fixture(scope="module")
def compared(result, after):
    return comparison(result, after)


def test_the_latest_common_period_is_compared(compared):
    assert (compared.period_before, compared.period_after) == ("2023", "2023")
    assert compared.same_family
    assert compared.notes == ()


def test_common_regions_and_those_of_one_only(compared):
    assert compared.regions.height == 8
    assert compared.only_before == ()
    assert compared.only_after == ("四川省",)


def test_scores_and_ranks_before_and_after(result, after, compared):
    row = compared.regions.filter(region_code="440000").row(0, named=True)
    before = result.ranking(period="2023").filter(region_code="440000")
    later = after.ranking(period="2023").filter(region_code="440000")
    assert row["score_before"] == before["score"].item()
    assert row["score_after"] == later["score"].item()
    assert row["score_change"] == row["score_after"] - row["score_before"]
    assert row["rank_change"] == before["rank"].item() - later["rank"].item()
    assert sorted(compared.regions["rank_common_after"]) == list(range(1, 9))


def test_correlations_are_of_the_common_regions(compared):
    before, after = compared.regions["score_before"], compared.regions["score_after"]
    assert compared.spearman == pytest.approx(spearmanr(before, after).statistic)
    assert compared.kendall == pytest.approx(kendalltau(before, after).statistic)
    assert compared.spearman < 1


def test_differences_in_the_data_are_counted(compared):
    counts = {row[0]: row[3:] for row in compared.data.rows()}
    assert counts["compute"] == (24, 1, 0, 0)
    assert counts["storage"] == (24, 1, 1, 0)
    assert counts["rate"] == (24, 1, 0, 1)
    assert counts["pue"] == (24, 0, 0, 0)
    cells = compared.cells.select("region_code", "period", "indicator").rows()
    assert cells == [
        ("520000", "2021", "storage"),
        ("110000", "2022", "rate"),
        ("110000", "2023", "compute"),
    ]


def test_differences_in_the_weights(compared):
    row = compared.weights.filter(node="scale").row(0)
    assert row == ("scale", 0.6, 0.5, 0.6, 0.5, pytest.approx(-0.1))


def test_the_change_is_split_exactly(compared):
    split = dict(compared.decomposition.group_by("region_code").agg(_sum()).iter_rows())
    for row in compared.regions.to_dicts():
        assert split[row["region_code"]] == pytest.approx(row["score_change"], abs=1e-9)
    assert set(compared.decomposition["factor"]) <= set(FACTORS)
    assert "weights" in set(compared.decomposition["factor"])
    assert "revision" in set(compared.decomposition["factor"])


def _sum():
    return pl.col("amount").sum()


def test_movers_come_by_the_size_of_their_move(compared):
    moved = compared.movers()
    sizes = moved["rank_change"].abs().to_list()
    assert sizes == sorted(sizes, reverse=True)
    assert 0 not in sizes
    assert compared.movers(1).height == 1


def test_top_overlap(result):
    regions = provinces()
    framework = samples.small()
    one = samples.result(regions=regions, grid=samples.grid(framework, regions))
    other = samples.result(regions=regions, grid=samples.grid(framework, regions, seed=9))
    compared = comparison(one, other)
    assert compared.top == 10
    assert compared.top_overlap + len(compared.entered) == 10
    assert len(compared.entered) == len(compared.left) > 0
    best = [name for name in other.ranking()["region"][:10] if name in compared.entered]
    assert list(compared.entered) == best


def test_a_result_is_the_same_as_itself(result):
    compared = comparison(result, result)
    assert compared.decomposition.height == 0
    assert compared.cells.height == 0
    assert compared.movers().height == 0
    assert compared.spearman == pytest.approx(1)
    assert compared.framework_difference.rules == ()


def test_named_periods(result):
    compared = comparison(result, result, period_before="2021")
    assert (compared.period_before, compared.period_after) == ("2021", "2023")
    assert [note.en for note in compared.notes] == ["The periods compared differ: 2021 and 2023."]
    moved = compared.decomposition.filter(region_code="110000")["amount"].sum()
    row = compared.regions.filter(region_code="110000").row(0, named=True)
    assert moved == pytest.approx(row["score_change"], abs=1e-9)
    with pytest.raises(ResultError, match="does not cover the period “2019”"):
        comparison(result, result, period_before="2019")


def test_without_a_common_period_the_latest_of_each(result):
    framework, regions = samples.small(), samples.some_regions()
    grid = samples.grid(framework, regions, periods=("2030",))
    compared = comparison(result, samples.result(grid=grid))
    assert (compared.period_before, compared.period_after) == ("2023", "2030")


def test_families_are_not_compared_by_score(result):
    framework = samples.framework(id="other-1.0", family="other")
    grid = samples.grid(framework, samples.some_regions(), seed=12)
    other = samples.result(framework=framework, grid=grid)
    compared = comparison(result, other)
    assert not compared.same_family
    assert compared.regions["score_change"].null_count() == 8
    assert compared.decomposition.height == 0
    assert compared.weights.height == 0
    assert compared.cells.height == 0
    assert "分属不同的评价体系" in compared.notes[0].zh
    assert compared.regions["rank_before"].null_count() == 0


def test_a_change_of_rules_is_told_and_attributed(result):
    changed = samples.framework(id="small-2.0", version="2.0").with_changes(
        {"normalisation/method": "percentile-rank"}
    )
    compared = comparison(result, samples.result(framework=changed))
    assert "different versions" in compared.notes[0].en
    assert [rule.path for rule in compared.framework_difference.rules] == ["normalisation/method"]
    assert set(compared.decomposition["factor"]) == {"framework"}


def test_values_in_another_unit_are_not_compared():
    cell = {"region_code": "1", "region": "甲", "period": "1", "indicator": "x"}
    values = {"value_before": 1.0, "value_after": 1000.0, "unit_before": "EB", "unit_after": "PB"}
    pairs = pl.DataFrame([cell | values])
    assert changed_cells(pairs).height == 0
    assert changed_counts(pairs).rows() == [("x", "EB", "PB", None, None, None, None)]
    alike = pairs.with_columns(unit_after=pl.lit("EB"))
    assert changed_cells(alike).height == 1
    assert changed_counts(alike).rows() == [("x", "EB", "EB", 1, 1, 0, 0)]


def test_a_redefined_indicator_is_not_compared(result):
    other = samples.framework(id="small-2.0", version="2.0").with_changes(
        {"nodes/storage/unit": "PB"}
    )
    compared = comparison(result, samples.result(framework=other))
    assert "storage" not in compared.data["indicator"].to_list()
    assert "compute" in compared.data["indicator"].to_list()


def test_no_common_region_is_refused(result):
    regions = provinces().only(["西藏", "青海"])
    far = samples.result(regions=regions, grid=samples.grid(samples.small(), regions))
    with pytest.raises(ResultError, match="no region in common"):
        comparison(result, far)


def test_modes_and_simulated_data_are_noted(result):
    other = replace(result, about=replace(result.about, mode="audit", simulated=True))
    said = [note.en for note in comparison(result, other).notes]
    assert said == [
        "One result is in official and the other in audit mode.",
        "At least one of the results contains simulated data.",
    ]


def test_equal_scores_have_no_correlation():
    children = [samples.indicator("compute", "算力", "EFLOPS", 1.0)]
    framework, regions = samples.framework(children=children), samples.some_regions()
    grid = samples.grid(framework, regions)
    grid.values[:] = 1.0
    same = samples.result(framework=framework, grid=grid)
    assert np.isnan(comparison(same, same).kendall)

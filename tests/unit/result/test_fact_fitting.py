import csv
import io
import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from suanli.framework import bundled
from suanli.intake.weights import read_weights
from suanli.problems import ResultError
from suanli.regions import provinces
from suanli.result import facts_beside, fitted_weights
from suanli.result.fact_fitting import weights_fitted_to
from suanli.result.fact_orders import PublishedOrder
from tests.unit.result import fitting_cases as cases
from tests.unit.result import samples


def order(ahead, behind, node="index", kind="order", **other):
    return PublishedOrder("B-012", kind, node, "2023", ahead, behind, **other)


@pytest.mark.parametrize("lacking", [0.0, 0.15])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_orders_that_known_weights_make_are_all_found_again(seed, lacking):
    result = cases.result(seed, lacking=lacking)
    orders = cases.orders_by(result)
    found = weights_fitted_to(result, orders)
    assert found.own < found.fitted == found.possible == found.orders == len(orders)
    assert "reaches the upper bound" in found.summary.en


def test_a_study_scored_with_the_fitted_weights_has_these_orders():
    """The count is that of scores by the program, not of the search's own arithmetic."""
    result = cases.result(4, lacking=0.1)
    orders = cases.orders_by(result)
    found = weights_fitted_to(result, orders)
    again = cases.result(4, lacking=0.1, weights=dict(found.local))
    rows = again.scores.select("node", "region_code", "score").iter_rows()
    score = {(node, region): number for node, region, number in rows}
    assert found.fitted == sum(
        score[one.node, one.ahead] > score[one.node, one.behind] for one in orders
    )


def test_an_order_against_dominance_is_impossible():
    values = [[9, 9, 9, 9, 9], [5, 5, 5, 5, 5], [1, 1, 1, 1, 1]]
    result = cases.result(values=values, short=("北京", "天津", "河北"))
    best, middle, worst = cases.codes(result)
    found = weights_fitted_to(
        result, [order(best, middle), order(worst, best), order(worst, middle, "3.2")]
    )
    assert (found.orders, found.own, found.fitted, found.possible) == (3, 1, 1, 1)
    assert "as many hold under the result's own" in " ".join(text.en for text in found.remarks)


def test_two_orders_that_exclude_each_other_count_once():
    values = [[9, 1, 9, 1, 1], [1, 9, 1, 9, 1], [5, 5, 5, 5, 1], [1, 1, 1, 1, 9]]
    result = cases.result(values=values, short=("北京", "天津", "河北", "上海"))
    one, other, *_ = cases.codes(result)
    found = weights_fitted_to(result, [order(one, other, "3.1"), order(other, one, "3.1")])
    assert (found.fitted, found.possible) == (1, 1)


def test_scores_are_held_against_figures():
    result = cases.result(values=[[9, 1, 5, 5, 5], [1, 9, 1, 1, 1]], short=("北京", "天津"))
    first, second = cases.codes(result)
    stated = [
        order(first, "", "3.1", "threshold", score=90.0, strict=False),
        order(second, "", "3.1", "threshold", score=95.0),
    ]
    found = weights_fitted_to(result, stated)
    assert (found.own, found.fitted, found.possible) == (0, 1, 1)
    alone = weights_fitted_to(result, stated[1:])
    assert alone.fitted == 1
    assert alone.local["b"] > 0.95
    assert weights_fitted_to(result, [replace(stated[1], score=100.0)]).possible == 0


def test_no_kind_falls_below_the_own_weights():
    result = cases.result(5)
    orders = [
        replace(one, kind="place" if at % 3 else "order")
        for at, one in enumerate(cases.orders_by(result))
    ]
    mixed = [replace(o, ahead=o.behind, behind=o.ahead) if o.kind == "order" else o for o in orders]
    found = weights_fitted_to(result, mixed)
    assert [count.name for count in found.kinds] == ["order", "place"]
    for count in found.kinds:
        assert count.own <= count.fitted <= count.possible <= count.orders
    assert sum(count.fitted for count in found.kinds) == found.fitted


def test_same_seed_same_weights():
    result, orders = cases.result(6), cases.orders_by(cases.result(7))
    found = [weights_fitted_to(result, orders, seed=seed) for seed in (3, 3, 4)]
    assert found[0] == found[1]
    assert found[0].weights_file == found[1].weights_file
    assert found[0].seed != found[2].seed


@pytest.mark.parametrize("floor", [0.001, 0.05, 0.19])
def test_no_indicator_is_below_the_floor(floor):
    result = cases.result(8, used=equal())
    found = weights_fitted_to(result, cases.orders_by(result), floor=floor)
    leaves = [found.overall[code] for code in "abcde"]
    assert min(leaves) >= floor - 1e-12
    assert sum(leaves) == pytest.approx(1, abs=1e-12)


def equal():
    """The framework with every indicator at a fifth."""
    weights = {"3.1": 0.4, "3.2": 0.6, "a": 0.5, "b": 0.5}
    weights |= dict.fromkeys("cde", 1 / 3)
    return cases.framework().with_changes(
        {"weighting/method": "given"}
        | {f"nodes/{code}/weight": weight for code, weight in weights.items()}
    )


def test_an_indicator_that_weighs_less_keeps_its_own_weight_at_least():
    local = {"3.1": 0.4, "3.2": 0.6, "a": 0.0001, "b": 0.9999, "c": 0.0, "d": 0.5, "e": 0.5}
    result = cases.result(9, weights=local)
    found = weights_fitted_to(result, cases.orders_by(result), floor=0.01)
    assert found.overall["a"] >= 0.4 * 0.0001 - 1e-15
    assert found.local["c"] == 0
    assert found.overall["d"] >= 0.01 - 1e-12
    assert found.fitted >= found.own


def test_what_is_disabled_weighs_nothing_and_is_still_ranked():
    used = cases.framework().with_changes({"nodes/3.1/disabled": True, "nodes/d/disabled": True})
    result = cases.result(10, used=used)
    orders = cases.orders_by(result, {"3.1": 0, "3.2": 1, "d": 0, "c": 0.3, "e": 0.7} | AB)
    found = weights_fitted_to(result, orders)
    assert found.fitted == found.orders
    assert (found.local["3.1"], found.local["d"], found.local["3.2"]) == (0, 0, 1)
    assert found.local["a"] + found.local["b"] == pytest.approx(1)
    assert found.local["b"] > 0.5


AB = {"a": 0.1, "b": 0.9}


def test_means_that_are_not_arithmetic_are_refused_where_orders_hang_on_them():
    geometric = {"method": "geometric", "floor": 1.0}
    used = cases.framework(aggregation={"levels": {0: geometric}})
    result = cases.result(used=used)
    first, second, *_ = cases.codes(result)
    with pytest.raises(ResultError, match=r"weighted arithmetic means only.*: index\."):
        weights_fitted_to(result, [order(first, second)])
    assert weights_fitted_to(result, [order(first, second, "3.1")]).orders == 1
    floored = cases.framework(aggregation={"default": {"method": "arithmetic", "floor": 5.0}})
    with pytest.raises(ResultError, match=r"index, 3\.1, 3\.2"):
        weights_fitted_to(cases.result(used=floored), [order(first, second)])


@pytest.mark.parametrize("floor", [0.0, -0.1, 0.2, float("nan")])
def test_floors_that_leave_no_room_are_refused(floor):
    result = cases.result()
    with pytest.raises(ResultError, match="lowest weight"):
        weights_fitted_to(result, cases.orders_by(result), floor=floor)


def test_a_result_that_no_fact_speaks_of_is_refused(result):
    with pytest.raises(ResultError, match="No published order can be used"):
        fitted_weights(result)


@pytest.mark.parametrize("simulated", [False, True])
def test_the_file_is_one_that_a_study_takes(tmp_path, simulated):
    result = cases.result(11, simulated=simulated)
    found = weights_fitted_to(result, cases.orders_by(result))
    (tmp_path / "fitted.csv").write_text(found.weights_file, encoding="utf-8")
    read, problems = read_weights(tmp_path, "fitted.csv", result.framework)
    assert problems == []
    assert read.local == dict(found.local)
    assert read.simulated is simulated
    rows = list(csv.DictReader(io.StringIO(found.weights_file)))
    assert all("不是任何机构公布的权重" in row["note_zh"] for row in rows)
    assert {row["origin"] for row in rows} == {"fitted"}
    assert ("模拟数据" in found.remarks[0].zh) is simulated


@pytest.fixture(scope="module")
def published():
    """A result by a bundled framework that facts speak of, with values drawn at random."""
    framework, regions = bundled("cpdi-2.0"), provinces()
    grid = samples.grid(framework, regions, periods=("2022",), seed=3)
    grid.values[:] = np.random.default_rng(3).uniform(5, 100, grid.values.shape)
    grid.origins[:] = 1
    return samples.result(framework=framework, regions=regions, grid=grid)


@pytest.fixture(scope="module")
def found(published):
    return fitted_weights(published)


def test_published_orders_are_fitted_and_facts_then_agree_more(published, found):
    assert found.own < found.fitted <= found.possible < found.orders
    pairs = facts_beside(published).pairs[0]
    by_kind = {count.name: count for count in found.kinds}
    again = samples.result(
        framework=published.framework,
        regions=provinces(),
        grid=grid_of(published),
        weights=dict(found.local),
    )
    gained = by_kind["order"].fitted - by_kind["order"].own
    assert facts_beside(again).pairs[0] - pairs == gained


def grid_of(result):
    from suanli.result.rescoring import stored_grid

    return stored_grid(result)


def test_counts_by_fact_sum_to_the_whole(found):
    for count in ("orders", "own", "fitted"):
        whole = getattr(found, count)
        assert sum(getattr(one, count) for one in found.facts) == whole
        assert sum(getattr(one, count) for one in found.kinds) == whole
    assert found.possible <= sum(one.possible for one in found.kinds)
    assert all(one.fitted <= one.possible <= one.orders for one in found.facts)


def test_the_table_has_both_weights(published, found):
    table = found.table
    assert table.columns == ["node", *(f"{w}_{k}" for w in ("own", "fitted") for k in LOCAL)]
    own = published.weights.filter(pl.col("level") > 0)
    assert table["own_local"].to_list() == pytest.approx(own["local_weight"].to_list())
    assert table["own_overall"].to_list() == pytest.approx(own["global_weight"].to_list())
    assert json.dumps(table.to_dicts())
    assert "反推权重" in found.name.zh
    assert "published by no institution" in found.note.en


LOCAL = ("local", "overall")

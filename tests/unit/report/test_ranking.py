"""Rankings of the index, a group and an indicator, in both languages and for programs."""

import json
from dataclasses import replace

import polars as pl
import pytest

from suanli.problems import ResultError
from suanli.report.ranking import ranking, ranking_json
from tests.unit.report.screens import shown


def text(result, language, node="index", **how):
    asked = {"period": None, "top": None, **how}
    return shown(ranking(result, language, node=node, **asked), asked.pop("columns", 100))


def test_index_in_chinese(small):
    assert text(small, "zh", top=3) == (
        "综合指数排名（2023）\n"
        "位次  较上期  地区                             得分  梯队\n"
        "   1  ▲3      广东  ████████████████████████  76.94  第一梯队\n"
        "   2  ▲6      上海  ███████████████████▉      63.89  第一梯队\n"
        "   3  ▲2      河北  ██████████████████▎       58.52  第二梯队\n"
        "共 8 个地区，列出前 3 名。"
    )


def test_indicator_shows_value_unit_and_origin_and_no_empty_tier(small):
    assert text(small, "en", "compute", top=2).splitlines() == [
        "Compute, ranking (2023)",
        "Rank  Change  Region                                Score  Value, EFLOPS  Origin",
        "   1  ▲3      Guangdong  ████████████████████████  100.00        14.9164  official",
        "   2  ▲1      Shanghai   ████████████████████▊      86.59        13.2419  official",
        "The first 2 of 8 regions.",
    ]
    assert "数值（亿元）" in text(small, "zh", "收入")


def test_a_value_that_is_missing_is_last_and_says_so(small):
    last = text(small, "zh", "storage", period="2021").splitlines()[-1]
    assert last.split() == ["–", "贵州", "–", "–", "缺失"]


def test_the_first_are_those_that_have_a_rank(small):
    lines = text(small, "en", "storage", period="2021", top=8).splitlines()
    assert not any("Guizhou" in line for line in lines)
    assert lines[-1] == "Regions without a score, not ranked: 1."
    few = text(small, "zh", "storage", period="2021", top=2)
    assert "共 8 个地区，列出前 2 名。\n没有得分、不参加排名的地区：1 个。" in few


def test_a_region_without_a_rank_is_not_new(small):
    gone = small.scores.with_columns(
        pl.when(pl.col("region_code") == "130000", pl.col("period") == "2023")
        .then(None)
        .otherwise(pl.col(name))
        .alias(name)
        for name in ("score", "rank")
    )
    last = text(replace(small, scores=gone), "en").splitlines()[-1]
    assert last.split()[:3] == ["–", "Hebei", "–"]


def test_first_period_has_no_change(small):
    head = text(small, "en", "scale", period="2021").splitlines()[1]
    assert head.split() == ["Rank", "Region", "Score", "Tier"]


def test_simulated_is_stamped(made_up):
    for language in ("zh", "en"):
        assert text(made_up, language).startswith(" 模拟数据 / SIMULATED DATA\n")
    assert ranking_json(made_up, node="index", period=None, top=1)["simulated"] is True


def test_who_entered_and_left_the_top(open_result):
    found = text(open_result, "zh", "O1.1.1", top=1)
    assert found.endswith("较上期（2022）新进前 10 名：湖南。\n较上期（2022）退出前 10 名：广西。")
    assert "New in the first 10 since 2022: Hunan." in text(open_result, "en", "O1.1.1")


def test_json(small):
    found = json.loads(json.dumps(ranking_json(small, node="PUE", period="2022", top=1)))
    assert list(found) == [
        *("framework", "node", "period", "simulated", "fitted", "unit", "ranking")
    ]
    assert (found["node"], found["unit"]) == ("pue", "1")
    assert (found["simulated"], found["fitted"]) == (False, False)
    row = found["ranking"][0]
    assert row["rank"] == 1
    assert row["origin"] == "official"
    assert row["source"] == "年鉴"
    assert row["value"] == pytest.approx(
        small.indicators.filter(region_code=row["region_code"], period="2022", indicator="pue")[
            "value"
        ].item()
    )
    assert "unit" not in ranking_json(small, node="index", period=None, top=None)


def test_unknown_node(small):
    with pytest.raises(ResultError, match="zzz"):
        ranking(small, "en", node="zzz", period=None, top=None)

"""The weights of a result: the tree, how it was judged, other weights beside, and JSON."""

import json
from dataclasses import replace

import polars as pl
import pytest

from suanli.report.weights import weights_json, weights_view
from suanli.report.weights_tree import interval_words, percentage
from suanli.result.tables import frame_of
from tests.unit.report.screens import shown

ENDS = {"local_low": 0.8, "local_high": 1.1, "global_low": 0.7, "global_high": 1.2}


@pytest.fixture(scope="module")
def judged(small):
    """The small result as if a panel had judged the groups of more than one; PUE and the rest too inconsistently."""
    ratio = {"index": 0.0, "scale": 0.031, "quality": 0.062}
    parents = pl.col("parent").replace_strict(ratio, default=None, return_dtype=pl.Float64)
    below = pl.col("level") > 0
    table = small.weights.with_columns(
        method=pl.when(below).then(pl.lit("panel")),
        consistency_ratio=parents,
        limit=pl.when(below).then(0.05),
        consensus=pl.when(below).then(0.8),
        **{
            end: pl.when(below).then(pl.col(f"{end.split('_')[0]}_weight") * factor)
            for end, factor in ENDS.items()
        },
    )
    return replace(small, weights=table)


@pytest.fixture(scope="module")
def compared(small):
    """The small result beside its own weights as the experts', equal ones, and one nobody knows."""
    used = small.weights.filter(pl.col("level") > 0)
    rows = [
        (name, node, local, weight)
        for name in ("expert", "equal", "own-idea")
        for node, local, weight in used.select("node", "local_weight", "global_weight").rows()
    ]
    rows = [
        (name, node, local, weight if name == "expert" else 0.2)
        for name, node, local, weight in rows
    ]
    columns = ("weighting", "node", "local_weight", "global_weight")
    table = frame_of("weightings", dict(zip(columns, zip(*rows, strict=True), strict=True)))
    return replace(small, weightings=table)


def text(result, language, columns=80):
    return shown(weights_view(result, language), columns)


def test_given_weights_have_no_consistency_and_no_interval(small):
    assert text(small, "zh") == (
        "指标权重：小研究\n"
        "评价体系：小型评价体系 [small-1.0]\n"
        "权重由评价体系给定。\n"
        "\n"
        "各级权重\n"
        "名称        局部权重  全局权重\n"
        "综合指数               100.00%\n"
        "  规模        60.00%    60.00%  ████████████\n"
        "    算力      50.00%    30.00%  ██████████\n"
        "    存力      30.00%    18.00%  ██████\n"
        "    收入      20.00%    12.00%  ████\n"
        "  质效        40.00%    40.00%  ████████\n"
        "    PUE       70.00%    28.00%  ██████████████\n"
        "    上架率    30.00%    12.00%  ██████\n"
        "条形为局部权重，满格为 70.00%。\n"
        "\n"
        "全局权重居前的指标（共 5 项）\n"
        "名称    全局权重\n"
        "算力      30.00%  ██████████████\n"
        "PUE       28.00%  █████████████▏\n"
        "存力      18.00%  ████████▍\n"
        "收入      12.00%  █████▋\n"
        "上架率    12.00%  █████▋"
    )


def test_judged_weights_have_consistency_consensus_and_intervals(judged):
    lines = text(judged, "en", 120).splitlines()
    head = next(line for line in lines if line.startswith("Name"))
    assert head.split() == ["Name", "CR", "Consensus", "Local", "Overall", "Interval"]
    rows = {line.split()[0]: line for line in lines[5:14]}
    assert rows["Index"].split() == ["Index", "0.000", "0.80", "100.00%"]
    assert rows["Scale"].split()[:5] == ["Scale", "0.031", "0.80", "60.00%", "60.00%"]
    assert "├──┼─┤" in rows["Compute"]
    assert rows["Compute"].endswith("40.00–55.00%")


def test_a_ratio_above_the_limit_of_its_size_is_marked(judged):
    lines = text(judged, "zh").splitlines()
    ratios = {line.split()[0]: line.split()[1] for line in lines[6:14]}
    assert (ratios["规模"], ratios["质效"]) == ("0.031", "0.062*")
    assert "* 表示 CR 超过限值" in " ".join(lines)


def test_intervals_are_written_out_only_where_there_is_room(judged):
    assert "├" in text(judged, "zh", 80)
    tree = text(judged, "zh", 80).split("全局权重居前")[0]
    assert "40.00–55.00%" not in tree
    assert "40.00–55.00%" in text(judged, "zh", 120)


def test_weights_from_several_sources_say_which_is_whose(small):
    table = small.weights.with_columns(
        method=pl.when(pl.col("node") == "revenue").then(pl.lit("disabled")).otherwise("method")
    )
    shown = text(replace(small, weights=table), "zh")
    assert "权重来源" in shown
    assert next(line for line in shown.splitlines() if "收入" in line).endswith("已停用")
    assert "权重来源" not in text(small, "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_narrow_screen_has_whole_bars_with_intervals(judged, language):
    mixed = judged.weights.with_columns(
        method=pl.when(pl.col("node") == judged.weights["node"][-1])
        .then(pl.lit("disabled"))
        .otherwise("method")
    )
    told = text(replace(judged, weights=mixed), language, 80)
    tree = told.split("\n\n")[1]
    assert "…" not in tree
    assert len([line for line in tree.splitlines() if "├" in line and "┤" in line]) > 5
    disabled = {"zh": "已停用", "en": "Disabled"}[language]
    assert disabled in tree
    assert disabled in text(replace(judged, weights=mixed), language, 120)
    assert {"zh": "权重来源", "en": "Source"}[language] not in tree


def test_an_only_child_has_no_bar(small):
    table = small.weights.filter(pl.col("node") != "rate").with_columns(
        local_weight=pl.when(pl.col("node") == "pue").then(1.0).otherwise("local_weight")
    )
    shown = text(replace(small, weights=table), "en")
    pue = next(line for line in shown.splitlines() if line.startswith("    Pue"))
    assert pue.split() == ["Pue", "100.00%", "28.00%"]
    assert "a full bar is 60.00%" in shown


class TestOtherWeightings:
    def test_they_stand_beside_those_used(self, compared):
        shown = text(compared, "zh", 120).split("\n\n")[-1].splitlines()
        assert shown[0] == "与其他赋权方法对照（全局权重，%）"
        assert shown[1].split() == ["名称", "采用", "等权", "own-idea"]
        assert shown[2].split() == ["规模", "60.00", "20.00", "20.00"]
        assert shown[-2].startswith("  等权：同级指标权重相同")
        assert shown[-1] == "  own-idea"

    def test_letters_stand_for_them_on_a_narrow_screen(self, compared):
        shown = text(compared, "en", 40).split("\n\n")[-1].splitlines()
        assert shown[2].split() == ["Name", "Used", "A", "B"]
        assert shown[3].split() == ["Scale", "60.0", "20.0", "20.0"]
        assert any(line.startswith("  A  Equal weights:") for line in shown)
        assert "  B  own-idea" in shown

    def test_there_is_no_table_without_any(self, small):
        assert "对照" not in text(small, "zh")


def test_simulated_is_stamped(made_up, small):
    assert text(made_up, "zh").startswith(" 模拟数据 / SIMULATED DATA\n")
    assert weights_json(made_up)["simulated"] is True
    assert "模拟" not in text(small, "zh")


def test_json(compared):
    found = json.loads(json.dumps(weights_json(compared), allow_nan=False))
    assert list(found) == ["framework", "simulated", "weights_note", "weights", "weightings"]
    row = found["weights"][1]
    assert (row["node"], row["name_zh"], row["name_en"]) == ("scale", "规模", "Scale")
    assert (row["local_weight"], row["consistency_ratio"]) == (0.6, None)
    names = [each["weighting"] for each in found["weightings"]]
    assert names == ["expert", "equal", "own-idea"]
    equal = found["weightings"][1]
    assert equal["name"] == {"zh": "等权", "en": "Equal weights"}
    assert equal["rewards"]["en"].startswith("Equal weights")
    assert equal["weights"][0] == {"node": "scale", "local_weight": 0.6, "global_weight": 0.2}
    assert found["weightings"][2]["rewards"] is None


def test_what_is_missing_is_a_dash():
    assert percentage(None) == "–"
    assert interval_words(None, 0.2) == ""

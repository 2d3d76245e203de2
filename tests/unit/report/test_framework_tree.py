"""One framework: rules in words, nodes with weights, units and what is special about them."""

import pytest

from suanli.framework import bundled, bundled_ids
from suanli.report.framework_tree import framework_tree
from tests.made import flat, framework, group, indicator
from tests.unit.report.screens import shown


def rows(made, language="en", columns=100):
    return shown(framework_tree(made, language), columns).splitlines()


def test_bundled_in_chinese():
    lines = rows(bundled("cpdi-2.0"), "zh")
    assert lines[0] == "中国算力发展指数2.0 [cpdi-2.0]"
    assert "标准化：目标比值（target-ratio），阈值固定（fixed）" in lines
    assert "合成：加权算术平均（arithmetic）" in lines
    cells = [line.split() for line in lines]
    assert ["2.1", "算力规模", "20.0%"] in cells
    servers = ["2.1.1.1", "基础算力（服务器算力）规模", "33.3%", "EFLOPS"]
    assert [*servers, "设备侧、FP32；基准值", "30"] in cells


@pytest.mark.parametrize("name", bundled_ids())
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 100])
def test_every_framework_fits_and_shows_every_node(name, language, columns):
    found = bundled(name)
    lines = rows(found, language, columns)
    assert {placed.node.code for placed in found.walk()} <= {
        line.split()[0] for line in lines if line.strip()
    }


def test_given_weights_are_shares_among_siblings():
    weighting = {"method": "given", "renormalise_missing": False}
    made = framework(
        group("a", indicator("i0", weight=0.25), indicator("i1", weight=0.75), weight=1.0),
        weighting=weighting,
    )
    found = {line.split()[0]: line.split()[2] for line in rows(made) if "%" in line}
    assert found == {"a": "100.0%", "i0": "25.0%", "i1": "75.0%"}


@pytest.mark.parametrize(
    ("fields", "zh", "en"),
    [
        ({"direction": "lower"}, "越低越好", "lower is better"),
        ({"direction": "target", "target": [6, 6]}, "目标值 6", "target 6"),
        ({"direction": "target", "target": [5, 6]}, "目标区间 5—6", "target 5 to 6"),
        ({"goalposts": [0, 10]}, "阈值 0—10", "goalposts 0 to 10"),
        (
            {"normalisation": {"method": "as-given"}},
            "直接采用现成得分（as-given）",
            "a ready-made score taken as it is (as-given)",
        ),
    ],
)
def test_remarks(fields, zh, en):
    made = framework(indicator("i0", **fields))
    assert rows(made, "zh")[-1].endswith(zh)
    assert rows(made, "en")[-1].endswith(en)


def test_no_remarks_no_column():
    assert rows(flat(2))[-3].split() == ["Code", "Name", "Weight", "Unit"]


def test_rules_that_do_nothing_are_left_out():
    text = "\n".join(rows(flat(1), "zh"))
    assert "离群值" not in text
    assert "梯队" not in text
    assert "缺失值：不填补（none）" in text

"""What `suanli ahp` shows and gives to programs."""

import json
import re

import numpy as np
import pytest

from suanli.language import entries, ratio_text
from suanli.methods.pairwise import METHODS, TABLES
from suanli.methods.pairwise.judgement_scales import SCALES, ratios
from suanli.problems import Place, Problem, Severity
from suanli.report.ahp import Source, ahp_json, ahp_shown
from suanli.weighting.assessment import HARKER, assessment
from tests.unit.report.screens import shown, styled
from tests.unit.weighting.test_assessment import BOZOKI, HOUSE, ITEMS, consistent

NOTE = Problem(
    "matrix-beyond-nine", Severity.NOTE, Place(file="m.csv"), "a/b 12", details={"count": 1}
)


def source(**changed):
    return Source(**{"file": "m.csv", "scale": None, "adjusted": (), "problems": (), **changed})


def text(found, language, columns=100, **changed):
    return shown(ahp_shown(found, source(**changed), language), columns)


def test_house_in_chinese():
    assert text(assessment(ITEMS, np.array(HOUSE)), "zh", 80).splitlines() == [
        "判断矩阵：m.csv",
        "8 项，28 个判断齐全。",
        "权重方法：特征向量法；右侧为其他方法的结果。",
        "项目     特征向量                            几何平均  最小二乘  列和归一",
        "size       0.1730  ████████████▌               0.1748    0.1748    0.1744",
        "trans      0.0540  ███▉                        0.0626    0.0626    0.0661",
        "nbrhd      0.1881  █████████████▌              0.1487    0.1487    0.1702",
        "age        0.0175  █▎                          0.0193    0.0193    0.0189",
        "yard       0.0310  ██▎                         0.0356    0.0356    0.0353",
        "modern     0.0363  ██▋                         0.0423    0.0423    0.0445",
        "cond       0.1668  ████████████                0.1670    0.1670    0.1785",
        "finance    0.3332  ████████████████████████    0.3496    0.3496    0.3123",
        "最大特征值 λmax = 9.6689，一致性指标 CI = 0.2384",
        "随机一致性指标 RI = 1.4056（Alonso–Lamata（2006）表，n = 8）",
        "一致性比率 CR = 0.1696，超过 0.10，判断不够一致，请复核下列判断。",
        "几何一致性指标 GCI = 0.5292，超过 0.3700。",
        "三项次序循环 1 处",
        "  size > nbrhd > cond > size",
        "偏离权重最大的判断",
        "比较             判断  一致值  偏离倍数",
        "nbrhd : cond        6    1.13      5.32",
        "size : nbrhd        3    0.92      3.26",
        "cond : size         3    0.96      3.11",
        "finance : nbrhd     5    1.77      2.82",
        "finance : age       8   19.03      2.38",
    ]


@pytest.mark.parametrize("scale", SCALES)
def test_under_a_scale_the_grade_stands_beside_the_ratio(scale):
    found = assessment(ITEMS, ratios(np.array(HOUSE), scale))
    lines = text(found, "en", scale=scale).splitlines()
    head = next(line for line in lines if line.startswith("Pair "))
    assert head.split()[:3] == ["Pair", "Grade", "Judged"]
    grades = [line.split()[3] for line in lines[lines.index(head) + 1 :]]
    worst = [HOUSE[each.row][each.column] for each in found.worst]
    assert grades == [ratio_text(max(grade, 1 / grade)) for grade in worst]
    assert "Grade" not in text(found, "en").replace("Grades", "")


def test_consistency_in_english():
    lines = text(assessment(ITEMS, np.array(HOUSE), table="textbook"), "en").splitlines()
    assert "RI = 1.4100 (Chinese textbooks, n = 8)" in lines
    assert (
        "CR = 0.1691, above the limit of 0.10 for this size: not consistent enough; review the judgements" in lines
    )  # fmt: skip
    within = text(assessment("abcd", BOZOKI), "en")
    assert "CR = 0.0528, within the limit of 0.09 for this size: acceptable." in within
    assert "RI = 0.5830 (Alonso–Lamata 2006, n = 4, 1 judgements missing)" in within
    assert "4 items; of 6 judgements 1 are missing." in within
    assert "Missing judgements as the eigenvector method implies them\n  c : d ≈ 0.73" in within
    assert "No circular preferences." in within


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_method_is_always_named(method, language):
    found = assessment("abcd", BOZOKI, method=method)
    told = text(found, language, 80)
    assert told.count(entries("result")[f"panel_method_{method}"][language]) >= 2
    for name in (*METHODS, HARKER):
        head = entries("ahp")[f"head-{name}"][language]
        assert all(part in told for part in head.split("\n"))
    assert ("As textbooks estimate" in told or "教材算法" in told) is (method != "eigenvector")


def test_weights_of_the_chosen_method_come_first():
    found = assessment(ITEMS, np.array(HOUSE), method="column-mean")
    (line,) = [line for line in text(found, "en").splitlines() if line.startswith("cond ")][:1]
    assert re.findall(r"0\.\d{4}", line) == ["0.1785", "0.1668", "0.1670", "0.1670"]


@pytest.mark.parametrize(
    ("n", "words"), [(1, "只有 1 项，无需比较。"), (2, "2 项，1 个判断齐全。")]
)
def test_one_or_two_items(n, words):
    told = text(assessment("ab"[:n], consistent(3, 1)[:n, :n]), "zh")
    assert words in told
    assert "不足 3 项，不存在一致性问题，无需检验" in told
    assert "次序" not in told
    assert "RI" not in told


def test_a_tree_of_comparisons_is_not_called_consistent():
    tree = np.where(
        np.abs(np.subtract.outer(range(4), range(4))) > 1, np.nan, consistent(8, 4, 2, 1)
    )
    told = text(assessment("abcd", tree), "zh")
    assert "CR 为 0 不表示一致" in told
    assert "可以接受" not in told
    assert "全部判断与权重一致。" in told


def test_cycles_show_ties_and_stop_at_ten():
    tied = assessment("abc", np.array([[1, 1, 1 / 3], [1, 1, 2], [3, 1 / 2, 1]]))
    assert "  a = b > c > a" in text(tied, "en")
    n = 7
    steps = np.subtract.outer(range(n), range(n)) % n
    circular = np.where(steps == 0, 1.0, np.where(steps <= n // 2, 3.0, 1 / 3))
    told = text(assessment("abcdefg", circular), "en")
    assert "Circular preferences of three items: 14" in told
    assert "4 more; --json lists all." in told


def test_verdicts_have_colours():
    beyond = styled(ahp_shown(assessment(ITEMS, np.array(HOUSE)), source(), "en"))
    assert "\x1b[33mCR = 0.1696" in beyond
    within = styled(ahp_shown(assessment("abcd", BOZOKI), source(), "en"))
    assert "\x1b[32mCR = 0.0528" in within


def test_scale_and_notes_are_told():
    told = text(assessment("ab", consistent(3, 1)), "zh", scale="ten", problems=(NOTE,))
    assert "等级按10/10—18/2标度换算为比值。" in told
    assert "有1个判断大于9或小于1/9（a/b 12），按原值计算。" in told


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_long_labels_fit_any_screen(columns, language):
    labels = [
        "单位地区生产总值对应的在用标准机架规模与平均上架率综合水平",
        "Computing power available to enterprises of the region per unit of GDP",
        "c",
        "d",
    ]
    told = text(assessment(labels, BOZOKI), language, columns)
    assert "0.3738" in told
    assert "█" in told


def test_every_method_table_and_scale_has_words():
    assert {f"head-{name}" for name in METHODS} <= entries("ahp").keys()
    known = entries("result").keys()
    assert {f"panel_method_{name}" for name in METHODS} <= known
    assert {f"panel_table_{name}" for name in TABLES} <= known
    assert {f"panel_scale_{name}" for name in SCALES} <= known


def test_every_entry_is_used():
    told = {
        "head",
        "ratio",
        "geometric",
        "size",
        "index",
        "worst",
        "cycles",
    }
    alone = {
        "title",
        "item",
        "eigenvalue",
        "estimate",
        "more",
        "pair",
        "missing-title",
        "method",
        "scale",
    }
    assert all(key in alone or key.partition("-")[0] in told for key in entries("ahp"))


def test_json_has_everything_in_full():
    found = assessment("abcd", BOZOKI)
    told = json.loads(json.dumps(ahp_json(found, source(problems=(NOTE,))), allow_nan=False))
    assert list(told) == [
        "file", "labels", "judgements", "scale", "method", "weights", "lambda_max", "ci", "ri_table", "ri", "cr",
        "cr_limit", "gci", "gci_limit", "lambda_estimate", "cr_estimate", "missing", "worst", "cycles", "other_methods",
        "snapped", "problems",
    ]  # fmt: skip
    assert told["labels"] == ["a", "b", "c", "d"]
    assert told["weights"] == found.weights.tolist()
    assert told["judgements"][2] == [1 / 5, 1 / 3, 1.0, None]
    assert told["missing"] == [[2, 3, found.missing[0].value]]
    first = found.worst[0]
    assert told["worst"][0] == [
        *(first.row, first.column, first.judgement, first.consistent, first.gradient)
    ]
    assert set(told["other_methods"]) == {"geometric", "least-squares", "column-mean", "harker"}
    assert sum(told["other_methods"]["harker"]) == pytest.approx(1, abs=1e-14)
    assert told["problems"][0]["code"] == "matrix-beyond-nine"
    assert json.loads(json.dumps(ahp_json(assessment(ITEMS, np.array(HOUSE)), source())))[
        "cycles"
    ] == [[0, 2, 6]]

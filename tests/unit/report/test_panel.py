"""A panel's result on a terminal and for programs."""

import json
from dataclasses import replace
from typing import get_args

import polars as pl
import pytest

from suanli.intake.panels import Elicitation, PanelRules
from suanli.language import LANGUAGES, entries
from suanli.methods.pairwise import METHODS, SCALES, TABLES, consensus_word
from suanli.problems import Problem, Severity
from suanli.report.panel import panel_json, panel_view
from suanli.weighting import AGGREGATIONS
from tests.unit.report.screens import shown
from tests.unit.result.panels import samples


@pytest.fixture(scope="module")
def panel():
    return samples.result()


def text(result, language, columns=80):
    return shown(panel_view(result, language), columns)


def section(result, language, key, columns=80):
    """The lines below a title, up to the next empty line."""
    title = entries("panel_report")[key][language]
    blocks = text(result, language, columns).split("\n\n")
    block = next(block for block in blocks if block.startswith(title.split("{")[0]))
    return block.splitlines()[1:]


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_the_screen(panel, language, columns):
    assert text(panel, language, columns)  # `shown` measures every line


def test_the_head_names_every_method(panel):
    assert text(panel, "zh").split("\n\n")[0] == (
        "专家组赋权结果：算力发展指数专家组\n"
        "评价体系：中国算力发展指数2.0 [cpdi-2.0]\n"
        "专家组：8 位；采用第 2 轮的判断（共 2 轮）\n"
        "提问方式：两两比较；1—9标度\n"
        "权重计算：特征向量法；随机一致性指标 RI：Alonso–Lamata（2006）表\n"
        "集结方式：判断集结（AIJ）；各专家等权\n"
        "剔除规则：CR 大于 0.35 的判断矩阵予以剔除，不计入该组\n"
        "修改记录：已采用专家认可的修改1处，明细见 revisions.csv\n"
        "总体共识度：0.85（高）\n"
        "权重区间：90%；200 次抽样：专家重抽样、判断上下浮动半个等级；随机种子 7"
    )


def test_groups_have_consistency_consensus_and_concordance(panel):
    lines = section(panel, "en", "groups-title", 120)
    assert lines[0].split("  ")[0] == "Group"
    top = next(line for line in lines if line.startswith("Dimensions")).split()
    row = panel.consensus.filter(node="index").to_dicts()[0]
    assert top == [
        *("Dimensions", "5", "8", f"{row['consistency_ratio']:.3f}", f"{row['gci']:.3f}"),
        *(f"{row['consensus']:.2f}", "(high)", f"{row['kendall_w']:.2f}"),
        *(str(row["above_limit"]), str(row["clusters"])),
    ]
    assert any("0.054*" in line for line in lines)


def test_experts_are_listed_with_what_is_special_about_them(panel):
    lines = section(panel, "zh", "experts-title", 120)
    late = next(line for line in lines if line.startswith("E08"))
    assert late.split() == ["E08", "周九", *late.split()[2:6], "9", "组沿用前一轮"]
    assert any("组未计入" in line for line in lines)


def test_names_cannot_move_the_cursor(panel):
    whole = text(panel, "en", 120)
    assert "\x1b" not in whole
    assert "孙八\\x1b[31m" in whole


def test_whoever_is_left_out_is_listed(panel):
    lines = section(panel, "zh", "excluded-title")
    told = "".join(lines)
    for row in panel.experts.filter(excluded=True).to_dicts():
        assert row["expert"] in told
        assert f"{row['consistency_ratio']:.3f}" in told
    assert "按剔除规则" not in text(samples.result_of(samples.panel(exclude=None)), "zh")


def test_the_tree_has_bars_with_intervals(panel):
    lines = section(panel, "zh", "tree-title")
    scale = next(line for line in lines if line.startswith("  算力规模"))
    assert scale.split()[1:5] == ["0.000", "0.92", "39.95%", "39.95%"]
    assert "├─┼─┤" in scale
    only = next(line for line in lines if line.startswith("      IT支出规模"))
    assert only.split()[1] == "100.00%"
    assert "█" not in only


def test_repairs_are_told_in_grades(panel):
    lines = section(panel, "zh", "repairs-title")
    assert lines[0] == "8 位专家的 21 个判断矩阵超过限值；改动其中 23 个判断即可全部符合限值。"
    assert lines[1] == "  E02 +张三 · 一级指标：CR 0.295 → 0.087"
    assert lines[2] == "    算力产业∶算力应用  1/4 → 2"
    assert lines[-1] == "另有 11 个判断矩阵的建议见 repairs.csv。"


def test_nothing_to_repair_is_said():
    told = samples.result()
    without = replace(told, repairs=told.repairs.clear())
    assert section(without, "zh", "repairs-title") == [
        entries("panel_report")["repairs-none"]["zh"]
    ]


def test_the_ratio_rule_leaves_nothing_to_test():
    told = samples.scored()
    assert told.rules.score_rule == "ratio"
    assert section(told, "zh", "repairs-title") == ["比值规则下不检验一致性，故不提修改建议。"]


def test_many_experts_are_said_not_to_be_compared(panel):
    note = Problem("panel-result-similarity-left-out", Severity.NOTE, found="201", expected="200")
    told = replace(panel, problems=(*panel.problems, note))
    words = "".join(section(told, "zh", "experts-title"))
    assert "专家共201位，超过200位" in words
    assert "超过200位" not in text(panel, "zh")


def test_two_items_have_a_dash_for_concordance(panel):
    lines = section(panel, "zh", "groups-title", 120)
    two = next(line for line in lines if line.startswith("算力规模 "))
    assert two.split()[6] == "–"


def test_what_is_disabled_has_no_local_weight(panel):
    below = pl.col("node").str.starts_with("2.3")
    weights = panel.weights.with_columns(
        method=pl.when(below).then(pl.lit("disabled")).otherwise("method"),
        global_weight=pl.when(below).then(0.0).otherwise("global_weight"),
    )
    lines = section(replace(panel, weights=weights), "zh", "tree-title", 120)
    row = next(line for line in lines if line.strip().startswith("研发投入"))
    assert row.split() == ["研发投入", "已停用", "0.00%"]


def test_rounds_end_with_the_verdict(panel):
    lines = section(panel, "zh", "rounds-title")
    assert lines[1].split()[:3] == ["1", "8/8", "0.85"]
    assert lines[2].split()[1] == "6/8"
    assert lines[3].startswith("第 2 轮：")
    assert lines[1].endswith("继续征询")


def test_the_verdict_is_of_the_round_that_counts():
    first = samples.result_of(samples.panel(uncertainty={"draws": 0}), number=1)
    lines = section(first, "zh", "rounds-title")
    assert lines[3].startswith("第 1 轮：")
    assert not any(line.startswith("第 2 轮：") for line in lines)


def test_without_a_stop_rule_there_is_a_dash():
    told = samples.panel(rounds=1, stop={"consensus": None, "change": None})
    lines = section(samples.result_of(told), "zh", "rounds-title")
    assert lines[1].split()[-1] == "–"
    assert lines[2].startswith("第 1 轮：")


def test_whoever_moves_the_weights_most_is_named(panel):
    found = panel.about.influential
    told = " ".join(section(panel, "en", "experts-title"))
    assert f"{panel.about.labels[found.expert.id]} moves the weights most" in told
    assert f"({100 * found.change:+.2f} percentage points)" in told
    assert panel_json(panel)["most_influential"] == {
        "expert": found.expert.id,
        "node": found.node,
        "change": found.change,
    }
    alone = samples.result_of(samples.panel(names=["一"], rounds=1))
    assert "moves the weights most" not in text(alone, "en")
    assert panel_json(alone)["most_influential"] is None


def test_groups_of_two_are_said_to_be_consistent_by_nature(panel):
    words = entries("panel_report")["groups-of-two"]["zh"]
    assert words in "".join(section(panel, "zh", "groups-title"))
    larger = panel.consensus.with_columns(items=pl.col("items").clip(lower_bound=3))
    only = replace(panel, consensus=larger)
    assert words not in "".join(section(only, "zh", "groups-title"))


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_linear_best_worst_model_stands_beside(language, columns):
    told = samples.best_worst()
    lines = section(told, language, "linear-title", columns)
    assert len([line for line in lines if "%" in line]) == told.consensus.height


def test_the_linear_model_is_told_by_the_item_that_differs_most():
    told = samples.best_worst()
    lines = section(told, "zh", "linear-title", 120)
    row = next(line for line in lines if line.startswith("网络环境")).split()
    linear = dict(
        told.aggregations.filter(name="best-worst-linear").select("item", "weight").rows()
    )
    used = dict(told.weights.select("node", "local_weight").rows())
    assert row[2:4] == [f"{100 * used['2.4.1.1']:.2f}%", f"{100 * linear['2.4.1.1']:.2f}%"]
    assert "线性模型" not in text(samples.result(), "zh")


def test_a_single_expert_has_no_consensus():
    alone = samples.result_of(samples.panel(names=["一"], rounds=1))
    head = text(alone, "en").split("\n\n")[0]
    assert "Experts: 1; one round" in head
    assert "Consensus:" not in head


def test_scores_name_their_rule():
    told = samples.scored()
    head = text(told, "zh").split("\n\n")[0]
    assert "提问方式：直接评分\n" in head
    assert "评分上下浮动半分" in head
    assert "评分规则：比值规则：两项得分相除为判断值；CR 恒为 0，不得以 CR" in head
    assert "标度" not in head.replace("标度为", "")


def test_simulated_is_stamped():
    for language in LANGUAGES:
        assert text(samples.made_up(), language).startswith(" 模拟数据 / SIMULATED DATA\n")
    assert panel_json(samples.made_up())["simulated"] is True
    assert panel_json(samples.result())["simulated"] is False


def test_json(panel):
    found = json.loads(json.dumps(panel_json(panel), allow_nan=False))
    assert (found["framework"], found["method"]) == ("cpdi-2.0", "eigenvector")
    assert (found["random_index"], found["aggregation"]) == ("alonso-lamata", "judgements")
    assert (found["round"], found["rounds_count"], found["exclude"]) == (2, 2, 0.35)
    assert found["weights"] == panel.weights.to_dicts()
    assert len(found["experts"]) == panel.experts.height
    assert found["rounds"][1]["reason_en"]
    assert found["problems"][0]["severity"] == "warning"


class TestEveryRuleHasWords:
    """Whatever panel.yaml may say can be shown."""

    def named(self, family, names, topic="panel_report", between="-"):
        known = entries(topic)
        return [name for name in names if f"{family}{between}{name}" not in known]

    def test_rules(self):
        fields = PanelRules.model_fields
        for family, field in (("expert-weights", "expert_weights"), ("score-rule", "score_rule")):
            assert self.named(family, get_args(fields[field].annotation)) == []

    def test_rules_that_results_name_too(self):
        assert self.named("panel_elicitation", get_args(Elicitation), "result", "_") == []
        assert self.named("panel_method", METHODS, "result", "_") == []
        assert self.named("panel_scale", SCALES, "result", "_") == []
        assert self.named("panel_table", TABLES, "result", "_") == []
        assert self.named("panel_aggregation", AGGREGATIONS, "result", "_") == []
        rules = get_args(PanelRules.model_fields["score_rule"].annotation)
        assert self.named("panel_rule", rules, "result", "_") == []

    def test_consensus(self):
        words = {consensus_word(value / 100) for value in range(101)}
        assert len(words) == 5
        assert self.named("consensus", words) == []

    def test_kinds_of_answers(self):
        assert self.named("kind", ("pair", "score", "points", "best", "worst")) == []

"""What changed between two frameworks."""

import json
import re
from itertools import permutations

import pytest

from suanli.framework import bundled, bundled_ids, difference
from suanli.framework.lineage import _ATTRIBUTES
from suanli.language import say
from suanli.report.difference import difference_json, difference_table, rule_changes
from suanli.result import frozen_framework
from tests.made import flat
from tests.unit.report.screens import shown


def text(before, after, language, columns=100):
    return shown(difference_table(difference(before, after), before, after, language), columns)


def test_two_versions_in_chinese():
    found = text(bundled("cpdi-1.0"), bundled("cpdi-2.0"), "zh")
    assert found.startswith(
        "中国算力发展指数1.0 [cpdi-1.0] → 中国算力发展指数2.0 [cpdi-2.0]\n同一系列的两个版本。\n"
    )
    assert "调整位置  1.1.1.1 服务器算力规模 → 2.1.1.1 基础算力（服务器算力）规模" in found
    assert "            上级：基础算力 → 计算设备算力" in found
    assert "新增      2.2.1.1 计算设备产量" in found
    assert "梯队划分方法（tiers/method）：不划分（none） → 按得分界线（thresholds）" in found
    assert "{'" not in found


def test_changes_that_read_the_same_are_left_out():
    found = text(bundled("cpdi-1.0"), bundled("cpdi-2.0"), "en", 80)
    assert "parent: Consumer use → Consumer use" not in found
    assert "Unchanged; only the wording of its pillar's Chinese name differs." in found


def test_families_without_correspondences():
    found = text(bundled("cpdi-2.0"), bundled("ccpe-3.0"), "zh")
    assert found.endswith("两个体系都没有注明与对方的对应关系。")
    assert "没有差别" not in found


def test_no_difference():
    made = flat(1)
    found = difference(made, made)
    assert not found.rules
    shown_text = text(made, made, "en")
    assert "same" in shown_text


def test_rule_changes_are_lines():
    before = flat(1)
    after = before.with_changes({"normalisation/method": "z-score"})
    (line,) = rule_changes(difference(before, after).rules, "zh")
    assert line.text.plain == (
        "标准化方法（normalisation/method）：极差标准化（min-max） → 标准分数（z-score）"
    )


def test_json_is_plain():
    found = difference_json(difference(bundled("cpdi-1.0"), bundled("cpdi-2.0")))
    again = json.loads(json.dumps(found))
    assert again["same_family"] is True
    note = next(rule for rule in again["rules"] if rule["path"] == "weighting/note")
    assert set(note["before"]) == {"zh", "en"}
    cuts = next(rule for rule in again["rules"] if rule["path"] == "tiers/cuts")
    assert (cuts["before"], cuts["after"]) == ([], [40.0, 20.0])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("pair", [*permutations(bundled_ids(), 2)], ids="-".join)
def test_every_pair_of_bundled_frameworks(pair, language):
    before, after = map(bundled, pair)
    found = text(before, after, language)
    assert before.id in found
    assert not re.search(r"NormalisationOverride|method=|\[\d|\(\d+\.\d+,", found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_framework_beside_its_frozen_copy(small, language):
    before = small.framework
    found = text(before, frozen_framework(small), language)
    assert ("  阈值：– → " if language == "zh" else "  goalposts: – → ") in found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_attribute_has_a_name(language):
    for attribute in (*_ATTRIBUTES, "parent"):
        assert attribute == "name" or say("report", f"attribute-{attribute}", language)


def test_rules_of_an_indicators_own_are_readable():
    before = flat(1)
    (code,) = [one.code for one in before.indicators()]
    after = before.with_changes({f"nodes/{code}/normalisation": {"method": "rank"}})
    assert "  标准化：– → 按位次计分（rank）" in text(before, after, "zh")

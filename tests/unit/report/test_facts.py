"""Published facts beside a result."""

import json
import re

import pytest

from suanli.framework import bundled
from suanli.report.facts import facts, facts_json
from suanli.result import facts_beside
from tests.unit.report.screens import shown
from tests.unit.result import samples


@pytest.fixture(scope="module")
def tested():
    """A result by a bundled framework, of which some facts can be tested."""
    framework = bundled("cpdi-2.0")
    regions = samples.provinces()
    grid = samples.grid(framework, regions, periods=("2021", "2022"))
    return samples.result(framework=framework, regions=regions, grid=grid, simulated=True)


def text(result, language, columns=100, verdict=None):
    return shown(facts(facts_beside(result), result, language, verdict=verdict), columns)


def test_nothing_can_be_tested(small):
    lines = text(small, "zh").splitlines()
    assert lines[:3] == [
        "公布的事实与本结果对照",
        "没有可以用本结果检验的事实。",
        "无法检验的事实及原因",
    ]
    assert "No published fact can be tested by this result." in text(small, "en")


def test_untestable_facts_are_grouped_by_reason_and_all_are_named(small):
    found = facts_beside(small)
    ids = re.findall(r"\b[AB]-\d{3}\b", text(small, "en", 80))
    assert sorted(ids) == sorted(item.fact.id for item in found.verdicts)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 100])
def test_every_verdict_and_sentence_is_shown_whole(tested, language, columns):
    found = facts_beside(tested)
    joined = re.sub(r"\s", "", text(tested, language, columns, "differs"))
    differing = [item for item in found.verdicts if item.verdict == "differs"]
    assert differing
    assert joined.count("…") == 0
    assert all(item.fact.id in joined for item in differing)


def test_verdicts_are_words(tested):
    assert "不符" in text(tested, "zh", verdict="differs")
    assert "Differs" in text(tested, "en", verdict="differs")
    assert "（模拟数据；位次和得分取决于权重，报告未公布其权重" in re.sub(
        r"\s", "", text(tested, "zh", 160, "differs")
    )


def test_stamp_and_json(tested, small):
    assert text(tested, "en").startswith(" 模拟数据 / SIMULATED DATA\n")
    found = facts_beside(tested)
    saved = json.loads(json.dumps(facts_json(found, tested, verdict="differs")))
    assert saved["simulated"] is True
    assert {row["verdict"] for row in saved["facts"]} == {"differs"}
    everything = facts_json(facts_beside(small), small, verdict=None)
    assert everything["simulated"] is False
    assert len(everything["facts"]) == len(found.verdicts)

"""The demonstration in both languages."""

from pathlib import Path

import pytest

from suanli.report.demonstration import Demonstration, demonstration
from suanli.report.trouble import occurrences
from tests.unit.report.screens import shown


@pytest.fixture(scope="module")
def demo(open_result, open_fixed):
    return Demonstration(open_result, open_fixed, Path("my demo"))


def test_chinese(demo):
    text = shown(demonstration(demo, "zh"))
    for heading in (
        "一、数据检查",
        "二、按年度阈值打分",
        "三、位次为何变化",
        "四、固定阈值下",
        "五、下一步",
    ):
        assert f"\n{heading}" in text
    assert "第 1517 行" in text
    assert "   1  –       广东  ████████████████████████  68.43  第一梯队" in text
    assert '  suanli run "my demo/study"  研究文件夹的副本，可修改后自行计算' in text


def test_english_at_80_columns(demo):
    text = shown(demonstration(demo, "en"), 80)
    assert "line 1517" in text
    assert "Next" not in text
    assert "5. What to do next" in text
    assert 'suanli compare "my demo/annual" "my demo/fixed"' in text


def test_only_some_problems_are_listed_and_the_rest_counted(demo):
    text = shown(demonstration(demo, "zh"))
    assert 0 < text.count("official.csv · 第 ") < 10
    assert "my demo/annual/problems.csv" in text


def test_simulated_is_stamped(made_up):
    text = shown(demonstration(Demonstration(made_up, made_up, Path("d")), "en"))
    assert text.startswith(" 模拟数据 / SIMULATED DATA\n")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_known_error_of_the_source_is_named(demo, language):
    """内蒙古 2021, 四川 2019–2021, 重庆 2022 and 河北 2020: all jumped and came back."""
    text = "".join(shown(demonstration(demo, language), 200).split())
    returned = [one for one in demo.annual.problems if one.code == "check-jump-returned"]
    assert len(returned) >= 4
    assert ("突变后又恢复" if language == "zh" else "jumpedandcameback") in text
    for problem in returned:
        region, name = (problem.details[f"{part}_{language}"] for part in ("region", "name"))
        found = problem.words(language)["found"]
        for said in (region, name, found, problem.place.cell.removeprefix("line ")):
            assert "".join(str(said).split()) in text
    known = {"150000": "2021", "510000": "2019–2021", "500000": "2022", "130000": "2020"}
    said = {(one.place.region, one.place.period.replace("-", "–")) for one in returned}
    assert set(known.items()) <= said


def test_the_rest_is_counted_with_what_stands_for_many(demo):
    problems = [one for one in demo.annual.problems if one.severity != "note"]
    returned = [one for one in problems if one.code == "check-jump-returned"]
    rest = sum(map(occurrences, problems)) - len(returned)
    assert f"{rest} more in my demo/annual/problems.csv." in shown(demonstration(demo, "en"), 200)

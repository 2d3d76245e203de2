"""The demonstration of a simulated study in both languages."""

from pathlib import Path

import pytest

from suanli.intake import bundled_study
from suanli.pipeline import run
from suanli.report.demonstration_simulated import SimulatedDemonstration, simulated_demonstration
from tests.unit.report.screens import shown


@pytest.fixture(scope="module", params=["ccpe-3.0-city", "cpdi-2.0"])
def demo(request):
    result = run(bundled_study(request.param))
    return SimulatedDemonstration(result, Path("my demo"))


def test_english_at_80_columns(demo):
    text = shown(simulated_demonstration(demo, "en"), 80)
    assert text.lstrip().startswith("模拟数据 / SIMULATED DATA")
    assert text.count("SIMULATED DATA") == 1
    city = demo.annual.about.region_level == "prefecture"
    one_line = " ".join(text.split())
    for words in (
        "A program drew every record",
        "computed from records; 100% of the items that they need are complete.",
        "The reports do not publish their weights; these are equal.",
        'suanli indicators "my demo/study"',
        'suanli facts "my demo/annual" --fit',
        *(
            (
                "The first 10 of 302 regions.",
                "Values of indicators: the reports state no fact that can be tested.",
                "of 135 ordered pairs",
                'suanli trace "my demo/study" --region Langfang --indicator 3.1.1.1',
            )
            if city
            else (
                "The first 10 of 31 regions.",
                "Values of indicators: 28 of 28 testable facts agree.",
                "378 of 380 ordered pairs (99.5%) in 16 facts agree; 15 of these facts agree as a whole.",
                'suanli trace "my demo/study" --region Guangdong --indicator 2.1.1.1',
            )
        ),
    ):
        assert words in one_line, words


def test_chinese_has_four_parts(demo):
    text = shown(simulated_demonstration(demo, "zh"))
    for heading in ("一、评价结果", "二、数据覆盖", "三、与公开报告中的事实对照", "四、下一步"):
        assert f"\n{heading}" in text
    assert "SIMULATED" in text.splitlines()[0]

"""Formulas that have to say what the code does where a study chooses or a list has gaps."""

import pytest

from suanli.framework import bundled
from suanli.indicators.families.precision import PRECISIONS
from suanli.indicators.rule_words import rule_words

IN_CENTRES = (
    *("infrastructure_compute", "data_centre_compute", "ai_centre_compute"),
    *("compute_in_use", "compute_under_construction"),
)
SHIPPED = ("server_compute", "ai_server_compute")
WINDOWS = (*SHIPPED, "patent_applications", "patent_grants", "centre_patents")


@pytest.mark.parametrize("name", IN_CENTRES)
def test_chips_without_a_peak_of_their_own_are_said_not_to_count(name):
    words = rule_words(name)
    assert "按位宽折算为FP32（设定为取芯片自身FP32峰值的，没有该值的芯片不计入）" in words.zh
    assert "in FP32 by bit width (if each chip's own FP32 peak is chosen" in words.en


@pytest.mark.parametrize("name", SHIPPED)
def test_servers_by_their_own_figure_are_said_to_be_a_choice(name):
    words = rule_words(name)
    assert "按位宽折算为FP32（可设定为取单台FP32算力，未填报的视同缺失）" in words.zh
    assert "by bit width (or, if so chosen, the unit's own FP32 capability" in words.en


@pytest.mark.parametrize("precision", PRECISIONS)
def test_stated_figures_under_construction_are_said_to_be_discounted(precision):
    words = rule_words(f"native_{precision.lower()}")
    assert "在建算力按所处建设阶段的计入比例计" in words.zh
    assert "under construction, by the share of the centre's stage" in words.en


@pytest.mark.parametrize("name", WINDOWS)
def test_a_year_counts_as_listed_by_a_row_of_whatever_region(name):
    words = rule_words(name)
    assert "不论哪个地区" in words.zh
    assert "各地区均无" not in words.zh
    assert "of whatever region" in words.en


def test_the_framework_takes_the_mean_temperature_over_centres_as_the_rule_does():
    (asked,) = (one for one in bundled("ccpe-3.0").indicators() if one.rule == "mean_temperature")
    assert "÷ 在用算力中心数，另附按标准机架加权的平均值" in asked.formula.zh
    assert (
        "÷ computing centres in use, with the mean weighted by standard racks" in asked.formula.en
    )

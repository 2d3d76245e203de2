"""Numbers, names and marks."""

import pytest

from suanli.report import words
from suanli.result import RegionName

GUIZHOU = RegionName("520000", "贵州省", "贵州", "Guizhou")


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (float("nan"), "–"), (-0.0001, "0.00"), (1234.5, "1,234.50")]
)
def test_number(value, text):
    assert words.number(value, 2) == text


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (0.001, "0.0"), (-0.04, "0.0"), (2.0, "+2.0"), (-2.0, "-2.0")]
)
def test_signed(value, text):
    assert words.signed(value, 1) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (23912.0, "23,912"), (-1.5, "-1.5"), (0.000123456, "0.000123456"), (None, "–")],
)
def test_figure(value, text):
    assert words.figure(value) == text


@pytest.mark.parametrize(
    ("value", "highest", "filled"),
    [(100.0, 100.0, 24), (50.0, 100.0, 12), (200.0, 100.0, 24), (0.0, 100.0, 0), (-5.0, 10.0, 0)],
)
def test_bar_is_the_share_of_the_highest(value, highest, filled):
    assert words.bar(value, highest).plain.count("█") == filled


def test_bar_of_nothing():
    assert words.bar(None, 10.0).plain == ""
    assert words.bar(1.0, 0.0).plain == ""


@pytest.mark.parametrize(
    ("change", "first", "zh"),
    [(2, False, "▲2"), (-3, False, "▼3"), (0, False, "–"), (None, False, "新"), (None, True, "")],
)
def test_rank_change_is_told_by_its_sign_and_not_by_colour(change, first, zh):
    assert words.rank_change(change, "zh", first=first).plain == zh


def test_tier():
    assert words.tier(1, "zh").plain == "第一梯队"
    assert words.tier(9, "en").plain == "tier 9"
    assert words.tier(10, "zh").plain == "第10梯队"
    assert words.tier(None, "en").plain == ""
    assert words.tier(0, "en").plain == ""


def test_names():
    assert words.region_name(GUIZHOU, "zh") == "贵州"
    assert words.region_name(GUIZHOU, "en") == "Guizhou"
    assert words.listed(("a", "b"), "zh") == "a、b"
    assert words.listed((), "en") == ""


def test_names_in_a_result(small):
    assert words.region_names(small, ["贵州省", "无名省"], "en") == "Guizhou, 无名省"
    assert words.node_names(small.framework, "zh")["index"] == "综合指数"
    assert words.node_names(small.framework, "en")["pue"] == "Pue"
    assert words.is_first(small, "2021")
    assert not words.is_first(small, "2022")


def test_origin():
    assert words.origin("imputed", "zh") == "填补"
    assert words.origin(None, "en") == "missing"


@pytest.mark.parametrize(
    ("path", "typed"),
    [("a/b", "a/b"), ("我的研究", "我的研究"), ("a b", '"a b"'), ("a　b", '"a　b"')],
)
def test_path_as_typed(path, typed):
    assert words.as_typed(path) == typed

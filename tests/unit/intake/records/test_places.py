"""Where a place of the records lies: names and codes at any level, groups, and what is not guessed."""

import pytest

from suanli.intake.foundations import grouped_regions
from suanli.intake.records.places import located, place_of
from suanli.problems import Problem, Severity
from suanli.regions import custom, prefectures, provinces


def of(place, regions):
    found = located(place, regions)
    return found.code if isinstance(found, Problem) else found


@pytest.mark.parametrize(
    ("place", "province", "prefecture"),
    [
        ("440106", "440000", "440100"),
        ("440106001007", "440000", "440100"),
        ("440106001", "440000", "440100"),
        ("４４０１０６", "440000", "440100"),
        (" 440106.0 ", "440000", "440100"),
        ("44", "440000", "place-outside-study"),
        ("广东", "440000", "place-outside-study"),
        ("苏州", "320000", "320500"),
        ("Suzhou, Jiangsu", "320000", "320500"),
        ("吉林", "220000", "region-ambiguous"),
        ("广东省广州市天河区", "440000", "440100"),
        ("广州市天河区", "440000", "440100"),
        ("海南藏族自治州共和县", "630000", "632500"),
        ("北京市朝阳区", "110000", "place-outside-study"),
        ("110105", "110000", "place-outside-study"),
        ("429004", "420000", "place-outside-study"),
        ("659001", "650000", "place-outside-study"),
        ("天河区", "region-unknown", "region-unknown"),
        ("990106", "region-unknown", "region-unknown"),
        ("660000", "place-corps", "place-corps"),
        ("新疆生产建设兵团", "place-corps", "place-corps"),
        ("新疆生产建设兵团第八师", "place-corps", "place-corps"),
        ("兵团", "place-corps", "place-corps"),
        ("新疆", "650000", "place-outside-study"),
        ("香港", "region-not-covered", "region-not-covered"),
        ("全国", "region-aggregate", "region-aggregate"),
        ("", "region-blank", "region-blank"),
    ],
)
def test_places_lie_in_provinces_and_prefectures(place, province, prefecture):
    assert (of(place, provinces()), of(place, prefectures())) == (province, prefecture)


def test_a_subset_leaves_out_what_it_does_not_evaluate():
    some = provinces().only(["广东", "江苏"])
    assert (place_of("440106", some), place_of("330100", some)) == ("440000", None)
    assert located("330100", some).severity is Severity.WARNING
    assert of("浙江", some) == "place-outside-study"


@pytest.mark.parametrize(
    ("place", "belt"),
    [
        ("440106", "east"),
        ("苏州", "east"),
        ("吉林", "northeast"),
        ("新疆", "west"),
        ("东部地区", "east"),
        ("659001", "west"),
        ("兵团", "place-corps"),
        ("哈哈", "region-unknown"),
    ],
)
def test_places_lie_in_groups(place, belt):
    assert of(place, grouped_regions("economic-belts")) == belt


def test_a_province_may_lie_in_no_group():
    hubs = grouped_regions("computing-hubs")
    assert (of("520100", hubs), of("湖南", hubs)) == ("guizhou", "place-outside-study")


def test_places_lie_in_a_list_of_the_studys_own():
    rows = [
        {"code": "440300", "name_zh": "深圳市", "name_en": "Shenzhen"},
        {"code": "P1", "name_zh": "东园", "name_en": "East Park"},
        {"code": "440106", "name_zh": "天河区", "name_en": "Tianhe", "parent": "440100"},
    ]
    own = custom(rows)
    assert [of(place, own) for place in ("东园", "p1", "440305", "天河区", "440106", "440106001")] == [
        "P1", "P1", "440300", "440106", "440106", "440106",
    ]  # fmt: skip
    assert of("440105", own) == "place-outside-study"


def test_what_may_lie_in_two_regions_is_not_guessed():
    rows = [
        {"code": "320500", "name_zh": "甲", "name_en": "A"},
        {"code": "341300", "name_zh": "乙", "name_en": "B"},
    ]
    problem = located("Suzhou", custom(rows))
    assert problem.code == "place-ambiguous"
    assert problem.message("zh") == "“Suzhou”可能属于几个地区：甲、乙。"
    assert problem.severity is Severity.ERROR

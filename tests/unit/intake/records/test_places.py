"""Where a place of the records lies: names and codes at any level, groups, and what is not guessed."""

import pytest

from suanli.intake.foundations import grouped_regions
from suanli.intake.records.places import lineage, located, place_of, units_around
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


OWN = custom(
    [
        {"code": "circle", "name": "武汉城市圈", "members": "武汉|黄石|429004"},
        {"code": "west", "name": "川渝地区", "members": "四川|重庆"},
        {"code": "cj", "name": "长吉都市圈", "members": "长春|220200"},
        {"code": "460000", "name": "海南省", "members": ""},
    ]
)


@pytest.mark.parametrize(
    ("place", "group"),
    [
        ("420100", "circle"),
        ("420106001", "circle"),
        ("湖北省武汉市江夏区", "circle"),
        ("429004", "circle"),
        ("429004101", "circle"),
        ("武汉城市圈", "circle"),
        ("510000", "west"),
        ("成都市", "west"),
        ("510107", "west"),
        ("重庆", "west"),
        ("500112", "west"),
        ("海南省", "460000"),
        ("460200", "460000"),
        ("吉林市", "cj"),
        ("吉林", "place-ambiguous"),
        ("海南", "460000"),
        ("湖北", "place-outside-study"),
        ("420600", "place-outside-study"),
        ("429005", "place-outside-study"),
        ("吉林省", "place-outside-study"),
        ("Atlantis", "region-unknown"),
    ],
)
def test_places_lie_in_groups_of_the_studys_own(place, group):
    assert of(place, OWN) == group


def test_a_place_that_may_lie_outside_the_study_is_told_by_what_it_may_be():
    problem = located("吉林", OWN)
    assert problem.message("zh") == "“吉林”可能属于几个地区：吉林省、吉林市。"
    assert problem.message("en") == "“吉林” may lie in several regions: Jilin; Jilin City."


def test_a_name_of_a_member_is_that_members_and_not_its_groups():
    bay = custom([{"code": "bay", "name": "环杭州湾", "members": "杭州|330400"}])
    assert lineage("杭州", bay) == lineage("330100", bay) == ("330100", "330000", "bay")


@pytest.mark.parametrize("name", ["杭州", "杭州市"])
def test_a_group_of_one_member_takes_the_rows_of_its_name(name):
    alone = custom([{"code": "hz", "name": name, "members": "330100"}])
    assert {of(place, alone) for place in ("杭州", "杭州市", "330100", "330106")} == {"hz"}


def test_lines_lead_to_groups_and_what_is_around_them():
    assert lineage("420106", OWN) == ("420106", "420100", "420000", "circle")
    assert lineage("510107", OWN) == ("510107", "510100", "510000", "west")
    assert lineage("circle", OWN) == ("circle",)
    assert units_around("circle", OWN) == {"420000", "429000"}  # what the digits of 仙桃 say
    assert units_around("west", OWN) == frozenset()
    assert units_around("460000", OWN) == frozenset()
    assert units_around("440000", provinces()) == frozenset()

import pytest

from suanli.problems import Problem, Severity
from suanli.regions import custom, prefectures, provinces
from suanli.regions.groupings import groupings
from suanli.regions.name_key import name_key
from suanli.regions.not_regions import area_keys, country_keys, figure_keys, is_aggregate

AGGREGATES = [
    "全国",
    "合计",
    "总计",
    "小计",
    "平均",
    "全国合计",
    "全国平均",
    "中国",
    "中国合计",
    "东部地区",
    "中部地区",
    "西部地区",
    "东北地区",
    "东部",
    "中西部",
    "东部地区合计",
    "京津冀",
    "长三角",
    "长三角地区",
    "粤港澳大湾区",
    "成渝",
    "成渝地区",
    "成渝地区双城经济圈",
    "长江经济带",
    "其他",
    "不分地区",
    "港澳台",
    "港澳台地区",
    "大陆",
    "全 国",
    "總計",
    "China",
    "Total",
    "TOTAL",
    "Average",
    "National",
    "100000",
    "000000",
    "Grand total",
    "National total",
    "Eastern region",
]


@pytest.mark.parametrize("spelling", AGGREGATES)
@pytest.mark.parametrize("regions", [provinces(), prefectures()], ids=lambda it: it.level)
def test_aggregates_are_recognised(regions, spelling):
    found = regions.find(spelling)
    assert isinstance(found, Problem)
    assert found.code == "region-aggregate"
    assert found.severity is Severity.WARNING


def test_names_of_groups_above_provinces_are_aggregates():
    for grouping in groupings():
        for group in grouping.groups:
            if len(group.members) > 1 and grouping.code != "computing-hubs":
                assert is_aggregate(name_key(group.name.zh), of_china=True), group.name.zh
                assert is_aggregate(name_key(group.name.en), of_china=True) or (
                    grouping.code == "three-belts"
                ), group.name.en


def test_no_region_is_called_like_an_aggregate():
    names = figure_keys() | area_keys()
    for regions in (provinces(), prefectures()):
        assert not names & (regions.index.exact.keys() | regions.index.loose.keys())


def test_areas_of_china_mean_nothing_in_a_list_of_ones_own():
    countries = custom([{"code": "SGP", "name": "新加坡"}, {"code": "MYS", "name": "马来西亚"}])
    assert countries.find("中国").code == "region-unknown"
    assert countries.find("合计").code == "region-aggregate"
    assert countries.find("全国").code == "region-aggregate"


def test_areas_of_china_are_known_where_a_list_of_ones_own_holds_provinces():
    assert (
        custom([{"code": "440000", "name": "广东省"}]).find("东部地区").code == "region-aggregate"
    )


def test_a_list_of_ones_own_may_hold_the_country():
    countries = custom([{"code": "CHN", "name": "中国", "name_en": "China"}])
    assert countries.resolve("China").code == "CHN"


def test_longest_names_of_the_country_come_first():
    lengths = [len(key) for key in country_keys()]
    assert lengths == sorted(lengths, reverse=True)

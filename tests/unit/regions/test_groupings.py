import pytest

from suanli.problems import RegionError
from suanli.regions import by_parent, custom, grouping, groupings, prefectures, provinces


def members(code):
    return {group.code: set(group.members) for group in grouping(code).groups}


def names(code, group):
    return "".join(provinces().by_code[member].short.zh for member in sorted(members(code)[group]))


@pytest.mark.parametrize(
    ("code", "sizes"),
    [
        ("economic-belts", {"east": 10, "central": 6, "west": 12, "northeast": 3}),
        ("three-belts", {"east": 11, "central": 8, "west": 12}),
    ],
)
def test_divisions_hold_every_province_once(code, sizes):
    assert {group: len(codes) for group, codes in members(code).items()} == sizes
    held = [member for group in grouping(code).groups for member in group.members]
    assert sorted(held) == list(provinces().codes)


def test_economic_belts_are_those_of_the_statistics_bureau():
    assert names("economic-belts", "east") == "北京天津河北上海江苏浙江福建山东广东海南"
    assert names("economic-belts", "central") == "山西安徽江西河南湖北湖南"
    assert names("economic-belts", "northeast") == "辽宁吉林黑龙江"
    assert names("economic-belts", "west") == "内蒙古广西重庆四川贵州云南西藏陕西甘肃青海宁夏新疆"


def test_three_belts_share_out_the_northeast():
    assert "210000" in members("three-belts")["east"]
    assert {"220000", "230000"} <= members("three-belts")["central"]
    assert members("three-belts")["west"] == members("economic-belts")["west"]


def test_city_clusters():
    assert names("city-clusters", "beijing-tianjin-hebei") == "北京天津河北"
    assert names("city-clusters", "yangtze-river-delta") == "上海江苏浙江安徽"
    assert names("city-clusters", "greater-bay-area") == "广东"
    assert names("city-clusters", "chengdu-chongqing") == "重庆四川"
    assert len(grouping("city-clusters").groups) == 4


def test_computing_hubs():
    hubs = grouping("computing-hubs").groups
    assert [group.name.zh.removesuffix("枢纽") for group in hubs] == [
        "京津冀",
        "长三角",
        "粤港澳大湾区",
        "成渝",
        "内蒙古",
        "贵州",
        "甘肃",
        "宁夏",
    ]
    held = [member for group in hubs for member in group.members]
    assert len(held) == len(set(held)) == 14
    clusters = "".join(group.note.zh for group in hubs)
    for city in [
        "张家口",
        "芜湖",
        "青浦",
        "吴江",
        "嘉善",
        "韶关",
        "天府",
        "重庆",
        "和林格尔",
        "贵安",
        "庆阳",
        "中卫",
    ]:
        assert city in clusters


def test_the_bay_area_says_what_it_leaves_out():
    for code in ("city-clusters", "computing-hubs"):
        (bay,) = [group for group in grouping(code).groups if group.code == "greater-bay-area"]
        assert bay.members == ("440000",)
        assert "中国香港、中国澳门暂未纳入" in bay.note.zh
        assert "not covered" in bay.note.en


def test_groupings_speak_both_languages_and_name_known_provinces():
    for known in groupings():
        texts = [known.name, known.note, *(group.name for group in known.groups)]
        assert all(text.zh and text.en and text.zh != text.en for text in texts)
        for group in known.groups:
            assert set(group.members) <= set(provinces().codes)
            assert list(group.members) == sorted(set(group.members))


def test_an_unknown_grouping():
    with pytest.raises(RegionError, match="no grouping of regions called “belts”") as caught:
        grouping("belts")
    assert caught.value.problems[0].message("zh") == (
        "没有名为“belts”的地区分组，可用的有：economic-belts, three-belts, city-clusters, "
        "computing-hubs。"
    )


def test_groups_of_a_region():
    groups = grouping("computing-hubs").groups_of("500000")
    assert [group.name.zh for group in groups] == ["成渝枢纽"]
    assert grouping("city-clusters").groups_of("650000") == ()


def test_a_grouping_cut_to_some_regions():
    cut = grouping("economic-belts").only(["440000", "510000"])
    assert [(group.code, group.members) for group in cut.groups] == [
        ("east", ("440000",)),
        ("west", ("510000",)),
    ]
    assert len(grouping("economic-belts").groups) == 4


def test_prefectures_by_province():
    grouped = by_parent(prefectures())
    assert grouped.code == "by-parent"
    assert len(grouped.groups) == 27
    assert sum(len(group.members) for group in grouped.groups) == 333
    jiangsu = grouped.groups_of("320500")[0]
    assert (jiangsu.code, jiangsu.name.zh, len(jiangsu.members)) == ("320000", "江苏省", 13)


def test_units_without_a_parent_are_in_no_group():
    assert by_parent(provinces()).groups == ()
    units = custom([{"code": "1", "name": "甲", "parent": "园区"}, {"code": "2", "name": "乙"}])
    (group,) = by_parent(units).groups
    assert (group.name.zh, group.members) == ("园区", ("1",))

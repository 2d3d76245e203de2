import pytest

from suanli.problems import RegionError
from suanli.regions import custom

COUNTRIES = [
    {"code": "CHN", "name_zh": "中国", "name_en": "China", "iso": "CN"},
    {"code": "SGP", "name_zh": "新加坡", "name_en": "Singapore", "aliases": "星洲|狮城"},
    {
        "code": "USA",
        "name_zh": "美国",
        "name_en": "United States",
        "aliases": "US; United States of America",
    },
]
DISTRICTS = [
    {"代码": "440305", "名称": "南山区", "简称": "南山", "上级": "440300"},
    {"代码": "440304", "名称": "福田区", "简称": "福田", "上级": "440300"},
]


def test_countries():
    countries = custom(COUNTRIES)
    assert countries.level == "custom"
    assert countries.codes == ("CHN", "SGP", "USA")
    for spelling in ("USA", "usa", "美国", "United States", "us", "UNITED STATES OF AMERICA"):
        assert countries.resolve(spelling).code == "USA"
    assert countries.resolve("狮城").code == "SGP"
    assert countries.find("Singapor").code == "region-unknown-close"


def test_districts_of_a_city():
    districts = custom(DISTRICTS)
    assert districts.codes == ("440305", "440304")
    for spelling in ("440305", "440305.0", "440305000000", "南山", "深圳市南山区", "深圳南山"):
        assert districts.resolve(spelling).code == "440305"
    found = districts.find("深圳市")
    assert found.code == "region-not-selected"
    assert districts.find("广州市").code == "region-unknown"


def test_units_may_hold_one_another():
    rows = [
        {"code": "A", "name": "甲省"},
        {"code": "B", "name": "乙省"},
        {"code": "A1", "name": "甲中心城", "short": "中心城", "parent": "A"},
        {"code": "B1", "name": "乙中心城", "short": "中心城", "parent": "B"},
    ]
    units = custom(rows)
    assert units.find("中心城").code == "region-ambiguous"
    assert units.resolve("乙省中心城").code == "B1"


def test_codes_that_a_spreadsheet_took_for_numbers():
    units = custom([{"code": "004", "name": "阿富汗"}, {"code": "156.0", "name": "中国"}])
    assert units.codes == ("004", "156")
    assert units.resolve("4").name.zh == "阿富汗"
    assert units.resolve("4.0").name.zh == "阿富汗"


def test_an_exact_code_goes_before_one_cut_short():
    units = custom([{"code": "004", "name": "甲"}, {"code": "4", "name": "乙"}])
    assert units.resolve("4").name.zh == "乙"
    assert units.resolve("004").name.zh == "甲"


def test_a_list_of_ones_own_may_hold_what_is_not_covered_elsewhere():
    ports = custom([{"code": "HKG", "name": "中国香港", "name_en": "Hong Kong, China"}])
    assert ports.resolve("Hong Kong, China").code == "HKG"


def test_all_problems_come_at_once():
    rows = [
        {"code": "A", "name": "甲"},
        {"code": "", "name": "乙"},
        {"code": "C", "name": " "},
        {"code": "ａ", "name": "丁"},
        {"code": "E", "name": "甲 "},
        {"code": None, "name": None},
    ]
    with pytest.raises(RegionError, match="already used in line 2") as caught:
        custom(rows, file="mine.csv")
    problems = [(it.code, it.place.cell, it.found) for it in caught.value.problems]
    assert problems == [
        ("region-code-blank", "line 3", "乙"),
        ("region-name-blank", "line 4", "C"),
        ("region-code-blank", "line 7", ""),
        ("region-name-blank", "line 7", ""),
        ("region-code-twice", "line 5", "ａ"),
        ("region-name-twice", "line 6", "甲"),
    ]
    assert {it.place.file for it in caught.value.problems} == {"mine.csv"}
    assert caught.value.problems[4].message("zh") == "地区代码“ａ”重复，第2行已使用。"


def test_a_name_may_not_be_the_code_of_another():
    with pytest.raises(RegionError, match="“A” is already used in line 2"):
        custom([{"code": "A", "name": "甲"}, {"code": "B", "name": "A"}])


def test_a_code_may_be_its_own_name():
    assert custom([{"code": "A1", "name": "A1"}]).resolve("a1").code == "A1"


@pytest.mark.parametrize("rows", [[], iter([])])
def test_no_rows(rows):
    with pytest.raises(RegionError, match=r"regions\.csv: The list of regions is empty"):
        custom(rows)


def test_rows_are_left_as_they_are():
    rows = [dict(row) for row in COUNTRIES]
    custom(rows)
    assert rows == COUNTRIES


def test_provinces_in_a_list_of_ones_own_go_by_all_their_names():
    units = custom([{"code": "440000", "name": "广东"}, {"code": "450000.0", "name_en": "Guangxi"}])
    for spelling in ("广东", "广东省", "Guangdong", "粤", "44", "CN-GD"):
        assert units.resolve(spelling).code == "440000"
    assert units.by_code["440000"].name.zh == "广东"
    for spelling in ("广西", "广西壮族自治区", "桂"):
        assert units.resolve(spelling).code == "450000"


def test_what_a_row_states_goes_before_what_is_known():
    units = custom([{"code": "440000", "name": "广东省", "name_en": "Canton", "aliases": "岭南"}])
    (guangdong,) = units.members
    assert guangdong.name.en == "Canton"
    assert guangdong.short.zh == "广东"
    assert units.resolve("岭南") == guangdong


def test_a_code_whose_name_says_otherwise_is_ones_own():
    (park,) = custom([{"code": "440000", "name": "甲园区"}]).members
    assert (park.level, park.kind, park.short.zh) == ("custom", "", "甲园区")

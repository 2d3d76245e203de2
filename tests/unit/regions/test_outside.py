import pytest

from suanli.problems import RegionError, Severity
from suanli.regions import everything, prefectures, provinces
from suanli.regions.name_key import name_key
from suanli.regions.outside import not_covered

SPELLINGS = {
    "810000": (
        "香港|香港特别行政区|中国香港|中国香港特别行政区|香港特区|810000|810000.0|81|CN-HK|"
        "HK|HKG|Hong Kong|Hongkong|Hong Kong, China|Hong Kong SAR|Hong Kong SAR, China|"
        "China, Hong Kong SAR|Hong Kong Special Administrative Region|Xianggang|香港*|"
        "香港 Hong Kong"
    ),
    "820000": (
        "澳门|澳門|澳门特别行政区|中国澳门|820000|82|CN-MO|MO|MAC|Macao|Macau|Macao, China|"
        "Macau SAR|Aomen"
    ),
    "710000": (
        "台湾|台灣|臺灣|台湾省|臺灣省|中国台湾|中国台湾地区|中国台湾省|台湾地区|710000|71|"
        "CN-TW|TW|TWN|Taiwan|Taiwan Province|Taiwan, China|Taiwan Province of China|"
        "China Taiwan|Chinese Taipei|中华台北"
    ),
}
CASES = [(code, text) for code, texts in SPELLINGS.items() for text in texts.split("|")]


@pytest.mark.parametrize(("code", "spelling"), CASES)
def test_every_spelling_is_known(code, spelling):
    region = not_covered(name_key(spelling))
    assert region is not None
    assert region.code == code


@pytest.mark.parametrize("spelling", [text for _, text in CASES])
@pytest.mark.parametrize("regions", [provinces(), prefectures(), everything()])
def test_none_of_them_is_a_region_that_is_evaluated(regions, spelling):
    problem = regions.find(spelling)
    assert problem.code == "region-not-covered"
    assert problem.severity is Severity.WARNING


def test_the_message_is_the_official_one():
    problem = provinces().find("台湾")
    assert problem.message("zh") == "“台湾”：中国香港、中国澳门、中国台湾地区暂未纳入本评价。"
    assert problem.action("zh") == "数据表中中国台湾地区的行不参与评价；如列入地区名单，请去掉。"
    assert problem.message("en") == (
        "“台湾”: Hong Kong, China; Macao, China; and Taiwan, China are not yet covered "
        "by this evaluation."
    )
    assert problem.action("en") == (
        "Rows for Taiwan, China take no part; remove it from the list of regions if it is there."
    )


def test_resolving_stops():
    with pytest.raises(RegionError, match="not yet covered") as caught:
        provinces().resolve("香港")
    assert [problem.severity for problem in caught.value.problems] == [Severity.ERROR]


@pytest.mark.parametrize("spelling", ["广东", "China", "Taiyuan", "", "71000"])
def test_others_are_not_among_them(spelling):
    assert not_covered(name_key(spelling)) is None

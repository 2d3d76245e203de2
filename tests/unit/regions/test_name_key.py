import pytest

from suanli.regions import everything
from suanli.regions.name_key import name_key, plain_code


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("广东", "广东"),
        (" 广 东\t省\n", "广东省"),
        ("\u3000广东\u00a0", "广东"),
        ("廣東省", "广东省"),
        ("寧夏回族自治區", "宁夏回族自治区"),
        ("ＧＵＡＮＧＤＯＮＧ", "guangdong"),
        ("Xi’an", "xian"),
        ("Xi'an", "xian"),
        ("Lüliang", "luliang"),
        ("Guǎngdōng", "guangdong"),
        ("Shānxī", "shanxi"),
        ("Shǎnxī", "shaanxi"),
        ("Shǎn Xī", "shaanxi"),
        ("CN-GD", "cngd"),
        ("内蒙古*", "内蒙古"),
        ("内蒙古①", "内蒙古"),
        ("内蒙古²", "内蒙古"),
        ("\ufeff北京", "北京"),
        ("\u200b440000", "440000"),
        ("", ""),
        (" *** ", ""),
        ("—", ""),
    ],
)
def test_normal_form_of_names(text, key):
    assert name_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("440000", "440000"),
        ("４４００００", "440000"),
        ("440000.0", "440000"),
        ("440000.00", "440000"),
        ("440,000", "440000"),
        ("'440000", "440000"),
        ("44 00 00", "440000"),
        ("007", "007"),
        # numbers that are no codes keep what makes them so
        ("44.03", "44.03"),
        ("-44", "-44"),
        ("4,4000", "4,4000"),
        ("440000.5", "440000.5"),
        ("44%", "44%"),
    ],
)
def test_normal_form_of_numbers(text, key):
    assert name_key(text) == key


def test_marks_that_spell_other_scripts_are_kept():
    assert name_key("が") != name_key("か")


def test_long_text_is_left_alone():
    assert name_key("广 " * 101) == "广 " * 101


@pytest.mark.parametrize(
    ("text", "code"),
    [("156.0", "156"), ("004", "004"), (" A-1 ", "A-1"), ("440,000", "440000"), ("", "")],
)
def test_plain_code(text, code):
    assert plain_code(text) == code


TRADITIONAL = [
    "北京",
    "天津",
    "河北",
    "山西",
    "內蒙古",
    "遼寧",
    "吉林",
    "黑龍江",
    "上海",
    "江蘇",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山東",
    "河南",
    "湖北",
    "湖南",
    "廣東",
    "廣西",
    "海南",
    "重慶",
    "四川",
    "貴州",
    "雲南",
    "西藏",
    "陝西",
    "甘肅",
    "青海",
    "寧夏",
    "新疆",
]


def test_traditional_characters_of_every_province():
    simplified = [region.short.zh for region in everything().members[:31]]
    assert [name_key(name) for name in TRADITIONAL] == simplified


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("新疆維吾爾自治區", "新疆维吾尔自治区"),
        ("廣西壯族自治區", "广西壮族自治区"),
        ("烏魯木齊市", "乌鲁木齐市"),
        ("哈爾濱", "哈尔滨"),
        ("臺州", "台州"),
        ("煙臺", "烟台"),
        ("恩施土家族苗族自治州", "恩施土家族苗族自治州"),
        ("黔東南苗族侗族自治州", "黔东南苗族侗族自治州"),
        ("錫林郭勒盟", "锡林郭勒盟"),
        ("博爾塔拉蒙古自治州", "博尔塔拉蒙古自治州"),
        ("張家界", "张家界"),
        ("六盤水", "六盘水"),
        ("延邊", "延边"),
        ("雙鴨山", "双鸭山"),
        ("瀋陽", "沈阳"),
        ("臨滄", "临沧"),
        ("新餘", "新余"),
    ],
)
def test_traditional_characters_of_prefectures(traditional, simplified):
    assert name_key(traditional) == simplified


def test_simplified_names_are_their_own_normal_form():
    for region in everything().members:
        assert name_key(region.name.zh) == region.name.zh

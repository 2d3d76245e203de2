import pytest

from suanli.regions import everything, prefectures, provinces


def closest(regions, key):
    return [region.name.zh for region in regions.likeness.closest(key)]


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("广东升", "广东省"),
        ("广洞", "广东省"),
        ("广西省", "广西壮族自治区"),
        ("黑龙江升", "黑龙江省"),
        ("新彊", "新疆维吾尔自治区"),
        ("guangdon", "广东省"),
        ("zhejang", "浙江省"),
        ("sichaun", "四川省"),
        ("innermongola", "内蒙古自治区"),
    ],
)
def test_misspelt_provinces(key, first):
    assert closest(provinces(), key)[0] == first


@pytest.mark.parametrize(
    ("key", "first"),
    [("恩施市", "恩施土家族苗族自治州"), ("乌鲁木其市", "乌鲁木齐市"), ("shijazhuang", "石家庄市")],
)
def test_misspelt_prefectures(key, first):
    assert closest(prefectures(), key)[0] == first


@pytest.mark.parametrize(
    ("letters", "names"),
    [
        ("gd", ["广东省"]),
        ("hn", ["湖南省", "河南省", "海南省"]),
        ("hb", ["湖北省", "河北省"]),
        ("sx", ["山西省", "陕西省"]),
        ("zz", []),
    ],
)
def test_abbreviations_bring_up_all_they_may_stand_for(letters, names):
    assert closest(provinces(), letters)[: len(names) or None] == names


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("440305", ["深圳市", "广东省"]),  # a district
        ("404000", ["广东省"]),  # digits swapped
        ("44000", ["广东省"]),  # a digit missing
        ("4400000", ["广东省"]),  # a digit too many
        ("999999", []),
        ("1", []),
    ],
)
def test_wrong_codes(code, names):
    assert closest(everything(), code)[: len(names) or None] == names


@pytest.mark.parametrize("key", ["", "qqqqqq", "第一季度", "x" * 65, "广" * 65])
def test_nothing_is_close(key):
    assert closest(everything(), key) == []


def test_at_most_three():
    assert len(closest(provinces(), "江州省")) <= 3


def test_own_iso_codes_come_first():
    # CN-HA is 河南, though 湖南 and 海南 resemble it as well
    assert closest(provinces(), "ha") == ["河南省", "湖南省", "海南省"]

from suanli.language import Text
from suanli.regions import provinces
from suanli.regions.region import Region
from suanli.regions.spellings import exact_keys, is_latin, likely_keys, loose_keys

ENSHI = Region(
    code="422800",
    name=Text("恩施土家族苗族自治州", "Enshi Tujia and Miao Autonomous Prefecture"),
    short=Text("恩施", "Enshi"),
    level="prefecture",
    parent="420000",
    kind="autonomous_prefecture",
    iso=None,
)


def test_exact_keys_are_code_and_full_name():
    assert exact_keys(ENSHI) == {"422800", "恩施土家族苗族自治州"}


def test_loose_keys_of_an_autonomous_prefecture():
    assert loose_keys(ENSHI) == {
        "4228",
        "422800000000",
        "恩施",
        "恩施州",
        "恩施自治州",
        "enshi",
        "enshiautonomousprefecture",
        "enshiprefecture",
        "enshizhou",
        "enshizizhizhou",
        "enshitujiaandmiaoautonomousprefecture",
    }


def test_loose_keys_of_a_province():
    assert loose_keys(provinces().by_code["440000"]) == {
        "44",
        "4400",
        "440000000000",
        "cngd",
        "广东",
        "粤",
        "guangdong",
        "guangdongprovince",
        "guangdongsheng",
    }


def test_a_code_loses_leading_zeros_but_is_not_cut_in_a_list_of_ones_own():
    name = Text("阿富汗", "Afghanistan")
    assert "4" in loose_keys(Region("004", name, name, "custom", None, "", None))
    park = Region("440000", name, name, "custom", None, "", None)
    assert not {"44", "4400"} & loose_keys(park)


def test_prefecture_codes_are_not_cut_to_two_digits():
    assert "42" not in loose_keys(ENSHI)


def test_likely_keys_leave_out_blank_names():
    blank = Region("1", Text("深圳湾", "—"), Text("深圳湾", ""), "custom", None, "", None)
    assert likely_keys(blank) == ("深圳湾",)


def test_is_latin():
    assert is_latin("guangdong")
    assert not is_latin("广东")
    assert not is_latin("44a")
    assert not is_latin("")

import dataclasses

import pytest

from suanli.language import Text
from suanli.problems import Problem, RegionError, Severity
from suanli.regions import Region, Regions, everything, prefectures, provinces

PROVINCES = {
    "440000": (
        "广东|广东省|Guangdong|guangdong province|GUANGDONG SHENG|Guang Dong|Guǎngdōng|"
        "440000|440000.0|４４００００|440,000|'440000|44|44.0|4400|440000000000|CN-GD|cn-gd|"
        "CNGD| 广 东 |廣東|廣東省|粤|广东*|广东①|\ufeff广东"
    ),
    "150000": (
        "内蒙古|内蒙|内蒙古自治区|内蒙自治区|內蒙古|Inner Mongolia|InnerMongolia|"
        "Inner Mongolia Autonomous Region|Nei Mongol|Nei Mongol Autonomous Region|Neimenggu|"
        "Nei Menggu Zizhiqu|15|蒙"
    ),
    "450000": "广西|广西壮族自治区|广西自治区|Guangxi|Guangxi Zhuang Autonomous Region|桂",
    "640000": "宁夏|宁夏回族自治区|寧夏|Ningxia|Ningxia Hui Autonomous Region|宁",
    "650000": (
        "新疆|新疆维吾尔自治区|新疆維吾爾自治區|Xinjiang|Xinjiang Uygur Autonomous Region|"
        "Xinjiang Uyghur AR|新"
    ),
    "540000": "西藏|西藏自治区|Tibet|Xizang|Tibet Autonomous Region|Xizang Zizhiqu|藏",
    "610000": "陕西|陕西省|陝西|Shaanxi|Shaanxi Province|Shǎnxī|CN-SN",
    "140000": "山西|山西省|Shanxi|Shanxi Province|Shānxī|CN-SX",
    "110000": ("北京|北京市|Beijing|Beijing City|Beijing Municipality|Beijing Shi|京|北京市北京市"),
    "500000": "重庆|重慶市|Chongqing|渝",
    "230000": "黑龙江|黑龍江省|Heilongjiang|Hei Long Jiang|黑",
    "220000": "吉林|吉林省|Jilin|Jilin Province",
    "460000": "海南|海南省|Hainan|琼",
}

PREFECTURES = {
    "320500": (
        "苏州|苏州市|蘇州市|江苏苏州|江苏省苏州市|江苏省 苏州|Suzhou, Jiangsu|Jiangsu Suzhou|"
        "3205|320500.0"
    ),
    "341300": "宿州|安徽宿州市|Suzhou, Anhui|Suzhou City, Anhui Province",
    "422800": (
        "恩施|恩施州|恩施自治州|恩施土家族苗族自治州|Enshi|Enshi Prefecture|湖北恩施|"
        "湖北省恩施土家族苗族自治州"
    ),
    "632800": "海西|海西州|海西蒙古族藏族自治州|Haixi",
    "632500": "海南州|海南藏族自治州|青海海南|青海省海南州",
    "542500": "阿里|阿里地区|Ngari|Ali|Ngari Prefecture",
    "152500": ("锡林郭勒|锡林郭勒盟|锡盟|Xilingol|Xilin Gol|Xilingol League|內蒙古錫林郭勒盟"),
    "220200": "吉林市|Jilin City|吉林吉林|吉林省吉林市|Jilin, Jilin|2202",
    "610100": "西安|西安市|Xi'an|Xi’an|Xian|XI AN",
    "141100": "吕梁|Lüliang|Luliang|Lvliang",
    "650100": "乌鲁木齐|烏魯木齊|Urumqi|Ürümqi|Wulumuqi",
    "540200": "日喀则|Xigaze|Xigazê|Shigatse|Rikaze",
    "653000": "克孜勒苏柯尔克孜自治州|克孜勒苏州|克州",
    "232700": "大兴安岭|大兴安岭地区|Da Hinggan Ling|Daxing'anling",
    "152200": "兴安盟|兴安|Hinggan|Xing'an League",
    "522600": "黔东南|黔东南州|黔东南苗族侗族自治州|贵州黔东南",
    "451000": "百色|Baise|Bose",
}


def cases(table):
    return [(code, text) for code, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("code", "spelling"), cases(PROVINCES))
def test_spellings_of_provinces(code, spelling):
    assert provinces().resolve(spelling).code == code


@pytest.mark.parametrize(("code", "spelling"), cases(PREFECTURES))
def test_spellings_of_prefectures(code, spelling):
    assert prefectures().resolve(spelling).code == code
    assert everything().resolve(spelling).code == code


@pytest.mark.parametrize("spelling", ["北京", "北京市", "Beijing", "110000", "北京市北京市"])
def test_a_municipality_is_one_unit_among_everything(spelling):
    assert everything().resolve(spelling).code == "110000"


REFUSED = [
    (provinces, "", "region-blank"),
    (provinces, " \u3000\n", "region-blank"),
    (provinces, "***", "region-unknown"),
    (provinces, "GD", "region-unknown-close"),
    (provinces, "广西省", "region-unknown-close"),
    (provinces, "北京省", "region-unknown-close"),
    (provinces, "44.03", "region-unknown"),
    (provinces, "-44", "region-unknown"),
    (provinces, "440305", "region-unknown-close"),
    (provinces, "苏州", "region-is-prefecture"),
    (provinces, "Suzhou", "region-is-prefecture"),
    (provinces, "320500", "region-is-prefecture"),
    (prefectures, "广东", "region-is-province"),
    (prefectures, "北京市", "region-is-province"),
    (prefectures, "海南省", "region-is-province"),
    (prefectures, "吉林", "region-ambiguous"),
    (prefectures, "海南", "region-ambiguous"),
    (prefectures, "恩施市", "region-unknown-close"),
    (prefectures, "Suzhou City", "region-ambiguous"),
    (everything, "吉林", "region-ambiguous"),
    (everything, "海南 Hainan", "region-ambiguous"),
    (everything, "广东苏州", "region-unknown"),
]


@pytest.mark.parametrize(("regions", "spelling", "code"), REFUSED)
def test_refused_spellings(regions, spelling, code):
    found = regions().find(spelling)
    assert isinstance(found, Problem)
    assert found.code.startswith(code)
    assert found.severity is Severity.ERROR
    with pytest.raises(RegionError, match=r".") as caught:
        regions().resolve(spelling)
    assert caught.value.problems == (found,)


def test_what_is_unknown_is_said_in_both_languages():
    problem = provinces().find("广洞")
    assert problem.message("zh") == (
        "未能识别地区“广洞”，相近的有：广东省（440000）、广西壮族自治区（450000）。"
    )
    assert problem.action("zh") == "请核对写法，改用全称或代码。"
    assert problem.message("en") == (
        "“广洞” is not a known region; the closest are: Guangdong (440000); Guangxi (450000)."
    )
    assert problem.action("en") == "Check the spelling, or write the full name or the code."
    assert problem.expected == "440000 广东省; 450000 广西壮族自治区"


def test_what_is_unknown_and_like_nothing_is_said_in_both_languages():
    problem = provinces().find("火星")
    assert problem.message("zh") == "未能识别地区“火星”。"
    assert problem.action("zh") == "请填写地区名录中的名称或代码，例如北京市（110000）。"
    assert problem.message("en") == "“火星” is not a known region."
    assert problem.action("en") == (
        "Write a name or a code from the list of regions, such as Beijing (110000)."
    )


def test_what_is_ambiguous_is_said_in_both_languages():
    problem = everything().find("吉林")
    assert (
        problem.message("zh")
        == "地区“吉林”所指不唯一，可能是：吉林省（220000）、吉林市（220200）。"
    )
    assert problem.action("zh") == "请改用全称或代码，例如“吉林省”或220000。"
    assert problem.message("en") == (
        "“吉林” may mean several regions: Jilin (220000); Jilin City (220200)."
    )
    assert problem.action("en") == (
        "Write the code or the full Chinese name, such as 220000 or 吉林省."
    )


def test_the_example_for_an_ambiguous_name_is_a_member():
    assert prefectures().find("海南").action("zh") == (
        "请改用全称或代码，例如“海南藏族自治州”或632500。"
    )


def test_another_level_is_said_in_both_languages():
    problem = provinces().find("Suzhou")
    assert problem.message("zh") == (
        "“Suzhou”对应苏州市（320500）、宿州市（341300），属地级行政区，而本次评价的地区为省级。"
    )
    assert problem.message("en") == (
        "“Suzhou” is of prefecture level: Suzhou, Jiangsu (320500); Suzhou, Anhui (341300). "
        "Provinces are evaluated here."
    )
    problem = prefectures().find("广东省")
    assert problem.message("zh") == (
        "“广东省”对应广东省（440000），属省级行政区，而本次评价的地区为地级。"
    )


def test_candidates():
    assert [it.code for it in everything().candidates("海南")] == ["460000", "632500"]
    assert [it.code for it in provinces().candidates("海南")] == ["460000"]
    assert provinces().candidates("苏州") == ()
    assert provinces().candidates("火星") == ()


class TestOnly:
    def test_keeps_official_order(self):
        assert provinces().only(["广东", "江苏", "Beijing"]).codes == ("110000", "320000", "440000")

    def test_what_is_left_out_stays_known(self):
        found = provinces().only(["广东"]).find("湖南")
        assert found.code == "region-not-selected"
        assert found.severity is Severity.WARNING
        assert found.message("zh") == "“湖南”对应湖南省（430000），不在本次评价的地区之列。"

    def test_a_name_shared_with_a_region_left_out_stays_ambiguous(self):
        assert prefectures().only(["苏州"]).find("Suzhou").code == "region-ambiguous"

    def test_a_subset_may_mix_levels(self):
        mixed = everything().only(["北京", "苏州"])
        assert mixed.codes == ("110000", "320500")
        assert mixed.find("吉林").code == "region-ambiguous"
        assert mixed.find("广东").code == "region-not-selected"

    def test_can_be_cut_again(self):
        cut = provinces().only(["广东", "江苏"]).only(["江苏"])
        assert cut.codes == ("320000",)
        assert cut.find("湖南").code == "region-not-selected"

    def test_reports_every_problem_at_once(self):
        with pytest.raises(RegionError, match="火星") as caught:
            provinces().only(["广东", "火星", "Guangdong", "合计"])
        assert [problem.code for problem in caught.value.problems] == [
            "region-unknown",
            "region-named-twice",
            "region-aggregate",
        ]
        assert caught.value.problems[1].message("zh") == (
            "地区“Guangdong”重复，广东省（440000）已在名单中。"
        )

    def test_an_empty_list_is_refused(self):
        with pytest.raises(RegionError, match="The list of regions is empty"):
            provinces().only([])


def test_a_list_stands_alone():
    name = Text("甲", "A")
    regions = Regions("custom", (Region("1", name, name, "custom", None, "", None),))
    assert regions.known == regions.members
    assert regions.resolve("a").code == "1"


def test_a_list_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError, match="level"):
        provinces().level = "x"
    with pytest.raises(TypeError, match="does not support item assignment"):
        provinces().by_code["x"] = provinces().members[0]


def test_lists_are_values():
    assert provinces().only(["广东"]) == provinces().only(["440000"])
    assert hash(provinces().only(["广东"])) == hash(provinces().only(["440000"]))


def test_hostile_cells_are_shown_short_and_plain():
    problem = provinces().find("=cmd()\x1b[31m\n" + "x" * 5000)
    assert problem.code == "region-unknown"
    assert len(problem.found) == 60
    assert problem.found.isprintable()

import pytest

from suanli.problems import RegionError, Severity
from suanli.regions import custom


def groups(*rows):
    """Return the list of rows of code, name and members."""
    return custom([dict(zip(("code", "name", "members"), row, strict=True)) for row in rows])


def faults(*rows):
    """Return the problems of a list with their lines, each told in both languages."""
    with pytest.raises(RegionError, match=r"\w") as caught:
        groups(*rows)
    for problem in caught.value.problems:
        assert problem.severity is Severity.ERROR
        for language in ("zh", "en"):
            assert "{" not in problem.message(language) + problem.action(language)
    return [(problem.place.cell, problem.code, problem.found) for problem in caught.value.problems]


def test_members_in_any_spelling_and_set_apart_in_any_way():
    made = groups(
        ("gba", "珠三角", "广州|Shenzhen ; 440400、佛山市；"),
        ("west", "川渝地区", "四川|50"),
        ("whc", "武汉城市圈", "420100.0|429004"),
    )
    assert [group.members for group in made.groups] == [
        ("440100", "440300", "440400", "440600"),
        ("510000", "500000"),
        ("420100", "429004"),
    ]
    assert [group.name.zh for group in made.groups] == ["珠三角", "川渝地区", "武汉城市圈"]
    assert made.resolve("珠三角").code == "gba"
    assert made.find("广州").code == "region-not-selected"


@pytest.mark.parametrize("heading", ["members", "Members ", "成员", "成员地区"])
def test_headings_of_members(heading):
    made = custom([{"code": "a", "name": "甲组", heading: "河北"}])
    assert made.groups[0].members == ("130000",)


def test_a_province_or_prefecture_without_members_stands_for_itself():
    made = groups(("a", "甲组", "广东"), ("460000", "海南", ""), ("320500", "Suzhou, Jiangsu", " "))
    assert made.codes == ("a", "460000", "320500")
    assert [group.code for group in made.groups] == ["a"]
    assert made.resolve("海南省").code == "460000"


def test_a_list_without_a_column_of_members_has_no_groups():
    assert custom([{"code": "a", "name": "甲组"}]).groups == ()


@pytest.mark.parametrize(
    ("row", "code", "found"),
    [
        (("a", "甲组", ""), "group-without-members", ""),
        (("a", "甲组", "|；"), "group-without-members", ""),
        (("440000", "珠三角", ""), "group-without-members", ""),
        (("a", "甲组", "广州|广洲"), "region-unknown-close", "广洲"),
        (("a", "甲组", "Atlantis"), "region-unknown", "Atlantis"),
        (("a", "甲组", "990106001"), "region-unknown", "990106001"),
        (("a", "甲组", "吉林"), "region-ambiguous", "吉林"),
        (("a", "甲组", "广州|香港"), "group-member-not-covered", "香港"),
        (("a", "甲组", "东部地区"), "group-member-aggregate", "东部地区"),
        (("a", "甲组", "<script>alert(1)</script>"), "region-unknown", "<script>alert(1)</script>"),
        (("440000", "珠三角", "广州"), "group-code-taken", "440000"),
        (("440000", "广东省", "广州"), "group-code-taken", "440000"),
        (("44", "珠三角", "广州"), "group-code-taken", "44"),
        (("CN-GD", "珠三角", "广州"), "group-name-taken", "CN-GD"),
        (("nanjing", "珠三角", "广州"), "group-name-taken", "nanjing"),
        (("440106", "珠三角", "广州"), "group-code-taken", "440106"),
        (("440106001007", "珠三角", "广州"), "group-code-taken", "440106001007"),
        (("a", "杭州", "南京|镇江"), "group-name-taken", "杭州"),
        (("a", "吉林", "220200|220100"), "group-name-taken", "吉林"),
        (("a", "河北", "130100"), "group-name-taken", "河北"),
        (("a", "杭州", "杭州|嘉兴"), "group-name-taken", "杭州"),
        (("hangzhou", "环杭州湾", "330100|嘉兴"), "group-name-taken", "hangzhou"),
        (("a", "河北", "北京|河北"), "group-name-taken", "河北"),
        (("a", "广州", "广东"), "group-name-taken", "广州"),
        (("a", "吉林市", "220000"), "group-name-taken", "吉林市"),
        (("a", "吉林", "220200"), "group-name-taken", "吉林"),
        (("a", "440106", "广州|深圳"), "group-name-taken", "440106"),
        (("a", "甲组", "440106001|440106"), "group-member-twice", "440106"),
        (("a", "甲组", "广州|440100"), "group-member-twice", "440100"),
        (("a", "甲组", "广东|广州"), "group-member-inside", "440100"),
        (("a", "甲组", "440106|广东"), "group-member-inside", "440106"),
    ],
)
def test_a_fault(row, code, found):
    assert faults(("z", "末组", "甘肃"), row) == [("line 3", code, found)]


def test_a_group_of_one_member_may_bear_its_name():
    rows = (("hangzhou", "杭州", "330100"), ("jilin", "吉林", "吉林省"))
    made = groups(*rows)
    assert [group.name.zh for group in made.groups] == ["杭州", "吉林"]


def test_codes_of_nine_and_twelve_digits_are_members():
    made = groups(("a", "甲组", "440106000|440113001007|440300000000|440400000"))
    assert made.groups[0].members == ("440106", "440113", "440300", "440400")


@pytest.mark.parametrize("member", ["香港", "合计"])
def test_a_member_that_stops_the_study_is_not_told_as_a_row_passed_over(member):
    with pytest.raises(RegionError, match="member") as caught:
        groups(("a", "甲组", f"广州|{member}"))
    (problem,) = caught.value.problems
    said = {
        language: problem.message(language) + problem.action(language) for language in ("zh", "en")
    }
    assert "成员" in said["zh"]
    assert "行不参与" not in said["zh"]
    assert "take no part" not in said["en"]
    assert "takes no part" not in said["en"]


def test_every_name_of_a_group_counts():
    names = {"code": "a", "name": "甲组", "members": "广州"}
    for heading in ("name_en", "short", "short_en", "aliases"):
        with pytest.raises(RegionError, match="Nanjing"):
            custom([{**names, heading: "Nanjing"}])


def test_divisions_count_once_whichever_group_they_are_in():
    rows = (
        ("a", "甲组", "广州|四川"),
        ("b", "乙组", "河北|440100"),
        ("c", "丙组", "成都"),
        ("130100", "石家庄市", ""),
        ("130000", "河北省", ""),
    )
    assert faults(*rows) == [
        ("line 3", "group-member-twice", "440100"),
        ("line 6", "group-member-twice", "130000"),
        ("line 4", "group-member-inside", "510100"),
        ("line 5", "group-member-inside", "130100"),
    ]


def test_an_overlap_is_told_in_the_words_of_the_list():
    with pytest.raises(RegionError, match=r"“Chengdu” \(510100\) lies in “Sichuan”") as caught:
        groups(("a", "甲组", "四川"), ("b", "乙组", "成都"))
    (problem,) = caught.value.problems
    assert (
        problem.message("zh") == "“成都市”（510100）属于“四川省”，而“四川省”已整体列入分组“甲组”。"
    )


def test_faults_of_members_come_with_those_of_codes_and_names():
    assert faults(("a", "甲组", "广州"), ("a", "乙组", "Atlantis"), ("", "丙组", "广州")) == [
        ("line 4", "region-code-blank", "丙组"),
        ("line 3", "region-code-twice", "a"),
        ("line 3", "region-unknown", "Atlantis"),
    ]

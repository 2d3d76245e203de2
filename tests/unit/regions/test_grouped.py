import pytest

from suanli.language import Text
from suanli.regions import Region, RegionGroup, grouped, prefectures
from suanli.regions.division_codes import holders
from suanli.regions.grouped import division


def region(code):
    name = Text(code, code)
    return Region(code, name, name, "custom", None, "", None)


def group(code, *members):
    return RegionGroup(code, Text(code, code), members)


def test_a_list_of_groups_knows_what_they_are_made_up_of():
    groups = (group("甲", "440100", "429004"), group("乙", "130000"))
    made = grouped([region("甲"), region("乙")], groups, [division("420000")])
    assert (made.level, made.codes, made.groups) == ("custom", ("甲", "乙"), groups)
    assert [one.code for one in made.known] == ["甲", "乙", "420000", "440100", "429004", "130000"]
    assert prefectures().groups == ()


def test_a_group_is_the_parent_of_its_members_and_a_unit_of_all_others():
    made = grouped([region("甲")], [group("甲", "440100", "429004")], [division("440300")])
    assert made.parents == {"440100": "甲", "429004": "甲", "440300": "440000"}
    assert made.only(["甲"]).parents == made.parents
    assert made.parents is made.parents
    assert prefectures().parents["440100"] == "440000"


def test_a_list_cut_down_keeps_the_groups_that_stay():
    groups = (group("甲", "440100"), group("乙", "130000"))
    made = grouped([region("甲"), region("乙")], groups).only(["乙"])
    assert (made.codes, made.groups) == (("乙",), groups[1:])


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("110000", None),
        ("440100", "440000"),
        ("440106", "440100"),
        ("110105", "110000"),
        ("500243", "500000"),
        ("429004", "420000"),
        ("659001", "650000"),
    ],
)
def test_a_division_is_known_by_what_holds_it(code, parent):
    assert division(code).parent == parent
    assert set(holders(code)) >= {parent} - {None}


@pytest.mark.parametrize(
    "code", ["449906", "990100", "990106", "440199000", "4401", "", "GBA", "440200000000", "110100"]
)
def test_what_is_no_division(code):
    assert division(code) is None

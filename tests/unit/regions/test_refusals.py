from importlib.resources import files

import pytest
import yaml

from suanli.problems import RegionError, Severity
from suanli.regions import custom, everything, grouping, prefectures, provinces, refusals

GUANGDONG = provinces().by_code["440000"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("广东", "广东"),
        ("a\nb\t c", "a b c"),
        ("a\x1bb\u202ec", "abc"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("", ""),
    ],
)
def test_shown(text, shown):
    assert refusals.shown(text) == shown


def every_problem():
    yield refusals.blank(provinces().members)
    yield refusals.unknown("x", [], provinces().members)
    yield refusals.unknown("x", [GUANGDONG], provinces().members)
    yield everything().find("吉林")
    yield prefectures().find("广东")
    yield provinces().find("苏州")
    yield provinces().only(["广东"]).find("湖南")
    yield provinces().find("香港")
    yield provinces().find("合计")
    yield refusals.named_twice("粤", GUANGDONG)
    yield refusals.empty_list()
    twice = [
        {"code": "1", "name": "甲"},
        {"code": "1", "name": "甲"},
        {"code": "2"},
        {"name": "丙"},
    ]
    groups = [
        {"code": "440000", "name": "甲", "members": "广州"},
        {"code": "b", "name": "南京", "members": "广州"},
        {"code": "c", "name": "丙", "members": "广东"},
        {"code": "d", "name": "丁", "members": ""},
        {"code": "e", "name": "戊", "members": "香港|合计"},
    ]
    for act in (lambda: custom(twice), lambda: custom(groups), lambda: grouping("x")):
        with pytest.raises(RegionError, match=r".") as caught:
            act()
        yield from caught.value.problems


def test_every_problem_of_the_catalogue_occurs_and_reads_well():
    seen = set()
    for problem in every_problem():
        seen.add(problem.code)
        for text in (problem.message("zh"), problem.action("zh")):
            assert text.endswith("。")
            assert "{" not in text
        for text in (problem.message("en"), problem.action("en")):
            assert text.endswith(".")
            assert "{" not in text
    source = files("suanli.language").joinpath("entries", "problems", "regions.yaml")
    known = yaml.safe_load(source.read_text(encoding="utf-8")).keys()
    # those of look-ups are raised by the command line
    assert seen == {code for code in known if not code.startswith("region-lookup-")}


def test_what_a_table_may_well_contain_is_a_warning():
    warnings = {it.code for it in every_problem() if it.severity is Severity.WARNING}
    assert warnings == {"region-aggregate", "region-not-covered", "region-not-selected"}


def test_a_list_without_members_gives_no_example():
    assert refusals.unknown("x", [], []).details["example_zh"] == ""

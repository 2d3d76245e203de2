"""YAML in both forms to frameworks; hostile and faulty files to problems."""

import pytest

from suanli.framework import parse
from suanli.framework.document import document, resolved
from suanli.framework.reading import checked
from suanli.problems import FrameworkError
from tests.unit.framework import cases
from tests.unit.framework.samples import LISTED, SOUND, text


def found(problems):
    return {(one.code.removeprefix("framework-"), one.place.path) for one in problems}


@pytest.mark.parametrize(("code", "path", "changes"), cases.FORM)
def test_faults_of_form(code, path, changes):
    framework, problems = checked(text(changes))
    assert framework is None
    assert (code, path) in found(problems)


@pytest.mark.parametrize(("code", "path", "changes"), cases.LIST)
def test_faults_of_the_list_form(code, path, changes):
    framework, problems = checked(text(changes, LISTED))
    assert framework is None
    assert (code, path) in found(problems)
    assert not any(path.startswith("children") for _, path in found(problems))


@pytest.mark.parametrize(("code", "hostile"), cases.FILES, ids=lambda value: str(value)[:20])
def test_faults_of_the_file(code, hostile):
    with pytest.raises(FrameworkError, match=r"mine\.yaml") as caught:
        parse(hostile, file="mine.yaml")
    assert code in {one.code.removeprefix("framework-") for one in caught.value.problems}


def test_a_problem_names_file_line_path_and_code():
    with pytest.raises(FrameworkError, match="unit “万斗” is not known") as caught:
        parse(text({"children/0/children/0/unit": "万斗"}), file="mine.yaml")
    place = caught.value.problems[0].place
    lines = text({"children/0/children/0/unit": "万斗"}).splitlines()
    assert lines[int(place.cell.removeprefix("line ")) - 1].strip() == "unit: 万斗"
    assert (place.file, place.code) == ("mine.yaml", "1.1")


def test_an_unquoted_code_is_quoted_back_as_it_was_written():
    source = text().replace("code: '1.1'", "code: 2.10")
    with pytest.raises(FrameworkError, match=r'Put it in quotes, "2\.10"'):
        parse(source)


def test_a_misspelt_field_is_told_once_with_what_was_meant():
    _, problems = checked(text({"children/0/children/0/unt": "台"}).replace("    unit: 万台\n", ""))
    unknown = [one for one in problems if one.code == "framework-field-unknown"]
    assert [one.expected for one in unknown] == ["unit"]
    assert "可改为" not in unknown[0].message("zh")
    assert "unit" in unknown[0].action("zh")


def test_a_misspelt_required_field_is_not_told_as_missing_too():
    source = text().replace("direction: higher", "directoin: higher", 1)
    _, problems = checked(source)
    assert found(problems) == {("field-unknown", "children[0].children[0].directoin")}


def test_the_names_that_are_known_are_listed():
    _, problems = checked(text({"treatment/method": "winsorize"}))
    assert problems[0].expected == "none, winsorise, winsorise-then-log, log, box-cox"


def test_a_tag_constructs_nothing():
    with pytest.raises(FrameworkError, match="YAML tag"):
        parse("a: !!python/object/apply:sys.exit [3]")


def test_aliases_and_merges_are_read_where_they_are_harmless():
    source = "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc: [*a, *a]"
    content = document(source, file="f")[0].content
    assert content["b"] == {"x": 1, "y": 3}
    assert content["c"] == [{"x": 1, "y": 2}] * 2


def test_a_key_twice_is_told_with_its_line():
    _, problems = checked(text() + "decimals: 1\ndecimals: 2\n", file="mine.yaml")
    assert [(one.code, one.found) for one in problems] == [("framework-key-twice", "decimals")]
    assert problems[0].place.cell == f"line {len(text().splitlines()) + 2}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("~", None),
        ("", None),
        ("true", True),
        ("False", False),
        ("no", "no"),
        ("NO", "NO"),
        ("2023-11-01", "2023-11-01"),
        ("12:30", "12:30"),
        ("010", 10),
        ("-3", -3),
        ("1e-3", 0.001),
        (".5", 0.5),
        ("1_000", "1_000"),
        (".inf", float("inf")),
        ("-.INF", float("-inf")),
        ("9" * 5000, float("inf")),
        ("2.1.1", "2.1.1"),
    ],
)
def test_plain_scalars_follow_the_core_schema(written, read):
    assert resolved(written) == read
    assert type(resolved(written)) is type(read)


def test_quoted_and_tagged_scalars_are_what_they_say():
    content = document('a: "1"\nb: !!str 1\nc: !!float 1\nd: !!int 1', file="f")[0].content
    assert content == {"a": "1", "b": "1", "c": 1.0, "d": 1}


def test_every_fault_of_a_list_is_told_at_once():
    changes = {
        "nodes/2/parent": None,
        "nodes/3/parent": "nowhere",
        "nodes/4/parent": "2.1",
        "nodes/5/direction": "up",
    }
    _, problems = checked(text(changes, LISTED))
    assert found(problems) >= {
        ("roots-several", "nodes[2].parent"),
        ("parent-nowhere", "nodes[3].parent"),
        ("cycle", "nodes[4].parent"),
        ("choice-unknown", "nodes[5].direction"),
    }


def test_a_cycle_is_told_once_with_its_way():
    changes = {"nodes/1/parent": "2", "nodes/2/parent": "1"}
    _, problems = checked(text(changes, LISTED))
    cycles = [one.found for one in problems if one.code == "framework-cycle"]
    assert cycles == ["1 → 2 → 1"]


def test_the_order_of_a_list_is_the_order_of_the_tree():
    nodes = [LISTED["nodes"][n] for n in (5, 4, 2, 1, 3, 0)]
    framework = parse(text({"nodes": nodes}, LISTED))
    assert [placed.node.code for placed in framework.walk()] == ["2", "2.1", "1", "1.2", "1.1"]


def test_many_faults_are_cut_short():
    _, problems = checked(text({f"field{n}": n for n in range(500)}))
    assert 100 < len(problems) <= 200


def test_the_sample_is_not_changed_by_reading():
    assert "parent" not in SOUND["children"][0]


SOURCE = {field: {"zh": "d", "en": "d"} for field in ("name", "definition", "formula", "source")}
MEASURED = {"unit": "万台", "direction": "higher", "kind": "extensive", **SOURCE}
EIGHT_FAULTS = [
    {"code": "index", "name": SOURCE["name"]},
    {"code": "second", "name": SOURCE["name"]},
    {"code": "a", "parent": "index", "weight": 0.5, "name": SOURCE["name"]},
    {"code": "b", "parent": "index", "weight": 0.6, "name": SOURCE["name"]},
    {"code": "c1", "parent": "c2", "weight": 1, "name": SOURCE["name"]},
    {"code": "c2", "parent": "c1", "weight": 1, "name": SOURCE["name"]},
    {"code": "orphan", "parent": "nowhere", "weight": 1, "name": SOURCE["name"]},
    {"code": "x", "parent": "a", "weight": 0, **MEASURED, "goalposts": [5, 1]},
    {"code": "y", "parent": "a", "weight": 0, **MEASURED, "unit": "福隆"},
    {"code": "y", "parent": "b", "weight": 1, **MEASURED},
]
OF_CONTENT = {
    ("code-twice", "nodes[9].code"),
    ("weights-zero", "nodes[2].children"),
    ("weights-sum", "nodes[0].children"),
    ("goalposts-cross", "nodes[7].goalposts"),
    ("unit-unknown", "nodes[8].unit"),
}
OF_STRUCTURE = {
    ("roots-several", "nodes[1].parent"),
    ("cycle", "nodes[4].parent"),
    ("parent-nowhere", "nodes[6].parent"),
}


def test_faults_of_structure_hide_no_others_and_bring_none_along():
    _, problems = checked(text({"nodes": EIGHT_FAULTS, "variables": []}, LISTED))
    assert found(problems) == OF_CONTENT | OF_STRUCTURE


@pytest.mark.parametrize("left", ["second", "orphan", "c1 c2"])
def test_each_fault_of_structure_alone_hides_no_others(left):
    gone = {"second", "orphan", "c1", "c2"} - set(left.split())
    nodes = [node for node in EIGHT_FAULTS if node["code"] not in gone]
    _, problems = checked(text({"nodes": nodes, "variables": []}, LISTED))
    codes = sorted(one.code.removeprefix("framework-") for one in problems)
    (structure,) = set(codes) - {code for code, _ in OF_CONTENT}
    assert codes == sorted([*(code for code, _ in OF_CONTENT), structure])


def test_a_code_that_stands_twice_points_into_the_list():
    _, problems = checked(text({"nodes": EIGHT_FAULTS, "variables": []}, LISTED))
    (twice,) = [one for one in problems if one.code == "framework-code-twice"]
    assert twice.expected == "nodes[8].code"


def test_an_orphan_is_offered_only_what_is_near():
    nodes = [*LISTED["nodes"], {"code": "grpu", "parent": "idnex", "name": SOURCE["name"]}]
    _, problems = checked(text({"nodes": nodes}, LISTED))
    assert [(one.code, one.expected) for one in problems] == [("framework-parent-unknown", "index")]


def test_a_sum_that_an_orphan_would_complete_is_not_told():
    _, problems = checked(text({"nodes/5/parent": "nowhere"}, LISTED))
    assert found(problems) == {("parent-nowhere", "nodes[5].parent")}

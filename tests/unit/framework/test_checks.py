"""Every check finds its fault, at its place, and nothing in a sound framework."""

import pytest

from suanli.framework import framework_problems, parse
from suanli.framework.checks import CHECKS
from suanli.framework.outline import outline
from suanli.framework.reading import checked
from suanli.framework.schema import Declaration
from suanli.language import entries
from suanli.problems import errors
from tests.unit.framework import cases
from tests.unit.framework.samples import LISTED, content, text

ids = [f"{case[1]}-{n}" for n, case in enumerate(cases.CROSS)]


@pytest.mark.parametrize("base", [None, LISTED], ids=["nested", "listed"])
def test_a_sound_framework_has_no_problem(base):
    framework, problems = checked(text(base=base))
    assert framework is not None
    assert problems == ()


def test_the_list_form_is_the_same_framework():
    assert parse(text()).id == parse(text(base=LISTED)).id
    assert parse(text()) == parse(text(base=LISTED))


@pytest.mark.parametrize(("check", "code", "path", "changes"), cases.CROSS, ids=ids)
def test_a_fault_is_found_at_its_path(check, code, path, changes):
    _, problems = checked(text(changes), file="mine.yaml")
    places = {(problem.code, problem.place.path) for problem in problems}
    assert (f"framework-{code}", path) in places
    assert all(problem.place.file == "mine.yaml" for problem in problems)


@pytest.mark.parametrize(("check", "code", "path", "changes"), cases.CROSS, ids=ids)
def test_the_named_check_tells_it(check, code, path, changes):
    tree = outline(Declaration.model_validate(content(changes)))
    told = {f.__name__ for f in CHECKS if f"framework-{code}" in _codes(f(tree))}
    assert check in told


def test_every_check_is_triggered():
    assert {case[0] for case in cases.CROSS} == {check.__name__ for check in CHECKS}


def test_every_problem_of_the_catalogue_is_triggered():
    tables = (*cases.CROSS, *(("", *case) for case in (*cases.FORM, *cases.LIST, *cases.CHANGES)))
    triggered = {case[1] for case in tables} | {case[0] for case in cases.FILES}
    # in the tests of the catalogue, of units, and of what pydantic refuses
    elsewhere = {
        "id-unknown",
        "id-unlisted",
        "parent-nowhere",
        "unit-incompatible",
        "value-unusable",
        "list-empty",
    }
    told = {
        code.removeprefix("framework-")
        for code in entries("problems")
        if code.startswith("framework-")
    }
    assert told == triggered | elsewhere


@pytest.mark.parametrize(
    "code", sorted(code for code in entries("problems") if code.startswith("framework-"))
)
def test_messages_read_well_in_both_languages(code):
    entry = entries("problems")[code]
    assert set(entry) == {"zh", "en", "action_zh", "action_en"}
    for words in entry.values():
        said = words.format_map({"found": "X", "expected": "Y"})
        assert said.strip().endswith(("。", ".", "?", "？"))


def test_errors_of_every_kind_are_told_in_one_reading():
    changes = {
        "normalisation/metod": "rank",
        "treatment/method": "winsorize",
        "children/0/weight": 0.7,
        "children/0/children/0/unit": "万斗",
        "children/0/children/1/code": "1.1",
        "children/1/children/0/direction": "up",
    }
    _, problems = checked(text(changes))
    told = {problem.code.removeprefix("framework-") for problem in problems}
    assert told == {
        "field-unknown",
        "choice-unknown",
        "weights-sum",
        "unit-unknown",
        "code-twice",
    }
    assert len(problems) == 6


def test_nothing_is_told_that_only_follows_from_another_fault():
    _, problems = checked(text({"children/0/children/0/weight": "a quarter"}))
    assert [problem.code for problem in problems] == ["framework-number-expected"]
    _, problems = checked(text({"variables/0/unit": 5}))
    assert [problem.code for problem in problems] == ["framework-text-unquoted"]
    _, problems = checked(text({"weighting/method": "given by us"}))
    assert [problem.code for problem in problems] == ["framework-choice-unknown"]
    _, problems = checked(text({"children/0/children": []}))
    assert [problem.code for problem in problems] == ["framework-group-empty"]


def test_notes_and_warnings_do_not_stop_a_framework():
    framework, problems = checked(text({"weighting/method": "equal"}))
    assert framework is not None
    assert not errors(problems)
    assert framework_problems(framework)[0].code == "framework-weights-unused"


def test_a_reference_is_needed_only_for_fixed_goalposts():
    rule = {"method": "target-ratio", "goalposts": "annual"}
    assert checked(text({"normalisation": rule}))[1] == ()


def test_ranks_need_no_goalposts():
    assert checked(text({"normalisation": {"method": "rank", "goalposts": "fixed"}}))[1] == ()


def test_a_geometric_mean_apart_from_the_z_scores_is_sound():
    changes = {
        "children/0/aggregation": {"method": "geometric", "floor": 1},
        "children/1/children/0/normalisation": {"method": "z-score"},
    }
    assert checked(text(changes))[1] == ()


def test_weights_may_be_off_by_a_billionth():
    assert checked(text({"children/0/weight": 0.6 + 5e-10}))[1] == ()


def _codes(problems):
    return {problem.code for problem in problems}

"""What pydantic refuses, in our words."""

from datetime import date

import pytest
from pydantic import BaseModel, Field, ValidationError

from suanli.framework.schema_faults import path_of, schema_faults


class Dated(BaseModel):
    day: date


class Listed(BaseModel, extra="forbid"):
    items: list[int] = Field(min_length=1)


def test_a_list_that_is_empty_is_told_from_one_whose_items_are_refused():
    told = {}
    for items in ([], ["x"]):
        with pytest.raises(ValidationError, match="items") as caught:
            Listed.model_validate({"items": items})
        faults = schema_faults(caught.value, Listed, {"items": items})
        told[len(items)] = [one.problem.code for one in faults]
    assert told == {0: ["framework-list-empty"], 1: ["framework-whole-number-expected"]}


def test_an_error_without_words_of_its_own_is_still_told():
    with pytest.raises(ValidationError, match="day") as caught:
        Dated.model_validate({"day": "someday"})
    (fault,) = schema_faults(caught.value, Dated, {"day": "someday"})
    assert fault.problem.code == "framework-value-unusable"
    assert (fault.problem.place.path, fault.problem.found) == ("day", "someday")
    assert "valid" not in fault.problem.message("en") + fault.problem.expected


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"items": "a"}, "framework-list-expected"),
        (["a"], "framework-mapping-expected"),
        ({"items": {"a": 1}}, "framework-list-expected"),
        ({"items": [1], 1: "a"}, "framework-yaml-key"),
    ],
)
def test_the_shape_that_is_wanted_is_said_in_both_languages_only(content, code):
    with pytest.raises(ValidationError, match="Listed") as caught:
        Listed.model_validate(content)
    fault = schema_faults(caught.value, Listed, content)[0]
    assert (fault.problem.code, fault.problem.expected) == (code, "")


def test_steps_into_lists_and_into_mappings_with_numbers_are_told_apart():
    content = {"levels": {0: {"floor": 1}}, "cuts": [1, 2]}
    assert path_of(("levels", 0, "floor"), content) == "levels.0.floor"
    assert path_of(("cuts", 1), content) == "cuts[1]"
    assert path_of(("cuts", 5), content) == "cuts[5]"
    assert path_of(("absent", 0), content) == "absent[0]"

"""What pydantic refuses, said in both languages and placed by a path inside the file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from suanli.framework.findings import MOST_PROBLEMS, fault, nearest
from suanli.framework.schema import Group, Indicator
from suanli.language import Text
from suanli.problems import Place, Problem

Step = str | int

_TAGS: dict[Step, type[BaseModel]] = {"group": Group, "indicator": Indicator}

# The catalogue's entry for each type of error that pydantic reports.
_CODES = {
    "literal_error": "framework-choice-unknown",
    "float_type": "framework-number-expected",
    "float_parsing": "framework-number-expected",
    "int_type": "framework-whole-number-expected",
    "int_parsing": "framework-whole-number-expected",
    "int_from_float": "framework-whole-number-expected",
    "bool_type": "framework-switch-expected",
    "bool_parsing": "framework-switch-expected",
    "greater_than": "framework-number-range",
    "greater_than_equal": "framework-number-range",
    "less_than": "framework-number-range",
    "less_than_equal": "framework-number-range",
    "finite_number": "framework-number-not-finite",
    "string_too_short": "framework-text-empty",
    "string_pattern_mismatch": "framework-id-unusable",
    "tuple_type": "framework-list-expected",
    "list_type": "framework-list-expected",
    "too_long": "framework-pair-expected",
    "model_type": "framework-mapping-expected",
    "model_attributes_type": "framework-mapping-expected",
    "dict_type": "framework-mapping-expected",
    "invalid_key": "framework-yaml-key",
    "dataclass_type": "framework-text-bilingual",
    "framework-mean-power": "framework-mean-power",
    "framework-mean-floor": "framework-mean-floor",
}
_SIGNS = {
    "greater_than": ("gt", ">"),
    "greater_than_equal": ("ge", "≥"),
    "less_than": ("lt", "<"),
    "less_than_equal": ("le", "≤"),
}


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """One refusal: the steps that lead to it in the content, and the problem without its file."""

    steps: tuple[Step, ...]
    kind: str
    problem: Problem


def schema_faults(
    error: ValidationError, model: type[BaseModel], content: object
) -> tuple[SchemaFault, ...]:
    """Return what pydantic refused of `content` as a `model`, in the order of the content.

    A missing field is left out where a misspelt one beside it was probably meant.
    """
    details = error.errors(include_url=False)[:MOST_PROBLEMS]
    found = [_schema_fault(detail, model, content) for detail in details]
    meant = {
        (*one.steps[:-1], one.problem.expected) for one in found if one.kind == "extra_forbidden"
    }
    return tuple(
        one
        for one in found
        if not (one.kind == "missing" and one.steps in meant)
        and not (one.kind == "too_short" and _inside(one.steps, found))
    )


def _inside(steps: tuple[Step, ...], faults: Sequence[SchemaFault]) -> bool:
    """Return whether a list is only too short because its items were refused."""
    count = len(steps)
    return any(len(one.steps) > count and one.steps[:count] == steps for one in faults)


def path_of(steps: Sequence[Step], content: object) -> str:
    """Return steps as a path: an index in brackets, a key after a point.

    >>> path_of(("children", 0, "unit"), {"children": [{"unit": 3}]})
    'children[0].unit'
    """
    path, here = "", content
    for step in steps:
        if isinstance(step, int) and not isinstance(here, Mapping):
            path += f"[{step}]"
            inside = isinstance(here, (list, tuple)) and step < len(here)
            here = here[step] if inside else None  # type: ignore[index]
        else:
            path += f".{step}" if path else str(step)
            here = here.get(step) if isinstance(here, Mapping) else None
    return path


def _schema_fault(detail: ErrorDetails, model: type[BaseModel], content: object) -> SchemaFault:
    steps, owner = _walked(detail["loc"], model)
    kind = "extra_forbidden" if detail["type"] == "unexpected_keyword_argument" else detail["type"]
    place = Place(path=path_of(steps, content))
    return SchemaFault(steps, kind, _problem(detail, kind, owner, place))


def _problem(detail: ErrorDetails, kind: str, owner: object, place: Place) -> Problem:
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    found, limits = detail["input"], detail.get("ctx", {})
    if kind in ("extra_forbidden", "missing", "too_short"):
        return _misfit(kind, name, owner, place)
    if kind == "string_type":
        quotable = isinstance(found, (int, float))
        return fault(f"framework-text-{'unquoted' if quotable else 'expected'}", place, found)
    if kind in _SIGNS:
        limit, sign = _SIGNS[kind]
        return fault(_CODES[kind], place, found, f"{sign} {limits[limit]:g}")
    if kind == "literal_error":
        names = re.findall(r"'([^']*)'", str(limits["expected"]))
        return fault(_CODES[kind], place, found, ", ".join(names))
    if kind.startswith("framework-mean"):
        return fault(kind, place, limits.get("method", ""))
    # pydantic's own words are English, and name classes
    return fault(_CODES.get(kind, "framework-value-unusable"), place, found)


def _misfit(kind: str, name: str, owner: object, place: Place) -> Problem:
    """Return the problem of a field, or an item, that is there and should not be, or not there."""
    if kind == "extra_forbidden":
        stray = owner is Group and name in Indicator.model_fields
        code = "framework-indicator-has-children" if stray else "framework-field-unknown"
        return fault(code, place, name, nearest(name, _names(owner)))
    if kind == "missing":
        code = "framework-field-missing" if name.isidentifier() else "framework-pair-expected"
        return fault(code, place, name)
    return fault("framework-group-empty" if name == "children" else "framework-list-empty", place)


def _walked(loc: tuple[Step, ...], model: type[BaseModel]) -> tuple[tuple[Step, ...], object]:
    """Return the steps without pydantic's tags, and the class that owns the last one."""
    steps: list[Step] = []
    owner: object = model
    inside: object = model
    previous: Step = ""
    for step in loc:
        if isinstance(previous, int) and step in _TAGS and steps[-2:-1] == ["children"]:
            inside, previous = _TAGS[step], ""
            continue
        if step == "[key]":  # the key of a mapping, not something inside it
            continue
        owner = inside
        fields = _fields(owner)
        if isinstance(step, str) and step in fields:
            inside = _class_inside(fields[step])
        steps.append(step)
        previous = step
    return tuple(steps), owner


def _fields(owner: object) -> Mapping[str, object]:
    if isinstance(owner, type) and issubclass(owner, BaseModel):
        return {name: field.annotation for name, field in owner.model_fields.items()}
    return {"zh": str, "en": str} if owner is Text else {}


def _names(owner: object) -> list[str]:
    return list(_fields(owner))


def _class_inside(annotation: object) -> object:
    """Return the declared class that an annotation holds, through lists, maps and options."""
    if isinstance(annotation, type) and (annotation is Text or issubclass(annotation, BaseModel)):
        return annotation
    if get_origin(annotation) in (tuple, dict, Union, UnionType, Annotated, Literal):
        for part in get_args(annotation):
            if (inside := _class_inside(part)) is not None:
                return inside
    return None

"""What can still be checked of a declaration that pydantic refuses.

Refused values are replaced by neutral ones, the rest is cross-checked, and whatever might follow
from a replacement is left out: so one reading tells the faults of form and of content together.
"""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from suanli.framework.checks import framework_problems
from suanli.framework.schema import Declaration, Group, Indicator
from suanli.framework.schema_faults import SchemaFault, Step, path_of
from suanli.problems import Problem

_WORDS = {"zh": "?", "en": "?"}

# Neutral values of what every framework or indicator must declare.
_SECTIONS: dict[str, Any] = {
    "id": "unread",
    "family": "?",
    "version": "?",
    "title": _WORDS,
    "description": _WORDS,
    "source": _WORDS,
    "region_level": "any",
    "name": _WORDS,
    "missing": {},
    "treatment": {},
    "normalisation": {"method": "min-max", "goalposts": "annual"},
    "weighting": {"method": "equal", "renormalise_missing": True},
    "aggregation": {},
    "tiers": {},
}
_NODE: dict[str, Any] = {
    "name": _WORDS,
    "unit": "1",
    "direction": "higher",
    "kind": "intensive",
    "definition": _WORDS,
    "formula": _WORDS,
    "source": _WORDS,
}


def salvaged_problems(
    content: dict[str, Any],
    faults: Iterable[SchemaFault],
    *,
    strays: frozenset[str] = frozenset(),
) -> tuple[Problem, ...]:
    """Return the contradictions in what remains of the content without its faults of form.

    `strays` are the paths of nodes whose place in the tree is itself a fault.
    """
    mended: dict[str, Any] = deepcopy(content)
    sections: set[str] = set()
    nodes: set[str] = set()
    for number, one in enumerate(faults):
        if one.steps and one.steps[0] == "children":
            _mend_node(mended, one.steps, f"?{number}")
            nodes |= _touched(one.steps, content)
        elif one.steps:
            section = str(one.steps[0])
            sections.add(section)
            mended.pop(section, None)
            if section in _SECTIONS:
                mended[section] = _SECTIONS[section]
    try:
        declaration = Declaration.model_validate(mended)
    except ValidationError:
        return ()
    return tuple(
        problem
        for problem in framework_problems(declaration, without=frozenset(sections), strays=strays)
        if not _follows(problem.place.path, nodes)
    )


def _mend_node(mended: dict[str, Any], steps: tuple[Step, ...], code: str) -> None:
    """Replace, in the mended content, the field of a node to which the steps lead."""
    depth = _depth(steps)
    if depth == len(steps):  # the node itself, or the list of children
        _replace(mended, steps, {**_NODE, "code": code} if depth % 2 == 0 else None, code)
        return
    node = _at(mended, steps[:depth])
    if not isinstance(node, dict):
        return
    field = str(steps[depth])
    spelt = node.pop(field, None)
    neutral = {**_NODE, "code": str(spelt) if isinstance(spelt, (int, float)) else code}
    needed = (Group if "children" in node else Indicator).model_fields
    if field in needed and needed[field].is_required():
        node[field] = neutral.get(field)


def _replace(mended: dict[str, Any], steps: tuple[Step, ...], value: object, code: str) -> None:
    owner: Any = _at(mended, steps[:-1])
    if value is None:
        owner["children"] = [{**_NODE, "code": code}]
    elif isinstance(owner, list) and isinstance(steps[-1], int) and steps[-1] < len(owner):
        owner[steps[-1]] = value


def _depth(steps: tuple[Step, ...]) -> int:
    """Return how many steps lead through the tree: `children`, a position, and so on."""
    depth = 0
    while depth < len(steps) and (steps[depth] == "children" or isinstance(steps[depth], int)):
        depth += 1
    return depth - (depth < len(steps) and depth % 2)


def _at(mended: Any, steps: tuple[Step, ...]) -> Any:  # noqa: ANN401
    for step in steps:
        mended = mended[step]
    return mended


def _touched(steps: tuple[Step, ...], content: object) -> set[str]:
    """Return the paths of the node that was mended and of the list that it stands in."""
    node = steps[: _depth(steps)]
    return {path_of(node, content), path_of(node[:-1], content)}


def _follows(path: str, nodes: set[str]) -> bool:
    """Return whether a problem lies at a mended node, or at the list that holds one."""
    return path in nodes or any(path.startswith(f"{n}.") for n in nodes if n.endswith("]"))

"""Changes to a framework by path: only the parts on the way are built and validated again."""

import numbers
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from suanli.framework.checks import framework_problems
from suanli.framework.findings import fault, moved, nearest
from suanli.framework.rules import Aggregation
from suanli.framework.schema import Declaration, Group, Indicator
from suanli.framework.schema_faults import schema_faults
from suanli.language import Text
from suanli.problems import FrameworkError, Place, Problem, errors

Made = TypeVar("Made", bound=Declaration)
Valid = TypeVar("Valid", bound=BaseModel)
Branch: TypeAlias = "dict[str, Part]"
Part: TypeAlias = "Branch | New"


@dataclass(frozen=True, slots=True)
class New:
    """A value that takes the place of another."""

    value: object


def changed(framework: Made, changes: Mapping[str, object]) -> Made:
    """Return the framework with values replaced by path, validated and cross-checked.

    Raises
    ------
    FrameworkError
        With every problem; each place names the path of the change or of the contradiction.
    """
    branch = _branches(changes)
    nodes = branch.pop("nodes", {})
    if isinstance(nodes, New):
        raise FrameworkError([fault("framework-change-path", Place(path="nodes"), "nodes")])
    codes = [placed.node.code for placed in framework.walk()]
    problems = [
        fault("framework-node-unknown", Place(path=f"nodes/{code}"), code, nearest(code, codes))
        for code in nodes
        if code not in set(codes)
    ]
    attempt = _Attempt([])
    raw = attempt.raw_fields(framework, branch, "")
    if nodes and "children" not in branch:
        raw["children"] = attempt.nodes(framework.children, nodes)
    problems += attempt.problems
    if problems:
        raise FrameworkError(problems)
    made: Made | None = attempt.validated(type(framework), raw, "")
    if made is None:
        raise FrameworkError(attempt.problems)
    return _cross_checked(made, changes)


def _cross_checked(framework: Made, changes: Mapping[str, object]) -> Made:
    found = framework_problems(framework)
    if errors(found):
        raise FrameworkError(_named_by_code(framework, errors(found)))
    if unread := list(_unread_weights(framework, changes)):
        raise FrameworkError(unread)
    return framework


def _unread_weights(framework: Declaration, changes: Mapping[str, object]) -> Iterator[Problem]:
    """Yield the weights that were asked for and that equal weighting would pass over in silence."""
    if framework.weighting.method != "equal":
        return
    for path, value in changes.items():
        if path.startswith("nodes/") and path.endswith("/weight") and value is not None:
            yield fault("framework-weight-unread", Place(path=path), value)


def _named_by_code(framework: Declaration, problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """Yield the problems with paths as changes write them: `nodes/<code>/weight`."""
    codes = dict(_paths(framework, ""))
    for problem in problems:
        path = problem.place.path
        node = max((known for known in codes if path.startswith(known)), key=len, default="")
        rest = path.removeprefix(node).lstrip(".").replace(".", "/").replace("[", "/")
        named = f"nodes/{codes[node]}/{rest}" if node else rest
        yield moved(problem, named.replace("]", ""))


def _paths(parent: Declaration | Group, prefix: str) -> Iterator[tuple[str, str]]:
    for place, node in enumerate(parent.children):
        path = f"{prefix}children[{place}]"
        yield path, node.code
        if isinstance(node, Group):
            yield from _paths(node, f"{path}.")


def _branches(changes: Mapping[str, object]) -> Branch:
    """Return the changes as a tree by the parts of their paths."""
    tree: Branch = {}
    problems = []
    for path, value in changes.items():
        parts = path.split("/")
        branch: Part = tree
        for part in parts[:-1]:
            branch = branch.setdefault(part, {}) if isinstance(branch, dict) else branch
        if not all(parts) or isinstance(branch, New) or parts[-1] in branch:
            problems.append(fault("framework-change-path", Place(path=path), path))
        else:
            branch[parts[-1]] = New(value)
    if problems:
        raise FrameworkError(problems)
    return tree


@dataclass(frozen=True, slots=True)
class _Attempt:
    """The building of changed parts; problems gather, so that all are told at once."""

    problems: list[Problem]

    def nodes(self, nodes: tuple[Group | Indicator, ...], wanted: Branch) -> tuple[Any, ...]:
        """Return the nodes with the wanted changes; untouched subtrees are shared."""
        return tuple(self._node(node, wanted) for node in nodes)

    def _node(self, node: Group | Indicator, wanted: Branch) -> object:
        made: object = node
        branch = wanted.get(node.code)
        if isinstance(branch, dict):
            made = self._replaced(node, branch, f"nodes/{node.code}")
        if isinstance(branch, New):
            path = f"nodes/{node.code}"
            self.problems.append(fault("framework-change-path", Place(path=path), path))
        children_given = isinstance(branch, dict) and "children" in branch
        if not isinstance(made, Group) or children_given:
            return made
        children = self.nodes(made.children, wanted)
        same = all(new is old for new, old in zip(children, made.children, strict=True))
        return made if same else made.model_copy(update={"children": children})

    def _replaced(self, value: object, branch: Part, path: str) -> object:
        """Return a value with the changes under it made, or the old value beside a problem."""
        if isinstance(branch, New):
            return _plain(branch.value)
        if isinstance(value, BaseModel):
            raw = self.raw_fields(value, branch, path)
            made = self.validated(type(value), raw, path)
            return value if made is None else made
        if value is None:
            return {key: self._replaced(None, sub, f"{path}/{key}") for key, sub in branch.items()}
        if isinstance(value, Text):
            return {"zh": value.zh, "en": value.en} | {
                key: self._replaced("", sub, f"{path}/{key}") for key, sub in branch.items()
            }
        while isinstance(branch, dict):
            key, branch = next(iter(branch.items()))
            path = f"{path}/{key}"
        self.problems.append(fault("framework-change-path", Place(path=path), path))
        return value

    def raw_fields(self, model: BaseModel, branch: Branch, path: str) -> dict[str, object]:
        """Return a model's fields, those under the branch changed but not yet validated."""
        fields = type(model).model_fields
        raw: dict[str, object] = {name: getattr(model, name) for name in model.model_fields_set}
        for key, sub in branch.items():
            here = f"{path}/{key}" if path else key
            if key not in fields:
                near = nearest(key, list(fields))
                self.problems.append(fault("framework-change-unknown", Place(path=here), key, near))
            elif isinstance(model, Aggregation) and key == "levels" and isinstance(sub, dict):
                raw[key] = self._levels(model, sub, here)
            else:
                raw[key] = self._replaced(getattr(model, key), sub, here)
        return raw

    def _levels(self, rule: Aggregation, branch: Branch, path: str) -> dict[object, object]:
        levels: dict[object, object] = dict(rule.levels.items())
        for key, sub in branch.items():
            level = int(key) if key.isdecimal() and key.isascii() and len(key) < 4 else key
            before = levels.get(level, rule.default)
            levels[level] = self._replaced(before, sub, f"{path}/{key}")
        return levels

    def validated(self, model: type[Valid], raw: Mapping[str, object], path: str) -> Valid | None:
        """Return a validated model, or None beside the problems."""
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            for one in schema_faults(error, model, raw):
                at = "/".join(part for part in (path, *map(str, one.steps)) if part)
                self.problems.append(moved(one.problem, at))
            return None


def _plain(value: object) -> object:
    """Return a number of a numerical library as Python's own."""
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    return float(value) if isinstance(value, numbers.Real) else value

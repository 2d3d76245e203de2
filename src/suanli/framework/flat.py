"""The tree as a list: `nodes` with a code and a parent each, as it is kept in a spreadsheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from suanli.framework.findings import MOST_PROBLEMS, fault
from suanli.framework.schema import Group, Indicator
from suanli.problems import Place, Problem

Row = Mapping[object, object]

DEEPEST_TREE = 12
"""Levels of the deepest tree that is built from a list."""

# Fields that every indicator has, and no group.
_OF_INDICATORS = tuple(
    name
    for name, field in Indicator.model_fields.items()
    if field.is_required() and name not in Group.model_fields
)


@dataclass(frozen=True, slots=True)
class Nested:
    """Content in nested form, where each nested path stands in the file, and what was wrong.

    Where the list is faulty the tree is mended (orphans and broken cycles hang from the root), so
    that everything else can still be checked; such a tree is never used. `strays` are the nested
    paths of the nodes whose own place in the tree is the fault: nothing follows from where they
    hang, nor from what is missing below them.
    """

    content: dict[str, object]
    origins: Mapping[str, str]
    problems: tuple[Problem, ...]
    strays: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Place:
    """A row of the list with its position, and the codes it gives, as text."""

    position: int
    row: Row
    code: str
    parent: str | None

    def at(self, field: str) -> Place:
        return Place(path=f"nodes[{self.position}].{field}", code=self.code)


def nested(content: Mapping[str, object], spellings: Mapping[str, str]) -> Nested:
    """Return content in nested form; content that is nested already comes back as it is."""
    if "nodes" not in content:
        return Nested(dict(content), {}, ())
    if "children" in content:
        return Nested(
            {key: value for key, value in content.items() if key != "nodes"},
            {},
            (fault("framework-tree-twice", Place(path="nodes")),),
        )
    listed, problems = _rows(content["nodes"], spellings)
    rest = {key: value for key, value in content.items() if key != "nodes"}
    if not listed:
        return Nested(rest, {}, tuple(problems))
    root, root_problems = _root(listed)
    strays = _strays(listed, root)
    problems += [*root_problems, *_problems(listed, root, strays)]
    tree = _Tree(listed, root, _parents(listed, root))
    rest["children"] = tree.children(root.code if root else None, "", 1)
    for field in ("code", "name"):
        if root is not None and field in root.row:
            rest[field] = root.row[field]
            tree.origins[field] = f"nodes[{root.position}].{field}"
    if root is not None:
        tree.origins["children"] = f"nodes[{root.position}].children"
    lost = frozenset(f"nodes[{position}]" for position in strays)
    paths = frozenset(path for path, origin in tree.origins.items() if origin in lost)
    return Nested(rest, tree.origins, (*problems, *tree.problems), paths)


def _rows(nodes: object, spellings: Mapping[str, str]) -> tuple[list[_Place], list[Problem]]:
    if not isinstance(nodes, list) or not nodes:
        return [], [fault("framework-list-expected", Place(path="nodes"), nodes)]
    listed, problems = [], []
    for position, row in enumerate(nodes):
        if not isinstance(row, Mapping):
            place = Place(path=f"nodes[{position}]")
            problems.append(fault("framework-mapping-expected", place, row))
            continue
        path = f"nodes[{position}]"
        code = str(spellings.get(f"{path}.code", row.get("code", "")))
        parent = row.get("parent")
        if parent is not None and not isinstance(parent, str):
            place = Place(path=f"{path}.parent", code=code)
            problems.append(fault("framework-text-unquoted", place, spellings.get(place.path, "")))
        named = None if parent is None else str(spellings.get(f"{path}.parent", parent))
        listed.append(_Place(position, row, code, named))
    return listed, problems


def _root(listed: Sequence[_Place]) -> tuple[_Place | None, list[Problem]]:
    """Return the one row without a parent, or the first of several."""
    roots = [one for one in listed if one.parent is None]
    if not roots:
        return None, [fault("framework-root-missing", Place(path="nodes"))]
    problems = [
        fault("framework-roots-several", one.at("parent"), one.code, roots[0].code)
        for one in roots[1:]
    ]
    extra = [key for key in roots[0].row if key not in ("code", "name", "parent")]
    problems += [
        fault("framework-root-field", roots[0].at(str(key)), key, "code, name") for key in extra
    ]
    return roots[0], problems


def _strays(listed: Sequence[_Place], root: _Place | None) -> frozenset[int]:
    """Return the positions of orphans, of roots beside the first, and of the members of cycles."""
    codes = {one.code for one in listed}
    circling = {code for cycle in _cycles(listed) for code in cycle}
    return frozenset(
        one.position
        for one in listed
        if one is not root
        and (one.parent is None or one.parent not in codes or one.code in circling)
    )


def _problems(
    listed: Sequence[_Place], root: _Place | None, strays: frozenset[int]
) -> list[Problem]:
    """Return orphans, cycles, indicators with children, and groups without any."""
    with_children = {one.parent for one in listed}
    below = [one for one in listed if one is not root]
    problems = _orphans(listed)
    for one in below:
        described = [field for field in _OF_INDICATORS if field in one.row]
        if one.code in with_children and described:
            place = one.at(described[0])
            problems.append(fault("framework-indicator-has-children", place, described[0]))
        empty = one.code not in with_children and not described
        if empty and one.position not in strays:
            problems.append(fault("framework-group-empty", one.at("code"), one.code))
        if "children" in one.row:
            problems.append(fault("framework-tree-twice", one.at("children")))
    first = {one.code: one for one in reversed(listed)}
    for cycle in _cycles(listed):
        way = " → ".join([*cycle, cycle[0]])
        problems.append(fault("framework-cycle", first[cycle[0]].at("parent"), way))
    return problems


def _orphans(listed: Sequence[_Place]) -> list[Problem]:
    known = {one.code for one in listed}
    lost = [one for one in listed if one.parent is not None and one.parent not in known]
    return [_orphan(one, listed) for one in lost[:MOST_PROBLEMS]]


def _orphan(lost: _Place, listed: Iterable[_Place]) -> Problem:
    """Return the problem of a row whose parent does not exist, with the nodes that may be meant."""
    parents = dict.fromkeys(
        one.code
        for one in listed
        if one.code != lost.code and not any(field in one.row for field in _OF_INDICATORS)
    )
    near = get_close_matches(lost.parent or "", list(parents), n=3, cutoff=0.6)
    code = "framework-parent-unknown" if near else "framework-parent-nowhere"
    return fault(code, lost.at("parent"), lost.parent, ", ".join(near))


def _cycles(listed: Iterable[_Place]) -> list[tuple[str, ...]]:
    """Return each cycle once, from the first of its nodes in the list, upwards."""
    parents: dict[str, str | None] = {}
    for one in listed:
        parents.setdefault(one.code, one.parent)
    cleared: set[str] = set()
    cycles = []
    for start in parents:
        trail: dict[str, None] = {}
        here: str | None = start
        while here is not None and here in parents and here not in cleared and here not in trail:
            trail[here] = None
            here = parents[here]
        if here is not None and here in trail:
            walked = list(trail)
            cycles.append(tuple(walked[walked.index(here) :]))
        cleared.update(trail)
    return cycles


def _parents(listed: Sequence[_Place], root: _Place | None) -> list[str | None]:
    """Return each row's parent; rows that no way leads down to hang from the root (None)."""
    top = root.code if root else None
    codes = {one.code for one in listed}
    broken = {cycle[0] for cycle in _cycles(listed)}
    return [
        top if one.parent is None or one.parent not in codes or one.code in broken else one.parent
        for one in listed
    ]


class _Tree:
    """Rows with the parents they hang from, turned into nested nodes."""

    def __init__(
        self, listed: Sequence[_Place], root: _Place | None, parents: Sequence[str | None]
    ) -> None:
        self.origins: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._first = {one.code: one for one in reversed(listed)}
        self._below: dict[str | None, list[_Place]] = {}
        for one, parent in zip(listed, parents, strict=True):
            if one is not root:
                self._below.setdefault(parent, []).append(one)

    def children(self, parent: str | None, prefix: str, level: int) -> list[dict[object, object]]:
        """Return the rows below a parent as nested nodes; `origins` gathers where they stand."""
        made: list[dict[object, object]] = []
        for one in self._below.get(parent, ()):
            path = f"{prefix}children[{len(made)}]"
            self.origins[path] = f"nodes[{one.position}]"
            node = {key: v for key, v in one.row.items() if key not in ("parent", "children")}
            # a code that stands twice has its children under the first
            has_below = one.code in self._below and self._first[one.code] is one
            described = any(field in one.row for field in _OF_INDICATORS)
            if has_below and level < DEEPEST_TREE:
                node["children"] = self.children(one.code, f"{path}.", level + 1)
            elif has_below:
                self.problems.append(fault("framework-tree-deep", one.at("parent"), one.code))
                node["children"] = []
            elif not described:
                node["children"] = []
            made.append(node)
        return made

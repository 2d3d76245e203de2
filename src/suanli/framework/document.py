"""YAML from strangers: parsed safely, with the line of every value; the 1.2 core types only.

Nothing is constructed but mappings, lists, texts, numbers, booleans and null. `NO` is a text, and
so is `2023-11-01`: YAML 1.1 would read a boolean and a date.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

import yaml

from suanli.framework.findings import fault
from suanli.problems import FrameworkError, Place, Problem

LARGEST = 2_000_000
"""Bytes in the largest file that is read."""
MOST_VALUES = 50_000
"""Values in it, each alias counted with all that it stands for."""
DEEPEST = 40
"""Levels of lists and mappings inside one another, aliases unfolded."""
LONGEST_KEY = 64
"""Characters in the longest key."""

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE, _FALSE = re.compile(r"true|True|TRUE"), re.compile(r"false|False|FALSE")
_WHOLE = re.compile(r"[-+]?\d+", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_TAG = "tag:yaml.org,2002:"
_TAGS = {_TAG + name for name in ("str", "int", "float", "bool", "null", "seq", "map")}


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content as plain values, with the line and the spelling of each by path."""

    content: dict[str, object]
    lines: Mapping[str, int]
    spellings: Mapping[str, str]

    def line(self, path: str) -> int:
        """Return the line of the value at a path, or of the nearest one above it."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 1)


@dataclass(slots=True)
class _Scalar:
    value: Hashable
    text: str
    line: int
    size: int = 1
    height: int = 0


@dataclass(slots=True)
class _Collection:
    """A list, or the keys and values of a mapping in turn, with how much is inside how deep."""

    mapping: bool
    line: int
    items: list["_Node"] = field(default_factory=list)
    size: int = 1
    height: int = 1
    closed: bool = False


_Node: TypeAlias = _Scalar | _Collection


def document(text: str, *, file: str) -> tuple[Document, tuple[Problem, ...]]:
    """Return what a YAML text holds, and the problems that did not keep it from being read.

    Raises
    ------
    FrameworkError
        If the text is too large, is not YAML, refers to itself, unfolds without end, or is not a
        mapping.
    """
    place = Place(file=file)
    _check_size(text, place)
    try:
        root, problems = _composed(text.removeprefix("\ufeff"), file)
    except yaml.YAMLError as error:
        raise FrameworkError([_syntax_problem(error, file)]) from None
    if not isinstance(root, _Collection) or not root.mapping:
        raise FrameworkError([fault("framework-yaml-not-mapping", place)])
    reader = _Reader(file, problems, {}, {})
    content = reader.mapping(root, "")
    lines, spellings = MappingProxyType(reader.lines), MappingProxyType(reader.spellings)
    return Document(content, lines, spellings), tuple(reader.problems)


def _check_size(text: str, place: Place) -> None:
    try:
        size = len(text) if len(text) > LARGEST else len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        found = ascii(text[error.start])
        raise FrameworkError([fault("framework-yaml-syntax", place, found)]) from None
    if size > LARGEST:
        raise FrameworkError([fault("framework-yaml-large", place, size, f"{LARGEST}")])


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    cell = f"line {mark.line + 1}" if mark else ""
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return fault("framework-yaml-syntax", Place(file=file, cell=cell), said)


def _composed(text: str, file: str) -> tuple[_Node | None, list[Problem]]:
    """Return the root node. Events come one by one, so that no nesting exhausts the stack."""
    composer = _Composer(file, [], {}, [])
    for event in yaml.parse(text, Loader=_LOADER):
        composer.take(event)
    return (composer.roots[0] if composer.roots else None), composer.problems


@dataclass(slots=True)
class _Composer:
    """Nodes from events, with every limit checked as they come."""

    file: str
    open: list[_Collection]
    anchors: dict[str, _Node]
    problems: list[Problem]
    roots: list[_Node] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            self._add(self._target(event.anchor or "", line), line)
        elif isinstance(event, yaml.ScalarEvent):
            node = _Scalar(self._value(event, line), event.value, line)
            self._keep(event.anchor, node)
            self._add(node, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_tag(event.tag, line)
            opened = _Collection(isinstance(event, yaml.MappingStartEvent), line)
            self._keep(event.anchor, opened)
            self.open.append(opened)
            if len(self.open) > DEEPEST:
                self._stop("framework-yaml-deep", line, f"{DEEPEST}")
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self.open.pop()
            closed.closed = True
            self._add(closed, closed.line)

    def _target(self, anchor: str, line: int) -> _Node:
        node = self.anchors.get(anchor)
        if node is None:
            self._stop("framework-yaml-syntax", line, f"*{anchor}")
        if isinstance(node, _Collection) and not node.closed:
            self._stop("framework-yaml-recursive", line, f"*{anchor}")
        assert node is not None
        return node

    def _keep(self, anchor: str | None, node: _Node) -> None:
        if anchor is not None:
            self.anchors[anchor] = node

    def _add(self, node: _Node, line: int) -> None:
        if not self.open:
            self.roots.append(node)
            if len(self.roots) > 1:
                self._stop("framework-yaml-documents", line, "---")
            return
        parent = self.open[-1]
        parent.items.append(node)
        parent.size += node.size
        parent.height = max(parent.height, node.height + 1)
        if len(self.open) + node.height > DEEPEST:
            self._stop("framework-yaml-deep", line, f"{DEEPEST}")
        if parent.size > MOST_VALUES:
            self._stop("framework-yaml-unfolds", line, f"{MOST_VALUES}")

    def _value(self, event: yaml.ScalarEvent, line: int) -> Hashable:
        self._check_tag(event.tag, line)
        if event.tag is None and event.implicit[0]:
            return resolved(event.value)
        tag = (event.tag or "").removeprefix(_TAG)
        return resolved(event.value) if tag in ("int", "float", "bool", "null") else event.value

    def _check_tag(self, tag: str | None, line: int) -> None:
        if tag not in (None, "!") and tag not in _TAGS:
            place = Place(file=self.file, cell=f"line {line}")
            self.problems.append(fault("framework-yaml-tag", place, tag))

    def _stop(self, code: str, line: int, found: str) -> None:
        place = Place(file=self.file, cell=f"line {line}")
        raise FrameworkError([*self.problems, fault(code, place, found)])


@dataclass(frozen=True, slots=True)
class _Reader:
    """Plain values from nodes; lines and spellings gather by path."""

    file: str
    problems: list[Problem]
    lines: dict[str, int]
    spellings: dict[str, str]

    def mapping(self, node: _Collection, path: str) -> dict[str, object]:
        """Return a mapping; its own keys come before those merged in by `<<`."""
        pairs = list(zip(node.items[::2], node.items[1::2], strict=True))
        merged = [value for key, value in pairs if isinstance(key, _Scalar) and key.value == "<<"]
        content: dict[str, object] = {}
        for key, value in pairs:
            if isinstance(key, _Scalar) and key.value == "<<":
                continue
            name = _key(key)
            if name is None:
                self._report("framework-yaml-key", key, path, _text(key))
            elif name in content:
                self._report("framework-key-twice", key, path, _text(key))
            else:
                content[name] = self._value(value, f"{path}.{name}" if path else str(name))
        for below in self._merged(merged, path):
            content = below | content
        return content

    def _merged(self, nodes: Iterable[_Node], path: str) -> list[dict[str, object]]:
        below = []
        for node in nodes:
            parts = [node] if not isinstance(node, _Collection) or node.mapping else node.items
            for part in parts:
                if isinstance(part, _Collection) and part.mapping:
                    below.append(self.mapping(part, path))
                else:
                    self._report("framework-yaml-key", part, path, "<<")
        return below

    def _value(self, node: _Node, path: str) -> object:
        self.lines[path] = node.line
        if isinstance(node, _Scalar):
            self.spellings[path] = node.text
            return node.value
        if node.mapping:
            return self.mapping(node, path)
        return [self._value(item, f"{path}[{n}]") for n, item in enumerate(node.items)]

    def _report(self, code: str, node: _Node, path: str, found: str) -> None:
        place = Place(file=self.file, cell=f"line {node.line}", path=path)
        self.problems.append(fault(code, place, found))


def _key(node: _Node) -> Any:  # noqa: ANN401
    """Return a key, or none if it is neither a short text nor a number (a level)."""
    if not isinstance(node, _Scalar) or len(node.text) > LONGEST_KEY:
        return None
    return node.value if isinstance(node.value, (str, int)) else None


def _text(node: _Node) -> str:
    return node.text if isinstance(node, _Scalar) else "{…}" if node.mapping else "[…]"


def resolved(text: str) -> Hashable:
    """Return what a plain scalar means by the core schema of YAML 1.2.

    >>> resolved("2.1"), resolved("1e-3"), resolved("no")
    (2.1, 0.001, 'no')
    """
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return _TRUE.fullmatch(text) is not None
    if _WHOLE.fullmatch(text) and len(text) < 20:
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _SPECIAL.fullmatch(text):
        return float(text.replace(".", ""))
    return text

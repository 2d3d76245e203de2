"""The tree of a declaration laid out with paths, for the checks that read it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from suanli.framework.schema import Declaration, Group, Indicator
from suanli.problems import Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A node below the index, with its path such as `children[0].children[2]`."""

    node: Group | Indicator
    path: str

    def at(self, field: str) -> Place:
        """Return the place of one of its fields."""
        return Place(path=f"{self.path}.{field}", code=self.node.code)


@dataclass(frozen=True, slots=True)
class Family:
    """The children of the index or of a group; `level` is that of the parent, 0 for the index."""

    parent: Declaration | Group
    path: str
    level: int
    children: tuple[Entry, ...]

    @property
    def place(self) -> Place:
        """Return the place of the list of children."""
        path = f"{self.path}.children" if self.path else "children"
        return Place(path=path, code=self.parent.code)


@dataclass(frozen=True, slots=True)
class Outline:
    """A declaration with its families (the index's first) and entries, both in tree order.

    `strays` are the entries that belong to no family, their place in the tree being a fault.
    """

    framework: Declaration
    families: tuple[Family, ...]
    entries: tuple[Entry, ...]
    strays: tuple[Entry, ...] = ()

    def indicators(self) -> Iterator[tuple[Entry, Indicator]]:
        """Yield the entries that are indicators."""
        for entry in self.entries:
            if isinstance(entry.node, Indicator):
                yield entry, entry.node


def outline(framework: Declaration, *, strays: frozenset[str] = frozenset()) -> Outline:
    """Return the outline of a declaration; the nodes at `strays`, by path, are in no family."""
    families = tuple(_families(framework, path="", level=0))
    entries = tuple(_in_tree_order(families))
    settled = tuple(
        replace(family, children=tuple(one for one in family.children if one.path not in strays))
        for family in families
    )
    return Outline(
        framework, settled, entries, tuple(entry for entry in entries if entry.path in strays)
    )


def _families(parent: Declaration | Group, path: str, level: int) -> Iterator[Family]:
    prefix = f"{path}.children" if path else "children"
    children = tuple(
        Entry(node, f"{prefix}[{place}]") for place, node in enumerate(parent.children)
    )
    yield Family(parent, path, level, children)
    for entry in children:
        if isinstance(entry.node, Group):
            yield from _families(entry.node, entry.path, level + 1)


def _in_tree_order(families: tuple[Family, ...]) -> Iterator[Entry]:
    below = {family.path: family for family in families}

    def descend(family: Family) -> Iterator[Entry]:
        for entry in family.children:
            yield entry
            if entry.path in below:
                yield from descend(below[entry.path])

    yield from descend(families[0])

"""The framework's tree as arrays of positions: what the numerical steps walk over."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework, Group, Indicator, Mean, Tiers
from suanli.scoring.rules import RATIOS, Rule, rule_of


@dataclass(frozen=True)
class Tree:
    """Nodes in walk order with the index first; every array and tuple is aligned with `codes`.

    `parents` holds positions (-1 for the index), `children` the positions of each node's children in declared
    order (empty for indicators), `leaves` the positions of the indicators in the framework's order.
    """

    framework: Framework
    codes: tuple[str, ...]
    parents: NDArray[np.intp]
    levels: NDArray[np.intp]
    children: tuple[NDArray[np.intp], ...]
    leaves: NDArray[np.intp]
    nodes: tuple[Framework | Group | Indicator, ...]

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Position of each code."""
        return {code: position for position, code in enumerate(self.codes)}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators, in the framework's order."""
        return tuple(node for node in self.nodes if isinstance(node, Indicator))

    @cached_property
    def groups_from_below(self) -> tuple[int, ...]:
        """Positions of the nodes with children, every node after all its descendants."""
        return tuple(
            position
            for position in reversed(range(len(self.codes)))
            if len(self.children[position])
        )

    @cached_property
    def alike(self) -> tuple[tuple[Rule, tuple[int, ...]], ...]:
        """The indicators' places in groups that are normalised together, each with its rule.

        Both directions go together but for ratios, whose formulas differ; each target goes by itself, since distances
        to it are taken before anything else.
        """
        groups: dict[object, tuple[Rule, list[int]]] = {}
        for column, indicator in enumerate(self.indicators):
            rule = rule_of(self.framework, indicator)
            if rule.direction != "target" and rule.method not in RATIOS:
                rule = replace(rule, direction="either")
            groups.setdefault((rule, indicator.target), (rule, []))[1].append(column)
        return tuple((rule, tuple(columns)) for rule, columns in groups.values())

    def mean(self, position: int) -> Mean:
        """Return how the children of a node are combined: its own rule, its level's, or the default."""
        node = self.nodes[position]
        if isinstance(node, Group) and node.aggregation is not None:
            return node.aggregation
        rules = self.framework.aggregation
        return rules.levels.get(int(self.levels[position]), rules.default)

    def tiers(self, position: int) -> Tiers | None:
        """Return the tier rule of a node, if any.

        The framework's rule is the index's. Rules that are relative to the regions (ranks, shares, natural breaks)
        serve every group as well; a threshold on one score says nothing about another, so groups need their own.
        """
        node = self.nodes[position]
        if isinstance(node, Indicator):
            return None
        rule = self.framework.tiers
        if isinstance(node, Group):
            if node.tiers is not None:
                rule = node.tiers
            elif rule.method == "thresholds":
                return None
        return None if rule.method == "none" else rule


def tree_of(framework: Framework) -> Tree:
    """Return the framework's tree as positions."""
    placed = tuple(framework.walk())
    codes = (framework.code, *(place.node.code for place in placed))
    position = {code: index for index, code in enumerate(codes)}
    parents = np.array([-1, *(position[place.parent] for place in placed)], dtype=np.intp)
    nodes: tuple[Framework | Group | Indicator, ...] = (
        framework,
        *(place.node for place in placed),
    )
    return Tree(
        framework=framework,
        codes=codes,
        parents=parents,
        levels=np.array([0, *(place.level for place in placed)], dtype=np.intp),
        children=tuple(np.flatnonzero(parents == index) for index in range(len(codes))),
        leaves=np.array(
            [index for index, node in enumerate(nodes) if isinstance(node, Indicator)],
            dtype=np.intp,
        ),
        nodes=nodes,
    )

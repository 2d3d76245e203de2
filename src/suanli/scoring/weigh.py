"""Weights of every node: the framework's, equal shares, or a file's."""

from collections.abc import Mapping

import numpy as np

from suanli.framework import Group, Indicator
from suanli.problems import Problem, ScoringError, Severity
from suanli.scoring.scores import Weights
from suanli.scoring.tree import Tree


def weights_of(tree: Tree, given: Mapping[str, float] | None = None) -> Weights:
    """Return local and overall weights of every node of the tree.

    `given` maps node codes to local weights and comes before the framework's own rule; a sibling group that it does
    not mention keeps the framework's weights. Siblings sum to 1: weights are divided by their sum, which the
    framework's and the study's checks have already found to be 1 within rounding. A disabled node weighs nothing, and
    its siblings share what it would have had.

    Raises
    ------
    ScoringError
        If all that is not disabled in a group of siblings weighs nothing.
    """
    count = len(tree.codes)
    local = np.ones(count)
    method = ["" for _ in range(count)]
    idle: list[Problem] = []
    for parent, children in enumerate(tree.children):
        if not len(children):
            continue
        how, shares = _siblings(tree, children.tolist(), given or {})
        counted = np.where([_is_disabled(tree, child) for child in children], 0.0, shares)
        if not counted.sum() > 0:
            idle.append(Problem("scoring-weights-idle", Severity.ERROR, found=tree.codes[parent]))
            continue
        local[children] = counted / counted.sum()
        for child in children:
            idle_parent = method[parent] == "disabled"
            method[child] = "disabled" if idle_parent or _is_disabled(tree, child) else how
    if idle:
        raise ScoringError(idle)
    overall = np.ones(count)
    for position in range(1, count):
        overall[position] = overall[tree.parents[position]] * local[position]
    return Weights(local=local, overall=overall, method=tuple(method))


def _siblings(
    tree: Tree, children: list[int], given: Mapping[str, float]
) -> tuple[str, list[float]]:
    codes = [tree.codes[child] for child in children]
    if any(code in given for code in codes):
        return "file", [given.get(code, 0.0) for code in codes]
    if tree.framework.weighting.method == "equal":
        return "equal", [1.0] * len(children)
    return "given", [_declared_weight(tree, child) for child in children]


def _is_disabled(tree: Tree, position: int) -> bool:
    node = tree.nodes[position]
    return isinstance(node, Group | Indicator) and node.disabled


def _declared_weight(tree: Tree, position: int) -> float:
    node = tree.nodes[position]
    if not isinstance(node, Group | Indicator) or node.weight is None:
        # the framework's own checks refuse this; reached only by a node built around them
        message = f"no weight is declared for {tree.codes[position]}"
        raise ValueError(message)
    return node.weight

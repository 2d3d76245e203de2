"""Checks of weights: every sibling has one, and together they make one."""

from math import fsum

from suanli.framework.findings import fault, remark
from suanli.framework.outline import Outline
from suanli.problems import Place, Problem

TOLERANCE = 1e-9
"""How far the weights of siblings may be from one together."""


def check_weights_missing(tree: Outline) -> list[Problem]:
    """Return nodes without a weight where the framework gives the weights."""
    if tree.framework.weighting.method != "given":
        return []
    return [
        fault("framework-weight-missing", entry.at("weight"), entry.node.code)
        for entry in tree.entries
        if entry.node.weight is None
    ]


def check_weights_zero(tree: Outline) -> list[Problem]:
    """Return groups in which every weight is zero: nothing would count."""
    return [
        fault("framework-weights-zero", family.place, family.parent.code)
        for family in tree.families
        if family.children and all(entry.node.weight == 0 for entry in family.children)
    ]


def check_disabled(tree: Outline) -> list[Problem]:
    """Return disabled nodes whose weight the framework gives to nobody, and groups with nothing left in them."""
    problems = []
    for family in tree.families:
        disabled = [entry for entry in family.children if entry.node.disabled]
        if disabled and len(disabled) == len(family.children):
            problems.append(fault("framework-all-disabled", family.place, family.parent.code))
        elif not tree.framework.weighting.renormalise_missing:
            problems += [
                fault("framework-disabled-kept", entry.at("disabled"), entry.node.code)
                for entry in disabled
            ]
    return problems


def check_weights_sum(tree: Outline) -> list[Problem]:
    """Return groups whose given weights do not sum to one.

    A sum that a node without a place in the tree would complete is not told: it follows from that.
    """
    if tree.framework.weighting.method != "given":
        return []
    loose = [entry.node.weight or 0.0 for entry in tree.strays]
    problems = []
    for family in tree.families:
        weights = [e.node.weight for e in family.children if e.node.weight is not None]
        total = fsum(weights)
        if len(weights) != len(family.children) or total == 0:
            continue
        if all(abs(total + more - 1) > TOLERANCE for more in (0.0, *loose, fsum(loose))):
            problems.append(fault("framework-weights-sum", family.place, f"{total:.12g}", "1"))
    return problems


def check_weights_unused(tree: Outline) -> list[Problem]:
    """Return a note where nodes carry weights that the framework's rule does not use."""
    weighted = [entry.node.code for entry in tree.entries if entry.node.weight is not None]
    if tree.framework.weighting.method == "given" or not weighted:
        return []
    return [remark("framework-weights-unused", Place(path="weighting.method"), weighted)]

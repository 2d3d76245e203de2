"""Checks of what normalisation needs of each indicator: goalposts, references, targets, bounds."""

from collections.abc import Iterator
from dataclasses import dataclass

from suanli.framework.findings import fault
from suanli.framework.outline import Entry, Outline
from suanli.framework.schema import Indicator
from suanli.problems import Place, Problem

# What a formula reads of each indicator when goalposts are fixed; ranks read nothing.
_FIXED_GOALPOSTS = ("min-max", "z-score", "distance-to-leader", "distance-to-reference")
_FIXED_REFERENCE = ("target-ratio", "fraction-of-maximum")
# What compares with a reference wherever the other end comes from.
_REFERENCE = ("distance-to-reference",)


@dataclass(frozen=True, slots=True)
class _Rule:
    """The normalisation of one indicator, its own parts before the framework's."""

    entry: Entry
    indicator: Indicator
    method: str
    goalposts: str
    transform: str


def check_goalposts_cross(tree: Outline) -> list[Problem]:
    """Return goalposts of which the lower is not below the upper."""
    return [
        fault("framework-goalposts-cross", entry.at("goalposts"), indicator.goalposts)
        for entry, indicator in tree.indicators()
        if indicator.goalposts is not None and indicator.goalposts[0] >= indicator.goalposts[1]
    ]


def check_goalposts_fixed(tree: Outline) -> list[Problem]:
    """Return indicators without the goalposts that a fixed normalisation reads."""
    return [
        fault("framework-goalposts-missing", rule.entry.at("goalposts"), rule.method)
        for rule in _rules(tree)
        if rule.goalposts == "fixed"
        and rule.method in _FIXED_GOALPOSTS
        and rule.indicator.goalposts is None
    ]


def check_reference_fixed(tree: Outline) -> list[Problem]:
    """Return indicators without the reference that their normalisation compares with."""
    return [
        fault("framework-reference-missing", rule.entry.at("reference"), rule.method)
        for rule in _rules(tree)
        if rule.indicator.reference is None
        and (
            rule.method in _REFERENCE
            or (rule.goalposts == "fixed" and rule.method in _FIXED_REFERENCE)
        )
    ]


def check_reference_zero(tree: Outline) -> list[Problem]:
    """Return references that a ratio cannot be taken to: zero and negative ones."""
    problems = []
    for rule in _rules(tree):
        reference = rule.indicator.reference
        if reference is None or rule.method not in _FIXED_REFERENCE:
            continue
        if reference <= 0:
            problems.append(
                fault("framework-reference-unusable", rule.entry.at("reference"), reference)
            )
    return problems


def check_logarithm(tree: Outline) -> list[Problem]:
    """Return goalposts and references that have no logarithm."""
    problems = []
    for rule in _rules(tree):
        if rule.transform == "none":
            continue
        above = 0.0 if rule.transform == "log" else -1.0
        low = rule.indicator.goalposts[0] if rule.indicator.goalposts else None
        for field, value in (("goalposts", low), ("reference", rule.indicator.reference)):
            if value is not None and value <= above:
                place = rule.entry.at(field)
                problems.append(fault("framework-logarithm", place, value, f"> {above:g}"))
    return problems


def check_scale(tree: Outline) -> list[Problem]:
    """Return a scale whose ends are equal or reversed."""
    scale = tree.framework.normalisation.scale
    if scale[0] < scale[1]:
        return []
    return [fault("framework-scale-reversed", Place(path="normalisation.scale"), scale)]


def check_target_missing(tree: Outline) -> list[Problem]:
    """Return indicators that aim at a target and declare none."""
    return [
        fault("framework-target-missing", entry.at("target"), indicator.code)
        for entry, indicator in tree.indicators()
        if indicator.direction == "target" and indicator.target is None
    ]


def check_target_unused(tree: Outline) -> list[Problem]:
    """Return indicators that declare a target and aim elsewhere."""
    return [
        fault("framework-target-unused", entry.at("target"), indicator.direction, "target")
        for entry, indicator in tree.indicators()
        if indicator.direction != "target" and indicator.target is not None
    ]


def check_target_reversed(tree: Outline) -> list[Problem]:
    """Return target intervals that end before they begin."""
    return [
        fault("framework-target-reversed", entry.at("target"), indicator.target)
        for entry, indicator in tree.indicators()
        if indicator.target is not None and indicator.target[0] > indicator.target[1]
    ]


def check_bounds(tree: Outline) -> list[Problem]:
    """Return plausible ranges that are empty."""
    ranges = [(entry.at("bounds"), node.bounds) for entry, node in tree.indicators()]
    ranges += [
        (Place(path=f"variables[{n}].bounds", code=variable.code), variable.bounds)
        for n, variable in enumerate(tree.framework.variables)
    ]
    return [
        fault("framework-bounds-reversed", place, bounds)
        for place, bounds in ranges
        if bounds[0] is not None and bounds[1] is not None and bounds[0] >= bounds[1]
    ]


def _rules(tree: Outline) -> Iterator[_Rule]:
    whole = tree.framework.normalisation
    for entry, node in tree.indicators():
        own = node.normalisation
        yield _Rule(
            entry,
            node,
            (own.method if own else None) or whole.method,
            (own.goalposts if own else None) or whole.goalposts,
            (own.transform if own else None) or whole.transform,
        )

"""Checks of means, tiers and missing data: rules that contradict the tree or themselves."""

from collections.abc import Iterator

from suanli.framework.findings import fault, nearest, remark
from suanli.framework.outline import Family, Outline
from suanli.framework.rules import Mean, Tiers
from suanli.framework.schema import Group, Indicator
from suanli.problems import Place, Problem

# Means that no score below zero has.
_POSITIVE_MEANS = ("geometric", "harmonic", "power")


def check_levels(tree: Outline) -> list[Problem]:
    """Return means declared for levels at which the tree has no group."""
    deepest = max(family.level for family in tree.families)
    return [
        fault(
            "framework-level-absent",
            Place(path=f"aggregation.levels.{level}"),
            level,
            f"0–{deepest}",
        )
        for level in tree.framework.aggregation.levels
        if not 0 <= level <= deepest
    ]


def check_means(tree: Outline) -> list[Problem]:
    """Return geometric, harmonic and power means over scores that can be below zero."""
    rule = tree.framework.normalisation
    negative = [
        entry.path
        for entry, node in tree.indicators()
        if rule.scale[0] < 0 or _method(node, rule.method) == "z-score"
    ]
    declared = {
        place.path: fault("framework-mean-of-negatives", place, mean.method)
        for family in tree.families
        for mean, place in (_mean(tree, family),)
        if mean.method in _POSITIVE_MEANS and any(path.startswith(family.path) for path in negative)
    }
    return list(declared.values())


def check_tier_cuts(tree: Outline) -> list[Problem]:
    """Return tiers without the cut-offs or the number that their method needs, or with others."""
    problems = []
    for tiers, path in _tiers(tree):
        needs_cuts = tiers.method in ("thresholds", "ranks", "shares")
        if needs_cuts and not tiers.cuts:
            problems.append(
                fault("framework-tiers-cuts-missing", Place(path=f"{path}.cuts"), tiers.method)
            )
        if tiers.method == "natural-breaks" and tiers.count is None:
            problems.append(fault("framework-tiers-count-missing", Place(path=f"{path}.count")))
        if (tiers.cuts and not needs_cuts) or (tiers.count and tiers.method != "natural-breaks"):
            problems.append(remark("framework-tiers-unused", Place(path=path), tiers.method))
    return problems


def check_tier_order(tree: Outline) -> list[Problem]:
    """Return cut-offs out of order: thresholds fall, ranks and shares rise, none repeats."""
    problems = []
    for tiers, path in _tiers(tree):
        pairs = tuple(zip(tiers.cuts, tiers.cuts[1:], strict=False))
        falls = tiers.method == "thresholds"
        if tiers.method not in ("thresholds", "ranks", "shares"):
            continue
        if any((after >= before) if falls else (after <= before) for before, after in pairs):
            code = "framework-tiers-not-falling" if falls else "framework-tiers-not-rising"
            problems.append(fault(code, Place(path=f"{path}.cuts"), tiers.cuts))
    return problems


def check_tier_range(tree: Outline) -> list[Problem]:
    """Return shares outside (0, 1] and ranks that are not whole numbers from 1."""
    problems = []
    for tiers, path in _tiers(tree):
        for n, cut in enumerate(tiers.cuts):
            place = Place(path=f"{path}.cuts[{n}]")
            if tiers.method == "shares" and not 0 < cut <= 1:
                problems.append(fault("framework-tiers-share", place, cut))
            if tiers.method == "ranks" and (cut < 1 or cut != int(cut)):
                problems.append(fault("framework-tiers-rank", place, cut))
    return problems


def check_predictors(tree: Outline) -> list[Problem]:
    """Return predictors of a regression that are not indicators, or are named twice."""
    codes = [node.code for _, node in tree.indicators()]
    predictors = tree.framework.missing.predictors
    return [
        fault(
            "framework-predictor-unknown",
            Place(path=f"missing.predictors[{n}]"),
            code,
            nearest(code, codes),
        )
        for n, code in enumerate(predictors)
        if code not in codes or code in predictors[:n]
    ]


def _method(indicator: Indicator, whole: str) -> str:
    own = indicator.normalisation
    return (own.method if own else None) or whole


def _mean(tree: Outline, family: Family) -> tuple[Mean, Place]:
    """Return the mean of a family and where it is declared."""
    rule, code = tree.framework.aggregation, family.parent.code
    if isinstance(family.parent, Group) and family.parent.aggregation:
        return family.parent.aggregation, Place(path=f"{family.path}.aggregation", code=code)
    if family.level in rule.levels:
        return rule.levels[family.level], Place(path=f"aggregation.levels.{family.level}")
    return rule.default, Place(path="aggregation.default")


def _tiers(tree: Outline) -> Iterator[tuple[Tiers, str]]:
    yield tree.framework.tiers, "tiers"
    for entry in tree.entries:
        if isinstance(entry.node, Group) and entry.node.tiers:
            yield entry.node.tiers, f"{entry.path}.tiers"

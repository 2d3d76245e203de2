"""Checks of the lineage: what a framework says about its indicators and those of others."""

from suanli.framework.findings import fault, nearest
from suanli.framework.outline import Outline
from suanli.framework.schema import Correspondence
from suanli.problems import Place, Problem


def check_correspondence_codes(tree: Outline) -> list[Problem]:
    """Return correspondences of indicators that the framework does not have."""
    codes = [node.code for _, node in tree.indicators()]
    return [
        fault(
            "framework-correspondence-code",
            Place(path=f"correspondences[{n}].code"),
            one.code,
            nearest(one.code, codes),
        )
        for n, one in enumerate(tree.framework.correspondences)
        if one.code is not None and one.code not in codes
    ]


def check_correspondence_sides(tree: Outline) -> list[Problem]:
    """Return correspondences whose codes do not fit the relation.

    The former code of a moved or redefined indicator may be unknown.
    """
    return [
        fault("framework-correspondence-sides", Place(path=f"correspondences[{n}]"), one.relation)
        for n, one in enumerate(tree.framework.correspondences)
        if (one.code is None) != (one.relation == "dropped")
        or (one.relation == "new" and one.other is not None)
        or (one.relation in ("same", "stand-in", "dropped") and one.other is None)
    ]


def check_correspondence_twice(tree: Outline) -> list[Problem]:
    """Return correspondences that are declared a second time."""
    seen: set[tuple[str | None, str, str | None]] = set()
    problems = []
    for n, one in enumerate(tree.framework.correspondences):
        if _sides(one) in seen:
            place = Place(path=f"correspondences[{n}]")
            problems.append(fault("framework-correspondence-twice", place, one.code or one.other))
        seen.add(_sides(one))
    return problems


def check_predecessor(tree: Outline) -> list[Problem]:
    """Return a framework that names itself as its predecessor or as another framework."""
    framework = tree.framework
    places = [Place(path="predecessor")] if framework.predecessor == framework.id else []
    places += [
        Place(path=f"correspondences[{n}].framework")
        for n, one in enumerate(framework.correspondences)
        if one.framework == framework.id
    ]
    return [fault("framework-own-relative", place, framework.id) for place in places]


def _sides(one: Correspondence) -> tuple[str | None, str, str | None]:
    return one.code, one.framework, one.other

"""What changed from one framework to another, indicator by indicator and rule by rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from suanli.framework.schema import Correspondence, Declaration, Indicator
from suanli.language import Text

Relation: TypeAlias = Literal["same", "redefined", "moved", "new", "dropped", "stand-in"]

_RULES = ("missing", "treatment", "normalisation", "weighting", "aggregation", "tiers", "decimals")
_ATTRIBUTES = (
    *("name", "unit", "direction", "weight", "definition", "formula", "caliber", "target"),
    *("expression", "goalposts", "reference", "normalisation"),
)
# Attributes that change what an indicator measures, not only what it is called or counts for.
_DEFINING = ("unit", "direction", "definition", "formula", "caliber", "target")


@dataclass(frozen=True, slots=True)
class AttributeChange:
    """One attribute of an indicator before and after; `parent` is compared by its name."""

    attribute: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule before and after, by its path such as `normalisation/method`."""

    path: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class IndicatorDifference:
    """How an indicator before relates to one after; either code may be none.

    `declared` says whether a framework declares the relation itself, rather than it being found by
    equal code and name.
    """

    before: str | None
    after: str | None
    relation: Relation
    declared: bool
    changes: tuple[AttributeChange, ...] = ()
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class FrameworkDifference:
    """The difference of two frameworks, by their ids.

    Of frameworks of different families only what they declare about one another is listed: they
    are different indices, and neither continues the other.
    """

    before: str
    after: str
    same_family: bool
    indicators: tuple[IndicatorDifference, ...]
    rules: tuple[RuleChange, ...]


def difference(before: Declaration, after: Declaration) -> FrameworkDifference:
    """Return what changed from one framework to another.

    Indicators are related as either framework declares; what is declared by neither is the same
    indicator where code and Chinese name are equal, and otherwise dropped or new. Indicators come
    in the order of `after`, then those that were dropped.
    """
    same_family = before.family == after.family
    pairs = {(one.before, one.after): one for one in _declared(before, after)}
    if same_family:
        pairs |= {(one.before, one.after): one for one in _found(before, after, pairs)}
    order = _positions(before, after)
    return FrameworkDifference(
        before=before.id,
        after=after.id,
        same_family=same_family,
        indicators=tuple(sorted(pairs.values(), key=lambda one: order(one.before, one.after))),
        rules=_rule_changes(before, after) if same_family else (),
    )


@dataclass(frozen=True, slots=True)
class _Positions:
    before: Mapping[str, int]
    after: Mapping[str, int]

    def __call__(self, before: str | None, after: str | None) -> tuple[int, int]:
        last = len(self.after)
        place = last if after is None else self.after.get(after, last)
        return place, -1 if before is None else self.before.get(before, len(self.before))


def _positions(before: Declaration, after: Declaration) -> _Positions:
    return _Positions(
        {node.code: place for place, node in enumerate(before.indicators())},
        {node.code: place for place, node in enumerate(after.indicators())},
    )


def _declared(before: Declaration, after: Declaration) -> Iterator[IndicatorDifference]:
    """Yield what the frameworks declare; the later one's word comes before the earlier one's."""
    seen = set()
    for one in after.correspondences:
        if one.framework == before.id:
            seen.add((one.other, one.code))
            yield _related(before, after, one, (one.other, one.code))
    turned: dict[str, Relation] = {"new": "dropped", "dropped": "new"}
    for one in before.correspondences:
        sides = (one.code, one.other)
        if one.framework == after.id and sides not in seen:
            relation = turned.get(one.relation, one.relation)
            yield _related(before, after, one.model_copy(update={"relation": relation}), sides)


def _related(
    before: Declaration,
    after: Declaration,
    one: Correspondence,
    sides: tuple[str | None, str | None],
) -> IndicatorDifference:
    old, new = _placed(before).get(sides[0] or ""), _placed(after).get(sides[1] or "")
    changes = _changes(old, new) if old and new and one.relation != "stand-in" else ()
    return IndicatorDifference(*sides, one.relation, True, changes, one.note)  # noqa: FBT003


def _found(
    before: Declaration,
    after: Declaration,
    declared: Mapping[tuple[str | None, str | None], IndicatorDifference],
) -> Iterator[IndicatorDifference]:
    """Yield the relations of the indicators that no declaration speaks of."""
    old, new = _placed(before), _placed(after)
    told_before, told_after = {b for b, _ in declared}, {a for _, a in declared}
    kept = set()
    for code, placed in new.items():
        if code in told_after:
            continue
        earlier = old.get(code)
        if earlier and code not in told_before and earlier[0].name.zh == placed[0].name.zh:
            kept.add(code)
            changes = _changes(earlier, placed)
            relation = _relation(changes)
            yield IndicatorDifference(code, code, relation, declared=False, changes=changes)
        else:
            yield IndicatorDifference(None, code, "new", declared=False)
    for code in old:
        if code not in told_before and code not in kept:
            yield IndicatorDifference(code, None, "dropped", declared=False)


def _relation(changes: tuple[AttributeChange, ...]) -> Relation:
    changed = {change.attribute for change in changes}
    if changed & set(_DEFINING):
        return "redefined"
    return "moved" if "parent" in changed else "same"


def _placed(framework: Declaration) -> dict[str, tuple[Indicator, Text]]:
    """Return the indicators by code, each with the name of its parent."""
    names = {placed.node.code: placed.node.name for placed in framework.walk()}
    names[framework.code] = framework.name
    return {
        placed.node.code: (placed.node, names[placed.parent])
        for placed in framework.walk()
        if isinstance(placed.node, Indicator)
    }


def _changes(
    old: tuple[Indicator, Text], new: tuple[Indicator, Text]
) -> tuple[AttributeChange, ...]:
    values = [(name, getattr(old[0], name), getattr(new[0], name)) for name in _ATTRIBUTES]
    values.append(("parent", old[1], new[1]))
    return tuple(AttributeChange(*value) for value in values if value[1] != value[2])


def _rule_changes(before: Declaration, after: Declaration) -> tuple[RuleChange, ...]:
    old = dict(_flattened(before.model_dump(include=set(_RULES)), ""))
    new = dict(_flattened(after.model_dump(include=set(_RULES)), ""))
    paths = [*old, *(path for path in new if path not in old)]
    return tuple(
        RuleChange(path, old.get(path), new.get(path))
        for path in paths
        if old.get(path) != new.get(path)
    )


def _flattened(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict) and value and set(value) != {"zh", "en"}:
        for key, inner in value.items():
            yield from _flattened(inner, f"{path}/{key}" if path else str(key))
    else:
        yield path, value

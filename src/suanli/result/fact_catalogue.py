"""The published facts as frozen values: what two CAICT reports state, and what of a result each can be held against."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from suanli.language import Text

_GROWTHS = ("growth", "growth_gt")


@dataclass(frozen=True, slots=True)
class Amount:
    """The indicator whose amounts a fact gives beside what it says of a group, and the indicator's unit."""

    node: str
    unit: str


@dataclass(frozen=True, slots=True)
class Metric:
    """What a fact speaks of; `framework`, `node` and `kind` are empty when no framework has it.

    `kind` is `rank` (scores of the node), `value` (values of the indicator), `mean` (their mean over regions), `tier`
    (members of the first tier), `growth` (of scores) or `change` (of values since the year before).
    `months` is over how many months the published figure adds up what the indicator gives as a month's mean; 1 where
    both speak of the same span. `amounts` tells by unit which figures are of another indicator of the framework.
    """

    name: Text
    framework: str
    node: str
    kind: str
    months: int = 1
    amounts: Mapping[str, Amount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of a report, in fields.

    `values` and `units` are parallel where the fact gives several figures; one unit may serve several values. `order`
    is `explicit`, `listed` or `set` when `regions` are named in a ranking. `first` is the rank of the first region
    named. `applies_to` limits a threshold to the first regions named. `more` holds what else is stated.
    """

    id: str
    document: Text
    section: str
    figure: str
    statement: str
    metric: str
    scope: str
    year: str
    regions: tuple[str, ...]
    order: str
    op: str
    values: tuple[float, ...]
    units: tuple[str, ...]
    caliber: str
    first: int | None
    applies_to: int | None
    more: Mapping[str, object]

    @property
    def forecast(self) -> bool:
        """Whether the fact is a forecast or a goal rather than an observation."""
        return bool(self.more.get("forecast") or self.more.get("target"))

    @property
    def growths(self) -> tuple[tuple[str, float], ...]:
        """Growth stated beside a single value: pairs of comparison and per cent."""
        stated = ((("=", ">")[at], self.more.get(key)) for at, key in enumerate(_GROWTHS))
        return tuple((op, float(rate)) for op, rate in stated if isinstance(rate, int | float))


@dataclass(frozen=True, slots=True)
class FactCatalogue:
    """All published facts, the metrics they speak of, and the names of their scopes."""

    facts: tuple[Fact, ...]
    metrics: Mapping[str, Metric]
    scopes: Mapping[str, Text]


@cache
def published_facts() -> FactCatalogue:
    """Return the facts that come with the program.

    >>> len(published_facts().facts)
    186
    """
    source = files("suanli.result").joinpath("data", "published_facts.json")
    document = json.loads(source.read_text(encoding="utf-8"))
    documents = {key: _text(entry) for key, entry in document["documents"].items()}
    return FactCatalogue(
        facts=tuple(_fact(entry, documents) for entry in document["facts"]),
        metrics=MappingProxyType(
            {key: _metric(entry) for key, entry in document["metrics"].items()}
        ),
        scopes=MappingProxyType({key: _text(entry) for key, entry in document["scopes"].items()}),
    )


_FIELDS = frozenset(
    (
        *("id", "doc_code", "section", "figure", "statement_type", "metric", "scope", "year"),
        *("regions", "order", "op", "value", "unit", "caliber", "note", "rank_from"),
        "threshold_applies_to_first",
    )
)


def _fact(entry: Mapping[str, object], documents: Mapping[str, Text]) -> Fact:
    unit = entry["unit"]
    return Fact(
        id=str(entry["id"]),
        document=documents[str(entry["doc_code"])],
        section=str(entry["section"] or ""),
        figure=str(entry["figure"] or ""),
        statement=str(entry["statement_type"]),
        metric=str(entry["metric"]),
        scope=str(entry["scope"]),
        year="" if entry["year"] is None else str(entry["year"]),
        regions=tuple(str(name) for name in _listing(entry["regions"])),
        order=str(entry["order"] or ""),
        op=str(entry["op"]),
        values=tuple(numbers_of(entry["value"])),
        units=tuple(str(unit).split(";")) if unit else (),
        caliber=str(entry["caliber"] or ""),
        first=_place(entry.get("rank_from")),
        applies_to=_place(entry.get("threshold_applies_to_first")),
        more=MappingProxyType({key: part for key, part in entry.items() if key not in _FIELDS}),
    )


def _metric(entry: Mapping[str, object]) -> Metric:
    testable = entry["testable"]
    tested = testable if isinstance(testable, dict) else {}
    return Metric(
        name=_text(entry["name"]),
        framework=str(tested.get("framework", "")),
        node=str(tested.get("node", "")),
        kind=str(tested.get("kind", "")),
        months=int(tested.get("months", 1)),
        amounts=MappingProxyType(
            {unit: Amount(**amount) for unit, amount in tested.get("amounts", {}).items()}
        ),
    )


def _text(entry: object) -> Text:
    assert isinstance(entry, dict)
    return Text(zh=str(entry["zh"]), en=str(entry["en"]))


def numbers_of(value: object) -> list[float]:
    """Return one number, a list of numbers or nothing as a list.

    >>> numbers_of([3, 4]), numbers_of(1.5), numbers_of(None)
    ([3.0, 4.0], [1.5], [])
    """
    listed = value if isinstance(value, list) else [value]
    return [float(number) for number in listed if isinstance(number, int | float)]


def _listing(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _place(value: object) -> int | None:
    return value if isinstance(value, int) else None

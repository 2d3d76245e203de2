"""Published orders as comparisons of scores: one region before another, or a score at least as high as stated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from suanli.framework import Indicator
from suanli.result.fact_bench import Bench
from suanli.result.fact_catalogue import Fact, Metric, published_facts
from suanli.result.fact_figures import ABOUT, figures
from suanli.result.fact_gates import untestable

ORDER_KINDS = ("order", "place", "threshold")
"""Two regions of one list; a region of a list and one that stands behind it; a score and the figure stated."""

_LEAST = {">": 0.0, ">=": 0.0, "≈>=": ABOUT}
"""How far, relative to the figure, a score may stay below it, by the comparisons that only bound a score below."""


@dataclass(frozen=True, slots=True)
class PublishedOrder:
    """One comparison that a fact states of the scores of a group or of the index.

    The region `ahead` scores more than the region `behind`, or, where `behind` is empty, at least `score` (more than
    it when `strict`). `kind` is one of `ORDER_KINDS`, `fact` the id of the fact.
    """

    fact: str
    kind: str
    node: str
    period: str
    ahead: str
    behind: str = ""
    score: float = 0.0
    strict: bool = True


def published_orders(bench: Bench) -> tuple[PublishedOrder, ...]:
    """Return the orders of the published facts that the result can be held against and that hang on weights.

    Only rankings by score of the index or of a group are taken: indicators have no weights to fit, and growth, shares
    and tiers do not compare two scores of one period. Regions without a score are left out, as `facts_beside` does.
    """
    catalogue = published_facts()
    rankings = [
        (fact, metric)
        for fact in catalogue.facts
        if _is_ranking(fact, metric := catalogue.metrics[fact.metric], bench)
    ]
    places = _places(rankings, bench)
    return tuple(
        order
        for fact, metric in rankings
        for order in (
            *_order(fact, metric, bench),
            *_place(fact, metric, bench, places[metric.node, fact.year]),
            *_threshold(fact, metric, bench),
        )
    )


def _is_ranking(fact: Fact, metric: Metric, bench: Bench) -> bool:
    if metric.kind != "rank" or untestable(fact, metric, bench) is not None:
        return False
    return not isinstance(bench.nodes[metric.node], Indicator)


def _present(fact: Fact, metric: Metric, bench: Bench) -> list[str]:
    """Return the codes of the regions named that have a score, in the fact's order."""
    numbers = bench.numbers(metric, fact.year)
    codes = [bench.code(name) for name in fact.regions]
    return [code for code in codes if code is not None and code in numbers]


def _order(fact: Fact, metric: Metric, bench: Bench) -> Iterator[PublishedOrder]:
    if fact.order in ("explicit", "listed"):
        for ahead, behind in combinations(_present(fact, metric, bench), 2):
            yield PublishedOrder(fact.id, "order", metric.node, fact.year, ahead, behind)


def _places(
    rankings: list[tuple[Fact, Metric]], bench: Bench
) -> Mapping[tuple[str, str], Mapping[int, str]]:
    """Return which region the facts name at each place of a ranking, by node and period."""
    places: dict[tuple[str, str], dict[int, str]] = {}
    for fact, metric in rankings:
        ranking = places.setdefault((metric.node, fact.year), {})
        if fact.first is not None:
            codes = [bench.code(name) or "" for name in fact.regions]
            ranking.update(enumerate(codes, start=fact.first))
    return places


def _place(
    fact: Fact, metric: Metric, bench: Bench, places: Mapping[int, str]
) -> Iterator[PublishedOrder]:
    """Yield each region named before each of the others, where all who come before those named are known."""
    numbers, named = bench.numbers(metric, fact.year), _present(fact, metric, bench)
    if fact.first is None or len(named) < len(fact.regions) or bench.lacking(numbers):
        return
    before = [places.get(place) for place in range(1, fact.first)]
    if None in before:
        return
    behind = [code for code in numbers if code not in named and code not in before]
    for one, other in product(named, behind):
        yield PublishedOrder(fact.id, "place", metric.node, fact.year, one, other)


def _threshold(fact: Fact, metric: Metric, bench: Bench) -> Iterator[PublishedOrder]:
    if fact.op not in _LEAST:
        return
    for value, unit in figures(fact):
        if unit.startswith("points"):
            least = value - _LEAST[fact.op] * abs(value)
            for code in _present(fact, metric, bench)[: fact.applies_to]:
                yield PublishedOrder(
                    *(fact.id, "threshold", metric.node, fact.year, code),
                    score=least,
                    strict=fact.op == ">",
                )

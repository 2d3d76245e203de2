"""Where the reports' rankings put regions: one place in the mean of the lists that bear on an indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, rankdata

from suanli.framework import Framework
from suanli.regions import Regions, prefectures, provinces
from suanli.result.fact_catalogue import Fact, Metric, published_facts
from suanli.simulation.quantities import Floats

_OWN, _PARENT, _FARTHER = 12.0, 2.0, 1.0
"""Weights of an indicator's own list, of its parent's, and of each list further up."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A ranking of a report: places by region position, counted from `first`, of a node and by what it ranks."""

    node: str
    kind: str
    year: str
    first: int
    named: tuple[int, ...]


def stated_facts(framework_id: str) -> tuple[tuple[Fact, Metric], ...]:
    """Return the facts about nodes of a framework, and what of it each speaks of; forecasts and goals are left out."""
    catalogue = published_facts()
    paired = ((fact, catalogue.metrics[fact.metric]) for fact in catalogue.facts)
    return tuple(
        (fact, metric)
        for fact, metric in paired
        if metric.framework == framework_id and not fact.forecast
    )


def positions(regions: Regions, names: Sequence[str]) -> tuple[int, ...]:
    """Return the positions of the regions that a fact names.

    Raises
    ------
    RegionError
        If a name is not one of the regions.
    """
    codes = regions.codes
    return tuple(codes.index(regions.resolve(name).code) for name in names)


def named_codes(framework: Framework) -> frozenset[str]:
    """Return the codes of all regions that facts about a framework name."""
    regions = provinces() if framework.region_level == "province" else prefectures()
    names = {name for fact, _ in stated_facts(framework.id) for name in fact.regions}
    return frozenset(regions.resolve(name).code for name in sorted(names))


def listings(framework_id: str, regions: Regions) -> tuple[Listing, ...]:
    """Return the rankings by score or by value that the facts give; lists in no order are left out."""
    found = []
    for fact, metric in stated_facts(framework_id):
        ranked = fact.order in ("explicit", "listed") or (fact.first and len(fact.regions) == 1)
        if ranked and metric.kind in ("rank", "value"):
            named = positions(regions, fact.regions)
            found.append(Listing(metric.node, metric.kind, fact.year, fact.first or 1, named))
    return tuple(found)


def standing(framework: Framework, regions: Regions, size: Floats) -> Mapping[str, Floats]:
    """Return the standing of the regions in each indicator as normal scores, the first highest.

    The place of a region is the mean of its places in the rankings of the indicator and of the groups above it; one
    that a ranking does not list follows after it in the order of `size`. Without any ranking, size decides.
    """
    places = _places(framework.id, regions, size)
    above = {entry.node.code: entry.parent for entry in framework.walk()}
    by_size = rankdata(-size)
    found: dict[str, Floats] = {}
    for indicator in framework.indicators():
        weighted, weight, code, depth = np.zeros(len(size)), 0.0, indicator.code, 0
        while code:
            if code in places:
                share = (_OWN, _PARENT)[depth] if depth < 2 else _FARTHER
                weighted, weight = weighted + share * places[code], weight + share
            code, depth = above.get(code, ""), depth + 1
        mean = weighted / weight if weight else by_size
        found[indicator.code] = normal_scores(-mean)
    return found


def normal_scores(numbers: Floats) -> Floats:
    """Return the standard normal quantiles of the ranks of numbers, the greatest number highest.

    >>> normal_scores(np.array([5.0, 1.0, 3.0])).round(2).tolist()
    [0.97, -0.97, 0.0]
    """
    return np.asarray(norm.ppf((rankdata(numbers) - 0.5) / len(numbers)))


def _places(framework_id: str, regions: Regions, size: Floats) -> Mapping[str, Floats]:
    """Return by node the place of every region in the lists about it."""
    listed: dict[str, dict[int, float]] = {}
    for listing in listings(framework_id, regions):
        of_node = listed.setdefault(listing.node, {})
        for offset, region in enumerate(listing.named):
            of_node.setdefault(region, float(listing.first + offset))
    return {node: _completed(given, size) for node, given in listed.items()}


def _completed(given: Mapping[int, float], size: Floats) -> Floats:
    rest = sorted(set(range(len(size))) - set(given), key=lambda region: -size[region])
    after = max(given.values())
    places = np.empty(len(size))
    for region, place in given.items():
        places[region] = place
    for offset, region in enumerate(rest, start=1):
        places[region] = after + offset
    return places

"""A result laid out for comparing facts with it: numbers by region name, totals, and what is complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from suanli.framework import Framework, Group, Indicator
from suanli.regions import prefectures, provinces
from suanli.result.contents import Contents
from suanli.result.fact_catalogue import Fact, Metric, published_facts
from suanli.result.fact_counterparts import Counterpart, counterparts
from suanli.result.names import nodes_by_code

EVALUATED_PREFECTURES = 302
"""How many the report of 2024 evaluates: 274 cities and 28 autonomous prefectures."""

Numbers = Mapping[str, float]
"""Numbers by region code; regions without one are left out."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A result with its nodes by code, its regions' codes by name, and numbers already looked up.

    `counterparts` are its indicators by those of the frameworks that the facts speak of.
    """

    result: Contents
    nodes: Mapping[str, Framework | Group | Indicator]
    codes: Mapping[str, str]
    counterparts: Mapping[tuple[str, str], Counterpart]
    known: dict[tuple[str, str, str], Numbers] = field(default_factory=dict, repr=False)

    def numbers(self, metric: Metric, period: str) -> Numbers:
        """Return what the metric compares: values of an indicator, or scores of a node."""
        table = "indicators" if metric.kind in ("value", "mean", "change") else "scores"
        return self._looked_up(table, metric.node, period)

    def counterpart(self, metric: Metric) -> Counterpart | None:
        """Return the indicator that the result's framework relates to the metric's, if it is of another framework."""
        return self.counterparts.get((metric.framework, metric.node))

    def tiers(self, node: str, period: str) -> Numbers:
        """Return the tiers of a node."""
        return self._looked_up("tiers", node, period)

    def code(self, name: str) -> str | None:
        """Return the code of the region that a fact names, if the result has it."""
        exact = self.codes.get(name)
        if exact:
            return exact
        found = [
            region.code for region in self.result.regions if region.zh.startswith(name) and name
        ]
        return found[0] if len(found) == 1 else None

    def english(self, name: str) -> str:
        """Return the English name of a region that a fact names; the name itself if the result lacks it."""
        code = self.code(name)
        return next((region.en for region in self.result.regions if region.code == code), name)

    def lower_is_better(self, metric: Metric) -> bool:
        """Return whether the first of a ranking has the lowest number."""
        node = self.nodes[metric.node]
        by_value = metric.kind in ("value", "change") and isinstance(node, Indicator)
        return by_value and isinstance(node, Indicator) and node.direction == "lower"

    def lacking(self, numbers: Numbers) -> int:
        """Return how many regions of the nation have no number.

        Of prefectures, a report evaluates some 302: those that the result leaves out do not count once it has as many
        with a number.
        """
        if self.result.about.region_level == "province":
            return sum(code not in numbers for code in provinces().codes)
        everyone = prefectures().codes
        if sum(code in numbers for code in everyone) >= EVALUATED_PREFECTURES:
            own = {region.code for region in self.result.regions}
            everyone = tuple(code for code in everyone if code in own)
        return sum(code not in numbers for code in everyone)

    def total(self, numbers: Numbers) -> float:
        """Return the sum over the nation's regions."""
        return sum(number for code, number in numbers.items() if code in self.nation)

    @property
    def nation(self) -> frozenset[str]:
        """Codes of the provinces that make up the nation in a fact."""
        return frozenset(provinces().codes)

    def period_before(self, fact: Fact) -> str | None:
        """Return the year before the fact's, if the result covers it."""
        earlier = str(int(fact.year) - 1) if fact.year.isdigit() else ""
        return earlier if earlier in self.result.about.periods else None

    def _looked_up(self, table: str, node: str, period: str) -> Numbers:
        key = (table, node, period)
        if key not in self.known:
            indicators = table == "indicators"
            frame = self.result.indicators if indicators else self.result.scores
            column = {"indicators": "value", "scores": "score", "tiers": "tier"}[table]
            rows = frame.filter(
                pl.col("indicator" if indicators else "node") == node,
                pl.col("period") == period,
                pl.col(column).is_not_null(),
            )
            self.known[key] = dict(zip(rows["region_code"], rows[column], strict=True))
        return self.known[key]


def bench_of(result: Contents) -> Bench:
    """Return the result laid out for comparison; a name that two regions share names neither."""
    seen: dict[str, set[str]] = {}
    for region in result.regions:
        for name in (region.zh, region.short):
            seen.setdefault(name, set()).add(region.code)
    codes = {name: next(iter(found)) for name, found in seen.items() if len(found) == 1}
    others = {metric.framework for metric in published_facts().metrics.values()} - {""}
    own = result.framework
    return Bench(result, nodes_by_code(own), codes, counterparts(own, others))

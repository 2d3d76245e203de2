"""Whether a fact can be held against a result at all, and if not, why."""

from suanli.framework import Indicator
from suanli.language import Text, pair
from suanli.result.fact_bench import Bench
from suanli.result.fact_catalogue import Fact, Metric

_LEVELS = {
    "CN": "province",
    "CN-province": "province",
    "CN-province-mean": "province",
    "CN-city": "prefecture",
}
_GROUPS = ("CN-东部", "CN-中西部")


def untestable(fact: Fact, metric: Metric, bench: Bench) -> Text | None:
    """Return why the fact says nothing about this result; None if it can be tried."""
    for gate in (_no_metric, _other_framework, _scope, _time, _calibers):
        reason = gate(fact, metric, bench)
        if reason is not None:
            return reason
    return None


def _no_metric(fact: Fact, metric: Metric, bench: Bench) -> Text | None:
    if fact.scope not in _LEVELS and fact.scope not in _GROUPS:
        return pair("result", "untestable_scope")
    return None if metric.node else pair("result", "untestable_metric")


def _other_framework(fact: Fact, metric: Metric, bench: Bench) -> Text | None:
    own = bench.result.framework.id
    if metric.framework != own:
        related = bench.counterpart(metric)
        if related is not None:
            name = {"zh": related.name.zh, "en": related.name.en}
            return pair("result", "untestable_related", code=related.code, **name)
        return pair("result", "untestable_framework", framework=metric.framework, own=own)
    if metric.node not in bench.nodes:
        return pair("result", "untestable_metric")
    return None


def _scope(fact: Fact, metric: Metric, bench: Bench) -> Text | None:
    if fact.scope in _GROUPS:
        return pair("result", "untestable_group")
    if _LEVELS[fact.scope] != bench.result.about.region_level:
        return pair("result", "untestable_level")
    return None


def _time(fact: Fact, metric: Metric, bench: Bench) -> Text | None:
    if fact.forecast:
        return pair("result", "untestable_forecast")
    if fact.year not in bench.result.about.periods:
        return pair("result", "untestable_year", year=fact.year or "—")
    return None


def _calibers(fact: Fact, metric: Metric, bench: Bench) -> Text | None:
    node = bench.nodes[metric.node]
    if not isinstance(node, Indicator):
        return None
    caliber = node.caliber
    if fact.caliber and (caliber is None or caliber.side != fact.caliber):
        return pair("result", "untestable_caliber")
    if any("FP32" in unit for unit in fact.units) and caliber and caliber.precision != "FP32":
        return pair("result", "untestable_caliber")
    return None

"""What facts about the year before and about growth together demand of the published year, which is solved first."""

from collections.abc import Iterator

import numpy as np

from suanli.framework import Indicator
from suanli.regions import Regions
from suanli.result.fact_catalogue import Fact, published_facts
from suanli.result.fact_figures import figures
from suanli.simulation import claims
from suanli.simulation.claims import Subject
from suanli.simulation.constraints import Constraints, Gap, each, total
from suanli.simulation.fact_readings import READINGS
from suanli.simulation.model import Model
from suanli.simulation.quantities import known
from suanli.simulation.standing import positions, stated_facts

Interval = tuple[float, float]

_RATE_ABOVE = 1.2
"""How far beyond a stated rate of growth, relative to it, a region's growth is thought to lie at most."""

_BEYOND = 1.12
"""How far beyond a threshold of the year before regions lie, relative to it: room for their order in that year."""


def linked(model: Model, regions: Regions, periods: tuple[str, str]) -> Iterator[Constraints]:
    """Yield what total growth and regional rises, for the year before to exist, demand of the unknown amounts."""
    for code in model.unknowns:
        indicator = model.framework.node(code)
        if isinstance(indicator, Indicator) and indicator.kind == "extensive":
            yield from _of_totals(model, indicator, periods)
            yield from _of_rises(model, indicator, regions, periods[1])
            yield from _of_thresholds(model, indicator, regions, periods[0])


def _of_totals(
    model: Model, indicator: Indicator, periods: tuple[str, str]
) -> Iterator[Constraints]:
    """Yield that a total whose growth is stated lies where the total stated for the year before leaves room."""
    facts = [fact for fact in published_facts().facts if _is_national(fact, indicator.code, model)]
    before, year = periods
    for one, (low, high) in (
        (fact, bounds) for fact in facts for bounds in _totals(fact, before, indicator)
    ):
        for other, (least, most) in (
            (fact, bounds) for fact in facts for bounds in _growths(fact, year)
        ):
            bounds = (low * (1 + least / 100), high * (1 + most / 100))
            quantity = model.quantity(indicator.code)
            yield total(quantity, *bounds, f"{one.id} {other.id}")


def _of_rises(
    model: Model, indicator: Indicator, regions: Regions, year: str
) -> Iterator[Constraints]:
    """Yield that a region stated to have risen by an amount and at a rate has about the value that both imply."""
    for fact, metric in stated_facts(model.framework.id):
        if (metric.node, metric.kind, fact.year) != (indicator.code, "value", year):
            continue
        rates = [value for value, unit in figures(fact) if unit in ("%", "%/yr")]
        rises = [pair for pair in figures(fact) if pair[1] not in ("%", "%/yr")]
        if fact.statement == "growth" and fact.regions and rates and rises:
            subject = Subject(model.quantity(indicator.code), None, Gap(), indicator.unit)
            rise = claims.in_unit(subject, "=", *rises[0])[0]
            low, high = rise * (1 + 100 / (_RATE_ABOVE * rates[0])), rise * (1 + 100 / rates[0])
            yield each(subject.current, positions(regions, fact.regions), low, high, fact.id)


def _of_thresholds(
    model: Model, indicator: Indicator, regions: Regions, year: str
) -> Iterator[Constraints]:
    """Yield that regions which passed a threshold the year before lie well beyond it if the amount grows."""
    if model.profiles.indicators[indicator.code].growth <= 0:
        return
    for fact in published_facts().facts:
        if fact.regions and fact.year == year and fact.op in (">", ">="):
            if fact.statement == "share" or not _speaks_of(fact, indicator.code, model):
                continue
            subject = Subject(model.quantity(indicator.code), None, Gap(), indicator.unit)
            for value, unit in figures(fact):
                low = _BEYOND * claims.in_unit(subject, fact.op, value, unit)[0]
                named = positions(regions, fact.regions)
                yield each(subject.current, named, low, np.inf, fact.id)


def _is_national(fact: Fact, code: str, model: Model) -> bool:
    return not fact.regions and fact.scope == "CN" and _speaks_of(fact, code, model)


def _speaks_of(fact: Fact, code: str, model: Model) -> bool:
    if fact.forecast:
        return False
    metric = published_facts().metrics[fact.metric]
    if (metric.framework, metric.node, metric.kind) == (model.framework.id, code, "value"):
        return True
    readings = READINGS.get((model.framework.id, fact.metric), ())
    return any(one.codes == (code,) and one.form == "sum" and not one.over for one in readings)


def _totals(fact: Fact, year: str, indicator: Indicator) -> Iterator[Interval]:
    if fact.year == year and fact.statement != "growth":
        subject = Subject(known(np.zeros(1), 0), None, Gap(), indicator.unit)
        for value, unit in figures(fact):
            yield claims.in_unit(subject, fact.op, value, unit)


def _growths(fact: Fact, year: str) -> Iterator[Interval]:
    if fact.year == year:
        for op, rate in fact.growths:
            yield claims.interval(op, rate)

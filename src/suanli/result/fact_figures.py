"""The figures of a fact held against a result: amounts, totals, means, shares and growth."""

import math
from collections.abc import Callable, Sequence

from suanli.framework import Indicator
from suanli.framework.units import UnitError, converted
from suanli.language import Text, pair
from suanli.result.fact_case import Case, Finding, found, untested
from suanli.result.fact_catalogue import Fact

ABOUT = 0.05
"""How far, relative to the published figure, a figure given with ≈ may be off."""


def figures(fact: Fact) -> list[tuple[float, str]]:
    """Return the figures of a fact with their units."""
    if len(fact.units) == len(fact.values):
        return list(zip(fact.values, fact.units, strict=True))
    return [(value, fact.units[0] if fact.units else "") for value in fact.values]


def holds(number: float, op: str, published: float) -> bool:
    """Return whether a number agrees with a published figure: `=` to the last digit printed, `≈` within 5 %.

    >>> holds(180.4, "=", 180), holds(181.0, "=", 180), holds(1250, "≈", 1200), holds(48, "≈>=", 50)
    (True, False, True, True)
    """
    slack = ABOUT * abs(published)
    tests: dict[str, Callable[[], bool]] = {
        "=": lambda: abs(number - published) <= _half_digit(published) * (1 + 1e-9),
        "≈": lambda: abs(number - published) <= slack,
        ">": lambda: number > published,
        ">=": lambda: number >= published,
        "≈>=": lambda: number >= published - slack,
    }
    return tests[op]()


def figure_finding(case: Case, value: float, unit: str) -> Finding:
    """Return whether one figure of the fact agrees with the result."""
    fact, kind = case.fact, case.metric.kind
    by_kind = {"rank": _score_figure, "growth": _growth_figure, "mean": _mean_figure}
    if kind in by_kind:
        return by_kind[kind](case, value, unit)
    if fact.statement == "growth":
        return _rise(case, value, unit)
    if fact.statement == "share" and unit == "%":
        return _share(case, value)
    if not fact.regions:
        return _total(case, value, unit)
    return _amounts(case, value, unit)


def _score_figure(case: Case, value: float, unit: str) -> Finding:
    if not unit.startswith("points"):
        return untested("untestable_group_amount")
    return _each(case, value, case.present[: case.fact.applies_to])


def _growth_figure(case: Case, value: float, unit: str) -> Finding:
    if case.fact.statement == "growth":
        return untested("untestable_group_growth")
    return _each(case, value, case.present, percent="%")


def _mean_figure(case: Case, value: float, unit: str) -> Finding:
    lacking = case.bench.lacking(case.numbers)
    if lacking:
        return untested("untestable_coverage", count=lacking)
    count = len(case.bench.nation)
    return _single(case, case.bench.total(case.numbers) / count, value, unit, "found_mean")


def _amounts(case: Case, value: float, unit: str) -> Finding:
    published = _in_own_unit(case, value, unit)
    if published is None:
        return untested("untestable_unit")
    return _each(case, published, case.present, digits=value)


def _total(case: Case, value: float, unit: str) -> Finding:
    reason = _no_total(case)
    if reason:
        return reason
    return _single(case, case.bench.total(case.numbers), value, unit, "found_total")


def _share(case: Case, value: float) -> Finding:
    reason = _no_total(case)
    if reason:
        return reason
    share = 100 * sum(number for _, number in case.present) / case.bench.total(case.numbers)
    said = pair("result", "found_share", number=_digits(share))
    return Finding(holds(share, case.fact.op, value), said)


def _rise(case: Case, value: float, unit: str) -> Finding:
    if not case.fact.regions:
        return growth_of_total(case, value, case.fact.op)
    earlier = case.bench.period_before(case.fact)
    if earlier is None:
        return untested("untestable_previous")
    before = case.bench.numbers(case.metric, earlier)
    code = case.bench.code(case.fact.regions[0]) or ""
    now, then = case.numbers.get(code), before.get(code)
    if now is None or then is None or then <= 0 or len(case.fact.regions) > 1:
        return untested("untestable_missing")
    if unit != "%":
        return _change(case, now - then, value, unit)
    rate = 100 * (now / then - 1)
    return Finding(holds(rate, case.fact.op, value), _growth(rate))


def growth_of_total(case: Case, value: float, op: str) -> Finding:
    """Return whether the nation's total grew, in per cent since the year before, as the fact says."""
    earlier = case.bench.period_before(case.fact)
    if earlier is None:
        return untested("untestable_previous")
    before = case.bench.numbers(case.metric, earlier)
    reason = _no_total(case)
    if reason:
        return reason
    lacking = case.bench.lacking(before)
    if lacking or case.bench.total(before) <= 0:
        return untested("untestable_coverage", count=lacking)
    rate = 100 * (case.bench.total(case.numbers) / case.bench.total(before) - 1)
    return Finding(holds(rate, op, value), _growth(rate))


def _growth(rate: float) -> Text:
    """Return the words for a rate in per cent: growth, or decline below zero."""
    key = "found_growth" if rate >= 0 else "found_decline"
    return pair("result", key, number=_digits(abs(rate)))


def _no_total(case: Case) -> Finding | None:
    node = case.bench.nodes[case.metric.node]
    if not isinstance(node, Indicator) or node.kind != "extensive":
        return untested("untestable_ratio")
    lacking = case.bench.lacking(case.numbers)
    if lacking:
        return untested("untestable_coverage", count=lacking)
    return None


def _each(
    case: Case,
    published: float,
    present: Sequence[tuple[str, float]],
    *,
    percent: str = "",
    digits: float | None = None,
) -> Finding:
    """Compare every region named with one figure; `digits` is the figure as printed, before conversion."""
    if not present:
        return untested("untestable_missing")
    scale = published / digits if digits else 1.0
    printed = published if digits is None else digits
    held = [holds(number / scale, case.fact.op, printed) for _, number in present]
    wanted = len(case.fact.regions[: case.fact.applies_to])
    rows = [(name, _digits(number) + percent) for name, number in present]
    said = found(case, "found_each", rows, held=sum(held), count=wanted)
    return Finding(all(held) if len(held) == wanted or not all(held) else None, said)


def _change(case: Case, number: float, value: float, unit: str) -> Finding:
    key = "found_rise" if number >= 0 else "found_fall"
    return _single(case, number, value, unit, key)


def _single(case: Case, number: float, value: float, unit: str, key: str) -> Finding:
    published = _in_own_unit(case, value, unit)
    if published is None or not value:
        return untested("untestable_unit")
    shown = abs(number) if key == "found_fall" else number
    said = found(case, key, (), number=_digits(shown))
    return Finding(holds(number * value / published, case.fact.op, value), said)


def _in_own_unit(case: Case, value: float, unit: str) -> float | None:
    own = case.unit
    if unit == "EB" and own.startswith("EB"):
        # the reports count storage in the EB of the indicator, 2^60 bytes
        return value / case.metric.months
    try:
        return float(converted(value, unit or "1", own)) / case.metric.months
    except UnitError:
        return None


def _half_digit(published: float) -> float:
    """Return half a unit of the last digit printed."""
    decimals = len(f"{published:.10g}".partition(".")[2])
    return 0.5 * math.pow(10, -decimals)


def _digits(number: float) -> str:
    return f"{number:,.4g}" if abs(number) < 1000 else f"{number:,.0f}"

"""The parts of a fact held against a result: order, places, tiers, and each of its figures."""

from itertools import combinations

from suanli.language import Text, pair, say
from suanli.result.fact_bench import Bench, Numbers
from suanli.result.fact_case import Case, Finding, found, untested
from suanli.result.fact_catalogue import Fact, Metric
from suanli.result.fact_figures import figure_finding, figures, growth_of_total


def findings(fact: Fact, metric: Metric, bench: Bench) -> list[Finding]:
    """Return a finding for each part of the fact."""
    numbers = _numbers(fact, metric, bench)
    if numbers is None:
        return [untested("untestable_previous")]
    named = tuple((name, numbers.get(bench.code(name) or "")) for name in fact.regions)
    case = Case(fact, metric, bench, numbers, named)
    if metric.kind == "tier":
        return [_tier(case)]
    parts = [*_order(case), *_places(case)]
    parts += [figure_finding(case, value, unit) for value, unit in figures(fact)]
    if fact.growths and not fact.regions and metric.kind == "value":
        parts += [growth_of_total(case, rate, op) for op, rate in fact.growths]
    return parts


def _numbers(fact: Fact, metric: Metric, bench: Bench) -> Numbers | None:
    now = bench.numbers(metric, fact.year)
    if metric.kind not in ("growth", "change"):
        return now
    earlier = bench.period_before(fact)
    if earlier is None:
        return None
    before = bench.numbers(metric, earlier)
    both = [code for code in now if code in before]
    if metric.kind == "change":
        return {code: now[code] - before[code] for code in both}
    return {code: 100 * (now[code] / before[code] - 1) for code in both if before[code] > 0}


def _order(case: Case) -> list[Finding]:
    fact = case.fact
    if fact.order not in ("explicit", "listed") or len(fact.regions) < 2:
        return []
    pairs = list(combinations(case.present, 2))
    if not pairs:
        return [untested("untestable_missing")]
    sign = -1 if case.bench.lower_is_better(case.metric) else 1
    agreeing = sum(sign * ahead > sign * behind for (_, ahead), (_, behind) in pairs)
    said = pair("result", "found_order", agreeing=agreeing, pairs=len(pairs))
    return [Finding(agreeing == len(pairs), said, agreeing, len(pairs))]


def _places(case: Case) -> list[Finding]:
    fact = case.fact
    if fact.first is None:
        return []
    if not case.present:
        return [untested("untestable_missing")]
    lacking = case.bench.lacking(case.numbers)
    if lacking:
        return [untested("untestable_coverage", count=lacking)]
    last = fact.first + len(fact.regions) - 1
    sign = -1 if case.bench.lower_is_better(case.metric) else 1
    ranks = {
        name: 1 + sum(sign * other > sign * number for other in case.numbers.values())
        for name, number in case.present
    }
    inside = sum(fact.first <= rank <= last for rank in ranks.values())
    rows = [(name, str(rank)) for name, rank in ranks.items()]
    places = str(last) if fact.first == last else f"{fact.first}–{last}"
    key = "found_place" if len(fact.regions) == 1 else "found_places"
    details = {"inside": inside, "count": len(fact.regions), "places": places}
    return [Finding(inside == len(fact.regions), found(case, key, rows, **details))]


def _tier(case: Case) -> Finding:
    tiers = case.bench.tiers(case.metric.node, case.fact.year)
    if not tiers:
        return untested("untestable_tiers")
    lacking = case.bench.lacking(tiers)
    if lacking:
        return untested("untestable_coverage", count=lacking)
    first = {code for code, tier in tiers.items() if tier == 1}
    regions = [region for region in case.bench.result.regions if region.code in first]
    said = Text(
        zh=say("result", "found_tier", "zh", listed="、".join(region.short for region in regions)),
        en=say("result", "found_tier", "en", listed=", ".join(region.en for region in regions)),
    )
    return Finding(first == {case.bench.code(name) for name in case.fact.regions}, said)

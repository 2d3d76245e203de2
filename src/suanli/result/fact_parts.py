"""A fact in parts that each speak of one node of the result's own framework."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from suanli.language import Language, Text, pair, say
from suanli.result.fact_bench import Bench
from suanli.result.fact_case import Finding
from suanli.result.fact_catalogue import Fact, Metric
from suanli.result.fact_checks import findings
from suanli.result.fact_counterparts import Counterpart
from suanli.result.fact_figures import figures
from suanli.result.fact_gates import untestable


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a fact: what it states, of which metric of the result, and what was found.

    `counterpart` is the indicator tried in the place of the report's own, where the result has another framework.
    """

    metric: Metric
    counterpart: Counterpart | None
    found: tuple[Finding, ...]

    @property
    def tried(self) -> tuple[Finding, ...]:
        """The findings of what could be tested."""
        return tuple(finding for finding in self.found if finding.held is not None)


def parts(fact: Fact, metric: Metric, bench: Bench) -> tuple[Part, ...]:
    """Return what is found for each part of a fact: for its own node, then for indicators that its amounts are of."""
    return tuple(_part(stated, of, bench) for stated, of in _split(fact, metric))


def part_remarks(part: Part) -> Iterator[Text]:
    """Yield what a reader must know about how the part was tested."""
    other = part.counterpart
    if other is not None:
        note = other.note or pair("result", "fact_remark_unchanged")
        yield Text(
            zh=_named("zh", other, note.zh.rstrip("。")),
            en=_named("en", other, note.en.rstrip(".")),
        )
    if part.metric.months > 1:
        yield pair("result", "fact_remark_months", months=part.metric.months)


def _split(fact: Fact, metric: Metric) -> Iterator[tuple[Fact, Metric]]:
    """Yield the fact without the amounts that are of other indicators, then each of those amounts."""
    if not metric.amounts:
        yield fact, metric
        return
    given = figures(fact)
    own = [(value, unit) for value, unit in given if unit not in metric.amounts]
    yield (
        replace(fact, values=tuple(v for v, _ in own), units=tuple(u for _, u in own)),
        metric,
    )
    for value, unit in given:
        if unit in metric.amounts:
            amount = metric.amounts[unit]
            stated = replace(fact, values=(value,), units=(amount.unit,), order="", first=None)
            yield stated, replace(metric, node=amount.node, kind="value", amounts={})


def _part(fact: Fact, metric: Metric, bench: Bench) -> Part:
    other = bench.counterpart(metric)
    if other is None or not other.same:
        own, other = metric, None
    else:
        own = replace(metric, framework=bench.result.framework.id, node=other.code)
    reason = untestable(fact, own, bench)
    found = [Finding(None, reason)] if reason else findings(fact, own, bench)
    return Part(own, other, tuple(found))


def _named(language: Language, other: Counterpart, note: str) -> str:
    name = other.name.said(language)
    return say("result", "fact_remark_counterpart", language, code=other.code, name=name, note=note)

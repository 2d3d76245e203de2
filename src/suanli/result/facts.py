"""Published facts beside a result: agrees, differs or not testable, with the reason and what the result says."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from suanli.framework import Indicator
from suanli.language import Text, pair
from suanli.result.contents import Contents
from suanli.result.fact_bench import Bench, bench_of
from suanli.result.fact_case import Finding
from suanli.result.fact_catalogue import Fact, FactCatalogue, published_facts
from suanli.result.fact_parts import Part, part_remarks, parts
from suanli.result.fact_statements import statement

VERDICTS = ("agrees", "differs", "not-testable")


@dataclass(frozen=True, slots=True)
class FactVerdict:
    """One published fact beside a result.

    `verdict` is one of `VERDICTS`. `said` is what the result says, or why the fact cannot be tested. `partial` tells
    that some part of the fact could not be tried although others could. `remark` says what an agreement or difference
    depends on, and is empty where nothing need be said. `agreeing` of `pairs` ordered pairs of regions agree.
    """

    fact: Fact
    statement: Text
    verdict: str
    said: Text
    remark: Text
    partial: bool
    agreeing: int
    pairs: int


@dataclass(frozen=True, slots=True)
class FactTable:
    """Every published fact beside a result, and what to bear in mind when reading it."""

    verdicts: tuple[FactVerdict, ...]
    remarks: tuple[Text, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many facts have each verdict, in the order of `VERDICTS`."""
        counted = Counter(verdict.verdict for verdict in self.verdicts)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    @property
    def pairs(self) -> tuple[int, int]:
        """How many ordered pairs of regions agree, and how many were tried."""
        agreeing = sum(verdict.agreeing for verdict in self.verdicts)
        return agreeing, sum(verdict.pairs for verdict in self.verdicts)

    @property
    def summary(self) -> Text:
        """The counts as a sentence."""
        agreeing, pairs = self.pairs
        agrees, differs, untried = self.counts.values()
        return pair(
            *("result", "facts_summary"),
            facts=len(self.verdicts),
            agrees=agrees,
            differs=differs,
            untried=untried,
            agreeing=agreeing,
            pairs=pairs,
        )

    @property
    def table(self) -> pl.DataFrame:
        """A row for each fact: id, document, section, figure, verdict, partial, and texts in both languages."""
        return pl.DataFrame([_row(verdict) for verdict in self.verdicts])


def facts_beside(result: Contents) -> FactTable:
    """Return every published fact beside the result.

    A fact is tried only where the framework, the level of the regions, the year and the caliber are its own; a fact
    about an indicator also on the one that the result's framework declares to be the same, and the remark names it.
    Rankings
    are tried by the order of each pair of regions and by who is inside the places named; thresholds and values
    region by region, in the indicator's unit; national figures as sums where the indicator is extensive and every
    province has a value. A fact agrees when every part that can be tried holds.
    """
    catalogue, bench = published_facts(), bench_of(result)
    verdicts = tuple(_verdict(fact, catalogue, bench) for fact in catalogue.facts)
    return FactTable(verdicts, _remarks(result))


def _verdict(fact: Fact, catalogue: FactCatalogue, bench: Bench) -> FactVerdict:
    metric = catalogue.metrics[fact.metric]
    pieces = parts(fact, metric, bench)
    found = [finding for piece in pieces for finding in piece.found]
    tried = [finding for piece in pieces for finding in piece.tried]
    said = [finding.said for finding in found] or [pair("result", "untestable_metric")]
    return FactVerdict(
        fact=fact,
        statement=statement(fact, catalogue),
        verdict=_judged(tried) if tried else "not-testable",
        said=_joined(said) if tried else said[0],
        remark=_joined(_remark([piece for piece in pieces if piece.tried], bench)),
        partial=0 < len(tried) < len(found),
        agreeing=sum(finding.agreeing for finding in tried),
        pairs=sum(finding.pairs for finding in tried),
    )


def _judged(tried: list[Finding]) -> str:
    return "agrees" if all(finding.held for finding in tried) else "differs"


def _remark(pieces: list[Part], bench: Bench) -> list[Text]:
    """Return what an agreement or difference of the parts that were tried depends on."""
    remarks = []
    if pieces and bench.result.about.simulated:
        remarks.append(pair("result", "fact_remark_simulated"))
    if any(not isinstance(bench.nodes[piece.metric.node], Indicator) for piece in pieces):
        remarks.append(pair("result", "fact_remark_weights"))
    return remarks + [remark for piece in pieces for remark in part_remarks(piece)]


def _remarks(result: Contents) -> tuple[Text, ...]:
    keys = [
        "facts_remark_verdicts",
        "facts_remark_sources",
        "facts_remark_weights",
        "facts_remark_rules",
    ]
    if result.about.simulated:
        keys.insert(0, "facts_remark_simulated")
    return tuple(pair("result", key) for key in keys)


def _joined(texts: list[Text]) -> Text:
    return Text("；".join(text.zh for text in texts), "; ".join(text.en for text in texts))


def _row(verdict: FactVerdict) -> dict[str, str | bool]:
    texts = {
        "document": verdict.fact.document,
        "statement": verdict.statement,
        "said": verdict.said,
        "remark": verdict.remark,
    }
    return {
        "id": verdict.fact.id,
        "verdict": verdict.verdict,
        "partial": verdict.partial,
        "section": verdict.fact.section,
        "figure": verdict.fact.figure,
        **{f"{name}_zh": text.zh for name, text in texts.items()},
        **{f"{name}_en": text.en for name, text in texts.items()},
    }

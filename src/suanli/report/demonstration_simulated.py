"""The demonstration of a simulated study: its ranking, what it rests on, and published facts beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text as Styled

from suanli.language import Language, say, share_text
from suanli.report.prose import Prose
from suanli.report.ranking import ranking_unstamped
from suanli.report.stamp import stamped
from suanli.report.words import as_typed, region_name
from suanli.result import FactVerdict, Result, facts_beside
from suanli.result.fact_catalogue import published_facts

_SHOWN = 10
_OF_VALUES = ("value", "mean", "change")
"""Kinds of facts that are about values of indicators; others are about scores of groups and the index."""


@dataclass(frozen=True, slots=True)
class SimulatedDemonstration:
    """The result of the demonstration and the folder it and the study are saved in."""

    annual: Result
    folder: Path


def simulated_demonstration(shown: SimulatedDemonstration, language: Language) -> RenderableType:
    """Return the ranking, coverage, how many published facts hold, and what to do next."""

    def heading(key: str) -> Rule:
        return Rule(Styled(_say(key, language), style="bold"), align="left", style="dim")

    annual = shown.annual
    parts = [
        Prose(_say("intro", language, title=annual.about.title.said(language))),
        heading("ranking"),
        ranking_unstamped(annual, language, node=annual.framework.code, period=None, top=_SHOWN),
        heading("coverage"),
        Prose(_coverage(annual, language)),
        heading("facts"),
        *_facts(annual, language),
        heading("next"),
        *_next(shown, language),
    ]
    return stamped(Group(*parts), simulated=annual.about.simulated)


def _coverage(result: Result, language: Language) -> str:
    period = result.about.periods[-1]
    values = result.indicators.filter(pl.col("period") == period)
    measures = result.measures.filter(pl.col("period") == period)
    used, eligible = (
        float(measures.filter(pl.col("measure") == name)["value"].sum())
        for name in ("used", "eligible")
    )
    return _say(
        "covered",
        language,
        period=period,
        indicators=len(tuple(result.framework.indicators())),
        regions=len(result.regions),
        cells=f"{values.height:,}",
        known=f"{values['value'].count():,}",
        share=share_text(used / eligible),
    )


def _facts(result: Result, language: Language) -> list[RenderableType]:
    tried = [one for one in facts_beside(result).verdicts if one.verdict != "not-testable"]
    metrics = published_facts().metrics
    inputs = [one for one in tried if metrics[one.fact.metric].kind in _OF_VALUES]
    composites = [one for one in tried if metrics[one.fact.metric].kind not in _OF_VALUES]
    lines = [_say("facts-none", language)]
    if inputs:
        agrees = sum(one.verdict == "agrees" for one in inputs)
        lines = [_say("facts-inputs", language, agrees=agrees, tested=len(inputs))]
    agreeing, pairs = _pairs(composites)
    if pairs:
        share, facts = share_text(agreeing / pairs), sum(one.pairs > 0 for one in composites)
        whole = sum(one.pairs > 0 and one.verdict == "agrees" for one in composites)
        counts = {"agreeing": agreeing, "pairs": pairs, "share": share, "facts": facts}
        lines.append(_say("facts-composites", language, agrees=whole, **counts))
        lines.append(say("result", "facts_remark_verdicts", language))
    caution = Prose(_say("caution", language), style="dim")
    return [*map(Prose, lines), caution]


def _pairs(verdicts: Iterable[FactVerdict]) -> tuple[int, int]:
    both = [(one.agreeing, one.pairs) for one in verdicts]
    return sum(agreeing for agreeing, _ in both), sum(pairs for _, pairs in both)


def _next(shown: SimulatedDemonstration, language: Language) -> list[RenderableType]:
    """Return commands to go on with, each with what it does."""
    annual = shown.annual
    first = str(annual.ranking()["region_code"][0])
    region = next(one for one in annual.regions if one.code == first)
    details = {
        "annual": as_typed(shown.folder / "annual"),
        "study": as_typed(shown.folder / "study"),
        "region": as_typed(region_name(region, language)),
        "indicator": next(iter(annual.framework.indicators())).code,
    }
    return [
        Prose(
            Styled.assemble(
                (_say(f"command-{key}", language, **details), "cyan"),
                "  ",
                (_say(f"does-{key}", language), "dim"),
            ),
            indent=2,
            hang=4,
        )
        for key in ("trace", "indicators", "facts", "show")
    ]


def _say(key: str, language: Language, **details: object) -> str:
    return say("report", f"simulated-demo-{key}", language, **details)

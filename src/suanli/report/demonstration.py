"""The demonstration: one study under annual and under fixed goalposts, for the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.problems import Place, Problem, Severity
from suanli.report.moves import moves_table
from suanli.report.places import place_words
from suanli.report.prose import Prose
from suanli.report.ranking import ranking
from suanli.report.stamp import stamped
from suanli.report.tables import plain_table, titled
from suanli.report.trouble import counts, occurrences, trouble_blocks
from suanli.report.words import as_typed, number, region_name
from suanli.result import Result

_SHOWN, _MOVERS, _LISTED = 10, 6, 4
_RETURNED = "check-jump-returned"
"""Figures that jumped and came back: where they are, the published data are probably wrong."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The two results of the demonstration and the folder they and the study are saved in."""

    annual: Result
    fixed: Result
    folder: Path


def demonstration(shown: Demonstration, language: Language) -> RenderableType:
    """Return what the checks found, the ranking, what moved it, and what fixed goalposts say instead."""

    def heading(key: str) -> Rule:
        words = Styled(say("report", f"demo-{key}", language), style="bold")
        return Rule(words, align="left", style="dim")

    annual = shown.annual
    title = annual.framework.title.said(language)
    parts = [
        Prose(say("report", "demo-intro", language, title=title)),
        heading("checks"),
        *_checks(shown, language),
        heading("annual"),
        ranking(annual, language, node=annual.framework.code, period=None, top=_SHOWN),
        heading("moved"),
        _moves(annual, language),
        heading("fixed"),
        _trend(shown, language),
        heading("next"),
        *_next(shown.folder, language),
    ]
    return stamped(Group(*parts), simulated=annual.about.simulated)


def _checks(shown: Demonstration, language: Language) -> list[RenderableType]:
    """Return every figure that jumped and came back, a line or two each, and the count of the rest."""
    problems = shown.annual.problems
    found = [item for item in problems if item.severity is not Severity.NOTE]
    returned = [item for item in found if item.code == _RETURNED]
    listed = returned or found[:_LISTED]
    lines = _returned(returned, language) if returned else trouble_blocks(listed, language)
    more = sum(map(occurrences, found)) - len(listed)
    if more > 0:
        file = shown.folder / "annual" / "problems.csv"
        lines.append(Prose(say("report", "demo-more", language, count=more, file=file)))
    lines.append(Prose(counts(problems, language), style="bold"))
    return lines


def _returned(problems: Sequence[Problem], language: Language) -> list[RenderableType]:
    """Return what they have in common, then where each is and the figures themselves."""
    heading = say("report", "demo-returned", language, count=len(problems))
    lines: list[RenderableType] = [Prose(heading, style="yellow")]
    for one in problems:
        place = Place(file=one.place.file, sheet=one.place.sheet, cell=one.place.cell)
        words = say("report", "demo-returned-one", language, **one.words(language))
        text = Styled.assemble((place_words(place, language), "bold"), "  ", words)
        lines.append(Prose(text, indent=2, hang=2))
    return lines


def _moves(result: Result, language: Language) -> RenderableType:
    period = result.about.periods[-1]
    movers = (
        result.ranking(period=period)
        .filter(pl.col("rank_change").fill_null(0) != 0)
        .sort(pl.col("rank_change").abs(), descending=True, maintain_order=True)
        .head(_MOVERS)
    )
    changes = result.changes.filter(pl.col("period_to") == period)
    table = moves_table(changes, movers["region_code"].to_list(), result, language)
    return table or Prose(say("report", "compare-same", language))


def _trend(shown: Demonstration, language: Language) -> RenderableType:
    fixed = shown.fixed
    heads = [say("labels", "region", language), *fixed.about.periods]
    heads += [say("report", key, language) for key in ("demo-fixed-rank", "demo-annual-rank")]
    table = plain_table((head, "right" if place else "left") for place, head in enumerate(heads))
    names = {region.code: region for region in fixed.regions}
    in_annual = dict(shown.annual.ranking().select("region_code", "rank").iter_rows())
    index = fixed.scores.filter(pl.col("node") == fixed.framework.code)
    for row in fixed.ranking().head(_SHOWN).to_dicts():
        region = names[row["region_code"]]
        scores = index.filter(pl.col("region_code") == region.code)["score"].to_list()
        table.add_row(
            region_name(region, language),
            *(number(score, fixed.framework.decimals) for score in scores),
            number(row["rank"], 0),
            number(in_annual[region.code], 0),
        )
    return titled(say("report", "demo-trend", language), table)


def _next(folder: Path, language: Language) -> list[RenderableType]:
    """Return commands to go on with, each with what it does."""
    paths = {name: as_typed(folder / name) for name in ("annual", "fixed", "study")}
    return [
        Prose(
            Styled.assemble(
                (say("report", f"demo-command-{key}", language, **paths), "cyan"),
                "  ",
                (say("report", f"demo-does-{key}", language), "dim"),
            ),
            indent=2,
            hang=4,
        )
        for key in ("region", "compare", "run")
    ]

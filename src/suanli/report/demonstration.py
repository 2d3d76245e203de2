"""The demonstration: one study under annual and under fixed goalposts, for the terminal."""

from collections.abc import Sequence

import polars as pl
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.problems import Severity
from suanli.report.moves import moves_table
from suanli.report.ranking import ranking
from suanli.report.trouble import counts, trouble_lines
from suanli.report.words import number
from suanli.result import Result

_SHOWN, _MOVERS, _LISTED = 10, 6, 8


def demonstration(
    annual: Result, fixed: Result, language: Language, *, folder: str
) -> RenderableType:
    """Return what the checks found, the ranking, what moved it, and what fixed goalposts say instead."""

    def heading(key: str) -> Rule:
        return Rule(Styled(say("report", f"demo-{key}", language), style="bold"), align="left")

    title = annual.framework.title.said(language)
    return Group(
        Styled(say("report", "demo-intro", language, title=title)),
        heading("checks"),
        *_checks(annual, language, folder),
        heading("annual"),
        ranking(annual, language, node=annual.framework.code, period=None, top=_SHOWN),
        heading("moved"),
        _moves(annual, language),
        heading("fixed"),
        _trend(annual, fixed, language),
        Styled(say("report", "demo-next", language, folder=folder), style="cyan"),
    )


def _checks(result: Result, language: Language, folder: str) -> list[RenderableType]:
    found = [item for item in result.problems if item.severity is not Severity.NOTE]
    lines: list[RenderableType] = list(trouble_lines(found[:_LISTED], language))
    if len(found) > _LISTED:
        more = len(found) - _LISTED
        file = f"{folder}/problems.csv"
        lines.append(Styled(say("report", "demo-more", language, count=more, folder=file)))
    lines.append(Styled(counts(result.problems, language), style="bold"))
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
    return table or Styled("")


def _trend(annual: Result, fixed: Result, language: Language) -> Table:
    table = Table(
        title=say("report", "demo-trend", language),
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    table.add_column(say("labels", "region", language))
    for period in fixed.about.periods:
        table.add_column(period, justify="right")
    for key in ("demo-fixed-rank", "demo-annual-rank"):
        table.add_column(say("report", key, language), justify="right")
    names = {region.code: region for region in fixed.regions}
    in_annual = dict(annual.ranking().select("region_code", "rank").iter_rows())
    index = fixed.scores.filter(pl.col("node") == fixed.framework.code)
    for row in fixed.ranking().head(_SHOWN).to_dicts():
        region = names[row["region_code"]]
        scores = index.filter(pl.col("region_code") == region.code)["score"].to_list()
        table.add_row(
            region.short if language == "zh" else region.en,
            *_numbers(scores, fixed.framework.decimals),
            str(row["rank"]),
            str(in_annual[region.code]),
        )
    return table


def _numbers(scores: Sequence[float | None], decimals: int) -> list[str]:
    return [number(score, decimals) for score in scores]

"""Two results side by side, for the terminal."""

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from suanli.language import Language, say
from suanli.report.moves import moves_table
from suanli.report.stamp import stamped
from suanli.report.words import listed, number, rank_change, signed
from suanli.result import Comparison, Result

_MOVERS = 8


def compared(
    found: Comparison, before: Result, after: Result, language: Language
) -> RenderableType:
    """Return a comparison: what to bear in mind, agreement of ranks, movers, and why they moved."""
    parts: list[RenderableType] = [
        Styled(
            say(
                "report",
                "compare-title",
                language,
                before=_label(before, found.period_before, language),
                after=_label(after, found.period_after, language),
            ),
            style="bold",
        )
    ]
    parts.extend(Styled(f"• {note.said(language)}", style="yellow") for note in found.notes)
    parts.extend(Styled(line) for line in _sentences(found, after, language))
    movers = found.movers(_MOVERS)
    if movers.is_empty():
        parts.append(Styled(say("report", "compare-same", language)))
    else:
        parts.append(_movers(movers.to_dicts(), after, language))
        moves = moves_table(
            found.decomposition, movers["region_code"].to_list(), after, language
        )
        if moves is not None:
            parts.append(moves)
    simulated = before if before.about.simulated else after
    return stamped(simulated, language, Group(*parts))


def compared_json(found: Comparison) -> dict[str, Any]:
    """Return a comparison for programs."""
    return {
        "framework_before": found.framework_before.id,
        "framework_after": found.framework_after.id,
        "same_family": found.same_family,
        "period_before": found.period_before,
        "period_after": found.period_after,
        "notes": [{"zh": note.zh, "en": note.en} for note in found.notes],
        "spearman": None if found.spearman != found.spearman else found.spearman,
        "kendall": None if found.kendall != found.kendall else found.kendall,
        "top": found.top,
        "top_overlap": found.top_overlap,
        "entered": list(found.entered),
        "left": list(found.left),
        "only_before": list(found.only_before),
        "only_after": list(found.only_after),
        **{
            table: getattr(found, table).to_dicts()
            for table in ("regions", "weights", "data", "cells", "decomposition")
        },
    }


def _label(result: Result, period: str, language: Language) -> str:
    return f"{result.about.title.said(language)} {period} [{result.framework.id}]"


def _sentences(found: Comparison, after: Result, language: Language) -> list[str]:
    def sentence(key: str, **details: object) -> str:
        return say("report", f"compare-{key}", language, **details)

    short = {region.zh: region.short if language == "zh" else region.en for region in after.regions}

    def names(full: tuple[str, ...]) -> str:
        return listed(tuple(short.get(name, name) for name in full), language)

    lines = [
        sentence(
            "agreement",
            spearman=number(found.spearman, 3),
            kendall=number(found.kendall, 3),
            top=found.top,
            overlap=found.top_overlap,
        )
    ]
    if found.entered:
        lines.append(sentence("entered", top=found.top, names=names(found.entered)))
    if found.left:
        lines.append(sentence("left", top=found.top, names=names(found.left)))
    if found.only_before:
        lines.append(sentence("only-before", names=names(found.only_before)))
    if found.only_after:
        lines.append(sentence("only-after", names=names(found.only_after)))
    counted = {
        name: int(found.data[name].sum())
        for name in ("cells", "changed", "appeared", "disappeared")
    }
    lines.append(sentence("data", **counted))
    reweighted = found.weights["global_change"].fill_null(1.0).abs() > 0
    if reweighted.any():
        lines.append(sentence("weights", count=int(reweighted.sum())))
    return lines


def _movers(rows: list[dict[str, Any]], after: Result, language: Language) -> Table:
    table = Table(
        title=say("report", "compare-movers", language),
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    table.add_column(say("labels", "region", language))
    for key in ("compare-before", "compare-after"):
        table.add_column(say("report", key, language), justify="right")
    table.add_column("")
    table.add_column(say("report", "moved-change", language), justify="right")
    names = {region.code: region for region in after.regions}
    for row in rows:
        region = names[row["region_code"]]
        table.add_row(
            region.short if language == "zh" else region.en,
            number(row["rank_before"], 0),
            number(row["rank_after"], 0),
            rank_change(row["rank_change"], language, first=False),
            signed(row["score_change"], after.framework.decimals),
        )
    return table

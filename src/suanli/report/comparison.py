"""Two results side by side, for the terminal."""

from typing import Any

from rich.console import RenderableType

from suanli.language import Language, say
from suanli.report.difference import difference_json, rule_changes
from suanli.report.method_words import method_name
from suanli.report.moves import moves_table
from suanli.report.prose import Prose
from suanli.report.stamp import stamped
from suanli.report.tables import plain_table, titled
from suanli.report.words import number, rank_change, region_name, region_names, signed
from suanli.result import Comparison, Result

_MOVERS = 8


def compared(
    found: Comparison, before: Result, after: Result, language: Language
) -> RenderableType:
    """Return a comparison: what to bear in mind, agreement of ranks, movers, and why they moved."""
    parts: list[RenderableType] = [
        _side("before", before, found.period_before, language),
        _side("after", after, found.period_after, language),
    ]
    parts.extend(Prose(f"• {note.said(language)}", hang=2, style="yellow") for note in found.notes)
    if found.framework_difference.rules:
        parts.append(Prose(say("report", "diff-rules", language)))
        parts.extend(rule_changes(found.framework_difference.rules, language))
    parts.extend(Prose(line) for line in _sentences(found, before, after, language))
    movers = found.movers(_MOVERS)
    if movers.is_empty():
        parts.append(Prose(say("report", "compare-same", language)))
    else:
        parts.append(_movers(movers.to_dicts(), found, after, language))
        moves = moves_table(found.decomposition, movers["region_code"].to_list(), after, language)
        if moves is not None:
            parts.append(moves)
    simulated = before.about.simulated or after.about.simulated
    return stamped(titled(say("report", "compare-title", language), *parts), simulated=simulated)


def compared_json(found: Comparison, before: Result, after: Result) -> dict[str, Any]:
    """Return a comparison for programs."""
    return {
        "framework_before": found.framework_before.id,
        "framework_after": found.framework_after.id,
        "simulated": before.about.simulated or after.about.simulated,
        "same_family": found.same_family,
        "period_before": found.period_before,
        "period_after": found.period_after,
        "framework": difference_json(found.framework_difference),
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
            for table in (
                *("regions", "weights", "data", "cells"),
                *("measures", "region_pairs", "decomposition"),
            )
        },
    }


def _side(side: str, result: Result, period: str, language: Language) -> Prose:
    """Return what one side is: title, framework, period, how it was normalised."""
    rule = result.framework.normalisation
    words = say(
        *("report", f"compare-side-{side}", language),
        title=result.about.title.said(language),
        framework=result.framework.id,
        period=period,
        goalposts=method_name("goalposts", rule.goalposts, language),
    )
    return Prose(words, hang=2)


def _sentences(found: Comparison, before: Result, after: Result, language: Language) -> list[str]:
    def sentence(key: str, **details: object) -> str:
        return say("report", f"compare-{key}", language, **details)

    lines = [
        sentence(
            "agreement",
            spearman=number(found.spearman, 4),
            kendall=number(found.kendall, 4),
            top=found.top,
            overlap=found.top_overlap,
        )
    ]
    named = {
        "entered": (found.entered, after),
        "left": (found.left, after),
        "only-before": (found.only_before, before),
        "only-after": (found.only_after, after),
    }
    lines += [
        sentence(key, top=found.top, names=region_names(result, names, language))
        for key, (names, result) in named.items()
        if names
    ]
    counted = {
        name: int(found.data[name].sum())
        for name in ("cells", "changed", "appeared", "disappeared")
    }
    if counted["cells"]:
        differs = counted["changed"] + counted["appeared"] + counted["disappeared"]
        lines.append(sentence("data" if differs else "data-same", **counted))
    behind = {"measures": found.measures.height, "pairs": found.region_pairs.height}
    if any(behind.values()):
        lines.append(sentence("behind", **behind))
    reweighted = found.weights["global_change"].fill_null(1.0).abs() > 0
    if reweighted.any():
        lines.append(sentence("weights", count=int(reweighted.sum())))
    return lines


def _movers(
    rows: list[dict[str, Any]], found: Comparison, after: Result, language: Language
) -> RenderableType:
    scored = ["change"] if found.same_family else []
    table = plain_table(
        (say("report", f"compare-{key}", language), "left" if key == "region" else "right")
        for key in ("region", "before", "after", "moved", *scored)
    )
    names = {region.code: region for region in after.regions}
    for row in rows:
        change = [signed(row["score_change"], after.framework.decimals)] if scored else []
        table.add_row(
            region_name(names[row["region_code"]], language),
            number(row["rank_before"], 0),
            number(row["rank_after"], 0),
            rank_change(row["rank_change"], language, first=False),
            *change,
        )
    return titled(say("report", "compare-movers", language), table)

"""Indicator values and what those from records rest on, for the terminal and for programs."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import polars as pl
from rich.console import Group, RenderableType

from suanli.framework import Indicator, units
from suanli.language import Language, say, share_text
from suanli.report.prose import Prose
from suanli.report.stamp import stamped
from suanli.report.tables import plain_table, titled
from suanli.report.words import amount, figure, listed, origin, region_name
from suanli.result import IndicatorValues

_OVERVIEW = ("indicator", "regions", "overall", "coverage", "origins")
_MEASURES = ("used", "eligible", "weight_share", "median", "p95")


def indicators_shown(found: IndicatorValues, language: Language, *, period: str) -> RenderableType:
    """Return every indicator: its formula, regions with a value, all regions together, coverage and fallbacks."""
    table = plain_table(
        (say("tracing", f"indicators-{name}", language), "right" if name == "regions" else "left")
        for name in _OVERVIEW
    )
    overall = _overall(found, period)
    for indicator in found.framework.indicators():
        own = found.indicators.filter(indicator=indicator.code, period=period)
        row = overall.get(indicator.code)
        known = own["value"].count()
        table.add_row(
            _name(found, indicator, row, language),
            f"{known}/{own.height}",
            _together(row, indicator, language),
            _covered(row, language),
            Prose(_origins(own, language)),
        )
    title = say("tracing", "indicators-title", language, period=period)
    note = Prose(say("tracing", "indicators-note", language), style="dim")
    below = [note] if overall else []
    return stamped(titled(title, table, *below), simulated=found.simulated)


def indicator_shown(
    found: IndicatorValues, language: Language, *, indicator: Indicator, period: str
) -> RenderableType:
    """Return every region's value of an indicator, with what it rests on."""
    rows = region_rows(found, indicator=indicator.code, period=period)
    unit = units.label(indicator.unit, language)
    name = indicator.name.said(language)
    title = say("tracing", "region-title", language, name=name, unit=unit, period=period)
    formula = found.formulas.get(indicator.code)
    computed = any(row["eligible"] is not None for row in rows)
    columns = ("value", "items", "share", "level", "median", "p95") if computed else ("value",)
    table = plain_table(
        [
            (say("labels", "region", language), "left"),
            *(
                (say("tracing", f"region-{key}", language), "left" if key == "level" else "right")
                for key in columns
            ),
            (say("report", "origin", language), "left"),
        ]
    )
    names = {region.code: region_name(region, language) for region in found.regions}
    for row in rows:
        cells = _cells(found, row, language)
        shown = [cells[key] for key in columns]
        table.add_row(names[row["region_code"]], *shown, origin(row["origin"], language))
    lines = [Prose(_formula(formula.said(language), language), hang=2)] if formula else []
    if not computed:
        lines.append(Prose(say("tracing", "region-none", language), style="dim"))
    return stamped(titled(title, *lines, table), simulated=found.simulated)


def indicators_json(found: IndicatorValues, *, period: str) -> dict[str, Any]:
    """Return every indicator's figures of a period for programs."""
    overall = _overall(found, period)
    return {
        "framework": found.framework.id,
        "simulated": found.simulated,
        "period": period,
        "indicators": [
            _overview(found, indicator, overall.get(indicator.code), period)
            for indicator in found.framework.indicators()
        ],
    }


def indicator_json(found: IndicatorValues, *, indicator: Indicator, period: str) -> dict[str, Any]:
    """Return every region's value of an indicator for programs."""
    return {
        "framework": found.framework.id,
        "simulated": found.simulated,
        "indicator": indicator.code,
        "unit": indicator.unit,
        "period": period,
        "regions": region_rows(found, indicator=indicator.code, period=period),
    }


def region_rows(found: IndicatorValues, *, indicator: str, period: str) -> list[dict[str, Any]]:
    """Return a row for each region: its value, origin and source, and of a value from records its measures.

    A given value rests on no records, whatever these would give: it has no measures.
    """
    values = found.indicators.filter(indicator=indicator, period=period)
    measures = found.measures.filter(indicator=indicator, period=period)
    measures = measures.join(found.given, on=["region_code", "period", "indicator"], how="anti")
    rows = values.select("region_code", "region", "value", "origin", "source").to_dicts()
    own: dict[str, dict[str, Any]] = {}
    for region, measure, part, value in measures.select(
        "region_code", "measure", "part", "value"
    ).iter_rows():
        kept = own.setdefault(region, {})
        if measure in _MEASURES:
            kept[measure] = value
        elif measure == "level":
            kept["level"] = part if value else None
    blank = dict.fromkeys((*_MEASURES, "level"))
    return [row | blank | own.get(row["region_code"], {}) for row in rows]


def _overall(found: IndicatorValues, period: str) -> Mapping[str, dict[str, Any]]:
    if found.overall.is_empty():
        return {}
    rows = found.overall.filter(pl.col("period") == period).to_dicts()
    return {row["indicator"]: row for row in rows}


def _overview(
    found: IndicatorValues, indicator: Indicator, row: Mapping[str, Any] | None, period: str
) -> dict[str, Any]:
    own = found.indicators.filter(indicator=indicator.code, period=period)
    formula = found.formulas.get(indicator.code)
    keys = ("value", "used", "eligible", "weight_share", "fallback_regions", "level")
    return {
        "indicator": indicator.code,
        "name_zh": indicator.name.zh,
        "name_en": indicator.name.en,
        "unit": indicator.unit,
        "rule": indicator.rule,
        "formula_zh": formula.zh if formula else None,
        "formula_en": formula.en if formula else None,
        "regions": own["value"].count(),
        "origins": dict(sorted(Counter(own["origin"].to_list()).items())),
        "records": {key: row[key] for key in keys} if row else None,
    }


def _name(
    found: IndicatorValues,
    indicator: Indicator,
    row: Mapping[str, Any] | None,
    language: Language,
) -> RenderableType:
    """Return an indicator's name, with its formula and its fallbacks below."""
    lines = [Prose(f"{indicator.code} {indicator.name.said(language)}", hang=2)]
    formula = found.formulas.get(indicator.code)
    if formula is not None:
        lines.append(Prose(_formula(formula.said(language), language), indent=2, style="dim"))
    if row and row["fallback_regions"]:
        level = found.levels.get(row["level"])
        words = say(
            *("tracing", "indicators-fallback", language),
            count=row["fallback_regions"],
            level=level.said(language) if level else row["level"],
        )
        lines.append(Prose(words, indent=2, style="yellow"))
    return Group(*lines)


def _together(
    row: Mapping[str, Any] | None, indicator: Indicator, language: Language
) -> RenderableType:
    if not row or row["value"] is None:
        return figure(None)
    return Prose(amount(row["value"], indicator.unit, language))


def _covered(row: Mapping[str, Any] | None, language: Language) -> RenderableType:
    if not row or not row["eligible"]:
        return figure(None)
    counts = {name: f"{row[name]:,}" for name in ("used", "eligible")}
    if row["weight_share"] is None:
        return Prose(say("tracing", "indicators-items-counted", language, **counts))
    share = share_text(row["weight_share"])
    return Prose(say("tracing", "indicators-items", language, share=share, **counts))


def _origins(values: pl.DataFrame, language: Language) -> str:
    counted = Counter(values.filter(pl.col("value").is_not_null())["origin"].to_list())
    words = [
        say("tracing", "indicators-origin", language, name=origin(name, language), count=count)
        for name, count in sorted(counted.items())
    ]
    return listed(words, language)


def _cells(
    found: IndicatorValues, row: Mapping[str, Any], language: Language
) -> dict[str, RenderableType]:
    items = figure(None)
    if row["eligible"] is not None:
        items = f"{row['used']:,.0f}/{row['eligible']:,.0f}"
    level = found.levels.get(row["level"] or "")
    return {
        "value": figure(row["value"]),
        "items": items,
        "share": share_text(row["weight_share"]),
        "level": Prose(level.said(language) if level else row["level"] or ""),
        "median": figure(row["median"]),
        "p95": figure(row["p95"]),
    }


def _formula(formula: str, language: Language) -> str:
    return say("tracing", "indicators-formula", language, formula=formula)

"""What values rest on, as a long table: sums, coverage, level, spread, parts and figures beside."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

import polars as pl

from suanli.framework.units import converted
from suanli.indicators.kept_items import RULE
from suanli.indicators.native_units import native_units
from suanli.indicators.planned import Planned
from suanli.intake.records.options import CaliberOptions

SCHEMA = MappingProxyType(
    {
        "region_code": pl.String,
        "period": pl.String,
        "indicator": pl.String,
        "measure": pl.String,
        "part": pl.String,
        "value": pl.Float64,
        "unit": pl.String,
    }
)
"""Columns of the measures; `part` is empty but for parts, and for the level, where it is the level's name."""

MEASURES = (
    *("numerator", "denominator", "used", "eligible", "weight_share"),
    *("level", "median", "p95", "part"),
)
"""Measures that every rule may have; others are the names of figures beside the value."""

_COUNT = pl.lit("1")


def measure_table(
    planned: Sequence[Planned],
    values: pl.DataFrame,
    parts: pl.DataFrame,
    options: CaliberOptions,
) -> pl.DataFrame:
    """Return the measures of every indicator, region and period, unordered.

    `values` and `parts` are those of the kept items, by the rule's key.
    """
    frames = [pl.DataFrame(schema=dict(SCHEMA))]
    if planned:
        about = _about(planned, options)
        leveled = values.with_columns(pl.col("level").fill_null(0))
        frames += _own(leveled.join(about, on=[RULE, "level"]), planned)
        # Σ numerator of each part that is named
        known = parts.filter(pl.col("used") > 0).join(about.filter(level=0), on=RULE)
        frames.append(_column(known, "numerator", "part", pl.col("above")))
        beside = values.join(_about_beside(planned), on=RULE)
        frames.append(_column(beside, "value", pl.col("name"), pl.col("unit")))
    return pl.concat(frames)


def in_order(
    measures: pl.DataFrame, periods: Sequence[str], regions: Sequence[str], codes: Sequence[str]
) -> pl.DataFrame:
    """Return measures in the order of the study's periods, then its regions, then the framework's indicators."""
    others = sorted(set(measures["measure"].unique()) - set(MEASURES))
    axes = {
        "period": list(periods),
        "region_code": list(regions),
        "indicator": list(codes),
        "measure": [*MEASURES, *others],
    }
    order = [pl.col(column).cast(pl.Enum(axis)) for column, axis in axes.items()]
    return measures.sort([*order, pl.col("part")], maintain_order=True)


def _about(planned: Sequence[Planned], options: CaliberOptions) -> pl.DataFrame:
    """Return what the measures of an indicator's own rule are named and measured by, at each of its levels."""
    rows = [
        (
            *(one.rule.name, level, one.indicator.code, one.indicator.unit),
            *native_units(one.rule, options, level),
            *(one.rule.reduction == "ratio", name if len(one.rule.levels) > 1 else None),
        )
        for one in planned
        for level, name in enumerate(one.rule.levels)
    ]
    texts = dict.fromkeys(("indicator", "unit", "above", "below"), pl.String)
    schema = {RULE: pl.String, "level": pl.Int64, **texts, "ratio": pl.Boolean, "named": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _about_beside(planned: Sequence[Planned]) -> pl.DataFrame:
    """Return the names and units of the figures beside the values."""
    rows = [
        (key, one.indicator.code, key.partition("/")[2], rule.unit)
        for one in planned
        for key, rule in one.rules.items()
        if key != one.rule.name
    ]
    schema = dict.fromkeys((RULE, "indicator", "name", "unit"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _own(values: pl.DataFrame, planned: Sequence[Planned]) -> Iterator[pl.DataFrame]:
    known = values.filter(pl.col("used") > 0)
    yield _column(known, "numerator", "numerator", pl.col("above"))
    yield _column(known.filter(pl.col("ratio")), "denominator", "denominator", pl.col("below"))
    yield _column(values, "used", "used", _COUNT)
    yield _column(values, "eligible", "eligible", _COUNT)
    share = pl.col("weight_used") / pl.col("weight")
    shares = values.filter(pl.col("weight") > 0).with_columns(share=share)
    yield _column(shares, "share", "weight_share", _COUNT)
    leveled = known.filter(pl.col("named").is_not_null()).with_columns(part=pl.col("named"))
    yield _column(leveled, "level", "level", _COUNT)
    for name in ("median", "p95"):
        spread = known.filter(pl.col("ratio"), pl.col(name).is_not_null())
        yield _column(_in_units(spread, name, planned), name, name, pl.col("unit"))


def _in_units(values: pl.DataFrame, column: str, planned: Sequence[Planned]) -> pl.DataFrame:
    """Return the rows with a column's amounts in the indicators' units instead of the rules'."""
    amounts = values[column].to_numpy().copy()
    codes = values["indicator"].to_numpy()
    for one in planned:
        if one.rule.unit != one.indicator.unit:
            own = codes == one.indicator.code
            amounts[own] = converted(amounts[own], one.rule.unit, one.indicator.unit)
    return values.with_columns(pl.Series(column, amounts, dtype=pl.Float64))


def _column(
    values: pl.DataFrame, column: str, measure: str | pl.Expr, unit: pl.Expr
) -> pl.DataFrame:
    return values.select(
        pl.col("region").alias("region_code"),
        "period",
        "indicator",
        (pl.lit(measure) if isinstance(measure, str) else measure).alias("measure"),
        (pl.col("part") if "part" in values.columns else pl.lit("")).alias("part"),
        pl.col(column).cast(pl.Float64).alias("value"),
        unit.alias("unit"),
    )

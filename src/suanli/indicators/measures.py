"""What values rest on, as a long table: sums, coverage, level, spread, parts and figures beside."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

import polars as pl

from suanli.framework.units import converted
from suanli.indicators.kept_items import RULE
from suanli.indicators.native_units import native_units
from suanli.indicators.planned import Planned
from suanli.indicators.rule import Rule

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

_COUNT = "1"


def measure_table(
    planned: Sequence[Planned], values: pl.DataFrame, parts: pl.DataFrame
) -> pl.DataFrame:
    """Return the measures of every indicator, region and period, unordered.

    `values` and `parts` are those of the kept items, by the rule's key.
    """
    frames = [pl.DataFrame(schema=dict(SCHEMA))]
    for one in planned:
        own = values.filter(pl.col(RULE) == one.rule.name)
        frames += [_rows(frame, one) for frame in _own(one, own)]
        frames.append(_rows(_parts(one, parts.filter(pl.col(RULE) == one.rule.name)), one))
        for key, rule in one.rules.items():
            if key != one.rule.name:
                name = key.partition("/")[2]
                beside = values.filter(pl.col(RULE) == key)
                frames.append(_rows(_column(beside, "value", name, rule.unit), one))
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


def _own(one: Planned, values: pl.DataFrame) -> Iterator[pl.DataFrame]:
    above, below = native_units(one.rule)
    known = values.filter(pl.col("used") > 0)
    yield _column(known, "numerator", "numerator", above)
    if one.rule.reduction == "ratio":
        yield _column(known, "denominator", "denominator", below)
    yield _column(values, "used", "used", _COUNT)
    yield _column(values, "eligible", "eligible", _COUNT)
    share = pl.col("weight_used") / pl.col("weight")
    shares = values.filter(pl.col("weight") > 0).with_columns(share=share)
    yield _column(shares, "share", "weight_share", _COUNT)
    if len(one.rule.levels) > 1:
        yield _levels(known, one.rule)
    for name in ("median", "p95"):
        spread = known.filter(pl.col(name).is_not_null())
        amounts = converted(spread[name].to_numpy(), one.rule.unit, one.indicator.unit)
        inside = spread.with_columns(pl.Series(name, amounts, dtype=pl.Float64))
        yield _column(inside, name, name, one.indicator.unit)


def _levels(values: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    named = values.filter(pl.col("level").is_not_null())
    names = dict(enumerate(rule.levels))
    parts = named["level"].replace_strict(names, default="", return_dtype=pl.String)
    return _column(named.with_columns(parts.alias("part")), "level", "level", _COUNT)


def _parts(one: Planned, parts: pl.DataFrame) -> pl.DataFrame:
    """Return Σ numerator of each part: they add up to the numerator."""
    return _column(parts.filter(pl.col("used") > 0), "numerator", "part", native_units(one.rule)[0])


def _column(values: pl.DataFrame, column: str, measure: str, unit: str) -> pl.DataFrame:
    part = pl.col("part") if "part" in values.columns else pl.lit("")
    return values.select(
        pl.col("region").alias("region_code"),
        "period",
        pl.lit(measure).alias("measure"),
        part.alias("part"),
        pl.col(column).cast(pl.Float64).alias("value"),
        pl.lit(unit).alias("unit"),
    )


def _rows(frame: pl.DataFrame, one: Planned) -> pl.DataFrame:
    return frame.with_columns(pl.lit(one.indicator.code).alias("indicator")).select(*SCHEMA)

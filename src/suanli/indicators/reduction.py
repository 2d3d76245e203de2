"""Items to a region's value: sums and ratios of sums, with what they rest on."""

from collections.abc import Sequence

import narwhals as nw

from suanli.indicators.exact_sums import exact_sums
from suanli.indicators.rule import Reduction
from suanli.intake.records.engine import Frame

VALUE_COLUMNS = (
    *("region", "period", "value", "numerator", "denominator"),
    *("used", "eligible", "weight_used", "weight", "level", "median", "p95"),
)
"""Columns of what a reduction returns, in order.

`value` is null where no item is complete or the denominator is zero. `used` of `eligible` items are complete, and hold
`weight_used` of `weight`. `level` is the furthest fallback among those used. `median` and `p95` are of the items' own
ratios, null for a sum.
"""

_SUMS = {"n": "numerator", "d": "denominator", "w": "weight_used", "weight": "weight"}


def reduced(items: Frame, reduction: Reduction, *, by: Sequence[str] = ()) -> Frame:
    """Return a row for each region and period that has items, with the columns `VALUE_COLUMNS`.

    An item counts if both its numerator and its denominator are known: a region's ratio is one of sums over the same
    items. Items of several rules, told apart by further columns `by`, are reduced at once; those columns come first.
    """
    complete = ~(nw.col("numerator").is_null() | nw.col("denominator").is_null())
    counted = items.with_columns(complete.alias("complete")).with_columns(
        _where("numerator").alias("n"),
        _where("denominator").alias("d"),
        _where("weight").alias("w"),
        _where("level").alias("l"),
        nw.when(nw.col("complete") & (nw.col("denominator") != 0))
        .then(nw.col("numerator") / nw.col("denominator"))
        .otherwise(None)
        .alias("own"),
    )
    keys = (*by, "region", "period")
    totals = exact_sums(counted, keys, *_SUMS).rename(_SUMS)
    counts = counted.group_by(*keys).agg(
        nw.col("n").count().cast(nw.Int64).alias("used"),
        nw.len().cast(nw.Int64).alias("eligible"),
        nw.col("l").max().cast(nw.Int64).alias("level"),
        nw.col("own").median().alias("median"),
        nw.col("own").quantile(0.95, interpolation="linear").alias("p95"),
    )
    sums = counts.join(totals, on=list(keys), how="inner")
    value = {
        "sum": nw.col("numerator"),
        "ratio": nw.col("numerator") / nw.col("denominator"),
    }[reduction]
    known = nw.col("used") > 0
    if reduction == "ratio":
        known &= nw.col("denominator") != 0
    spread = reduction != "sum"
    return sums.with_columns(
        nw.when(known).then(value).otherwise(None).alias("value"),
        *(
            (nw.col(name) if spread else nw.lit(None, dtype=nw.Float64)).alias(name)
            for name in ("median", "p95")
        ),
    ).select(*by, *VALUE_COLUMNS)


def parts_of(items: Frame, *, by: Sequence[str] = ()) -> Frame:
    """Return Σ numerator and Σ denominator by region, period and part, for parts that are named; `by` as for values."""
    keys = (*by, "region", "period", "part")
    named = items.filter(nw.col("part") != "")
    used = named.group_by(*keys).agg(nw.col("numerator").count().cast(nw.Int64).alias("used"))
    sums = exact_sums(named, keys, "numerator", "denominator")
    return sums.join(used, on=list(keys), how="inner")


def _where(column: str) -> nw.Expr:
    return nw.when(nw.col("complete")).then(nw.col(column)).otherwise(None)

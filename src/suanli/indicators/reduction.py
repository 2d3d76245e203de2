"""Items to a region's value: sums and ratios of sums, with what they rest on."""

from collections.abc import Sequence

import narwhals as nw

from suanli.indicators.exact_sums import exact_sums
from suanli.intake.records.engine import Frame

VALUE_COLUMNS = (
    *("region", "period", "value", "numerator", "denominator"),
    *("used", "eligible", "weight_used", "weight", "level", "median", "p95"),
)
"""Columns of what a reduction returns, in order.

`value` is null where no item is complete or the denominator is zero. `used` of `eligible` items are complete, and hold
`weight_used` of `weight`, both null where any item has no weight. `level` is the furthest fallback among those used.
`median` and `p95` are of the items' own ratios, null for a sum.
"""

_SUMS = {"n": "numerator", "d": "denominator", "w": "weight_used", "weight": "weight"}
_COUNTED = (
    *(("n", nw.col("numerator")), ("d", nw.col("denominator"))),
    *(("w", nw.col("weight")), ("l", nw.col("level"))),
)
_WEIGHTS = ("weight_used", "weight")


def sums_of(items: Frame, *, by: Sequence[str] = ()) -> Frame:
    """Return what a value follows from: `VALUE_COLUMNS` without the value, with median and p95 for sums too.

    `weighed` is how many items have a weight.

    Items of several rules, told apart by further columns `by`, are added up in one pass; those columns come first.
    """
    complete = ~(nw.col("numerator").is_null() | nw.col("denominator").is_null())
    divides = complete & (nw.col("denominator") != 0)
    own = nw.col("numerator") / nw.col("denominator")
    counted = items.with_columns(
        *(nw.when(complete).then(known).otherwise(None).alias(name) for name, known in _COUNTED),
        nw.when(divides).then(own).otherwise(None).alias("own"),
    )
    beside = {
        "weighed": nw.col("weight").count().cast(nw.Int64),
        "used": nw.col("n").count().cast(nw.Int64),
        "eligible": nw.len().cast(nw.Int64),
        "level": nw.col("l").max().cast(nw.Int64),
        "median": nw.col("own").median(),
        "p95": nw.col("own").quantile(0.95, interpolation="linear"),
    }
    return exact_sums(counted, (*by, "region", "period"), *_SUMS, beside=beside).rename(_SUMS)


def valued(is_ratio: nw.Expr) -> list[nw.Expr]:
    """Return the columns that turn the rows of `sums_of` into values, of ratios or of sums."""
    known = (nw.col("used") > 0) & (~is_ratio | (nw.col("denominator") != 0))
    value = (
        nw.when(is_ratio)
        .then(nw.col("numerator") / nw.col("denominator"))
        .otherwise(nw.col("numerator"))
    )
    weighed = nw.col("weighed") == nw.col("eligible")
    return [
        *(nw.when(weighed).then(nw.col(name)).otherwise(None).alias(name) for name in _WEIGHTS),
        nw.when(known).then(value).otherwise(None).alias("value"),
        *(
            nw.when(is_ratio).then(nw.col(name)).otherwise(None).alias(name)
            for name in ("median", "p95")
        ),
    ]


def parts_of(items: Frame, *, by: Sequence[str] = ()) -> Frame:
    """Return Σ numerator and Σ denominator by region, period and part, for parts that are named; `by` as for values."""
    keys = (*by, "region", "period", "part")
    named = items.filter(nw.col("part") != "")
    used = {"used": nw.col("numerator").count().cast(nw.Int64)}
    return exact_sums(named, keys, "numerator", "denominator", beside=used)

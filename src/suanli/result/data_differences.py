"""Cell by cell: how the indicator values of two results differ."""

from collections.abc import Mapping

import polars as pl

from suanli.framework import FrameworkDifference
from suanli.result.contents import Contents

_KEY = ["region_code", "period", "indicator"]
_SAME_UNIT = pl.col("unit_before") == pl.col("unit_after")
_DIFFERENT = ~pl.col("value_before").eq_missing(pl.col("value_after"))


def shared_indicators(difference: FrameworkDifference) -> Mapping[str, str]:
    """Return the indicators that measure the same in both frameworks: the later code by the earlier one."""
    return {
        one.before: one.after
        for one in difference.indicators
        if one.before and one.after and one.relation in ("same", "moved")
    }


def value_pairs(before: Contents, after: Contents, shared: Mapping[str, str]) -> pl.DataFrame:
    """Return the cells that both results have: region_code, region, period, indicator, values and units of both.

    `shared` gives the later code of an indicator by its earlier one; `indicator` is the later code.
    """
    earlier = before.indicators.filter(pl.col("indicator").is_in(list(shared))).select(
        pl.col("indicator").replace(shared),
        *("region_code", "period"),
        value_before="value",
        unit_before="unit",
    )
    later = after.indicators.select(*_KEY, "region", value_after="value", unit_after="unit")
    return later.join(earlier, on=_KEY, how="inner", maintain_order="left")


def changed_cells(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return every value that differs: region_code, region, period, indicator, value_before, value_after.

    Values in different units are not compared. A value that one result lacks is null there.
    """
    return pairs.filter(_SAME_UNIT & _DIFFERENT).select(
        "region_code", "region", "period", "indicator", "value_before", "value_after"
    )


def changed_counts(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return, for each indicator, how many cells differ.

    Columns: indicator, unit_before, unit_after, cells (compared), changed (all that differ), appeared (missing
    before), disappeared (missing after). Where the unit changed nothing can be compared and the counts are null.
    """
    appeared = pl.col("value_before").is_null() & pl.col("value_after").is_not_null()
    disappeared = pl.col("value_before").is_not_null() & pl.col("value_after").is_null()
    counted = pairs.group_by("indicator", maintain_order=True).agg(
        pl.col("unit_before").first(),
        pl.col("unit_after").first(),
        cells=pl.len(),
        changed=_DIFFERENT.sum(),
        appeared=appeared.sum(),
        disappeared=disappeared.sum(),
    )
    counts = ("cells", "changed", "appeared", "disappeared")
    return counted.with_columns(
        pl.when(_SAME_UNIT).then(pl.col(name).cast(pl.Int64)).alias(name) for name in counts
    )

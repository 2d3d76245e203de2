"""Cell by cell: how the indicator values of two results differ."""

from collections.abc import Mapping, Sequence

import polars as pl

from suanli.framework import FrameworkDifference
from suanli.result.contents import Contents

_NOISE = 1e-12
"""Relative difference of sums that another order of adding up makes."""
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


def changed_measures(before: Contents, after: Contents, shared: Mapping[str, str]) -> pl.DataFrame:
    """Return every measure behind a value that differs.

    Columns: region_code, period, indicator, measure, part, value_before, value_after, unit. Regions and periods are
    those of both results. A measure that one result lacks is null there; those in different units are not compared.
    """
    key = [*_KEY, "measure", "part"]
    earlier = before.measures.filter(pl.col("indicator").is_in(list(shared)))
    earlier = earlier.with_columns(pl.col("indicator").replace(shared))
    later = after.measures.filter(pl.col("indicator").is_in(list(shared.values())))
    both = _side_by_side(earlier, later, key, ("value", "unit"), (before, after))
    known = pl.col("unit_before").is_null() | pl.col("unit_after").is_null() | _SAME_UNIT
    return both.filter(known & _beyond_noise()).select(
        *key, "value_before", "value_after", pl.coalesce("unit_after", "unit_before").alias("unit")
    )


def changed_pairs(before: Contents, after: Contents) -> pl.DataFrame:
    """Return every figure of a pair of regions that differs: period, region_code, other_code, measure, both values."""
    key = ["period", "region_code", "other_code", "measure"]
    earlier, later = (
        result.region_pairs.unpivot(index=key[:3], variable_name="measure", value_name="value")
        for result in (before, after)
    )
    both = _side_by_side(earlier, later, key, ("value",), (before, after))
    return both.filter(_beyond_noise()).select(*key, "value_before", "value_after")


def _side_by_side(
    earlier: pl.DataFrame,
    later: pl.DataFrame,
    key: Sequence[str],
    columns: Sequence[str],
    results: tuple[Contents, Contents],
) -> pl.DataFrame:
    """Return the rows of either frame in the regions and periods of both results, the later frame's order first."""
    suffixed = [
        frame.select(*key, *(pl.col(name).alias(f"{name}_{side}") for name in columns))
        for frame, side in ((later, "after"), (earlier, "before"))
    ]
    both = suffixed[0].join(
        suffixed[1], on=list(key), how="full", coalesce=True, maintain_order="left_right"
    )
    regions, periods = (
        set.intersection(*map(set, axes))
        for axes in (
            [[region.code for region in each.regions] for each in results],
            [each.about.periods for each in results],
        )
    )
    places = [name for name in ("region_code", "other_code") if name in key]
    inside = [pl.col(name).is_in(list(regions)) for name in places]
    return both.filter(pl.col("period").is_in(list(periods)), *inside)


def _beyond_noise() -> pl.Expr:
    """Return whether two values differ by more than the order in which an engine adds up."""
    before, after = pl.col("value_before"), pl.col("value_after")
    apart = (before - after).abs() > _NOISE * pl.max_horizontal(before.abs(), after.abs())
    return apart.fill_null(before.is_null() != after.is_null())

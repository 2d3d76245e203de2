"""What the operators' statistics have in common: sums over operators, and sums over a region's area."""

import narwhals as nw

from suanli.indicators.exact_sums import whole_sums
from suanli.indicators.items import items
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records


def of_operators(records: Records, column: str) -> Frame:
    """Return an item for each row of the operators' statistics, with one of its columns as numerator.

    An operator that does not state the figure stays an item, so that coverage is told.
    """
    return items(
        records.table("operator_networks"),
        record=operator_row(),
        part=nw.col("operator"),
        numerator=nw.col(column),
    )


def per_area(records: Records, column: str) -> Frame:
    """Return an item for each row of the operators' statistics: a length (km) over the region's area (km²).

    The area is the region's, not each operator's: it is shared out equally among the operators that state the length,
    so that the denominators of a region add up to its area once. Without the area of that year there is no value. Where
    a region is stated in parts, lengths and areas must be of the same ones; a check of the records tells if not.
    """
    rows = records.table("operator_networks")
    stating = rows.group_by("region", "period").agg(
        nw.col(column).count().cast(nw.Float64).alias("stating")
    )
    known = rows.join(stating, on=["region", "period"], how="left").join(
        _areas(records), on=["region", "period"], how="left"
    )
    share = nw.when(nw.col("stating") > 0).then(nw.col("area") / nw.col("stating")).otherwise(None)
    return items(
        known,
        record=operator_row(),
        part=nw.col("operator"),
        numerator=nw.col(column),
        denominator=share,
    )


def operator_row() -> nw.Expr:
    """Return the name of an operator's row: where and whose it is."""
    return nw.concat_str(["region_code", "operator"], separator=" ")


def _areas(records: Records) -> Frame:
    """Return the area of each region and year, null where one of its rows does not state it."""
    return whole_sums(records.table("region_statistics"), ("region", "period"), "area")

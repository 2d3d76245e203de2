"""Patents and copyrights over a window of years."""

from collections.abc import Sequence

import narwhals as nw

from suanli.indicators.items import items, over_years
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records


def granted(records: Records, kinds: Sequence[str], only: nw.Expr, part: nw.Expr) -> Frame:
    """Return the items of the kinds asked for, over the last `patent_years` years up to each period.

    `only` says which of them count. A window that reaches back before the first year of those kinds in the table is
    not whole: its items stay, but none is complete, since fewer years would pass for all of them.
    """
    years = records.options.patent_years
    rows = records.table("intellectual_property").filter(nw.col("kind").is_in(list(kinds)))
    first = (
        rows.with_columns(nw.lit(0).alias("all"))
        .group_by("all")
        .agg(nw.col("year").min().alias("first_year"))
    )
    counted = over_years(rows.filter(only), records.periods, years).with_columns(
        nw.lit(0).alias("all")
    )
    begins = nw.col("period").cast(nw.Int64) - (years - 1)
    whole = nw.when(nw.col("first_year") <= begins).then(1.0).otherwise(None)
    return items(
        counted.join(first, on="all", how="inner"),
        record=nw.col("record_id"),
        part=part,
        numerator=nw.col("items"),
        denominator=whole,
    )

"""Patents and copyrights over a window of years."""

from collections.abc import Sequence

import narwhals as nw

from suanli.indicators.items import items, over_years
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records


def granted(records: Records, kinds: Sequence[str], only: nw.Expr, part: nw.Expr) -> Frame:
    """Return the items of the kinds asked for, over the last `patent_years` years up to each period.

    `only` says which of them count. A window is not whole where the table has no row of those kinds, wherever and
    whosever, in one of its years: its items stay, but none is complete, since fewer years would pass for all of them.
    """
    years = records.options.patent_years
    rows = records.table("intellectual_property").filter(nw.col("kind").is_in(list(kinds)))
    windows = over_years(rows.select("year").unique(), records.periods, years)
    present = windows.group_by("period").agg(nw.len().alias("years"))
    counted = over_years(rows.filter(only), records.periods, years)
    whole = nw.when(nw.col("years") == years).then(1.0).otherwise(None)
    return items(
        counted.join(present, on="period", how="left"),
        record=nw.col("record_id"),
        part=part,
        numerator=nw.col("items"),
        denominator=whole,
    )

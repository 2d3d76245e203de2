"""Rows of records to items: the columns that every rule returns, and the joins that most of them share."""

from collections.abc import Sequence

import narwhals as nw

from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records

NUMBER = nw.Float64()
CENTRE_YEAR = ("facility_id", "year")
"""Columns that tell rows of a centre and year."""
_KINDS = {
    "record": nw.String(),
    "part": nw.String(),
    "numerator": NUMBER,
    "denominator": NUMBER,
    "weight": NUMBER,
    "level": nw.Int64(),
}
"""Kinds of the columns of an item after its region and period, in order."""
_UNLESS_GIVEN = {"part": nw.lit(""), "weight": nw.lit(1.0), "level": nw.lit(0)}


def items(
    frame: Frame,
    *,
    record: nw.Expr,
    numerator: nw.Expr,
    denominator: nw.Expr | None = None,
    **further: nw.Expr,
) -> Frame:
    """Return the items of a rule from a frame that has `region` and `period`.

    `further` may give `part`, `weight` and `level`. What is not given is 1 for the denominator and the weight, empty
    for the part and 0 for the level.

    Raises
    ------
    TypeError
        If `further` gives anything else.
    """
    if unknown := set(further) - set(_UNLESS_GIVEN):
        message = f"items have no {', '.join(sorted(unknown))}"
        raise TypeError(message)
    given = {
        "record": record,
        "numerator": numerator,
        "denominator": nw.lit(1.0) if denominator is None else denominator,
        **_UNLESS_GIVEN,
        **further,
    }
    columns = (given[name].cast(kind).alias(name) for name, kind in _KINDS.items())
    return frame.select("region", "period", *columns)


def centres(records: Records, *, status: str = "in_use") -> Frame:
    """Return the register's rows of a status, with `region` and `period`."""
    return records.table("facilities").filter(nw.col("status") == status)


def at_centres(
    records: Records,
    table: str,
    *,
    status: str = "in_use",
    columns: Sequence[str] = (),
) -> Frame:
    """Return a yearly table's rows with `region` of the centre they stand in, and further columns of the register.

    A row counts where the centre stood that year; rows of centres of another status are left out.
    """
    register = centres(records, status=status).select(*CENTRE_YEAR, "region", *columns)
    return records.table(table).join(register, on=list(CENTRE_YEAR), how="inner")


def over_years(frame: Frame, periods: Sequence[str], years: int) -> Frame:
    """Return the rows of the last `years` years up to each period, that period included; `period` is the period.

    `frame` has `year` and no `period` that counts.
    """
    windows = []
    for period in periods:
        year = int(period)
        inside = (nw.col("year") > year - years) & (nw.col("year") <= year)
        windows.append(frame.filter(inside).with_columns(nw.lit(period).alias("period")))
    return nw.concat(windows, how="vertical")


def as_of(frame: Frame, periods: Sequence[str]) -> Frame:
    """Return the rows whose `year` is not after each period: what had begun by its end; `period` is the period."""
    windows = [
        frame.filter(nw.col("year") <= int(period)).with_columns(nw.lit(period).alias("period"))
        for period in periods
    ]
    return nw.concat(windows, how="vertical")

"""The items of one rule reduced on the engine, as those of all rules are together."""

import narwhals as nw

from suanli.indicators.reduction import VALUE_COLUMNS, sums_of, valued
from suanli.indicators.rule import Reduction
from suanli.intake.records.engine import Frame


def reduced(items: Frame, reduction: Reduction) -> Frame:
    """Return a row for each region and period that has items, with the columns `VALUE_COLUMNS`.

    An item counts if both its numerator and its denominator are known: a region's ratio is one of sums over the same
    items.
    """
    return sums_of(items).with_columns(*valued(nw.lit(reduction == "ratio"))).select(*VALUE_COLUMNS)

"""Items of many rules as one table inside the engine, and what becomes of them."""

from collections.abc import Mapping
from functools import partial

import narwhals as nw
import polars as pl

from suanli.indicators.reduction import parts_of, reduced
from suanli.indicators.rule import ITEM_COLUMNS, Reduction, Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records
from suanli.intake.records.schema import table_schemas

RULE = "rule"
"""Column that tells whose an item is."""
_REDUCTIONS: tuple[Reduction, ...] = ("sum", "ratio")


def kept_items(records: Records, rules: Mapping[str, Rule]) -> Frame:
    """Return the items of rules that lie in the study's regions and periods, computed once and kept in the engine.

    The column `RULE` holds the key of the rule. What several rules share is staged by the first that asks for it.
    """
    return records.stacked(f"items of {' '.join(rules)}", partial(_items_by_rule, records, rules))


def reduced_values(records: Records, items: Frame, rules: Mapping[str, Rule]) -> pl.DataFrame:
    """Return the values of kept items: the columns of a reduction, after the rule's key."""
    frames = []
    for reduction in _REDUCTIONS:
        keys = [key for key, rule in rules.items() if rule.reduction == reduction]
        if keys:
            own = items.filter(nw.col(RULE).is_in(keys))
            frames.append(reduced(own, reduction, by=(RULE,)))
    return _in_order(records.collected(nw.concat(frames, how="vertical")))


def reduced_parts(records: Records, items: Frame) -> pl.DataFrame:
    """Return the sums of the named parts of kept items that count, after the rule's key."""
    complete = ~(nw.col("numerator").is_null() | nw.col("denominator").is_null())
    return _in_order(records.collected(parts_of(items.filter(complete), by=(RULE,))))


def periods_with_rows(records: Records, tables: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Return the study's periods in which each table has rows; all of them for a table of no time that has any."""
    frames = []
    for table in sorted(tables & set(records.tables)):
        frame = records.table(table)
        period = nw.col("period") if _has_time(table) else nw.lit(None, dtype=nw.String)
        frames.append(frame.select(nw.lit(table).alias("table"), period.alias("period")).unique())
    found: dict[str, set[str]] = {table: set() for table in tables}
    if frames:
        for table, period in records.collected(nw.concat(frames, how="vertical")).iter_rows():
            found[table] |= {period} if period is not None else set(records.periods)
    within = frozenset(records.periods)
    return {table: frozenset(periods) & within for table, periods in found.items()}


def _items_by_rule(records: Records, rules: Mapping[str, Rule]) -> list[Frame]:
    inside = ~nw.col("region").is_null() & nw.col("period").is_in(list(records.periods))
    return [
        rule.items(records).filter(inside).select(*ITEM_COLUMNS, nw.lit(key).alias(RULE))
        for key, rule in rules.items()
    ]


def _has_time(table: str) -> bool:
    columns = table_schemas()[table].columns
    return any(column.name in ("year", "time") or column.role == "day" for column in columns)


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows in an order that does not depend on the engine."""
    keys = [name for name in (RULE, "period", "region", "part") if name in frame.columns]
    return frame.sort(keys)

"""Items of many rules as one table inside the engine, and what becomes of them."""

from collections.abc import Mapping, Sequence
from functools import partial

import narwhals as nw
import polars as pl

from suanli.indicators.reduction import VALUE_COLUMNS, parts_of, sums_of, valued
from suanli.indicators.rule import ITEM_COLUMNS, Rule
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records
from suanli.intake.records.schema import table_schemas

RULE = "rule"
"""Column that tells whose an item or a value is: the place of a rule among the rules of items, the key in values."""
_COUNTED = tuple(column for column in ITEM_COLUMNS if column != "record")


def kept_items(
    records: Records, rules: Mapping[str, Rule], *, columns: Sequence[str] = _COUNTED
) -> Frame:
    """Return the items of rules that lie in the study's regions and periods, computed once and kept in the engine.

    Without their records' names unless `columns` has them: most of the work of keeping many items is in texts. The
    column `RULE` holds the place of the rule. What several rules share is staged by the first that asks for it.
    """
    name = f"{' '.join(columns)} of {' '.join(rules)}"
    return records.stacked(name, partial(_items_by_rule, records, rules, columns))


def reduced_values(records: Records, items: Frame, rules: Mapping[str, Rule]) -> pl.DataFrame:
    """Return the values of kept items: the columns of a reduction, after the rule's key."""
    sums = nw.from_native(_keyed(records.collected(sums_of(items, by=(RULE,))), rules))
    ratios = [key for key, rule in rules.items() if rule.reduction == "ratio"]
    values = sums.with_columns(*valued(nw.col(RULE).is_in(ratios)))
    return values.select(RULE, *VALUE_COLUMNS).to_native()


def reduced_parts(records: Records, items: Frame, rules: Mapping[str, Rule]) -> pl.DataFrame:
    """Return the sums of the named parts of kept items that count, after the rule's key."""
    complete = ~(nw.col("numerator").is_null() | nw.col("denominator").is_null())
    return _keyed(records.collected(parts_of(items.filter(complete), by=(RULE,))), rules)


def by_rule(values: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """Return the rows of each rule that has any, by its key."""
    parted = values.partition_by(RULE, as_dict=True, maintain_order=True)
    return {str(key): rows for (key,), rows in parted.items()}


def periods_with_rows(records: Records, tables: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """Return the years in which each table has rows, whatever the region; the study's for a table of no time."""
    listed = sorted(tables & set(records.tables))
    found: dict[str, set[str]] = {table: set() for table in tables}
    if listed:
        name = f"periods of {' '.join(listed)}"
        rows = records.stacked(name, lambda: [_periods(records, table) for table in listed])
        for table, period in records.collected(rows).iter_rows():
            found[table] |= {period} if period is not None else set(records.periods)
    return {table: frozenset(periods) for table, periods in found.items()}


def _periods(records: Records, table: str) -> Frame:
    """Return the periods that rows of a table have, beside its name."""
    period = nw.col("period") if _has_time(table) else nw.lit(None, dtype=nw.String)
    named = nw.lit(table).alias("table")
    return records.table(table).select(named, period.alias("period")).unique()


def _items_by_rule(
    records: Records, rules: Mapping[str, Rule], columns: Sequence[str]
) -> list[Frame]:
    inside = ~nw.col("region").is_null() & nw.col("period").is_in(list(records.periods))
    return [
        rule.items(records).filter(inside).select(*columns, nw.lit(place).alias(RULE))
        for place, rule in enumerate(rules.values())
    ]


def _keyed(frame: pl.DataFrame, rules: Mapping[str, Rule]) -> pl.DataFrame:
    """Return the rows with the rules' keys, in an order that does not depend on the engine."""
    keyed = frame.with_columns(
        pl.col(RULE).replace_strict(dict(enumerate(rules)), return_dtype=pl.String)
    )
    return keyed.sort(
        [name for name in (RULE, "period", "region", "part") if name in frame.columns]
    )


def _has_time(table: str) -> bool:
    columns = table_schemas()[table].columns
    return any(column.name in ("year", "time") or column.role == "day" for column in columns)

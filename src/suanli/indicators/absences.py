"""Where nothing on a list means zero: regions without items in periods for which the tables are there."""

from collections.abc import Mapping, Sequence

import polars as pl

from suanli.indicators.kept_items import RULE, periods_with_rows
from suanli.indicators.planned import Planned
from suanli.indicators.rule import Rule
from suanli.intake.records.places import lineage, units_around
from suanli.intake.records.records import Records

_CELL = (RULE, "period", "region")
"""Columns that say whose a value is."""


def zero_periods(records: Records, rule: Rule, region: str) -> frozenset[str]:
    """Return the periods in which a region is 0 by a rule if it has no items."""
    if rule.absent != "zero" or _around_unplaced(records, rule.tables, region):
        return frozenset()
    rows = periods_with_rows(records, frozenset(rule.tables))
    return _zero_periods(rule, rows, records.periods)


def zeros(records: Records, planned: Sequence[Planned], values: pl.DataFrame) -> pl.DataFrame:
    """Return a row of value 0 and no items for each region and period where the tables say that there is nothing.

    `values` are those of the kept items, by the rule's key; the rows have its columns.
    """
    rules = {one.rule.name: one.rule for one in planned if one.rule.absent == "zero"}
    tables = frozenset(table for rule in rules.values() for table in rule.tables)
    rows = periods_with_rows(records, tables) if tables else {}
    cells = [
        (name, period, region)
        for name, rule in rules.items()
        for region in records.regions.codes
        if not _around_unplaced(records, rule.tables, region)
        for period in _zero_periods(rule, rows, records.periods)
    ]
    every = pl.DataFrame(cells, schema=dict.fromkeys(_CELL, pl.String), orient="row")
    empty = every.join(values, on=_CELL, how="anti").sort(_CELL)
    none = empty.with_columns(
        value=pl.lit(0.0), used=pl.lit(0, dtype=pl.Int64), eligible=pl.lit(0, dtype=pl.Int64)
    )
    return pl.concat([values.clear(), none], how="diagonal_relaxed")


def _zero_periods(
    rule: Rule, rows: Mapping[str, frozenset[str]], periods: Sequence[str]
) -> frozenset[str]:
    """Return the periods for which every table that the rule needs speaks, of whatever regions its rows are.

    A list of things that stay there, such as exchange points, may have none of that very year and still be whole.
    """
    return frozenset(
        period
        for period in periods
        if all(
            any(year <= period for year in rows[table]) if rule.lasting else period in rows[table]
            for table in rule.tables
        )
    )


def _around_unplaced(records: Records, tables: Sequence[str], region: str) -> bool:
    """Tell whether a table has rows of a place around a region, such as its province: they may be the region's."""
    around = units_around(region, records.regions)
    return any(
        lineage(place, records.regions)[0] in around
        for table in tables
        for place in records.unplaced(table)
    )

"""Rules run on tables that a test writes down."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from suanli.framework import bundled
from suanli.framework.units import converted
from suanli.indicators.reduction import parts_of
from suanli.indicators.rule import ITEM_COLUMNS, Rule
from suanli.intake.records.duckdb_engine import DuckDBEngine
from suanli.intake.records.engine import TableFiles
from suanli.intake.records.options import CaliberOptions
from suanli.intake.records.records import Records, Span
from suanli.intake.records.schema import table_schemas
from suanli.language import entries
from suanli.regions import provinces
from tests.made_records import Rows, write_records
from tests.reduced import reduced


def opened(
    folder: Path, tables: Mapping[str, Rows], periods: Sequence[str] = ("2023",), **options: Any
) -> Records:
    """Return records of tables written to a folder; a context manager."""
    write_records(folder / "records", tables)
    schemas = table_schemas()
    files = {
        path.stem: TableFiles(schemas[path.stem], (str(path),), "parquet", {})
        for path in sorted((folder / "records").iterdir())
    }
    engine = DuckDBEngine(memory="256MB", threads=1)
    return Records(engine, files, Span(provinces(), tuple(periods)), CaliberOptions(**options))


def by_name(rules: Sequence[Rule]) -> dict[str, Rule]:
    return {rule.name: rule for rule in rules}


def values(records: Records, rule: Rule) -> dict[tuple[str, str], float | None]:
    """Return a rule's values by region and period."""
    rows = records.collected(reduced(rule.items(records), rule.reduction)).to_dicts()
    return {(row["region"], row["period"]): row["value"] for row in rows if row["region"]}


def items_of(records: Records, rule: Rule) -> pl.DataFrame:
    """Return a rule's items in the order of their records."""
    return records.collected(rule.items(records)).sort("period", "region", "record")


def parts(records: Records, rule: Rule) -> dict[tuple[str, str], float]:
    """Return the sums of a rule's parts by region and part."""
    rows = records.collected(parts_of(rule.items(records))).to_dicts()
    return {(row["region"], row["part"]): row["numerator"] for row in rows}


def check_lazy_and_empty(rule: Rule, folder: Path) -> None:
    """Check that a rule of a study without any table is an unread frame of items without rows."""
    with opened(folder, {}) as records:
        for one in (rule, *rule.beside.values()):
            items = one.items(records)
            assert isinstance(items, nw.LazyFrame)
            found = records.collected(items)
            assert tuple(found.columns) == ITEM_COLUMNS
            assert found.is_empty()


def check_declared(rule: Rule, framework: str) -> None:
    """Check that one indicator of a framework names the rule, in a unit that the rule's becomes."""
    (indicator,) = [own for own in bundled(framework).indicators() if own.rule == rule.name]
    assert converted(1.0, rule.unit, indicator.unit) > 0
    assert set(rule.tables) <= table_schemas().keys()
    texts = entries("rules")
    for one in (rule, *rule.beside.values()):
        aspects = ["", "-numerator", "-record"] + ["-denominator"] * (one.reduction == "ratio")
        assert {f"{one.name}{aspect}" for aspect in aspects} <= texts.keys()
        if len(one.levels) > 1:
            assert {f"level-{level}" for level in one.levels} <= texts.keys()

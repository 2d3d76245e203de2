"""Rows that refer to rows of another table which are not there, or not in the same year."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import narwhals as nw

from suanli.intake.records.checks.conditions import Condition, problem, told
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records
from suanli.intake.records.schema import Column, TableSchema, table_schemas
from suanli.problems import Problem, Severity


def check_references(records: Records) -> list[Problem]:
    """Return an error for each column with values that the table it refers to does not have.

    Where both tables are yearly, a row of the study's periods must find the value in its own year: a centre's chips of
    2022 count only where the register has the centre in 2022.
    """
    return [
        found
        for schema in table_schemas().values()
        if records.has(schema.name)
        for column in schema.columns
        if column.refers
        for found in _check(records, schema, column)
    ]


def _check(records: Records, schema: TableSchema, column: Column) -> list[Problem]:
    target = table_schemas()[column.refers]
    titles = {"target": target.name, "target_zh": target.title.zh, "target_en": target.title.en}
    unknown = Condition(
        "reference-unknown",
        Severity.ERROR,
        ~nw.col(column.name).is_null() & nw.col("known").is_null(),
        f"{schema.name}.{column.name}",
        (column.name,),
        rows="alike",
        details=MappingProxyType(titles),
    )
    if not records.has(target.name):
        return list(_target_missing(records, column, unknown))
    dated = _is_yearly(schema) and _is_yearly(target)
    values = _values(records, schema, column, by_year=dated)
    ids = records.table(target.name).select(_own_name(target, column))
    joined = values.join(_known(ids, "known"), on=column.name, how="left")
    conditions = [unknown]
    if dated:
        years = records.table(target.name).select(_own_name(target, column), "year")
        joined = joined.join(_known(years, "then"), on=[column.name, "year"], how="left")
        late = ~nw.col("known").is_null() & nw.col("then").is_null()
        late = late & nw.col("year").is_in([int(period) for period in records.periods])
        shown = (column.name, "year")
        conditions.append(replace(unknown, code="reference-year-missing", fires=late, shown=shown))
    return told(records, joined, conditions, rows="alike")


def _own_name(target: TableSchema, column: Column) -> nw.Expr:
    """Return the column of the other table that a column refers to, under the column's own name."""
    return nw.col(target.key[0]).alias(column.name)


def _target_missing(records: Records, column: Column, unknown: Condition) -> Iterator[Problem]:
    name = unknown.path.partition(".")[0]
    stated = records.table(name).select(nw.col(column.name).count().cast(nw.Int64).alias("count"))
    count = records.collected(stated).item()
    if count:
        severity = Severity.ERROR if column.required else Severity.WARNING
        missing = replace(unknown, code="reference-table-missing", severity=severity)
        yield problem(records, missing, column.refers, {"count": count})


def _values(records: Records, schema: TableSchema, column: Column, *, by_year: bool) -> Frame:
    """Return the values of a column, by year if asked for, and how many rows have each."""
    key = (column.name, "year") if by_year else (column.name,)

    def counted() -> Frame:
        rows = records.table(schema.name).select(*key)
        return rows.group_by(*key).agg(nw.len().cast(nw.Int64).alias("alike"))

    # few of many: a large table is passed over once
    return records.staged(f"{schema.name}.{column.name}", counted) if schema.large else counted()


def _known(keys: Frame, mark: str) -> Frame:
    return keys.unique().with_columns(nw.lit(1).alias(mark))


def _is_yearly(schema: TableSchema) -> bool:
    return any(column.name == "year" for column in schema.columns)

"""What a table's schema says of one column: filled where it must be, allowed, within bounds, of a sane year."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import narwhals as nw

from suanli.intake.records.checks.conditions import Condition, either
from suanli.intake.records.schema import Column, TableSchema
from suanli.language import LANGUAGES, Text
from suanli.problems import Severity

FIRST_YEAR, LAST_YEAR = 1980, 2100
"""Years outside are slips of the pen: 0023, 20222, a day of Excel's 1900."""


def column_conditions(schema: TableSchema) -> tuple[Condition, ...]:
    """Return every condition that a table's schema sets on its columns.

    Texts are read without blanks around them, and numbers only where they are finite; what cannot be read is null.
    """
    return tuple(
        condition
        for column in schema.columns
        for kind in (_required, _allowed, _bounds, _year)
        for condition in kind(schema, column)
    )


def _required(schema: TableSchema, column: Column) -> Iterator[Condition]:
    # rows without a moment belong to no period and are not in the table: `moments` finds them
    if column.required and column.kind != "moment":
        empty = nw.col(column.name).is_null()
        yield _condition("required-empty", schema, column, empty)


def _allowed(schema: TableSchema, column: Column) -> Iterator[Condition]:
    if column.values:
        whole = column.kind == "whole"
        values = [int(value) for value in column.values] if whole else list(column.values)
        stated = " / ".join(column.values)
        condition = _condition(
            "value-not-allowed", schema, column, ~nw.col(column.name).is_in(values), stated
        )
        # programs write large tables, and write the values themselves
        yield condition if schema.large else replace(condition, details=_labelled(column))


def _labelled(column: Column) -> Mapping[str, object]:
    # a table may be in another language than the sentence
    return MappingProxyType({"expected": Text(*map(column.spelt, LANGUAGES))})


def _bounds(schema: TableSchema, column: Column) -> Iterator[Condition]:
    value, out = nw.col(column.name), []
    if column.least is not None:
        out.append(value < column.least)
    if column.most is not None:
        out.append(value > column.most)
    if out:
        zh, en = (column.bounds(language) for language in LANGUAGES)
        condition = _condition("value-out-of-bounds", schema, column, either(out), en)
        yield replace(condition, details=MappingProxyType({"expected": Text(zh, en)}))


def _year(schema: TableSchema, column: Column) -> Iterator[Condition]:
    if column.name == "year" or column.kind == "day":
        year = nw.col(column.name)
        year = year if column.kind == "whole" else year.dt.year()
        fires = (year < FIRST_YEAR) | (year > LAST_YEAR)
        yield _condition(
            "year-implausible", schema, column, fires, expected=f"{FIRST_YEAR}–{LAST_YEAR}"
        )


def _condition(
    code: str, schema: TableSchema, column: Column, fires: nw.Expr, expected: str = ""
) -> Condition:
    values = (column.name,) if code != "required-empty" and column.name not in schema.key else ()
    path = f"{schema.name}.{column.name}"
    return Condition(code, Severity.ERROR, fires, path, schema.key, values, expected)

"""Rows of one key, found within bounded memory however many rows there are."""

import narwhals as nw

from suanli.intake.records.checks.conditions import Condition, told
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records
from suanli.intake.records.schema import TableSchema, table_schemas
from suanli.problems import Problem, Severity

CODE = "key-repeated"


def check_keys(records: Records) -> list[Problem]:
    """Return an error for each table with several rows of one key; `count` is how many are too many.

    Keys with an empty part are left to `check_rows`. Of large tables only rows within the study's periods are compared.
    """
    problems = []
    for name, schema in table_schemas().items():
        if records.has(name):
            repeated = _repeated_moments if schema.large else _repeated_keys
            frame, condition, rows = repeated(records, schema)
            problems += told(records, frame, [condition], rows=rows)
    return problems


def _repeated_moments(records: Records, schema: TableSchema) -> tuple[Frame, Condition, str]:
    """Return a large table with `repeats`, whether a row is at the same moment as the one before it.

    Sorting spills to disk where grouping would hold every key in memory.
    """
    *names, moment = schema.key
    earlier = nw.col(moment).shift(1).over(*names, order_by=moment)
    keys = records.table(schema.name).select(*schema.key)
    marked = keys.with_columns((earlier == nw.col(moment)).alias("repeats"))
    known = nw.col("repeats")
    for name in names:
        known = known & ~nw.col(name).is_null()
    return marked, Condition(CODE, Severity.ERROR, known, schema.name, schema.key), ""


def _repeated_keys(records: Records, schema: TableSchema) -> tuple[Frame, Condition, str]:
    """Return a row for each key of a table, with how many rows it has and how many are too many."""
    frame = records.table(schema.name)
    whole = ~nw.any_horizontal(*(nw.col(name).is_null() for name in schema.key), ignore_nulls=True)
    counted = frame.filter(whole).group_by(*schema.key).agg(nw.len().cast(nw.Int64).alias("alike"))
    keys = counted.with_columns((nw.col("alike") - 1).alias("extra"))
    condition = Condition(
        CODE, Severity.ERROR, nw.col("alike") > 1, schema.name, schema.key, rows="extra"
    )
    return keys, condition, "alike"

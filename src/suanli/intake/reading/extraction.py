"""A table with known columns to raw cells: one row a cell, with everything its line says of it."""

from collections.abc import Mapping

import polars as pl

from suanli.intake.reading.annotations import Columns
from suanli.intake.reading.headers import FIELDS, Field
from suanli.intake.reading.layout import Headings
from suanli.intake.reading.tables import Table

ROW_FIELDS: tuple[Field, ...] = tuple(field for field in FIELDS if field != "value")
"""The fields that a line states for its values."""


def cells_of_long(table: Table, headings: Headings) -> pl.DataFrame:
    """Return the cells of a long table: `line`, `column`, the row fields (null where absent), `raw`, `number`."""
    first = headings.row + 1
    name = headings.fields["value"]
    return _row_fields(table, headings.fields, first).with_columns(
        pl.lit(int(name), dtype=pl.Int32).alias("column"),
        table.texts[name].slice(first).alias("raw"),
        table.numbers[name].slice(first).alias("number"),
    )


def cells_of_wide(table: Table, headings: Headings, columns: Columns) -> pl.DataFrame:
    """Return the cells of a wide table, as `cells_of_long`; `code` and `unit` come from the column."""
    first = headings.row + 1 + columns.annotated
    rows = _row_fields(table, headings.fields, first).drop("code", "unit")
    names = list(columns.codes)
    if not names:
        return cells_of_nothing()
    fields = rows.columns
    raw = _unpivoted(rows, table.texts.select(names).slice(first), "raw")
    number = _unpivoted(rows.select(), table.numbers.select(names).slice(first), "number")
    positions = {name: int(name) for name in names}
    return raw.with_columns(number["number"]).select(
        *fields,
        pl.col("at").replace_strict(positions, return_dtype=pl.Int32).alias("column"),
        pl.col("at").replace_strict(dict(columns.codes), return_dtype=pl.String).alias("code"),
        pl.col("at")
        .replace_strict(dict(columns.units), default=None, return_dtype=pl.String)
        .alias("unit"),
        "raw",
        "number",
    )


def cells_of_nothing() -> pl.DataFrame:
    """Return no cells, in the columns that cells have."""
    texts = dict.fromkeys((*ROW_FIELDS, "raw"), pl.String)
    numbers = {"line": pl.Int64, "column": pl.Int32, "number": pl.Float64}
    return pl.DataFrame(schema={**texts, **numbers})


def _unpivoted(rows: pl.DataFrame, values: pl.DataFrame, name: str) -> pl.DataFrame:
    frame = pl.concat([rows, values], how="horizontal") if rows.width else values
    return frame.unpivot(
        values.columns, index=rows.columns or None, variable_name="at", value_name=name
    )


def _row_fields(table: Table, fields: Mapping[Field, str], first: int) -> pl.DataFrame:
    lines = table.lines.slice(first).alias("line")
    nothing = pl.repeat(None, lines.len(), dtype=pl.String, eager=True)
    return pl.DataFrame(
        [
            lines,
            *(
                (table.texts[fields[field]].slice(first) if field in fields else nothing).alias(
                    field
                )
                for field in ROW_FIELDS
            ),
        ]
    )

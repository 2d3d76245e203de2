"""Records of tables that a test writes down: the same interface as records read from files, on DuckDB in memory."""

from collections.abc import Mapping, Sequence

import polars as pl

from suanli.intake.records.kinds import FRAME_KINDS
from suanli.intake.records.schema import table_schemas

Rows = Sequence[Mapping[str, object]]


def frame_of(table: str, rows: Rows) -> pl.DataFrame:
    """Return rows as a frame with all the table's columns in the schema's types; what a row leaves out is null.

    Days and moments may be ISO texts.
    """
    schema = table_schemas()[table]
    columns = {}
    for column in schema.columns:
        values = [row.get(column.name) for row in rows]
        kind = FRAME_KINDS[column.kind]
        if column.kind in ("day", "moment"):
            texts = pl.Series(
                column.name, [None if v is None else str(v) for v in values], pl.String
            )
            columns[column.name] = (
                texts.str.to_date()
                if column.kind == "day"
                else texts.str.to_datetime(time_unit="us")
            )
        else:
            columns[column.name] = pl.Series(column.name, values, kind, strict=False)
    unknown = {name for row in rows for name in row} - {column.name for column in schema.columns}
    assert not unknown, f"{table} has no columns {unknown}"
    return pl.DataFrame(columns)


def write_records(folder, tables: Mapping[str, Rows]) -> None:
    """Write tables as Parquet files `<table>.parquet` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        frame_of(table, rows).write_parquet(folder / f"{table}.parquet")

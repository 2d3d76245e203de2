"""Rows that refer to rows which are not there."""

from collections.abc import Mapping

import polars as pl

from suanli.intake.records.schema import table_schemas


def unmatched(tables: Mapping[str, pl.DataFrame]) -> list[str]:
    """Return the columns with a value that the table referred to lacks, in the same year where both are yearly."""
    found = []
    for name, frame in tables.items():
        for column in table_schemas()[name].columns:
            if not column.refers or column.name not in frame.columns:
                continue
            target = tables[column.refers]
            key = table_schemas()[column.refers].key[0]
            yearly = ["year"] if "year" in frame.columns and "year" in target.columns else []
            stated = frame.filter(pl.col(column.name).is_not_null())
            lost = stated.join(
                target, left_on=[column.name, *yearly], right_on=[key, *yearly], how="anti"
            )
            if lost.height:
                found.append(f"{name}.{column.name}")
    return found

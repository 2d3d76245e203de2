"""When the moments of Parquet files lie, as the files state it beside their values: known before any row is read."""

from datetime import datetime

import duckdb

from suanli.intake.records.duckdb_paths import path_literal
from suanli.intake.records.parts import Part


def parts_between(
    connection: duckdb.DuckDBPyConnection, part: Part, column: str, span: tuple[datetime, datetime]
) -> tuple[Part | None, Part | None]:
    """Return the files of a part whose moments all lie within a span, and those that may have some; None for none.

    A span is its first moment and the first after it.
    """
    # compared in the query: Python has no date for some moments
    query = f"""
        SELECT file_name, min(least) >= $first AND max(most) < $end,
          max(most) < $first OR min(least) >= $end
        FROM (
          SELECT file_name, stats_null_count, TRY_CAST(stats_min_value AS TIMESTAMP) AS least,
            TRY_CAST(stats_max_value AS TIMESTAMP) AS most
          FROM parquet_metadata([{_listed(part)}]) WHERE path_in_schema = $column
        )
        GROUP BY file_name HAVING bool_and(coalesce(least <= most AND stats_null_count = 0, false))"""  # noqa: S608
    first, end = span
    known = {"column": column, "first": first, "end": end}
    stated = connection.execute(query, known).fetchall()
    inside = {name for name, is_inside, _ in stated if is_inside}
    outside = {name for name, _, is_outside in stated if is_outside}
    return part.only(inside), part.only(set(part.paths) - inside - outside)


def _listed(part: Part) -> str:
    return ", ".join(path_literal(path) for path in part.paths)

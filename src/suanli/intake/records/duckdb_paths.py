"""Paths as DuckDB takes them: what stands for patterns in them is put in brackets."""

import re

from suanli.intake.records.casts import DUCKDB

_SPECIAL = re.compile(r"([\[*?])")


def path_pattern(path: str) -> str:
    """Return the pattern that only this path matches.

    >>> path_pattern("chips/part[1].parquet")
    'chips/part[[]1].parquet'
    """
    return _SPECIAL.sub(r"[\1]", path)


def path_literal(path: str) -> str:
    """Return a path as text of a query that reads this file and no other."""
    return DUCKDB.literal(path_pattern(path))

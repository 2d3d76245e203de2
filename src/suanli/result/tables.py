"""The tables of a result: which columns they have, in which order and of which type."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

Column: TypeAlias = Sequence[object] | NDArray[np.generic] | pl.Series
"""What a column of a table is made from."""

_TEXT = pl.String
_NUMBER = pl.Float64
_COUNT = pl.Int32

SCHEMAS: Mapping[str, Mapping[str, type[pl.DataType]]] = MappingProxyType(
    {
        "indicators": {
            "region_code": _TEXT,
            "region": _TEXT,
            "period": _TEXT,
            "indicator": _TEXT,
            "value": _NUMBER,
            "unit": _TEXT,
            "origin": _TEXT,
            "source": _TEXT,
        },
        "normalised": {
            "region_code": _TEXT,
            "period": _TEXT,
            "indicator": _TEXT,
            "score": _NUMBER,
        },
        "weights": {
            "node": _TEXT,
            "parent": _TEXT,
            "level": _COUNT,
            "local_weight": _NUMBER,
            "global_weight": _NUMBER,
            "method": _TEXT,
            "consistency_ratio": _NUMBER,
            "limit": _NUMBER,
            "consensus": _NUMBER,
            "local_low": _NUMBER,
            "local_high": _NUMBER,
            "global_low": _NUMBER,
            "global_high": _NUMBER,
            "simulated": _COUNT,
        },
        "experts": {
            "expert": _TEXT,
            "node": _TEXT,
            "consistency_ratio": _NUMBER,
            "gci": _NUMBER,
            "influence": _NUMBER,
            "excluded": _COUNT,
        },
        "weightings": {
            "weighting": _TEXT,
            "node": _TEXT,
            "local_weight": _NUMBER,
            "global_weight": _NUMBER,
        },
        "scores": {
            "region_code": _TEXT,
            "region": _TEXT,
            "period": _TEXT,
            "node": _TEXT,
            "level": _COUNT,
            "score": _NUMBER,
            "rank": _COUNT,
            "tier": _COUNT,
        },
        "contributions": {
            "region_code": _TEXT,
            "period": _TEXT,
            "indicator": _TEXT,
            "contribution": _NUMBER,
        },
        "changes": {
            "region_code": _TEXT,
            "period_from": _TEXT,
            "period_to": _TEXT,
            "indicator": _TEXT,
            "factor": _TEXT,
            "amount": _NUMBER,
        },
        "measures": {
            "region_code": _TEXT,
            "period": _TEXT,
            "indicator": _TEXT,
            "measure": _TEXT,
            "part": _TEXT,
            "value": _NUMBER,
            "unit": _TEXT,
        },
        "region_pairs": {
            "period": _TEXT,
            "region_code": _TEXT,
            "other_code": _TEXT,
            "pairs": _COUNT,
            "delay": _NUMBER,
            "delay_median": _NUMBER,
            "delay_p95": _NUMBER,
            "sent": _NUMBER,
            "lost": _NUMBER,
            "loss": _NUMBER,
            "distance": _NUMBER,
            "theoretical": _NUMBER,
            "delay_ratio": _NUMBER,
        },
        "goalposts": {"period": _TEXT, "indicator": _TEXT, "low": _NUMBER, "high": _NUMBER},
        "problems": {
            "severity": _TEXT,
            "code": _TEXT,
            "file": _TEXT,
            "sheet": _TEXT,
            "cell": _TEXT,
            "path": _TEXT,
            "region_code": _TEXT,
            "period": _TEXT,
            "indicator": _TEXT,
            "found": _TEXT,
            "expected": _TEXT,
            "message_zh": _TEXT,
            "message_en": _TEXT,
            "action_zh": _TEXT,
            "action_en": _TEXT,
        },
    }
)
"""Columns and types of every table; missing numbers and texts are null."""

MARKS: Mapping[str, Mapping[str, type[pl.DataType]]] = MappingProxyType(
    {"weights": {"origin": _TEXT}}
)
"""Columns that follow those of a table only where there is something to mark."""

TABLES: tuple[str, ...] = (
    "indicators",
    "normalised",
    "weights",
    "experts",
    "weightings",
    "scores",
    "contributions",
    "changes",
    "measures",
    "region_pairs",
)
"""The tables that are files of their own and fields of a `Result`; `goalposts` are kept in `result.json`."""


def frame_of(table: str, columns: Mapping[str, Column]) -> pl.DataFrame:
    """Return a table of the declared columns, order and types; NaN becomes null.

    Raises
    ------
    ValueError
        If the columns are not exactly those of the table, with or without its marks.

    >>> frame_of("goalposts", {"period": ["2023"], "indicator": ["a"], "low": [0], "high": [1]}).shape
    (1, 4)
    """
    marks = MARKS.get(table, {})
    schema = {**SCHEMAS[table], **{name: marks[name] for name in columns if name in marks}}
    if set(columns) != set(schema):
        message = f"{table} has the columns {', '.join(schema)}, not {', '.join(columns)}"
        raise ValueError(message)
    frame = pl.DataFrame(
        {name: _series(name, columns[name], dtype) for name, dtype in schema.items()}
    )
    return frame.with_columns(
        pl.col(name).fill_nan(None) for name, dtype in schema.items() if dtype is _NUMBER
    )


def _series(name: str, values: Column, dtype: type[pl.DataType]) -> pl.Series:
    return pl.Series(name, values, dtype=dtype)


def table_of(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame that has the columns of a table as that table, in its types.

    Raises
    ------
    ValueError
        If the columns are not exactly those of the table.
    """
    return frame_of(table, {name: frame[name] for name in frame.columns})


def no_rows(table: str) -> pl.DataFrame:
    """Return the table without rows.

    >>> no_rows("changes").columns[:3]
    ['region_code', 'period_from', 'period_to']
    """
    return frame_of(table, {name: [] for name in SCHEMAS[table]})

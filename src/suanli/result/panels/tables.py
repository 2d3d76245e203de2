"""The tables of a panel's result: which columns they have, in which order and of which type."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import polars as pl

from suanli.result.tables import SCHEMAS as RESULT_SCHEMAS

_TEXT = pl.String
_NUMBER = pl.Float64
_COUNT = pl.Int32
_FLAG = pl.Boolean

SCHEMAS: Mapping[str, Mapping[str, type[pl.DataType]]] = MappingProxyType(
    {
        "weights": RESULT_SCHEMAS["weights"],
        "experts": {
            "expert": _TEXT,
            "name": _TEXT,
            "node": _TEXT,
            "answered": _FLAG,
            "consistency_ratio": _NUMBER,
            "gci": _NUMBER,
            "lambda_max": _NUMBER,
            "missing": _COUNT,
            "influence": _NUMBER,
            "excluded": _FLAG,
            "carried": _FLAG,
            "outlier": _FLAG,
            "cluster": _COUNT,
            "similarity": _NUMBER,
            "best_worst_ratio": _NUMBER,
        },
        "priorities": {
            "expert": _TEXT,
            "node": _TEXT,
            "item": _TEXT,
            "weight": _NUMBER,
            "best_worst": _NUMBER,
        },
        "judgements": {
            "round": _COUNT,
            "expert": _TEXT,
            "node": _TEXT,
            "item": _TEXT,
            "other": _TEXT,
            "kind": _TEXT,
            "answer": _TEXT,
            "value": _NUMBER,
            "revised": _NUMBER,
            "used": _NUMBER,
            "file": _TEXT,
            "sheet": _TEXT,
            "cell": _TEXT,
        },
        "revisions": {
            "expert": _TEXT,
            "node": _TEXT,
            "item": _TEXT,
            "other": _TEXT,
            "before": _NUMBER,
            "after": _NUMBER,
            "reason": _TEXT,
            "file": _TEXT,
            "line": _COUNT,
        },
        "consensus": {
            "node": _TEXT,
            "items": _COUNT,
            "experts": _COUNT,
            "excluded": _COUNT,
            "above_limit": _COUNT,
            "consistency_ratio": _NUMBER,
            "limit": _NUMBER,
            "gci": _NUMBER,
            "gci_limit": _NUMBER,
            "consensus": _NUMBER,
            "word": _TEXT,
            "kendall_w": _NUMBER,
            "clusters": _COUNT,
        },
        "similarity": {"node": _TEXT, "expert": _TEXT, "other": _TEXT, "similarity": _NUMBER},
        "aggregations": {
            "node": _TEXT,
            "item": _TEXT,
            "kind": _TEXT,
            "name": _TEXT,
            "chosen": _FLAG,
            "weight": _NUMBER,
        },
        "repairs": {
            "expert": _TEXT,
            "node": _TEXT,
            "item": _TEXT,
            "other": _TEXT,
            "before": _NUMBER,
            "after": _NUMBER,
            "cr_before": _NUMBER,
            "cr_after": _NUMBER,
        },
        "repair_weights": {
            "expert": _TEXT,
            "node": _TEXT,
            "item": _TEXT,
            "before": _NUMBER,
            "after": _NUMBER,
        },
        "rounds": {
            "round": _COUNT,
            "answered": _COUNT,
            "consensus": _NUMBER,
            "kendall_w": _NUMBER,
            "interquartile_range": _NUMBER,
            "largest_change": _NUMBER,
            "changed": _TEXT,
            "stop": _FLAG,
            "reason_zh": _TEXT,
            "reason_en": _TEXT,
        },
        "round_groups": {
            "round": _COUNT,
            "node": _TEXT,
            "consensus": _NUMBER,
            "kendall_w": _NUMBER,
        },
        "leave_one_out": {
            "expert": _TEXT,
            "node": _TEXT,
            "global_weight": _NUMBER,
            "change": _NUMBER,
        },
        "problems": RESULT_SCHEMAS["problems"],
    }
)
"""Columns and types of every table; missing numbers and texts are null."""

TABLES: tuple[str, ...] = tuple(name for name in SCHEMAS if name != "problems")
"""The tables that are files of their own and fields of a `PanelResult`."""


def frame_of(table: str, rows: Iterable[Sequence[object]]) -> pl.DataFrame:
    """Return a table from its rows; NaN becomes null.

    >>> frame_of("round_groups", [(1, "index", 0.9, 0.8)]).shape
    (1, 4)
    """
    schema = SCHEMAS[table]
    frame = pl.DataFrame(list(rows), schema=dict(schema), orient="row")
    return frame.with_columns(pl.col(pl.Float64).fill_nan(None))

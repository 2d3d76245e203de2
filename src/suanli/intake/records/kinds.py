"""What columns of records are in a frame of Polars."""

from collections.abc import Mapping

import polars as pl

from suanli.intake.records.schema import Kind

FRAME_KINDS: Mapping[Kind, pl.DataType] = {
    "text": pl.String(),
    "whole": pl.Int64(),
    "number": pl.Float64(),
    "flag": pl.Boolean(),
    "day": pl.Date(),
    "moment": pl.Datetime("us"),
}
"""Type of a column by what it holds."""

"""Parquet files: size read from the footer first, then every column as text and, where it is one, as number."""

from io import BytesIO

import polars as pl
from polars.exceptions import PolarsError

from suanli.intake.folder import FileContent, shown
from suanli.intake.reading.tables import Table, noted
from suanli.intake.reading.textfiles import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, too_big
from suanli.problems import Place, Problem, Severity

MAX_TEXT_BYTES = 500_000_000
"""Most bytes of text in a Parquet file once unpacked."""


def read_parquet_table(file: FileContent) -> tuple[Table | None, list[Problem]]:
    """Return the table in a Parquet file, and what is wrong with it."""
    path = file.file.path
    if not (file.content.startswith(b"PAR1") and file.content.endswith(b"PAR1")):
        return None, [_error("not-a-parquet-file", path, "")]
    try:
        refusal = _refusal(path, file.content)
        if refusal:
            return None, [refusal]
        frame = pl.read_parquet(BytesIO(file.content))
    except PolarsError as trouble:
        return None, [_error("not-a-parquet-file", path, type(trouble).__name__)]
    problems = [
        _error("column-type-unusable", path, f"{name}: {kind}")
        for name, kind in frame.schema.items()
        if kind.is_nested() or kind in (pl.Binary, pl.Object)
    ]
    if problems:
        return None, problems
    if _text_bytes(frame) > MAX_TEXT_BYTES:
        return None, [too_big(path)]
    if frame.is_empty():
        return None, [_error("file-empty", path, path)]
    table = _table(path, frame)
    return table, noted("missing-nan", table, _not_numbers(frame))


def _refusal(path: str, content: bytes) -> Problem | None:
    width = len(pl.read_parquet_schema(BytesIO(content)))
    if width > MAX_COLUMNS:
        return too_big(path)
    height = int(pl.scan_parquet(BytesIO(content)).select(pl.len()).collect().item())
    return too_big(path) if height > MAX_ROWS or height * width > MAX_CELLS else None


def _table(path: str, frame: pl.DataFrame) -> Table:
    heading = tuple(frame.columns)
    placed = frame.rename({name: str(place) for place, name in enumerate(heading)})
    nothing = pl.repeat(None, frame.height, dtype=pl.Float64, eager=True)
    # NaN in a column of numbers is how some writers say that there is none
    numbers = pl.DataFrame(
        {
            column.name: column.cast(pl.Float64).fill_nan(None)
            if column.dtype.is_numeric()
            else nothing
            for column in placed
        }
    )
    texts = placed.with_columns(pl.col(pl.Float32, pl.Float64).fill_nan(None)).cast(pl.String)
    lines = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True)
    return Table(path, "", "row", texts, numbers, lines, heading)


def _not_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the `line` and `column` of every NaN."""
    found = [
        pl.DataFrame({"line": rows}, schema={"line": pl.Int64}).with_columns(
            pl.lit(place, dtype=pl.Int32).alias("column")
        )
        for place, column in enumerate(frame)
        if column.dtype.is_float()
        and (rows := (column.is_nan().arg_true() + 1).cast(pl.Int64)).len()
    ]
    return (
        pl.concat(found) if found else pl.DataFrame(schema={"line": pl.Int64, "column": pl.Int32})
    )


def _text_bytes(frame: pl.DataFrame) -> int:
    texts = frame.select(
        pl.col(pl.String, pl.Categorical).cast(pl.String).str.len_bytes().cast(pl.Int64)
    )
    return sum(int(column.sum()) for column in texts)


def _error(code: str, path: str, found: str) -> Problem:
    return Problem(code, Severity.ERROR, Place(file=path), found=shown(found))

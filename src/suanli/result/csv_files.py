"""Tables as CSV and back, without loss and without formulas.

The files follow RFC 4180 with line feeds, UTF-8 without a byte-order mark, shortest digits that read back to the same
number, nothing between the commas for a missing value and `""` for an empty text. A spreadsheet program takes a text
that begins with one of `= + - @` (also in full width), a tab or a line break for a formula; such a text, and one that
begins with an apostrophe, gets an apostrophe in front, which is taken off again on reading. Number columns are never
changed.
"""

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType

import polars as pl
from polars.exceptions import PolarsError

NO_MARKS: Mapping[str, type[pl.DataType]] = MappingProxyType({})
"""The marks of a table that has none."""

_NEEDS_GUARD = r"^['=+\-@＝＋－＠\t\r\n]"


def csv_of(frame: pl.DataFrame) -> bytes:
    """Return a table as CSV.

    >>> csv_of(pl.DataFrame({"name": ["=1+1", None], "value": [0.1, None]})).split()
    [b'name,value', b"'=1+1,0.1", b',']
    """
    buffer = BytesIO()
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    frame.with_columns(_guarded(name) for name in texts).write_csv(
        buffer, line_terminator="\n", quote_style="necessary", null_value=""
    )
    return buffer.getvalue()


def table_from_csv(
    schema: Mapping[str, type[pl.DataType]],
    data: bytes,
    marks: Mapping[str, type[pl.DataType]] = NO_MARKS,
) -> pl.DataFrame:
    """Return a table of these columns and types from its CSV; all of `marks` may follow them.

    Raises
    ------
    ValueError
        If the columns are others, or a cell is not of its column's type.
    """
    header = data.split(b"\n", 1)[0].decode("utf-8")
    marked = {**schema, **marks}
    columns = marked if header == ",".join(marked) else dict(schema)
    if header != ",".join(columns):
        message = f"the columns are {header[:300]}, not {','.join(schema)}"
        raise ValueError(message)
    try:
        frame = pl.read_csv(data, schema=columns, encoding="utf8")
    except PolarsError as refused:
        raise ValueError(str(refused).splitlines()[0]) from refused
    return frame.with_columns(pl.col(pl.String).str.replace("^'", "")).with_columns(
        pl.col(pl.Float64).fill_nan(None)
    )


def _guarded(column: str) -> pl.Expr:
    text = pl.col(column)
    return (
        pl.when(text.str.contains(_NEEDS_GUARD))
        .then(pl.concat_str(pl.lit("'"), text))
        .otherwise(text)
        .alias(column)
    )

"""A table as a file holds it: every cell as text, numbers beside it where the file has numbers, and addresses."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from suanli.problems import Place, Problem, Severity

MOST_DESCRIBED = 100
"""Problems of one kind that are described one by one for a file; the rest are counted."""
KEY_BASE = 1 << 14
"""Columns an Excel sheet may have: a cell's key is `line * KEY_BASE + column`."""

Addressing = Literal["cell", "line", "row"]
Range = tuple[int, int, int, int]
"""First line, first column, last line, last column; lines from 1, columns from 0."""


def _no_keys() -> pl.Series:
    return pl.Series("key", [], dtype=pl.Int64)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, a text file or a Parquet file before its meaning is known.

    `texts` and `numbers` have one column a position, named by it (`0` is column A), and one row a line of the file;
    `lines` are the numbers of those lines in the file. Where `numbers` is not null the cell holds a number, not text.
    `heading` is given where the format itself names columns (Parquet); otherwise it is among the rows. Of a
    workbook, `percents` are the keys of numbers shown times 100 as percentages, `literal_percents` those of numbers
    shown as they are with a percent sign, and `merged` the ranges of merged cells.
    """

    file: str
    sheet: str
    addressing: Addressing
    texts: pl.DataFrame
    numbers: pl.DataFrame
    lines: pl.Series
    heading: tuple[str, ...] | None = None
    percents: pl.Series = field(default_factory=_no_keys)
    literal_percents: pl.Series = field(default_factory=_no_keys)
    merged: tuple[Range, ...] = ()

    def place(self, line: int, column: int | None = None, **more: str) -> Place:
        """Return where a cell, or a whole line, is."""
        return Place(
            file=self.file, sheet=self.sheet, cell=address(self.addressing, line, column), **more
        )


def address(addressing: Addressing, line: int, column: int | None = None) -> str:
    """Return a cell's address: `C7` in a workbook, `line 7` in a text file, `row 7` in a Parquet file.

    >>> address("cell", 7, 2), address("line", 7, 2)
    ('C7', 'line 7')
    """
    if addressing != "cell":
        return f"{addressing} {line}"
    return f"{letters(column)}{line}" if column is not None else f"{line}:{line}"


def letters(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> letters(0), letters(25), letters(26), letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    name, rest = "", column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def addresses(addressing: Addressing, columns: Iterable[int]) -> pl.Expr:
    """Return an expression for the addresses of rows with the columns `line` and `column`."""
    if addressing != "cell":
        return pl.concat_str(pl.lit(f"{addressing} "), pl.col("line"))
    names = {column: letters(column) for column in sorted(set(columns))}
    return pl.concat_str(
        pl.col("column").replace_strict(names, return_dtype=pl.String, default=""), pl.col("line")
    )


def described(
    rows: pl.DataFrame, describe: Callable[[Mapping[str, object]], Problem]
) -> list[Problem]:
    """Return a problem for each of the first rows, and one more that counts the rest."""
    first = [describe(row) for row in rows.head(MOST_DESCRIBED).iter_rows(named=True)]
    return capped(first, rows.height)


def capped(problems: list[Problem], total: int | None = None) -> list[Problem]:
    """Return the first problems of one kind, and one more that counts those left out of the list."""
    total = len(problems) if total is None else total
    if total <= MOST_DESCRIBED:
        return problems
    first = problems[0]
    rest = Problem(
        "more-of-the-same",
        first.severity,
        Place(file=first.place.file, sheet=first.place.sheet),
        found=str(total - MOST_DESCRIBED),
        details={"total": total, "shown": MOST_DESCRIBED, "code": first.code},
    )
    return [*problems[:MOST_DESCRIBED], rest]


def noted(code: str, table: Table, rows: pl.DataFrame) -> list[Problem]:
    """Return one note that counts rows (with `line` and `column`) and names the first cells."""
    if rows.is_empty():
        return []
    first = rows.select("line", "column").unique().sort("line", "column").head(5)
    cells = first.select(addresses(table.addressing, first["column"])).to_series()
    found = ", ".join(cells.unique(maintain_order=True)) + (" …" if rows.height > 5 else "")
    place = Place(file=table.file, sheet=table.sheet)
    return [Problem(code, Severity.NOTE, place, found=found, details={"count": rows.height})]

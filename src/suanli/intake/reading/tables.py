"""A table as a file holds it: every cell as text, numbers beside it where the file has numbers, and addresses."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import polars as pl

from suanli.problems import Place, Problem, Severity

MOST_DESCRIBED = 100
"""Problems of one kind that are described one by one for a file; the rest are counted."""
KEY_BASE = 1 << 14
"""Columns an Excel sheet may have: a cell's key is `line * KEY_BASE + column`."""

_LISTED = 5
"""Cells that are named in a sentence."""
_ROW = re.compile(r"^(?:line|row) (\d+)$")

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


def capped_by_kind(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems, of each kind in a file the first ones only; at the end, what counts the rest of each kind."""
    kinds: dict[tuple[str, str], list[Problem]] = {}
    kept: list[Problem] = []
    for problem in problems:
        kind = kinds.setdefault((problem.code, problem.place.file), [])
        kind.append(problem)
        if len(kind) <= MOST_DESCRIBED:
            kept.append(problem)
    return kept + [capped(one)[-1] for one in kinds.values() if len(one) > MOST_DESCRIBED]


def cells_words(name: str, cells: Sequence[str]) -> dict[str, str]:
    """Return addresses of cells as details in both languages: a line or a row of a file is said in words.

    >>> cells_words("cell", ["line 3", "B2"])
    {'cell_zh': '第 3 行、B2', 'cell_en': 'line 3, B2'}
    """
    first = list(dict.fromkeys(cells))[:_LISTED]
    more = " …" if len(cells) > _LISTED else ""
    said = [_ROW.sub(r"第 \1 行", cell) for cell in first]
    return {f"{name}_zh": "、".join(said) + more, f"{name}_en": ", ".join(first) + more}


def place_words(name: str, place: Place) -> dict[str, str]:
    """Return where a cell is as details in both languages.

    >>> place_words("place", Place(file="a.csv", cell="line 3"))
    {'place_zh': 'a.csv · 第 3 行', 'place_en': 'a.csv · line 3'}
    """
    return {
        f"{name}_zh": str(replace(place, cell=_ROW.sub(r"第 \1 行", place.cell))),
        f"{name}_en": str(place),
    }


def noted(code: str, table: Table, rows: pl.DataFrame) -> list[Problem]:
    """Return one note that counts rows (with `line` and `column`) and names the first cells."""
    if rows.is_empty():
        return []
    first = rows.select("line", "column").unique().sort("line", "column").head(5)
    cells = first.select(addresses(table.addressing, first["column"])).to_series()
    found = ", ".join(cells.unique(maintain_order=True)) + (" …" if rows.height > 5 else "")
    place = Place(file=table.file, sheet=table.sheet)
    return [Problem(code, Severity.NOTE, place, found=found, details={"count": rows.height})]

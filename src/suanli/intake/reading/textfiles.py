"""CSV and TSV files: encoding and delimiter found out, ragged rows reported by line."""

import codecs
import csv
import re
from collections.abc import Iterator

import polars as pl

from suanli.intake.encodings import torn, without_encoding
from suanli.intake.folder import FileContent, shown
from suanli.intake.reading.tables import Table, capped
from suanli.problems import Place, Problem, Severity

MAX_ROWS = 1_000_000
"""Most rows of a text or Parquet file."""
MAX_CELLS = 10_000_000
"""Most cells of a text or Parquet file: a few bytes can stand for very many of them, empty or equal."""
MAX_COLUMNS = 2_000
"""Most columns of any table."""
_CHUNK = 500_000
"""Cells that are held as objects of their own before they become columns."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_DELIMITERS = (",", "\t", ";")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text_table(file: FileContent) -> tuple[Table | None, list[Problem]]:
    """Return the table in a CSV or TSV file, and what is wrong with it.

    The text is UTF-8 (with or without a byte order mark), UTF-16 with one, or else GB18030, each decoded strictly; the
    delimiter is the one of comma, tab and semicolon that the first line has most of. Blank lines are passed over.
    """
    path = file.file.path
    text, problems = decoded(file)
    if text is None:
        return None, problems
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return None, [*problems, _error("not-a-text-table", path, "NUL", line)]
    rows = _Rows(path, text)
    try:
        frames = list(rows.frames())
    except csv.Error as trouble:
        return None, [*problems, _error("not-a-text-table", path, str(trouble), rows.line)]
    problems += capped(rows.ragged, rows.ragged_count)
    if rows.refusal:
        return None, [*problems, rows.refusal]
    if not frames or rows.ragged:
        return None, problems or [_error("file-empty", path, path)]
    texts = pl.concat(frames)
    lines = texts["line"]
    texts = texts.drop("line")
    nothing = pl.repeat(None, texts.height, dtype=pl.Float64, eager=True)
    numbers = pl.DataFrame(dict.fromkeys(texts.columns, nothing))
    return Table(path, "", "line", texts, numbers, lines), problems


def decoded(file: FileContent) -> tuple[str | None, list[Problem]]:
    """Return the text of a file, with a note where its encoding had to be found out."""
    for mark, encoding in _MARKS:
        if file.content.startswith(mark):
            text, problems = _strictly(file, encoding)
            noted = text is not None and encoding != "utf-8-sig"
            return text, [*problems, _encoding(file, "UTF-16")] if noted else problems
    try:
        return file.content.decode("utf-8"), []
    except UnicodeDecodeError:
        text, problems = _strictly(file, "gb18030", "utf-8")
    if text is None:
        return None, problems
    return text, [_encoding(file, "GB18030")]


def _encoding(file: FileContent, name: str) -> Problem:
    return Problem("encoding-found", Severity.NOTE, Place(file=file.file.path), found=name)


def _strictly(file: FileContent, encoding: str, *others: str) -> tuple[str | None, list[Problem]]:
    """Return the text of a file in an encoding, or the first byte that is no text there nor in those tried before."""
    try:
        return file.content.decode(encoding), []
    except UnicodeDecodeError:
        refusals = (torn([file.content], each) for each in (encoding, *others))
        return None, [without_encoding(file.file.path, filter(None, refusals))]


class _Rows:
    """The rows of one text, in frames of bounded size; what is ragged is collected on the way."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.ragged: list[Problem] = []
        self.ragged_count = 0
        self.refusal: Problem | None = None
        self._reader = csv.reader(_lines(text), delimiter=_delimiter(text), strict=True)
        self._width = 0

    @property
    def line(self) -> int:
        return self._reader.line_num

    def frames(self) -> Iterator[pl.DataFrame]:
        batch: list[list[str]] = []
        lines: list[int] = []
        count, start = 0, 1
        for row in self._reader:
            line, start = start, self._reader.line_num + 1
            if not any(row):
                continue
            batch.append(self._even(row, line))
            lines.append(line)
            count += 1
            if self._is_too_big(count):
                self.refusal = too_big(self.path)
                return
            if len(batch) * self._width >= _CHUNK:
                yield _frame(batch, lines)
                batch, lines = [], []
        if batch:
            yield _frame(batch, lines)

    def _is_too_big(self, count: int) -> bool:
        cells = count * self._width
        return count > MAX_ROWS or self._width > MAX_COLUMNS or cells > MAX_CELLS

    def _even(self, row: list[str], line: int) -> list[str]:
        self._width = self._width or len(row)
        if len(row) == self._width:
            return row
        if len(row) < self._width or any(row[self._width :]):
            self.ragged_count += 1
            self.ragged.append(_ragged(self.path, line, len(row), self._width))
            del self.ragged[100:]
        return (row + [""] * self._width)[: self._width]


def _frame(batch: list[list[str]], lines: list[int]) -> pl.DataFrame:
    columns = {str(place): list(values) for place, values in enumerate(zip(*batch, strict=True))}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    # an empty field is no text at all, as an empty cell of a workbook is
    blank_as_null = frame.with_columns(
        pl.when(pl.all().str.strip_chars() != "").then(pl.all()).name.keep()
    )
    return blank_as_null.with_columns(line=pl.Series(lines, dtype=pl.Int64))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends; a stream of it would hold four bytes a character."""
    return (found[0] for found in _LINE.finditer(text))


def _delimiter(text: str) -> str:
    first = next((line for line in _lines(text) if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=lambda delimiter: (outside.count(delimiter), delimiter == ","))


def _ragged(path: str, line: int, found: int, expected: int) -> Problem:
    place = Place(file=path, cell=f"line {line}")
    return Problem("row-ragged", Severity.ERROR, place, found=str(found), expected=str(expected))


def _error(code: str, path: str, found: str, line: int = 0) -> Problem:
    place = Place(file=path, cell=f"line {line}" if line else "")
    return Problem(code, Severity.ERROR, place, found=shown(found))


def too_big(path: str) -> Problem:
    """Return the problem of a text or Parquet file beyond the limits."""
    limits = {
        "rows": f"{MAX_ROWS:,}",
        "columns": f"{MAX_COLUMNS:,}",
        "cells": f"{MAX_CELLS:,}",
    }
    return Problem("table-too-big", Severity.ERROR, Place(file=path), details=limits)

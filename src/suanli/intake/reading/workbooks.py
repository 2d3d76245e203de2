"""Excel files: values through fastexcel, and beside them what the XML says of each cell."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax import SAXException
from zipfile import BadZipFile

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.intake.folder import FileContent, shown
from suanli.intake.reading.archive import Archive, SheetEntry, read_archive
from suanli.intake.reading.markup import MarkupRefusedError
from suanli.intake.reading.sheetpass import (
    MAX_SHEET_CELLS,
    MAX_SHEET_COLUMNS,
    MAX_SHEET_ROWS,
    SheetPass,
    sheet_pass,
)
from suanli.intake.reading.tables import KEY_BASE, Table, address, letters
from suanli.problems import Place, Problem, Severity

NO_RESULT = "="
"""Stands in a table for a formula that has no stored result."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """An Excel file that may be read: its sheets, of which none has been read yet."""

    file: FileContent
    archive: Archive

    @property
    def sheets(self) -> tuple[SheetEntry, ...]:
        """The worksheets in the order of their tabs."""
        return self.archive.sheets


def read_workbook(file: FileContent) -> Workbook | Problem:
    """Return the workbook, or why it cannot be read."""
    archive = read_archive(file)
    return archive if isinstance(archive, Problem) else Workbook(file, archive)


def read_sheet(workbook: Workbook, sheet: SheetEntry) -> tuple[Table | None, list[Problem]]:
    """Return the table of a sheet and what is wrong with it; none if the sheet is empty or refused."""
    path = workbook.file.file.path
    place = Place(file=path, sheet=shown(sheet.name))
    archive = workbook.archive
    try:
        with archive.stream(sheet.entry) as stream:
            found = sheet_pass(stream, archive.percent_styles, archive.literal_styles)
    except MarkupRefusedError as trouble:
        return None, [Problem("workbook-entities", Severity.ERROR, place, found=str(trouble))]
    except (SAXException, BadZipFile, ValueError) as trouble:
        return None, [_damaged(place, trouble)]
    if found.too_big:
        return None, [_too_big(place)]
    if found.last_column < 0:
        return None, []
    frames = _frames(workbook.file.content, sheet.name, place)
    if isinstance(frames, Problem):
        return None, [frames]
    return _table(place, *frames, found), _hidden(place, found) + _formulas(place, found)


def _frames(
    content: bytes, sheet: str, place: Place
) -> tuple[pl.DataFrame, pl.DataFrame] | Problem:
    import fastexcel

    try:
        reader = fastexcel.read_excel(content)
        return _columns(reader, sheet, "string"), _columns(reader, sheet, "float")
    except fastexcel.FastExcelError as trouble:
        return _damaged(place, trouble)


def _columns(reader, sheet: str, kind: str) -> pl.DataFrame:  # type: ignore[no-untyped-def]  # noqa: ANN001
    # `skip_rows=0` keeps empty first lines, so that row numbers are those of the sheet
    loaded = reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes=kind)
    places = [str(column.absolute_index) for column in loaded.available_columns()]
    frame: pl.DataFrame = loaded.to_polars()
    frame.columns = places
    return frame


def _table(place: Place, texts: pl.DataFrame, floats: pl.DataFrame, found: SheetPass) -> Table:
    is_text = _mask(texts, found.texts)
    numbers: dict[str, pl.Series] = {}
    exact: dict[str, pl.Series] = {}
    for position, name in enumerate(texts.columns):
        text = texts[name]
        as_number = text.cast(pl.Float64, strict=False)
        # a date or a truth value has a number behind it, but its text is none
        holds = as_number.is_not_null() & ~pl.Series(is_text[:, position])
        number = floats[name].cast(pl.Float64).set(~holds, None)
        # the reader's text of a number may be rounded or spelt out at length; the number itself is exact
        spelt = ((as_number != number) | (text.str.len_chars() > 17)) & number.is_not_null()
        numbers[name] = number
        exact[name] = text.set(spelt.fill_null(value=False), None).fill_null(number.cast(pl.String))
    written = _written(pl.DataFrame(exact), found)
    nothing = pl.repeat(None, texts.height, dtype=pl.Float64, eager=True)
    return Table(
        place.file,
        place.sheet,
        "cell",
        written,
        pl.DataFrame({name: numbers.get(name, nothing) for name in written.columns}),
        pl.int_range(1, texts.height + 1, dtype=pl.Int64, eager=True),
        percents=pl.Series("key", found.percents, dtype=pl.Int64),
        literal_percents=pl.Series("key", found.literal_percents, dtype=pl.Int64),
        merged=tuple(found.merged),
    )


def _mask(frame: pl.DataFrame, keys: Iterable[int]) -> NDArray[np.bool_]:
    mask = np.zeros((frame.height, frame.width), dtype=np.bool_)
    lines, columns = np.divmod(np.asarray(keys, dtype=np.int64), KEY_BASE)
    places = np.full(KEY_BASE, -1)
    places[[int(name) for name in frame.columns]] = range(frame.width)
    inside = (places[columns] >= 0) & (lines <= frame.height)
    mask[lines[inside] - 1, places[columns[inside]]] = True
    return mask


def _written(texts: pl.DataFrame, found: SheetPass) -> pl.DataFrame:
    """Put error values, and formulas without a result, where the reader shows nothing."""
    marks = dict.fromkeys(found.empty_formulas, NO_RESULT) | found.errors
    by_column: dict[int, dict[int, str]] = {}
    for key, mark in marks.items():
        line, column = divmod(key, KEY_BASE)
        if line <= texts.height:
            by_column.setdefault(column, {})[line - 1] = mark
    columns = {name: texts[name] for name in texts.columns}
    for column, cells in by_column.items():
        empty = pl.repeat(None, texts.height, dtype=pl.String, eager=True)
        base = columns.get(str(column), empty).clone()
        columns[str(column)] = base.scatter(list(cells), list(cells.values()))
    return pl.DataFrame({name: columns[name] for name in sorted(columns, key=int)})


def _hidden(place: Place, found: SheetPass) -> list[Problem]:
    parts = [f"{line}:{line}" for line in found.hidden_lines]
    parts += [f"{letters(first)}:{letters(last)}" for first, last in found.hidden_columns]
    if not parts:
        return []
    cells = ", ".join(parts[:10]) + (" …" if len(parts) > 10 else "")
    return [Problem("sheet-part-hidden", Severity.WARNING, place, found=cells)]


def _formulas(place: Place, found: SheetPass) -> list[Problem]:
    computed = sorted(set(found.formulas) - set(found.empty_formulas))
    if not computed:
        return []
    cells = ", ".join(address("cell", *divmod(key, KEY_BASE)) for key in computed[:5])
    cells += " …" if len(computed) > 5 else ""
    details = {"count": len(computed)}
    return [Problem("formulas-read", Severity.NOTE, place, found=cells, details=details)]


def _damaged(place: Place, trouble: Exception) -> Problem:
    return Problem("workbook-damaged", Severity.ERROR, place, found=type(trouble).__name__)


def _too_big(place: Place) -> Problem:
    limits = {
        "rows": f"{MAX_SHEET_ROWS:,}",
        "columns": f"{MAX_SHEET_COLUMNS:,}",
        "cells": f"{MAX_SHEET_CELLS:,}",
    }
    return Problem("sheet-too-big", Severity.ERROR, place, details=limits)

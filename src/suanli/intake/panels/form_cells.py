"""A returned questionnaire as a book of cells: every sheet as typed, through the gates that any workbook passes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from xml.sax import SAXException
from zipfile import BadZipFile

from suanli.intake.folder import shown
from suanli.intake.reading.archive import SheetEntry
from suanli.intake.reading.markup import MarkupRefusedError
from suanli.intake.reading.sheetpass import SheetPass, cell_place, sheet_pass
from suanli.intake.reading.tables import KEY_BASE, Range
from suanli.intake.reading.workbooks import Workbook, read_sheet
from suanli.problems import Place, Problem, Severity, errors

if TYPE_CHECKING:
    from fastexcel import ExcelReader

MAX_UNPACKED_BYTES = 30_000_000
"""Most bytes of a questionnaire once unpacked."""
Rows = tuple[tuple[str | float | None, ...], ...]
"""The cells of a sheet, row by row: text, or a number where one was typed."""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet as it came back: its cells, and where there are formulas, error values such as `#REF!`, merged cells."""

    file: str
    name: str
    rows: Rows
    columns: Mapping[int, int]
    formulas: frozenset[int]
    errors: Mapping[int, str]
    merged: tuple[Range, ...] = ()

    def text(self, cell: str) -> str:
        """Return what stands in a cell, nothing if it is empty."""
        line, column = cell_place(cell)
        if error := self.errors.get(line * KEY_BASE + column):
            return error
        value = self._value(line, column)
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
        return (value or "").strip()

    def number(self, cell: str) -> float | None:
        """Return the number in a cell, None if it holds text or nothing."""
        value = self._value(*cell_place(cell))
        return value if isinstance(value, float) else None

    def _value(self, line: int, column: int) -> str | float | None:
        at = self.columns.get(column)
        return None if at is None or line > len(self.rows) else self.rows[line - 1][at]

    def is_formula(self, cell: str) -> bool:
        """Tell whether a cell is computed rather than typed."""
        line, column = cell_place(cell)
        return line * KEY_BASE + column in self.formulas

    def place(self, cell: str = "") -> Place:
        """Return where a cell is."""
        return Place(file=self.file, sheet=shown(self.name), cell=cell)


@dataclass(frozen=True, slots=True)
class FormBook:
    """A workbook that is a form: its sheets by name, none of them read yet."""

    workbook: Workbook
    reader: "ExcelReader"
    entries: Mapping[str, SheetEntry]

    @property
    def file(self) -> str:
        """The name that the file is known by."""
        return self.workbook.file.file.path

    def sheet(self, name: str) -> tuple[FormSheet | None, list[Problem]]:
        """Return a sheet of the book, or why it cannot be read.

        The gates are those of `read_sheet`, which it does not call: its work on numbers and styles is for tables of
        data, and a form has dozens of sheets with columns full of formulas.
        """
        entry = self.entries[name]
        archive = self.workbook.archive
        place = Place(file=self.file, sheet=shown(name))
        try:
            with archive.stream(entry.entry) as stream:
                found = sheet_pass(stream, archive.percent_styles, archive.literal_styles)
            if found.too_big:
                return None, list(errors(read_sheet(self.workbook, entry)[1]))
            rows, columns = self._cells(name, found) if found.last_column >= 0 else ((), {})
        except MarkupRefusedError as trouble:
            return None, [Problem("workbook-entities", Severity.ERROR, place, str(trouble))]
        except _damage() as trouble:
            found_kind = type(trouble).__name__
            return None, [Problem("workbook-damaged", Severity.ERROR, place, found_kind)]
        formulas = frozenset((*found.formulas, *found.empty_formulas))
        merged = tuple(found.merged)
        return FormSheet(self.file, name, rows, columns, formulas, found.errors, merged), []

    def _cells(self, name: str, found: SheetPass) -> tuple[Rows, dict[int, int]]:
        texts, columns = self._loaded(name, "string")
        numbers, _ = self._loaded(name, "float")
        typed_text = frozenset(found.texts)
        rows = []
        for line, (said, counted) in enumerate(zip(texts, numbers, strict=True), start=1):
            key = line * KEY_BASE
            rows.append(
                tuple(
                    said[at] if key + column in typed_text else _exact(said[at], counted[at])
                    for column, at in columns.items()
                )
            )
        return tuple(rows), columns

    def _loaded(
        self, name: str, kind: Literal["string", "float"]
    ) -> tuple[list[tuple[Any, ...]], dict[int, int]]:
        # `skip_rows=0` keeps empty first lines, so that row numbers are those of the sheet
        loaded = self.reader.load_sheet(name, header_row=None, skip_rows=0, dtypes=kind)
        columns = {each.absolute_index: at for at, each in enumerate(loaded.available_columns())}
        return loaded.to_polars().rows(), columns


def form_book(workbook: Workbook) -> FormBook | Problem:
    """Return a workbook as a form, or why it cannot be one: far too much in it, or sheets that share a name."""
    import fastexcel

    place = Place(file=workbook.file.file.path)
    # the sizes were counted, not believed, when the archive was opened
    size = sum(entry.file_size for entry in workbook.archive.zip.infolist())
    if size > MAX_UNPACKED_BYTES:
        details = {"limit": MAX_UNPACKED_BYTES // 1_000_000}
        found = f"{size / 1e6:,.0f} MB"
        return Problem("questionnaire-padded", Severity.ERROR, place, found, details=details)
    entries = {entry.name: entry for entry in workbook.sheets}
    if len(entries) < len(workbook.sheets):
        return Problem("workbook-damaged", Severity.ERROR, place, "sheets")
    try:
        reader = fastexcel.read_excel(workbook.file.content)
    except fastexcel.FastExcelError as trouble:
        return Problem("workbook-damaged", Severity.ERROR, place, type(trouble).__name__)
    return FormBook(workbook, reader, entries)


def _exact(text: str | None, number: float | None) -> str | float | None:
    """Return the number of a cell, which the reader's text of it rounds; a date or a truth value is none."""
    try:
        float(text or "")
    except ValueError:
        return text
    return number


def _damage() -> tuple[type[Exception], ...]:
    import fastexcel

    return (fastexcel.FastExcelError, SAXException, BadZipFile, ValueError)

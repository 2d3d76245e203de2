"""The table that a matrix is in: of a text file, or of the sheet that is named or comes first with one."""

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from suanli.intake.folder import MAX_TEXT_BYTES, FileContent, file_content, shown
from suanli.intake.matrices.forms import Form, form_of
from suanli.intake.matrices.ragged import evened
from suanli.intake.reading.tables import Table
from suanli.intake.reading.textfiles import read_text_table
from suanli.intake.reading.workbooks import Workbook, read_sheet, read_workbook
from suanli.language import system_reason
from suanli.problems import Place, Problem, Severity

_TEXT = (".csv", ".tsv", ".txt")
_EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb")
_MOST_SHEETS = 50
READABLE = (*_TEXT, ".xlsx", ".xlsm")
"""Endings of files that are read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table in which judgements stand, and how they are laid out."""

    table: Table
    form: Form


def content_of(path: Path) -> FileContent | Problem:
    """Return the bytes of a file that a person named, wherever it lies; a link that is named is followed."""
    place = Place(file=shown(path.name))
    try:
        target = path.resolve()
        if target.is_dir():
            return Problem("file-not-regular", Severity.ERROR, place, found=shown(str(path)))
    except (OSError, RuntimeError) as trouble:
        details = {"reason": system_reason(trouble)}
        found = shown(str(path))
        return Problem("file-unreadable", Severity.ERROR, place, found=found, details=details)
    content = file_content(target.parent, target.name, limit=MAX_TEXT_BYTES)
    if isinstance(content, Problem) and content.code == "file-too-large":
        return replace(content, code="matrix-file-too-large")
    return content


def find_table(file: FileContent, sheet: str | None) -> tuple[Found | None, list[Problem]]:
    """Return the table with the judgements, and what is wrong with the file; none if it has no such table."""
    ending = PurePosixPath(file.file.path).suffix.casefold()
    place = Place(file=file.file.path)
    if ending in _EXCEL:
        workbook = read_workbook(file)
        if isinstance(workbook, Problem):
            return None, [workbook]
        return _in_sheet(workbook, sheet) if sheet else _in_first_sheet(workbook)
    if ending not in _TEXT:
        expected = ", ".join(READABLE)
        return None, [Problem("file-type-unknown", Severity.ERROR, place, ending, expected)]
    if sheet:
        return None, [Problem("matrix-sheet-in-text", Severity.ERROR, place, found=shown(sheet))]
    table, problems = _read_text(file)
    form = form_of(table) if table else None
    if table is None or form is None:
        return None, problems if table is None else [*problems, _not_found(place)]
    return Found(table, form), problems


def _read_text(file: FileContent) -> tuple[Table | None, list[Problem]]:
    table, problems = read_text_table(file)
    if any(problem.code == "row-ragged" for problem in problems) and (even := evened(file)):
        again, _ = read_text_table(even)
        if again is not None:
            return again, [problem for problem in problems if problem.code == "encoding-found"]
    return table, problems


def _in_sheet(workbook: Workbook, name: str) -> tuple[Found | None, list[Problem]]:
    file = workbook.file.file.path
    sheet = next((each for each in workbook.sheets if each.name == name), None)
    if sheet is None:
        names = ", ".join(shown(each.name, 30) for each in workbook.sheets[:20])
        absent = Problem(
            "matrix-sheet-absent", Severity.ERROR, Place(file=file), shown(name), names
        )
        return None, [absent]
    table, problems = read_sheet(workbook, sheet)
    form = form_of(table) if table else None
    if table is None or form is None:
        place = Place(file=file, sheet=shown(name))
        lacking = [] if problems and table is None else [_not_found(place)]
        return None, [*problems, *lacking]
    return Found(table, form), problems


def _in_first_sheet(workbook: Workbook) -> tuple[Found | None, list[Problem]]:
    refused: list[Problem] = []
    first: tuple[Found, list[Problem]] | None = None
    others: list[str] = []
    for sheet in workbook.sheets[:_MOST_SHEETS]:
        if sheet.hidden:
            continue
        table, problems = read_sheet(workbook, sheet)
        form = form_of(table) if table else None
        if table is None:
            refused += problems
        elif form and first:
            others.append(shown(sheet.name, 31))
        elif form:
            first = Found(table, form), problems
    place = Place(file=workbook.file.file.path)
    if first is None:
        return None, refused or [_not_found(place)]
    found, problems = first
    if others:
        names = ", ".join(others)
        note = Problem("matrix-sheets-several", Severity.NOTE, place, found.table.sheet, names)
        problems = [*problems, note]
    return found, problems


def _not_found(place: Place) -> Problem:
    return Problem("matrix-not-found", Severity.ERROR, place)

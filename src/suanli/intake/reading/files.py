"""A data file by its ending: the tables in it, and what a form in it says of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from suanli.intake.folder import FileContent, shown
from suanli.intake.reading.form import Form, is_form_page, read_form
from suanli.intake.reading.layout import Wishes, read_headings
from suanli.intake.reading.parquetfiles import read_parquet_table
from suanli.intake.reading.tables import Table
from suanli.intake.reading.textfiles import read_text_table
from suanli.intake.reading.workbooks import Workbook, read_sheet, read_workbook
from suanli.problems import Place, Problem, Severity

_TEXT = (".csv", ".tsv", ".txt")
_EXCEL = (".xlsx", ".xlsm", ".xls", ".xlsb")
_PARQUET = (".parquet",)

READABLE = (*_TEXT, ".xlsx", ".xlsm", *_PARQUET)
"""Endings of files that are read."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The tables of a file, and its form where it is one."""

    tables: tuple[Table, ...]
    form: Form | None = None


def read_contents(
    file: FileContent, sheet: str | None, wishes: Wishes
) -> tuple[Contents, list[Problem]]:
    """Return the tables of a data file, of one sheet or of all sheets with data, and what is wrong with it."""
    ending = PurePosixPath(file.file.path).suffix.casefold()
    if sheet is not None and ending not in _EXCEL:
        place = Place(file=file.file.path)
        return Contents(()), [Problem("sheet-not-excel", Severity.ERROR, place, found=shown(sheet))]
    if ending in _TEXT:
        return _single(read_text_table, file)
    if ending in _PARQUET:
        return _single(read_parquet_table, file)
    if ending in _EXCEL:
        return _workbook(file, sheet, wishes)
    expected = ", ".join(READABLE)
    place = Place(file=file.file.path)
    return Contents(()), [Problem("file-type-unknown", Severity.ERROR, place, ending, expected)]


def _single(
    reader: Callable[[FileContent], tuple[Table | None, list[Problem]]], file: FileContent
) -> tuple[Contents, list[Problem]]:
    table, problems = reader(file)
    return Contents((table,) if table else ()), problems


def _workbook(
    file: FileContent, sheet: str | None, wishes: Wishes
) -> tuple[Contents, list[Problem]]:
    workbook = read_workbook(file)
    if isinstance(workbook, Problem):
        return Contents(()), [workbook]
    form, problems = read_form(workbook)
    if sheet is None:
        tables, more = _all_sheets(workbook, wishes, form)
    else:
        tables, more = _named_sheet(workbook, sheet)
    return Contents(tuple(tables), form), problems + more


def _named_sheet(workbook: Workbook, name: str) -> tuple[list[Table], list[Problem]]:
    for sheet in workbook.sheets:
        if sheet.name == name:
            table, problems = read_sheet(workbook, sheet)
            if table is None and not problems:
                problems = [_sheet_problem("sheet-empty", Severity.ERROR, workbook, name)]
            return [table] if table else [], problems
    names = ", ".join(shown(sheet.name, 30) for sheet in workbook.sheets[:20])
    absent = _sheet_problem(
        "sheet-absent", Severity.ERROR, workbook, "", found=shown(name), expected=names
    )
    return [], [absent]


def _all_sheets(
    workbook: Workbook, wishes: Wishes, form: Form | None
) -> tuple[list[Table], list[Problem]]:
    """Read every visible sheet with headings of data; one without is passed over, and said so."""
    tables: list[Table] = []
    passed: list[Problem] = []
    problems: list[Problem] = []
    for sheet in workbook.sheets:
        if form and is_form_page(sheet.name):
            continue
        if sheet.hidden:
            problems.append(_sheet_problem("sheet-hidden", Severity.WARNING, workbook, sheet.name))
            continue
        table, more = read_sheet(workbook, sheet)
        if table is None:
            problems += more
            continue
        _, trouble = read_headings(table, wishes)
        if form is None and any(problem.code == "headings-not-found" for problem in trouble):
            passed.append(
                _sheet_problem("sheet-passed-over", Severity.WARNING, workbook, sheet.name)
            )
            continue
        problems += more
        tables.append(table)
    if not tables and not problems:
        place = Place(file=workbook.file.file.path)
        return [], [Problem("workbook-without-data", Severity.ERROR, place)]
    return tables, problems + passed


def _sheet_problem(
    code: str,
    severity: Severity,
    workbook: Workbook,
    sheet: str,
    *,
    found: str = "",
    expected: str = "",
) -> Problem:
    place = Place(file=workbook.file.file.path, sheet=shown(sheet))
    return Problem(code, severity, place, found=found or shown(sheet), expected=expected)

"""Matrices written to files, for tests that read them."""

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from suanli.intake.matrices import LabelledMatrix, read_matrix
from suanli.problems import Problem, Severity, StudyError


def text(folder: Path, content: str | bytes, name: str = "m.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def book(folder: Path, sheets: dict[str, list[list[object]]], *dressings, name="m.xlsx") -> Path:
    """Write a workbook with the rows of each sheet; each dressing gets the book and its first sheet."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        pages = []
        for title, rows in sheets.items():
            page = made.add_worksheet(title)
            pages.append(page)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        page.write(at, column, value)
        for dressing in dressings:
            dressing(made, pages[0])
    path = folder / name
    path.write_bytes(buffer.getvalue())
    return path


def read(folder: Path, content: str | bytes, name: str = "m.csv", **how) -> LabelledMatrix:
    return read_matrix(text(folder, content, name), **how)


def refusals(path: Path, **how) -> list[Problem]:
    """Return the errors of a file that is refused."""
    with pytest.raises(StudyError, match=r"\w") as refusal:
        read_matrix(path, **how)
    return [each for each in refusal.value.problems if each.severity is Severity.ERROR]


def refused(folder: Path, content: str | bytes, name: str = "m.csv", **how) -> list[Problem]:
    return refusals(text(folder, content, name), **how)


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]

"""Excel files made for tests: ordinary ones through xlsxwriter, odd ones by replacing parts of the archive."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

ROWS = [
    ["地区", "年份", "A.1", "A.2", "B.1"],
    ["单位", None, "1", "%", "EB"],
    ["北京", "2022", 1.35, 61, 8.1],
    ["天津", "2022", 1.42, 52, 4.2],
    ["上海", "2022", 1.38, 66, 7.3],
    ["北京", "2023", 1.31, 63, 8.9],
    ["天津", "2023", 1.4, 55, 4.6],
    ["上海", "2023", 1.33, 69, 7.9],
]


def workbook(*dressings: Callable[..., None], sheet: str = "数据", top: int = 0) -> bytes:
    """Return a workbook with the small study's data; each dressing gets the book and the sheet and changes it."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet(sheet)
        for row, values in enumerate(ROWS, start=top):
            for column, value in enumerate(values):
                if value is not None:
                    page.write(row, column, value)
        for dressing in dressings:
            dressing(book, page)
    return buffer.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """Return an archive with some entries replaced or added; None takes one out."""
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(buffer, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            if part is not None:
                target.writestr(name, part)
    return buffer.getvalue()


def sheet_xml(body: str, *, prolog: str = "", before: str = "", after: str = "") -> bytes:
    """Return a sheet's XML with the given rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<worksheet xmlns="{space}">{before}'
        f"<sheetData>{body}</sheetData>{after}</worksheet>"
    ).encode()

"""An empty workbook: texts are texts in it, and nothing but what it holds decides its bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import Any

from suanli.result.workbook_looks import BASE_FORMAT

_NO_DATE = date(2000, 1, 1)


@contextmanager
def open_book(buffer: BytesIO, *, title: str, as_of: str | None, version: str) -> Iterator[Any]:
    """Yield a workbook that is written into the buffer when it closes.

    `as_of` is the date its properties bear, `version` that of the program.
    """
    import xlsxwriter

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": dict(BASE_FORMAT),  # the library writes into it
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": title[:200], "created": _created(as_of), "comments": f"Suanli {version}"}
        )
        yield book


def _created(as_of: str | None) -> datetime:
    """Return the date that the data are of; a fixed one when there is none, for the clock is not an input."""
    try:
        day = date.fromisoformat(as_of) if as_of else _NO_DATE
    except ValueError:
        day = _NO_DATE
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - xlsxwriter writes a date without a zone

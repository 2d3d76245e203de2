"""How a CSV file of records is written: its delimiter and headings; and a copy in UTF-8 of one that is not."""

import csv
import errno
from dataclasses import dataclass
from pathlib import Path

from suanli.intake.folder import shown
from suanli.intake.records.overflow import without_room
from suanli.problems import Place, Problem, Severity, StudyError

_LONGEST_HEADING = 1_000_000
_DELIMITERS = (",", "\t", ";")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class CsvForm:
    """The delimiter of a CSV file, its headings as they are, and its encoding."""

    delimiter: str
    names: tuple[str, ...]
    encoding: str = "utf-8"


def csv_form(path: str, called: str, encoding: str) -> CsvForm:
    """Return how a CSV file is written, by its first line; the delimiter is that of `, ; tab` which it has most of.

    `called` is what people know the file by.

    Raises
    ------
    StudyError
        If the first line is no line of headings.
    """
    unmarked = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        with Path(path).open(encoding=unmarked, newline="") as stream:
            line = stream.readline(_LONGEST_HEADING)
    except (OSError, UnicodeError) as trouble:
        raise StudyError([_not_a_table(called, type(trouble).__name__)]) from trouble
    if len(line) == _LONGEST_HEADING:
        raise StudyError([_not_a_table(called, line)])
    line = line.rstrip("\r\n")
    outside = "".join(line.split('"')[::2])
    delimiter = max(_DELIMITERS, key=lambda sign: (outside.count(sign), sign == ","))
    try:
        (headings,) = list(csv.reader([line], delimiter=delimiter, strict=True)) or [[]]
    except (csv.Error, ValueError) as trouble:
        raise StudyError([_not_a_table(called, str(trouble))]) from trouble
    if not any(heading.strip() for heading in headings):
        raise StudyError([_not_a_table(called, "–")])
    return CsvForm(delimiter, tuple(headings), encoding)


def utf8_copy(path: str, called: str, encoding: str, target: Path) -> None:
    """Write a copy of a text file in UTF-8.

    Raises
    ------
    StudyError
        If the file is not in the encoding after all, or there is no room for the copy.
    """
    try:
        with (
            Path(path).open(encoding=encoding, newline="") as stream,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            while text := stream.read(_CHUNK):
                copy.write(text)
    except UnicodeError as trouble:
        target.unlink(missing_ok=True)
        raise StudyError([_not_a_table(called, type(trouble).__name__)]) from trouble
    except OSError as trouble:
        if trouble.errno != errno.ENOSPC:
            raise
        raise StudyError([without_room()]) from trouble


def _not_a_table(called: str, found: str) -> Problem:
    place = Place(file=shown(called))
    return Problem("not-a-text-table", Severity.ERROR, place, found=shown(found))

"""What the columns of a table are: the heading row found, long told from wide, rows of codes and units beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from suanli.intake.folder import shown
from suanli.intake.reading.headers import (
    FIELDS,
    Field,
    field_of,
    heading_words,
    is_descriptive,
    normal,
)
from suanli.intake.reading.tables import Table
from suanli.problems import Place, Problem, Severity

SEARCHED_ROWS = 15
"""Rows of a sheet in which the heading row is looked for."""

Shape = Literal["long", "wide"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What study.yaml says of a file's columns: headings by field; anything not said is found out."""

    shape: Shape | None
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading row of a table and the fields it names.

    `row` is the position of the heading among the table's rows, -1 where the format itself names columns; `fields`
    maps a field to its column, `rest` the other columns with a heading or with data to their heading.
    """

    shape: Shape
    row: int
    line: int
    fields: Mapping[Field, str]
    rest: Mapping[str, str | None]


def read_headings(table: Table, wishes: Wishes) -> tuple[Headings | None, list[Problem]]:
    """Return the headings of a table, or none and the reason; other problems come along."""
    found = _heading_row(table, wishes)
    if found is None:
        return None, [_not_found(table, wishes)]
    row, cells = found
    line = int(table.lines[row]) if row >= 0 else 0
    fields, problems = _fields(table, cells, line, wishes)
    taken = set(fields.values())
    rest = {name: text for name, text in cells.items() if name not in taken}
    shape = wishes.shape or _shape(fields)
    if shape == "long":
        problems += _incomplete_long(table, line, fields)
    else:
        # only a long table has columns of these kinds; in a wide one they are columns like any other
        for field in ("code", "name", "value", "unit"):
            if field in fields:
                rest[fields[field]] = cells[fields.pop(field)]
    if problems:
        return None, problems
    # a heading that study.yaml puts another in the place of only describes
    order = {
        name: cells[name]
        for name in cells
        if name in rest and field_of(cells[name]) not in wishes.columns
    }
    return Headings(shape, row, line, MappingProxyType(fields), MappingProxyType(order)), []


def columns_of_long(table: Table, headings: Headings) -> list[Problem]:
    """Return what is to be said of the columns of a long table that are no field."""
    problems: list[Problem] = []
    expected = ", ".join(FIELDS)
    for name, text in headings.rest.items():
        place = table.place(headings.line, int(name)) if headings.line else Place(file=table.file)
        if text is None:
            below = table.texts[name].slice(headings.row + 1)
            if below.null_count() < below.len():
                problems.append(Problem("column-nameless", Severity.ERROR, place))
            continue
        if is_descriptive(text):
            continue
        problems.append(
            Problem("field-unknown", Severity.ERROR, place, found=shown(text), expected=expected)
        )
    return problems


def ignored_columns(table: Table, headings: Headings) -> list[Problem]:
    """Return a note that lists the descriptive columns, which are not read."""
    # the form of `suanli new` has this column itself, for its readers
    names = [
        text
        for text in headings.rest.values()
        if text and is_descriptive(text) and text != "region_en"
    ]
    if not names:
        return []
    found = ", ".join(shown(text) for text in names[:10])
    return [Problem("columns-ignored", Severity.NOTE, Place(table.file, table.sheet), found=found)]


def _heading_row(table: Table, wishes: Wishes) -> tuple[int, dict[str, str | None]] | None:
    if table.heading is not None:
        cells: dict[str, str | None] = {str(at): text for at, text in enumerate(table.heading)}
        return (-1, cells) if _names_region(cells, wishes) else None
    for row, values in enumerate(table.texts.head(SEARCHED_ROWS).iter_rows()):
        cells = dict(zip(table.texts.columns, values, strict=True))
        if _names_region(cells, wishes):
            return row, cells
    return None


def _names_region(cells: Mapping[str, str | None], wishes: Wishes) -> bool:
    wanted = {normal(wishes.columns[f]) for f in ("region", "region_code") if f in wishes.columns}
    for text in cells.values():
        if text and (
            normal(text) in wanted if wanted else field_of(text) in ("region", "region_code")
        ):
            return True
    return False


def _fields(
    table: Table, cells: Mapping[str, str | None], line: int, wishes: Wishes
) -> tuple[dict[Field, str], list[Problem]]:
    problems: list[Problem] = []
    fields: dict[Field, str] = {}
    declared = {normal(text): field for field, text in wishes.columns.items()}
    for name, text in cells.items():
        field = declared.get(normal(text)) if text else None
        if field is None and text:
            field = field_of(text)
            field = None if field in wishes.columns else field
        if field is None:
            continue
        known: Field = next(each for each in FIELDS if each == field)
        if known in fields:
            place = table.place(line, int(name)) if line else Place(file=table.file)
            found = f"{cells[fields[known]]}, {text}"
            problems.append(
                Problem("field-twice", Severity.ERROR, place, found=shown(found), expected=known)
            )
        else:
            fields[known] = name
    problems += [
        _column_absent(table, cells, field, text)
        for field, text in wishes.columns.items()
        if field not in fields
    ]
    return fields, problems


def _shape(fields: Mapping[Field, str]) -> Shape:
    # a table with only some of these is a long one that lacks the others, and is told so
    return "long" if {"code", "name", "value"} & set(fields) else "wide"


def _incomplete_long(table: Table, line: int, fields: Mapping[Field, str]) -> list[Problem]:
    lacking: list[Field] = []
    if "code" not in fields and "name" not in fields:
        lacking.append("code")
    if "value" not in fields:
        lacking.append("value")
    place = Place(file=table.file, sheet=table.sheet, cell=f"line {line}" if line else "")
    return [
        Problem("field-missing", Severity.ERROR, place, found=field, expected=heading_words(field))
        for field in lacking
    ]


def _column_absent(table: Table, cells: Mapping[str, str | None], field: str, text: str) -> Problem:
    headings = ", ".join(shown(cell, 30) for cell in list(cells.values())[:30] if cell)
    return Problem(
        "column-absent",
        Severity.ERROR,
        Place(file=table.file, sheet=table.sheet),
        found=shown(text),
        expected=headings,
        details={"field": field},
    )


def _not_found(table: Table, wishes: Wishes) -> Problem:
    wanted = [wishes.columns[f] for f in ("region", "region_code") if f in wishes.columns]
    return Problem(
        "headings-not-found",
        Severity.ERROR,
        Place(file=table.file, sheet=table.sheet),
        found=shown(", ".join(wanted)) or "–",
        expected=f"{heading_words('region')}, {heading_words('region_code')}",
        details={"rows": SEARCHED_ROWS},
    )

"""Codes and units of a wide table's columns: from the heading, from rows beside it, and from study.yaml."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import polars as pl

from suanli.framework import units
from suanli.intake.folder import shown
from suanli.intake.reading.headers import is_descriptive, is_label, normal
from suanli.intake.reading.layout import Headings
from suanli.intake.reading.names import CodeIndex
from suanli.intake.reading.tables import Table
from suanli.problems import Place, Problem, Severity

_MOST_ROWS = 3
_WITH_UNIT = re.compile(r"^(?P<name>.+?)\s*\((?P<unit>[^()]+(?:\([^()]*\))?)\)$")
_LONGEST = 200
"""Characters of the longest heading that is taken apart, and of the longest text that is a number."""
_UNIT_WORDS = frozenset(normal(word) for word in ("单位", "计量单位", "unit", "units"))

Kind = Literal["names", "units"]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a wide table that hold values: their codes, and their units where these are stated.

    `annotated` is the number of rows under the heading that name codes, names or units.
    """

    codes: Mapping[str, str]
    units: Mapping[str, str]
    annotated: int


@dataclass(slots=True)
class _Said:
    """All that the cells above one column's values say, with where they say it."""

    names: list[tuple[str, Place]] = field(default_factory=list)
    units: list[tuple[str, Place]] = field(default_factory=list)


def read_columns(
    table: Table, headings: Headings, index: CodeIndex
) -> tuple[Columns, list[Problem]]:
    """Return the columns of values of a wide table, and what is wrong with its headings."""
    said = {
        name: _Said() for name, text in headings.rest.items() if not (text and is_descriptive(text))
    }
    rows = _annotation_rows(table, headings, said, index)
    for name, heading in said.items():
        text = headings.rest[name]
        if text:
            _say_heading(heading, text, _place(table, headings.line, name), index)
    for row, kind in rows:
        _say_row(table, row, kind, said)
    below = sum(row > headings.row for row, _ in rows)
    columns, problems = _resolved(table, headings, said, index, below)
    return columns, problems


def _annotation_rows(
    table: Table, headings: Headings, said: Mapping[str, _Said], index: CodeIndex
) -> list[tuple[int, Kind]]:
    if headings.row < 0:
        return []
    rows: list[tuple[int, Kind]] = []
    above = headings.row - 1
    if above >= 0 and (kind := _kind(_cells(table, above, said), index, None)):
        rows.append((above, kind))
    for row in range(headings.row + 1, min(headings.row + 1 + _MOST_ROWS, table.texts.height)):
        labels = [
            table.texts[headings.fields[f]][row]
            for f in ("region_code", "region", "period")
            if f in headings.fields
        ]
        if not all(is_label(label) for label in labels):
            break
        kind = _kind(_cells(table, row, said), index, next(filter(None, labels), None))
        if kind is None:
            break
        rows.append((row, kind))
    return rows


def _cells(table: Table, row: int, said: Mapping[str, _Said]) -> list[str]:
    return [text for name in said if (text := table.texts[name][row]) is not None]


def _kind(cells: list[str], index: CodeIndex, label: str | None) -> Kind | None:
    """Tell what most cells of a row are; a row of bare numbers is data unless it is labelled."""
    if not cells:
        return None
    if label and normal(label) in _UNIT_WORDS:
        return "units"
    names = sum(index.knows(text) for text in cells)
    known_units = sum(units.is_known(text) for text in cells)
    numeric = sum(_is_number(text) for text in cells)
    if names * 2 > len(cells) or (label and names):
        return "names"
    return "units" if known_units * 2 > len(cells) and numeric < len(cells) else None


def _is_number(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).strip().lower()
    return bool(re.fullmatch(r"[+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[+-]?\d+)?", plain))


def _say_heading(said: _Said, text: str, place: Place, index: CodeIndex) -> None:
    match = _WITH_UNIT.match(unicodedata.normalize("NFKC", text[:_LONGEST]).strip())
    if not index.knows(text) and match and index.knows(match["name"]):
        said.names.append((match["name"], place))
        said.units.append((match["unit"], place))
    else:
        said.names.append((text, place))


def _say_row(table: Table, row: int, kind: Kind, said: Mapping[str, _Said]) -> None:
    line = int(table.lines[row])
    for name, heading in said.items():
        text = table.texts[name][row]
        if text is not None:
            target = heading.names if kind == "names" else heading.units
            target.append((text, _place(table, line, name)))


def _resolved(
    table: Table, headings: Headings, said: Mapping[str, _Said], index: CodeIndex, below: int
) -> tuple[Columns, list[Problem]]:
    problems: list[Problem] = []
    codes: dict[str, str] = {}
    stated: dict[str, str] = {}
    for name, heading in said.items():
        if not heading.names:
            if _has_data(table, name, headings.row + 1 + below):
                place = _place(table, headings.line, name)
                problems.append(Problem("column-nameless", Severity.ERROR, place))
            continue
        code = _one_code(heading, index)
        if isinstance(code, Problem):
            problems.append(code)
        elif code in codes.values():
            problems.append(_twice(table, name, headings.line, code))
        else:
            codes[name] = code
        unit = _one_unit(heading)
        if isinstance(unit, Problem):
            problems.append(unit)
        elif unit:
            stated[name] = unit
    return Columns(MappingProxyType(codes), MappingProxyType(stated), below), problems


def _one_code(said: _Said, index: CodeIndex) -> str | Problem:
    """Return the code that every name above a column stands for; one name may settle what another leaves open."""
    found = [(text, place, index.find(text, place)) for text, place in said.names]
    sure = {code for _, _, code in found if isinstance(code, str)}
    for _, _, code in found:
        if isinstance(code, Problem) and not _settled(code, sure):
            return code
    if len(sure) > 1:
        _, place, _ = found[0]
        names = ", ".join(f"{shown(each, 30)} → {code}" for each, _, code in found)
        return Problem("column-names-differ", Severity.ERROR, place, found=names)
    return sure.pop()


def _settled(name: Problem, sure: set[str]) -> bool:
    return name.code == "name-ambiguous" and bool(sure & set(name.expected.split(", ")))


def _one_unit(said: _Said) -> str | Problem | None:
    texts = {unicodedata.normalize("NFKC", text).strip(): place for text, place in said.units}
    if len(texts) > 1:
        place = next(iter(texts.values()))
        found = ", ".join(shown(text, 30) for text in texts)
        return Problem("unit-stated-twice", Severity.ERROR, place, found=found)
    return next(iter(texts), None)


def _twice(table: Table, name: str, line: int, code: str) -> Problem:
    place = _place(table, line, name)
    return Problem("column-twice", Severity.ERROR, place, found=code)


def _has_data(table: Table, name: str, first: int) -> bool:
    column: pl.Series = table.texts[name].slice(first)
    return column.null_count() < column.len()


def _place(table: Table, line: int, name: str) -> Place:
    return table.place(line, int(name)) if line else Place(file=table.file, sheet=table.sheet)

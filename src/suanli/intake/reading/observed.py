"""One table to observations, a line a step; every table of every file takes this way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

import polars as pl

from suanli.intake.reading.annotations import read_columns
from suanli.intake.reading.extraction import cells_of_long, cells_of_nothing, cells_of_wide
from suanli.intake.reading.layout import (
    Headings,
    Wishes,
    columns_of_long,
    ignored_columns,
    read_headings,
)
from suanli.intake.reading.measures import in_framework_units
from suanli.intake.reading.names import CodeIndex
from suanli.intake.reading.numbers import with_values
from suanli.intake.reading.placing import (
    Lookup,
    with_codes,
    with_origins,
    with_periods,
    with_regions,
)
from suanli.intake.reading.tables import Range, Table, addresses, letters
from suanli.problems import Place, Problem, Severity
from suanli.regions import Regions

MAX_VALUES = 2_500_000
"""Most cells for values of one table, empty ones included: each takes some 500 bytes on its way."""

Step: TypeAlias = Callable[[pl.DataFrame], tuple[pl.DataFrame, list[Problem]]]
"""One part of the reading: cells in, cells with more known of them and problems out."""

SCHEMA = MappingProxyType(
    {
        "region_code": pl.String,
        "period": pl.String,
        "code": pl.String,
        "value": pl.Float64,
        "origin": pl.String,
        "source": pl.String,
        "date": pl.String,
        "file": pl.String,
        "sheet": pl.String,
        "cell": pl.String,
        "raw_value": pl.String,
        "raw_unit": pl.String,
    }
)
"""Columns of observations, of which none is ever null; what a line does not state is empty."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a study is about: where its cells find regions, periods and codes."""

    regions: Regions
    periods: tuple[str, ...]
    index: CodeIndex


@dataclass(frozen=True, slots=True)
class Defaults:
    """What study.yaml says of a file's values as a whole; `units` are by code."""

    wishes: Wishes
    period: str | None
    units: Mapping[str, str]


def observations_of(
    table: Table, subject: Subject, defaults: Defaults
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the observations of a table (columns as `SCHEMA`), and everything that is to be said of it."""
    headings, problems = read_headings(table, defaults.wishes)
    if headings is None:
        return nothing(), problems
    problems += ignored_columns(table, headings)
    cells, more = _cells(table, headings, subject.index)
    problems += more + _merged(table, headings)
    lookup = Lookup(table, headings.fields, subject.regions, subject.periods, subject.index)
    # an empty cell says nothing, and a line of nothing else is a note under the table
    cells = cells.filter(pl.col("raw").is_not_null())
    for step in _steps(lookup, headings, defaults):
        cells, more = step(cells)
        problems += more
    cells, more = in_framework_units(table, cells, subject.index, subject.regions, defaults.units)
    return _observations(table, cells), problems + more


def _steps(lookup: Lookup, headings: Headings, defaults: Defaults) -> list[Step]:
    """Return what places cells and reads their values; a value that has no place is not read."""
    of_long = [partial(with_codes, lookup)] if headings.shape == "long" else []
    return [
        *of_long,
        partial(with_regions, lookup),
        partial(with_periods, lookup, defaults.period),
        partial(with_origins, lookup),
        partial(with_values, lookup.table),
    ]


def nothing() -> pl.DataFrame:
    """Return no observations."""
    return pl.DataFrame(schema=dict(SCHEMA))


def _cells(
    table: Table, headings: Headings, index: CodeIndex
) -> tuple[pl.DataFrame, list[Problem]]:
    lines = table.texts.height - headings.row - 1
    if headings.shape == "long":
        if lines > MAX_VALUES:
            return cells_of_nothing(), [_too_many(table, lines)]
        return cells_of_long(table, headings), columns_of_long(table, headings)
    columns, problems = read_columns(table, headings, index)
    values = (lines - columns.annotated) * len(columns.codes)
    if values > MAX_VALUES:
        return cells_of_nothing(), [*problems, _too_many(table, values)]
    if not columns.codes and not problems:
        place = Place(file=table.file, sheet=table.sheet)
        problems = [Problem("columns-none", Severity.ERROR, place)]
    return cells_of_wide(table, headings, columns), problems


def _too_many(table: Table, values: int) -> Problem:
    place = Place(file=table.file, sheet=table.sheet)
    details = {"limit": f"{MAX_VALUES:,}"}
    return Problem("values-too-many", Severity.ERROR, place, f"{values:,}", details=details)


def _merged(table: Table, headings: Headings) -> list[Problem]:
    """Return an error for each range of merged cells from the heading down: its value belongs to one cell only."""
    columns = {int(name) for name in (*headings.fields.values(), *headings.rest)}
    return [
        Problem(
            "cells-merged",
            Severity.ERROR,
            Place(file=table.file, sheet=table.sheet, cell=_shown_range(merged)),
        )
        for merged in table.merged
        if merged[2] >= headings.line
        and any(merged[1] <= column <= merged[3] for column in columns)
        and _holds_data(table, headings, merged)
    ]


def _holds_data(table: Table, headings: Headings, merged: Range) -> bool:
    """Tell whether a line of the range has more cells than the merged one: a line of its own is a note."""
    first, last = max(merged[0], headings.line), merged[2]
    inside = {str(column) for column in range(merged[1], merged[3] + 1)}
    others = [name for name in table.texts.columns if name not in inside]
    if not others:
        return False
    lines = table.texts.select(others).filter(table.lines.is_between(first, last))
    return not lines.select(pl.all_horizontal(pl.all().is_null().all())).item()


def _shown_range(merged: Range) -> str:
    return f"{letters(merged[1])}{merged[0]}:{letters(merged[3])}{merged[2]}"


def _observations(table: Table, cells: pl.DataFrame) -> pl.DataFrame:
    return cells.select(
        "region_code",
        "period",
        "code",
        "value",
        "origin",
        pl.col("source").fill_null("").str.strip_chars(),
        pl.col("date").fill_null("").str.strip_chars().str.strip_suffix(" 00:00:00"),
        file=pl.lit(table.file),
        sheet=pl.lit(table.sheet),
        cell=addresses(table.addressing, cells["column"].unique()),
        raw_value=pl.col("raw"),
        raw_unit=pl.col("raw_unit"),
    )

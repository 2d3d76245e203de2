"""Values in the units of a file to values in the units of the framework; nothing about a percentage is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from suanli.framework import units
from suanli.framework.units import UnitError
from suanli.intake.folder import shown
from suanli.intake.reading.headers import normal
from suanli.intake.reading.names import CodeIndex
from suanli.intake.reading.tables import Table, capped, noted
from suanli.problems import Place, Problem, Severity

_MOST_MEASURES = 10_000
"""Pairs of a code and a unit in one table: more are no units but something else in their column."""
_PERCENT = "%"
_FRACTION = "1"


@dataclass(frozen=True, slots=True)
class _Measure:
    """Cells of one code that share a stated unit: how many, the first of them, the largest magnitude."""

    code: str
    unit: str
    sign: str
    line: int
    column: int
    count: int
    largest: float


def in_framework_units(
    table: Table, cells: pl.DataFrame, index: CodeIndex, declared: Mapping[str, str]
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return cells with `value` in the framework's unit and `raw_unit` as stated, and what is wrong with units.

    `declared` are the units that study.yaml gives by code; they come before what the file states. A unit that is
    stated nowhere is taken to be the framework's, and noted.
    """
    keyed = cells.with_columns(
        unit=pl.col("unit").fill_null("").str.strip_chars(), sign=pl.col("sign").fill_null("")
    )
    problems: list[Problem] = []
    assumed: dict[str, None] = {}
    conversions: list[tuple[str, str, str, str, str]] = []
    measures = _measures(keyed)
    if len(measures) > _MOST_MEASURES:
        return keyed.clear().with_columns(raw_unit="unit"), [_too_many(table, measures)]
    for measure in measures:
        stated = declared.get(measure.code, measure.unit)
        if not stated:
            assumed[measure.code] = None
        unit = _unit_of(table, measure, index, declared)
        if isinstance(unit, Problem):
            problems.append(unit)
            continue
        raw_unit = _PERCENT if measure.sign == "text" else stated
        conversions.append((measure.code, measure.unit, measure.sign, unit, raw_unit))
    problems = capped(problems) + _fractions(table, measures, index, declared)
    problems += _assumed(table, list(assumed))
    plan = pl.DataFrame(
        conversions,
        schema=dict.fromkeys(("code", "unit", "sign", "from", "raw_unit"), pl.String),
        orient="row",
    )
    joined = keyed.join(plan, on=["code", "unit", "sign"], how="inner", maintain_order="left")
    problems += noted("percent-signs", table, joined.filter(pl.col("sign") != ""))
    return _converted(joined, index), problems


def _too_many(table: Table, measures: list[_Measure]) -> Problem:
    place = table.place(measures[0].line)
    return Problem("units-many", Severity.ERROR, place, found=str(len(measures)))


def _measures(cells: pl.DataFrame) -> list[_Measure]:
    grouped = cells.group_by("code", "unit", "sign", maintain_order=True).agg(
        pl.first("line"), pl.first("column"), count=pl.len(), largest=pl.col("value").abs().max()
    )
    return [_Measure(*row) for row in grouped.iter_rows()]


def _unit_of(
    table: Table, measure: _Measure, index: CodeIndex, declared: Mapping[str, str]
) -> str | Problem:
    """Return the unit that cells are in."""
    to = index.units[measure.code]
    place = table.place(measure.line, measure.column, code=measure.code)
    said = declared.get(measure.code)
    if said and measure.unit and _conflict(said, measure.unit):
        return Problem(
            "unit-conflict", Severity.ERROR, place, found=shown(measure.unit), expected=shown(said)
        )
    unit = said or measure.unit or to
    if measure.sign:
        return _unit_of_sign(place, measure, unit)
    try:
        units.converted(1.0, unit, to)
    except UnitError as trouble:
        return trouble.problem(place)
    return unit


def _unit_of_sign(place: Place, measure: _Measure, unit: str) -> str | Problem:
    if unit == _PERCENT:
        return _PERCENT if measure.sign == "text" else _FRACTION
    if unit == _FRACTION and measure.sign == "format":
        return _FRACTION
    return Problem(
        "percent-sign-unexpected",
        Severity.ERROR,
        place,
        found="%",
        expected=shown(unit),
        details={"count": measure.count},
    )


def _conflict(said: str, stated: str) -> bool:
    # study.yaml settles whether a column headed % holds fractions: that is what it is asked for
    return normal(said) != normal(stated) and {said, stated} != {_PERCENT, _FRACTION}


def _fractions(
    table: Table, measures: list[_Measure], index: CodeIndex, declared: Mapping[str, str]
) -> list[Problem]:
    plain: dict[str, list[_Measure]] = {}
    for measure in measures:
        unit = measure.unit or index.units[measure.code]
        if measure.code not in declared and unit == _PERCENT and not measure.sign:
            plain.setdefault(measure.code, []).append(measure)
    return [
        Problem(
            "percent-or-fraction",
            Severity.ERROR,
            table.place(same[0].line, same[0].column, code=code),
            found=f"{largest:g}",
            details={"count": sum(measure.count for measure in same)},
        )
        for code, same in plain.items()
        if 0 < (largest := max(measure.largest for measure in same)) <= 1
    ]


def _assumed(table: Table, codes: list[str]) -> list[Problem]:
    if not codes:
        return []
    found = ", ".join(codes[:10]) + (" …" if len(codes) > 10 else "")
    place = Place(file=table.file, sheet=table.sheet)
    return [
        Problem("units-assumed", Severity.NOTE, place, found=found, details={"count": len(codes)})
    ]


def _converted(cells: pl.DataFrame, index: CodeIndex) -> pl.DataFrame:
    values = cells["value"].to_numpy().copy()
    pairs = cells.select("code", "from").with_row_index("row")
    for (code, unit), rows in pairs.group_by("code", "from", maintain_order=True):
        to = index.units[str(code)]
        if unit != to:
            at = rows["row"].to_numpy()
            values[at] = units.converted(values[at], str(unit), to)
    return cells.with_columns(value=pl.Series(values, dtype=pl.Float64))

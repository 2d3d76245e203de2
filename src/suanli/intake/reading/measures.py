"""Values in the units of a file to values in the units of the framework; nothing about a percentage is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.framework import units
from suanli.framework.units import UnitError
from suanli.intake.folder import shown
from suanli.intake.reading.headers import normal
from suanli.intake.reading.names import CodeIndex
from suanli.intake.reading.percentages import fraction_doubts
from suanli.intake.reading.tables import Table, capped, described, noted
from suanli.problems import Place, Problem, Severity
from suanli.regions import Regions

_MOST_MEASURES = 10_000
"""Pairs of a code and a unit in one table: more are no units but something else in their column."""
_PERCENT = "%"
_FRACTION = "1"


@dataclass(frozen=True, slots=True)
class _Measure:
    """Cells of one code that share a stated unit: how many, and the first of them."""

    code: str
    unit: str
    sign: str
    line: int
    column: int
    count: int


def in_framework_units(
    table: Table,
    cells: pl.DataFrame,
    index: CodeIndex,
    regions: Regions,
    declared: Mapping[str, str],
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return cells with `value` in the framework's unit and `raw_unit` as stated, and what is wrong with units.

    `declared` are the units that study.yaml gives by code; they come before what the file states. A unit that is
    stated nowhere is taken to be the framework's, and noted. Values that no double holds once converted are left out
    with an error.
    """
    keyed = cells.with_columns(
        unit=pl.col("unit").fill_null("").str.strip_chars(), sign=pl.col("sign").fill_null("")
    )
    problems: list[Problem] = []
    assumed: dict[str, None] = {}
    conversions: list[tuple[str, str, str, str, str, str]] = []
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
        effective = stated or index.units[measure.code]
        conversions.append((measure.code, measure.unit, measure.sign, unit, raw_unit, effective))
    problems = capped(problems)
    problems += fraction_doubts(table, _unsigned_percentages(keyed, index, declared), regions)
    problems += _assumed(table, list(assumed))
    plan = pl.DataFrame(
        conversions,
        schema=dict.fromkeys(("code", "unit", "sign", "from", "raw_unit", "effective"), pl.String),
        orient="row",
    )
    joined = keyed.join(plan, on=["code", "unit", "sign"], how="inner", maintain_order="left")
    # of a cell shown as a percentage under the unit 1, the number that it holds is taken as it is
    as_percentages = (pl.col("sign") != "") & (pl.col("effective") == _PERCENT)
    problems += noted("percent-signs", table, joined.filter(as_percentages))
    converted = _converted(joined, index)
    lost = ~pl.col("value").is_finite() | ((pl.col("value") == 0) & (pl.col("before") != 0))
    problems += _unrepresentable(table, converted.filter(lost))
    return converted.filter(~lost).drop("before", "effective"), problems


def _too_many(table: Table, measures: list[_Measure]) -> Problem:
    place = table.place(measures[0].line)
    return Problem("units-many", Severity.ERROR, place, found=str(len(measures)))


def _measures(cells: pl.DataFrame) -> list[_Measure]:
    grouped = cells.group_by("code", "unit", "sign", maintain_order=True).agg(
        pl.first("line"), pl.first("column"), count=pl.len()
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


def _unsigned_percentages(
    cells: pl.DataFrame, index: CodeIndex, declared: Mapping[str, str]
) -> pl.DataFrame:
    """Return the cells in %, by their file or for want of a unit, that carry no sign of it themselves."""
    in_percent = [code for code, unit in index.units.items() if unit == _PERCENT]
    assumed = (pl.col("unit") == "") & pl.col("code").is_in(in_percent)
    settled = pl.col("code").is_in(list(declared))
    return cells.filter(
        ((pl.col("unit") == _PERCENT) | assumed) & ~settled & (pl.col("sign") == "")
    )


def _assumed(table: Table, codes: list[str]) -> list[Problem]:
    if not codes:
        return []
    found = ", ".join(codes[:10]) + (" …" if len(codes) > 10 else "")
    place = Place(file=table.file, sheet=table.sheet)
    return [
        Problem("units-assumed", Severity.NOTE, place, found=found, details={"count": len(codes)})
    ]


def _converted(cells: pl.DataFrame, index: CodeIndex) -> pl.DataFrame:
    """Return cells with `value` in the framework's unit, and as it was under `before`."""
    values = cells["value"].to_numpy().copy()
    pairs = cells.select("code", "from").with_row_index("row")
    for (code, unit), rows in pairs.group_by("code", "from", maintain_order=True):
        to = index.units[str(code)]
        if unit != to:
            at = rows["row"].to_numpy()
            values[at] = _in_unit(values[at], str(unit), to)
    return cells.with_columns(before="value", value=pl.Series(values, dtype=pl.Float64))


def _in_unit(values: NDArray[np.float64], unit: str, to: str) -> NDArray[np.float64]:
    power = _power_of_ten(unit, to)
    if power is None:
        with np.errstate(over="ignore", under="ignore"):  # what is lost is told cell by cell
            return units.converted(values, unit, to)
    # 0.58 times 100 is not 58 in binary, and a tie with a 58 would be broken: move the decimal point instead
    distinct, back = np.unique(values, return_inverse=True)
    moved = [float(Decimal(repr(value)).scaleb(power)) for value in distinct.tolist()]
    return np.array(moved, dtype=np.float64)[back]


def _power_of_ten(unit: str, to: str) -> int | None:
    """Return the power of ten that one unit is of another; None if it is none, or the two differ by an offset."""
    if units.converted(0.0, unit, to) != 0:
        return None
    _, digits, exponent = Decimal(repr(units.converted(1.0, unit, to))).normalize().as_tuple()
    return exponent if digits == (1,) and isinstance(exponent, int) else None


def _unrepresentable(table: Table, cells: pl.DataFrame) -> list[Problem]:
    return described(
        cells.sort("line", "column"),
        lambda cell: Problem(
            "number-unrepresentable",
            Severity.ERROR,
            table.place(int(str(cell["line"])), int(str(cell["column"])), code=str(cell["code"])),
            found=f"{shown(str(cell['raw']))} {cell['from']}",
        ),
    )

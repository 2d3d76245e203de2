"""One value of one region, traced to where it comes from: a cell of a file, records, an expression, or a filled gap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl

from suanli.framework import Framework, Indicator, Variable
from suanli.framework.expressions import parse_expression
from suanli.indicators import RULES, Computation, indicator_grid, indicator_named
from suanli.intake import ORIGINS, Study, ValueGrid
from suanli.language import Text
from suanli.problems import Place, Problem, Severity, StudyError
from suanli.regions import Region, looked_up
from suanli.result.contents import RegionName
from suanli.result.value_rows import region_names

Way = Literal["given", "records", "expression", "imputed", "missing"]
"""How a value came about."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Which value is traced."""

    region: Region
    indicator: Indicator
    period: str


@dataclass(frozen=True, slots=True)
class GivenValue:
    """A value as a data file states it: where, what it says there, and what it is in the framework's unit."""

    value: float
    origin: str
    source: str
    date: str
    file: str
    sheet: str
    cell: str
    raw_value: str
    raw_unit: str


@dataclass(frozen=True, slots=True)
class VariableValue:
    """A variable of an expression with its value, None where the data lack it."""

    code: str
    name: Text
    unit: str
    given: GivenValue | None


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a value comes from.

    `value` is in the indicator's unit, None where it is missing. What stands behind it depends on `way`: `given` is the
    cell of a data file, `computation` the sums over records (also where a given value stands before it), `variables`
    the inputs of the expression. `absent_tables` are those that the records lack for the indicator's rule. `simulated`
    is whether the study is.
    """

    framework: Framework
    indicator: Indicator
    region: RegionName
    period: str
    way: Way
    value: float | None
    origin: str
    source: str
    given: GivenValue | None
    computation: Computation | None
    variables: tuple[VariableValue, ...]
    absent_tables: tuple[str, ...]
    simulated: bool

    def filled(self, values: ValueGrid) -> "Trace":
        """Return the trace of a missing value after imputation; the trace itself where the gap stays."""
        value, origin, source = _at(values, self.region.code, self.period, self.indicator.code)
        if self.way != "missing" or value is None:
            return self
        return replace(self, way="imputed", value=value, origin=origin, source=source)


def cell_named(study: Study, region: str, indicator: str, period: str | None = None) -> Cell:
    """Return the value that is meant, in the last period unless one is named; names may be in any spelling.

    Raises
    ------
    RegionError
        If the study has no such region.
    StudyError
        If its framework has no such indicator, or it no such period; the closest are named.
    """
    found = indicator_named(study.framework, indicator)
    place = looked_up(study.regions, region)
    return Cell(place, found, period_named(study.periods, period))


def period_named(periods: Sequence[str], period: str | None) -> str:
    """Return a period of a study, the last unless one is named.

    Raises
    ------
    StudyError
        If the study has no such period.
    """
    if period is None:
        return periods[-1]
    if period not in periods:
        expected = ", ".join(periods)
        problem = Problem("period-unknown", Severity.ERROR, Place(), period[:80], expected)
        raise StudyError([problem])
    return period


def traced(
    study: Study, cell: Cell, recorded: ValueGrid | None, computation: Computation | None
) -> Trace:
    """Return the trace of a value before imputation.

    `computation` says how the value follows from the study's records, and `recorded` holds it with origin and source;
    both are None where the records have none.
    """
    code, region, period = cell.indicator.code, cell.region.code, cell.period
    variables = _variables(study, cell)
    ways: list[tuple[Way, ValueGrid | None]] = [
        ("given", study.grid),
        ("records", recorded),
        ("expression", indicator_grid(study.framework, study.grid)),
    ]
    way: Way = "missing"
    value, origin, source = None, ORIGINS[0], ""
    for name, grid in ways:
        if grid is not None and code in grid.codes:
            value, origin, source = _at(grid, region, period, code)
            if value is not None:
                way = name
                break
    return Trace(
        framework=study.framework,
        indicator=cell.indicator,
        region=region_names(study.regions, [region])[0],
        period=period,
        way=way,
        value=value,
        origin=origin,
        source=source,
        given=_given(study.observations, region, period, code),
        computation=computation,
        variables=variables,
        absent_tables=_absent_tables(study, cell.indicator),
        simulated=study.simulated,
    )


def _absent_tables(study: Study, indicator: Indicator) -> tuple[str, ...]:
    rule = RULES.get(indicator.rule or "")
    if study.records is None or rule is None:
        return ()
    return tuple(table for table in rule.tables if table not in study.records.tables)


def _variables(study: Study, cell: Cell) -> tuple[VariableValue, ...]:
    if cell.indicator.expression is None:
        return ()
    declared: dict[str, Variable] = {each.code: each for each in study.framework.variables}
    return tuple(
        VariableValue(
            name,
            declared[name].name,
            declared[name].unit,
            _given(study.observations, cell.region.code, cell.period, name),
        )
        for name in parse_expression(cell.indicator.expression).names
    )


def _given(observations: pl.DataFrame, region: str, period: str, code: str) -> GivenValue | None:
    own = observations.filter(
        pl.col("region_code") == region, pl.col("period") == period, pl.col("code") == code
    )
    if own.is_empty():
        return None
    row = own.row(0, named=True)
    return GivenValue(**{name: row[name] for name in GivenValue.__dataclass_fields__})


def _at(grid: ValueGrid, region: str, period: str, code: str) -> tuple[float | None, str, str]:
    """Return the value of a cell of a grid, None where it is missing, with its origin and source."""
    at = (grid.periods.index(period), grid.regions.index(region), grid.codes.index(code))
    if np.isnan(grid.values[at]):
        return None, ORIGINS[0], ""
    return (
        float(grid.values[at]),
        ORIGINS[int(grid.origins[at])],
        grid.sources[int(grid.source_ids[at])],
    )

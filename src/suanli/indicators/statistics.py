"""Indicators of regional statistics: values as given, or expressions over the framework's variables."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework, Indicator
from suanli.framework.expression_units import result_factor
from suanli.framework.expressions import Expression, parse_expression
from suanli.indicators.listing import listed
from suanli.intake.grid import ORIGINS, ValueGrid
from suanli.problems import Place, Problem, Severity

_MISSING = ORIGINS.index("missing")


def undefined_values(framework: Framework, grid: ValueGrid) -> list[Problem]:
    """Return a warning for each expression and period without a value although all its variables have one.

    `grid` holds the variables; a value that the data give directly needs no expression and is not looked at.
    """
    computed = indicator_grid(framework, grid)
    problems = []
    for position, indicator in enumerate(framework.indicators()):
        if indicator.expression is None:
            continue
        names = parse_expression(indicator.expression).names
        if not set(names) <= set(grid.codes):
            continue
        inputs = grid.values[:, :, [grid.codes.index(name) for name in names]]
        undefined = np.isnan(computed.values[:, :, position]) & ~np.isnan(inputs).any(axis=2)
        for period in np.flatnonzero(undefined.any(axis=1)).tolist():
            regions = [grid.regions[region] for region in np.flatnonzero(undefined[period])]
            problems.append(
                Problem(
                    "expression-undefined",
                    Severity.WARNING,
                    Place(period=grid.periods[period], code=indicator.code),
                    found=listed(regions),
                    details={"count": len(regions), "expression": indicator.expression},
                )
            )
    return problems


def indicator_grid(framework: Framework, grid: ValueGrid) -> ValueGrid:
    """Return the framework's indicators, in tree order, for the periods and regions of `grid`.

    A value that the data give is taken as it is. Where they do not, an indicator with an `expression` is computed from
    the variables, in the units the framework declares, and its origin is the weakest of theirs. Where neither is
    possible the value is missing.
    """
    builder = _Builder(framework, grid)
    for position, indicator in enumerate(framework.indicators()):
        builder.take_given(position, indicator)
        if indicator.expression is not None:
            builder.compute(position, indicator)
    return builder.grid()


class _Builder:
    """The arrays of the new grid while they are filled, one indicator at a time."""

    def __init__(self, framework: Framework, grid: ValueGrid) -> None:
        self._framework = framework
        self._from = grid
        self._columns = {code: column for column, code in enumerate(grid.codes)}
        self._codes = tuple(indicator.code for indicator in framework.indicators())
        shape = (len(grid.periods), len(grid.regions), len(self._codes))
        self._values = np.full(shape, np.nan)
        self._origins = np.full(shape, _MISSING, dtype=np.int8)
        self._source_ids = np.zeros(shape, dtype=np.int32)
        self._sources = list(grid.sources)

    def take_given(self, position: int, indicator: Indicator) -> None:
        column = self._columns.get(indicator.code)
        if column is None:
            return
        self._values[:, :, position] = self._from.values[:, :, column]
        self._origins[:, :, position] = self._from.origins[:, :, column]
        self._source_ids[:, :, position] = self._from.source_ids[:, :, column]

    def compute(self, position: int, indicator: Indicator) -> None:
        expression = parse_expression(indicator.expression or "")
        columns = [self._columns.get(name) for name in expression.names]
        if any(column is None for column in columns):
            return
        known = [column for column in columns if column is not None]
        columns_by_name = dict(zip(expression.names, known, strict=True))
        computed = self._evaluated(indicator, expression, columns_by_name)
        gaps = np.isnan(self._values[:, :, position]) & ~np.isnan(computed)
        self._values[:, :, position][gaps] = computed[gaps]
        self._origins[:, :, position][gaps] = self._from.origins[:, :, known].max(axis=2)[gaps]
        self._source_ids[:, :, position][gaps] = self._joined_sources(known)[gaps]

    def _evaluated(
        self, indicator: Indicator, expression: Expression, columns: Mapping[str, int]
    ) -> NDArray[np.float64]:
        units = {variable.code: variable.unit for variable in self._framework.variables}
        factor = result_factor(expression, units, indicator.unit)
        # a zero denominator leaves the indicator undefined: missing, not infinite
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            raw = expression.evaluate(
                {name: self._from.values[:, :, column] for name, column in columns.items()}
            )
            scaled = np.asarray(raw, dtype=np.float64) * factor
        scaled = np.broadcast_to(scaled, self._values.shape[:2])
        return np.where(np.isfinite(scaled), scaled, np.nan)

    def _joined_sources(self, columns: list[int]) -> NDArray[np.int32]:
        """Return, per period and region, the id of the inputs' sources joined in order."""
        ids = self._from.source_ids[:, :, columns].reshape(-1, len(columns))
        combinations, inverse = np.unique(ids, axis=0, return_inverse=True)
        joined = np.empty(len(combinations), dtype=np.int32)
        for row, combination in enumerate(combinations):
            names = dict.fromkeys(self._from.sources[source] for source in combination)
            joined[row] = self._source_id("; ".join(name for name in names if name))
        result: NDArray[np.int32] = joined[inverse.ravel()].reshape(self._values.shape[:2])
        return result

    def _source_id(self, source: str) -> int:
        if source not in self._sources:
            self._sources.append(source)
        return self._sources.index(source)

    def grid(self) -> ValueGrid:
        return ValueGrid(
            regions=self._from.regions,
            periods=self._from.periods,
            codes=self._codes,
            values=self._values,
            origins=self._origins,
            source_ids=self._source_ids,
            sources=tuple(self._sources),
        )

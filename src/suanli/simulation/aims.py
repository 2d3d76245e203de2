"""What the records have to come to: regional targets in the units of the records."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
import polars as pl

from suanli.framework.units import converted
from suanli.simulation.shares import Floats
from suanli.simulation.sizes import Size
from suanli.simulation.targets import Targets


@dataclass(frozen=True)
class Aims:
    """The targets of a study, its size and its seed."""

    targets: Targets
    size: Size
    seed: int

    @cached_property
    def years(self) -> tuple[int, int]:
        """The earlier and the last period."""
        before, last = self.targets.periods
        return int(before), int(last)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Codes of the regions."""
        return tuple(self.targets.regions.codes)

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Periods × regions."""
        return len(self.years), len(self.regions)

    def region_years(self) -> dict[str, pl.Series]:
        """Return region and year of a row for each, regions within periods, as the targets are when unrolled."""
        return {
            "region_code": pl.Series(list(self.regions) * len(self.years)),
            "year": pl.Series(np.repeat(np.array(self.years, dtype=np.int64), len(self.regions))),
        }

    @cached_property
    def _units(self) -> Mapping[str, str]:
        framework = self.targets.framework
        return MappingProxyType({item.code: item.unit for item in framework.indicators()})

    def has(self, *codes: str) -> bool:
        """Return whether the framework has all these indicators."""
        return all(code in self._units for code in codes)

    def of(self, code: str, unit: str) -> Floats:
        """Return an indicator's targets in a unit: periods × regions.

        Raises
        ------
        ValueError
            If a target is missing.
        """
        values = self.maybe(code, unit)
        if not np.isfinite(values).all():
            message = f"targets of {code} are incomplete"
            raise ValueError(message)
        return values

    def maybe(self, code: str, unit: str) -> Floats:
        """Return an indicator's targets in a unit, NaN where a region has none."""
        column = self.targets.codes.index(code)
        return converted(self.targets.values[:, :, column], self._units[code], unit)

    def either(self, codes: tuple[str, ...], unit: str) -> Floats:
        """Return the targets of the first of these indicators that the framework has."""
        return self.of(next(code for code in codes if self.has(code)), unit)

    def base(self, name: str) -> Floats:
        """Return a base figure: periods × regions."""
        return np.asarray(self.targets.bases[name], dtype=np.float64)

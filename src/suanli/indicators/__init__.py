"""Statistics and records to indicator values by region; imports intake, framework, regions and methods."""

from suanli.indicators.statistics import (
    indicator_grid,
    overruled_expressions,
    undefined_values,
)

__all__ = ["indicator_grid", "overruled_expressions", "undefined_values"]

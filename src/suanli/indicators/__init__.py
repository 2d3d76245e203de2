"""Statistics and records to indicator values by region; imports intake, framework, regions and methods."""

from suanli.indicators.statistics import indicator_grid

__all__ = ["indicator_grid"]

"""Arrays over periods, regions and codes as columns of tables."""

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.framework import Framework
from suanli.intake import ORIGINS, ValueGrid
from suanli.regions import Regions
from suanli.result.contents import RegionName
from suanli.result.tables import frame_of


def region_names(regions: Regions, codes: Iterable[str]) -> tuple[RegionName, ...]:
    """Return the names of regions by their codes."""
    return tuple(
        RegionName(region.code, region.name.zh, region.short.zh, region.name.en)
        for region in map(regions.by_code.__getitem__, codes)
    )


def value_table(framework: Framework, regions: Regions, grid: ValueGrid) -> pl.DataFrame:
    """Return the table of indicator values: a row for each period, region and indicator."""
    units = {indicator.code: indicator.unit for indicator in framework.indicators()}
    width = len(grid.codes)
    everywhere = np.tile(np.arange(width), len(grid.periods) * len(grid.regions))
    sources = [source or None for source in grid.sources]
    return frame_of(
        "indicators",
        {
            **cell_keys(grid, "indicator", grid.codes),
            "region": region_column(regions, grid, width),
            "value": grid.values.ravel(),
            "unit": texts([units[code] for code in grid.codes], everywhere),
            "origin": texts(list(ORIGINS), grid.origins.ravel()),
            "source": texts(sources, grid.source_ids.ravel()),
        },
    )


def cell_keys(grid: ValueGrid, column: str, codes: Sequence[str]) -> dict[str, pl.Series]:
    """Return the period, region and node of each cell of an array of shape (periods, regions, codes)."""
    counts = (len(grid.periods), len(grid.regions), len(codes))
    period, region, code = (axis.ravel() for axis in np.indices(counts, dtype=np.int32))
    return {
        "period": texts(grid.periods, period),
        "region_code": texts(grid.regions, region),
        column: texts(codes, code),
    }


def region_column(regions: Regions, grid: ValueGrid, width: int) -> pl.Series:
    """Return the full Chinese name of the region of each cell of an array of that many codes."""
    names = [regions.by_code[code].name.zh for code in grid.regions]
    once = np.repeat(np.arange(len(names)), width)
    return texts(names, np.tile(once, len(grid.periods)))


def texts(values: Sequence[str | None], positions: NDArray[np.integer]) -> pl.Series:
    """Return the texts at the positions."""
    return pl.Series(values, dtype=pl.String).gather(positions)

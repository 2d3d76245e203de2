"""A framework of the size of ccpe-3.0 with random data, drawn from a fixed seed."""

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.framework import Framework, bundled, dump
from suanli.intake.grid import ORIGINS, ValueGrid

SEED = 20240101


def framework() -> Framework:
    """Return ccpe-3.0 as it is: 4 dimensions, 9 pillars, 53 indicators, annual min-max, arithmetic means."""
    return bundled("ccpe-3.0")


def values(regions: int) -> NDArray[np.float64]:
    """Return (regions, 53) values inside the plausible ranges of the framework."""
    generator = np.random.default_rng(SEED)
    columns = []
    for indicator in framework().indicators():
        low, high = indicator.bounds
        low = 0.0 if low is None else low
        high = low + 1000.0 if high is None else high
        columns.append(low + (high - low) * generator.beta(2, 5, size=regions))
    return np.stack(columns, axis=1)


def grid(regions: int) -> ValueGrid:
    """Return the values as one period's grid."""
    array = values(regions)[None]
    return ValueGrid(
        regions=tuple(f"{row:06d}" for row in range(regions)),
        periods=("2023",),
        codes=tuple(indicator.code for indicator in framework().indicators()),
        values=array,
        origins=np.full(array.shape, ORIGINS.index("simulated"), dtype=np.int8),
        source_ids=np.zeros(array.shape, dtype=np.int32),
        sources=("",),
    )


def study(folder: Path, regions: int) -> None:
    """Write a study of that many made-up regions with its data in one Parquet file."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = [f"{100000 + row}" for row in range(regions)]
    pl.DataFrame({"code": codes, "name": [f"区域{code}" for code in codes]}).write_csv(
        folder / "regions.csv"
    )
    table = pl.DataFrame(
        values(regions), schema=[indicator.code for indicator in framework().indicators()]
    )
    table.insert_column(0, pl.Series("region_code", codes)).write_parquet(folder / "data.parquet")
    changed = framework().with_changes({})
    (folder / "framework.yaml").write_text(
        dump(changed).replace("region_level: province", "region_level: any"), encoding="utf-8"
    )
    (folder / "study.yaml").write_text(
        """suanli: 1
title: {zh: 一万个区域, en: Ten thousand regions}
framework: framework.yaml
regions: {file: regions.csv}
periods: ["2023"]
simulated: true
data:
  - {file: data.parquet, layout: wide, period: "2023", origin: simulated, source: random}
""",
        encoding="utf-8",
    )

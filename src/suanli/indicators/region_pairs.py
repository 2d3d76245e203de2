"""Delay and loss between regions as a table: what the network's indicators come from, pair by pair."""

from types import MappingProxyType

import narwhals as nw
import polars as pl

from suanli.indicators.families.probe_pairs import region_pairs
from suanli.intake.records.records import Records

SCHEMA = MappingProxyType(
    {
        "period": pl.String,
        "region_code": pl.String,
        "other_code": pl.String,
        "pairs": pl.Int64,
        "delay": pl.Float64,
        "delay_median": pl.Float64,
        "delay_p95": pl.Float64,
        "sent": pl.Float64,
        "lost": pl.Float64,
        "loss": pl.Float64,
        "distance": pl.Float64,
        "theoretical": pl.Float64,
        "delay_ratio": pl.Float64,
    }
)
"""Columns of the pairs; `region_code` and `other_code` are the same inside a region."""


_NEEDED = ("probes", "facilities")
"""Tables without which there are no pairs."""


def no_pairs() -> pl.DataFrame:
    """Return the table without rows."""
    return pl.DataFrame(schema=dict(SCHEMA))


def pair_table(records: Records) -> pl.DataFrame:
    """Return the matrix of regions in the study's order, every unordered pair once; no rows without probes."""
    if not all(map(records.has, _NEEDED)):
        return no_pairs()
    periods, regions = records.periods, records.regions.codes
    known = nw.col("period").is_in(list(periods))
    for name in ("region_code", "other_code"):
        known &= nw.col(name).is_in(list(regions))
    found = records.collected(region_pairs(records).filter(known).select(*SCHEMA))
    axes = {"period": periods, "region_code": regions, "other_code": regions}
    return found.cast(pl.Schema(SCHEMA)).sort(
        [pl.col(name).cast(pl.Enum(list(axis))) for name, axis in axes.items()]
    )

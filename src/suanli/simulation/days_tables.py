"""What happened on a day: policies, events, honours, filings and openings, counted in a year or up to its end."""

import numpy as np
import polars as pl

from suanli.simulation.aims import Aims
from suanli.simulation.shares import Counts, Floats, stream

_LEVELS = ("provincial", "municipal", "county")
_HONOURS = ("national", "green", "low_carbon", "efficiency", "safety", "service")
_EARLIEST = 3
"""Over how many years what had begun by the earlier period's end is spread."""


def ai_services(aims: Aims) -> pl.DataFrame:
    """Return the table of filings, up to the end of each period as many as targeted."""
    frame = days_of(aims, aims.of("3.1.2.7", "个"), stream(aims.seed, "ai_services"))
    return frame.select(
        pl.format("模拟备案-{}-{}", "region_code", "number").alias("filing_id"),
        "region_code",
        pl.col("day").alias("filed"),
    )


def policies(aims: Aims) -> pl.DataFrame:
    """Return the table of policies issued in each period."""
    rng = stream(aims.seed, "policies")
    frame = _in_years(aims, aims.of("3.4.1.3", "件"), rng)
    levels = pl.Series(_LEVELS)[rng.choice(3, frame.height, p=(0.3, 0.5, 0.2))]
    return frame.select(
        pl.format("P{}-{}-{}", "region_code", "year", "number").alias("policy_id"),
        "region_code",
        pl.col("day").alias("issued"),
        levels.alias("level"),
        pl.format("模拟算力政策{}-{}", "year", "number").alias("title"),
    )


def industry_events(aims: Aims) -> pl.DataFrame:
    """Return the table of events held in each period."""
    frame = _in_years(aims, aims.of("3.4.2.3", "次"), stream(aims.seed, "industry_events"))
    return frame.select(
        pl.format("E{}-{}-{}", "region_code", "year", "number").alias("event_id"),
        "region_code",
        pl.col("day").alias("held"),
        pl.format("模拟算力会议{}-{}", "year", "number").alias("name"),
    )


def honours(aims: Aims) -> pl.DataFrame:
    """Return the table of honours, valid at the end of each period as many as targeted."""
    rng = stream(aims.seed, "honours")
    valid = np.rint(aims.of("3.4.2.4", "个")).astype(np.int64)
    # those beyond the last count expire before its end
    highest = np.stack([valid[0], np.maximum(valid[0], valid[1])])
    frame = days_of(aims, highest.astype(np.float64), rng)
    kept = dict(zip(aims.regions, valid[1].tolist(), strict=True))
    limit = frame["region_code"].replace_strict(kept, return_dtype=pl.Int64)
    last = aims.years[1]
    kinds = pl.Series(_HONOURS)[rng.integers(0, len(_HONOURS), frame.height)]
    return frame.select(
        pl.format("H{}-{}", "region_code", "number").alias("honour_id"),
        "region_code",
        pl.col("day").alias("awarded"),
        pl.when(pl.col("number") > limit)
        .then(pl.date(last, 6, 30))
        .otherwise(pl.date(last + 2, 12, 31))
        .alias("expires"),
        kinds.alias("kind"),
        pl.lit("模拟授予单位").alias("issuer"),
    )


def days_of(aims: Aims, totals: Floats, rng: np.random.Generator) -> pl.DataFrame:
    """Return `region_code`, `number` and `day` of things that begin and stay: by each period's end, so many.

    A total that falls is impossible: the earlier period then has no more than the last.
    """
    held = np.rint(totals).astype(np.int64)
    before = np.minimum(held[0], held[1])
    first = aims.years[0] - rng.integers(0, _EARLIEST, int(before.sum()))
    added = held[1] - before
    last = np.full(int(added.sum()), aims.years[1])
    return pl.concat(
        [
            _dated(aims, before, np.zeros_like(before), first, rng),
            _dated(aims, added, before, last, rng),
        ]
    )


def _in_years(aims: Aims, totals: Floats, rng: np.random.Generator) -> pl.DataFrame:
    """Return `region_code`, `number`, `day` and `year` of things that happen in a period: so many."""
    counts = np.rint(totals).astype(np.int64)
    frames = []
    for period, year in enumerate(aims.years):
        years = np.full(int(counts[period].sum()), year)
        frame = _dated(aims, counts[period], np.zeros_like(counts[period]), years, rng)
        frames.append(frame.with_columns(pl.lit(year, dtype=pl.Int64).alias("year")))
    return pl.concat(frames)


def _dated(
    aims: Aims, counts: Counts, after: Counts, years: Counts, rng: np.random.Generator
) -> pl.DataFrame:
    """Return so many things of each region, numbered on from `after`, on days of their years."""
    total = int(counts.sum())
    region = np.repeat(np.arange(counts.size), counts)
    starts = np.cumsum(counts) - counts
    number = np.arange(total) - starts[region] + 1 + after[region]
    days = rng.integers(0, 365, total).astype("timedelta64[D]")
    begin = (years - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    return pl.DataFrame(
        {"region_code": pl.Series(aims.regions)[region], "number": number, "day": begin + days}
    )

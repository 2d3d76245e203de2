"""What a result holds: the framework, what the run was, and the tables."""

from dataclasses import dataclass

import polars as pl

from suanli.framework import Framework, Mode
from suanli.intake import InputFile
from suanli.language import Text
from suanli.problems import Problem


@dataclass(frozen=True, slots=True)
class RegionName:
    """A region's code and names: full Chinese (`zh`), short Chinese (`short`) and English (`en`)."""

    code: str
    zh: str
    short: str
    en: str


@dataclass(frozen=True, slots=True)
class About:
    """What was computed, from what and how.

    `simulated` is true when the study says so or any value has the origin `simulated`. `weights_note` tells where
    the weights come from, `fitted` whether they were fitted to published orders. `region_level` is `province`,
    `prefecture` or `custom`. `version` is that of the program.
    """

    name: str
    title: Text
    mode: Mode
    seed: int
    as_of: str | None
    version: str
    simulated: bool
    periods: tuple[str, ...]
    region_level: str
    inputs: tuple[InputFile, ...]
    weights_note: Text
    fitted: bool


@dataclass(frozen=True, slots=True, eq=False)
class Contents:
    """Everything a result holds, as plain values; columns of the tables are in `suanli.result.tables`.

    Rows stand in the order of the study's periods, then its regions, then the framework's tree. Missing numbers are
    null. `changes` leaves out amounts of zero (below 1e-11 points), so that what is there still sums to the change.
    """

    framework: Framework
    about: About
    regions: tuple[RegionName, ...]
    indicators: pl.DataFrame
    """region_code, region, period, indicator, value, unit, origin, source."""
    normalised: pl.DataFrame
    """region_code, period, indicator, score."""
    weights: pl.DataFrame
    """node, parent, level, local_weight, global_weight, method, and of judged ones consistency_ratio, limit (which that
    should not exceed), consensus, local_low, local_high, global_low, global_high; simulated; where weights were fitted
    to published orders also origin."""
    experts: pl.DataFrame
    """expert, node, consistency_ratio, gci, influence, excluded: of a panel, every expert on every group."""
    weightings: pl.DataFrame
    """weighting, node, local_weight, global_weight: other weights, beside those that were used."""
    scores: pl.DataFrame
    """region_code, region, period, node, level, score, rank, tier: the index, every group and every indicator."""
    contributions: pl.DataFrame
    """region_code, period, indicator, contribution: what each indicator adds to the index."""
    changes: pl.DataFrame
    """region_code, period_from, period_to, indicator, factor, amount: consecutive periods, of the index."""
    measures: pl.DataFrame
    """region_code, period, indicator, measure, part, value, unit: what each value from records rests on."""
    region_pairs: pl.DataFrame
    """period, region_code, other_code, pairs, delay, delay_median, delay_p95, sent, lost, loss, distance, theoretical,
    delay_ratio: of probes between computing centres, every pair of regions once."""
    goalposts: pl.DataFrame
    """period, indicator, low, high."""
    problems: tuple[Problem, ...]

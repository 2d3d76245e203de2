"""Two results side by side: what changed in frameworks, data, weights, scores and ranks, and why."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from suanli.framework import Framework, FrameworkDifference, difference
from suanli.language import Text, pair
from suanli.problems import Problem, ResultError, Severity
from suanli.result.assembling import change_table
from suanli.result.contents import Contents
from suanli.result.data_differences import (
    changed_cells,
    changed_counts,
    changed_measures,
    changed_pairs,
    shared_indicators,
    value_pairs,
)
from suanli.result.names import period_or_latest
from suanli.result.rescoring import rescored
from suanli.result.tables import no_rows
from suanli.scoring import changes

TOP = 10


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two results compared, `before` and `after`.

    Scores are compared only inside a family of frameworks: between families `score_change`, the correlation of scores'
    sizes and the split of the change have no meaning, so `score_change` is null and `decomposition` has no rows; orders
    are still compared. `notes` says so and names whatever else a reader must know.
    """

    framework_before: Framework
    framework_after: Framework
    framework_difference: FrameworkDifference
    """What changed from one framework to the other, indicator by indicator and rule by rule."""
    same_family: bool
    period_before: str
    period_after: str
    notes: tuple[Text, ...]
    regions: pl.DataFrame
    """region_code, region, score_before, score_after, score_change, rank_before, rank_after, rank_change (positive:
    rose), rank_common_before, rank_common_after (ranks among the common regions). In the order of `after`."""
    only_before: tuple[str, ...]
    """Full names of regions that only the earlier result has."""
    only_after: tuple[str, ...]
    spearman: float
    """Correlation of ranks over the common regions that have an index in both; NaN with fewer than two."""
    kendall: float
    """Kendall's tau-b over the same regions."""
    top: int
    """How many places the next four speak of: 10, or fewer common regions."""
    top_overlap: int
    entered: tuple[str, ...]
    """Full names of common regions that entered the top, best first."""
    left: tuple[str, ...]
    weights: pl.DataFrame
    """node, local_before, local_after, global_before, global_after, global_change, by code; null where a node is
    absent, no rows between families."""
    data: pl.DataFrame
    """indicator, unit_before, unit_after, cells, changed, appeared, disappeared: over the regions and periods of both
    results, for the indicators that measure the same in both frameworks."""
    cells: pl.DataFrame
    """region_code, region, period, indicator, value_before, value_after: every cell that differs."""
    measures: pl.DataFrame
    """region_code, period, indicator, measure, part, value_before, value_after, unit: what values from records rest on,
    where it differs."""
    region_pairs: pl.DataFrame
    """period, region_code, other_code, measure, value_before, value_after: figures between regions that differ."""
    decomposition: pl.DataFrame
    """region_code, period_from, period_to, indicator, factor, amount: sums to `score_change` region by region."""

    def movers(self, count: int = 5) -> pl.DataFrame:
        """Return the rows of `regions` whose rank changed most, then whose score did; at most `count`."""
        moved = self.regions.filter(pl.col("rank_change").fill_null(0) != 0)
        order = (pl.col("rank_change").abs(), pl.col("score_change").abs())
        return moved.sort(order, descending=True, nulls_last=True, maintain_order=True).head(count)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two results and the period compared of each."""

    before: Contents
    after: Contents
    start: str
    end: str

    @property
    def same_family(self) -> bool:
        return self.before.framework.family == self.after.framework.family


def comparison(
    before: Contents,
    after: Contents,
    *,
    period_before: str | None = None,
    period_after: str | None = None,
) -> Comparison:
    """Return two results compared in the latest period that both have, or else in the latest of each.

    Raises
    ------
    ResultError
        If they have no region in common, or a named period is unknown.
    """
    start, end = _periods(before, after, period_before, period_after)
    sides = _Sides(before, after, start, end)
    regions = _regions(sides)
    frameworks = difference(before.framework, after.framework)
    shared = shared_indicators(frameworks)
    values = value_pairs(before, after, shared)
    scored = regions.filter(
        pl.col("score_before").is_not_null(), pl.col("score_after").is_not_null()
    )
    spearman, kendall = _correlations(scored)
    top = min(TOP, scored.height)
    first, last = pl.col("rank_common_before") <= top, pl.col("rank_common_after") <= top
    entered = scored.filter(last & ~first).sort("rank_common_after", maintain_order=True)
    left = scored.filter(first & ~last).sort("rank_common_before", maintain_order=True)
    return Comparison(
        framework_before=before.framework,
        framework_after=after.framework,
        framework_difference=frameworks,
        same_family=sides.same_family,
        period_before=start,
        period_after=end,
        notes=_notes(sides),
        regions=regions,
        only_before=_absent(before, after),
        only_after=_absent(after, before),
        spearman=spearman,
        kendall=kendall,
        top=top,
        top_overlap=scored.filter(first & last).height,
        entered=tuple(entered["region"]),
        left=tuple(left["region"]),
        weights=_weights(sides),
        data=changed_counts(values),
        cells=changed_cells(values),
        measures=changed_measures(before, after, shared),
        region_pairs=changed_pairs(before, after),
        decomposition=_decomposition(sides),
    )


def _periods(
    before: Contents, after: Contents, period_before: str | None, period_after: str | None
) -> tuple[str, str]:
    if period_before is None and period_after is None:
        common = [period for period in after.about.periods if period in before.about.periods]
        if common:
            return common[-1], common[-1]
    return period_or_latest(before, period_before), period_or_latest(after, period_after)


def _regions(sides: _Sides) -> pl.DataFrame:
    def index_of(result: Contents, period: str, suffix: str) -> pl.DataFrame:
        root = result.framework.code
        rows = result.scores.filter(pl.col("node") == root, pl.col("period") == period)
        names = {name: f"{name}_{suffix}" for name in ("score", "rank")}
        return rows.select("region_code", "region", *names).rename(names)

    earlier = index_of(sides.before, sides.start, "before").drop("region")
    joined = index_of(sides.after, sides.end, "after").join(
        earlier, on="region_code", how="inner", maintain_order="left"
    )
    if not joined.height:
        raise ResultError([Problem("result-no-common-regions", Severity.ERROR)])
    difference = pl.col("score_after") - pl.col("score_before")
    both = pl.col("score_before").is_not_null() & pl.col("score_after").is_not_null()

    def common_rank(column: str) -> pl.Expr:
        return pl.when(both).then(pl.col(column)).rank("min", descending=True).cast(pl.Int32)

    return joined.select(
        *("region_code", "region", "score_before", "score_after"),
        difference.alias("score_change")
        if sides.same_family
        else pl.lit(None, dtype=pl.Float64).alias("score_change"),
        *("rank_before", "rank_after"),
        (pl.col("rank_before") - pl.col("rank_after")).alias("rank_change"),
        common_rank("score_before").alias("rank_common_before"),
        common_rank("score_after").alias("rank_common_after"),
    )


def _correlations(scored: pl.DataFrame) -> tuple[float, float]:
    from scipy.stats import kendalltau, spearmanr

    before, after = scored["score_before"].to_numpy(), scored["score_after"].to_numpy()
    if len(before) < 2 or np.ptp(before) == 0 or np.ptp(after) == 0:
        return float("nan"), float("nan")
    return float(spearmanr(before, after).statistic), float(kendalltau(before, after).statistic)


def _absent(here: Contents, there: Contents) -> tuple[str, ...]:
    codes = {region.code for region in there.regions}
    return tuple(region.zh for region in here.regions if region.code not in codes)


def _weights(sides: _Sides) -> pl.DataFrame:
    def of(result: Contents, suffix: str) -> pl.DataFrame:
        return result.weights.select(
            "node",
            pl.col("local_weight").alias(f"local_{suffix}"),
            pl.col("global_weight").alias(f"global_{suffix}"),
        )

    joined = of(sides.after, "after").join(
        of(sides.before, "before"),
        on="node",
        how="full",
        coalesce=True,
        maintain_order="left_right",
    )
    return joined.filter(pl.lit(sides.same_family)).select(
        *("node", "local_before", "local_after", "global_before", "global_after"),
        global_change=pl.col("global_after") - pl.col("global_before"),
    )


def _decomposition(sides: _Sides) -> pl.DataFrame:
    if not sides.same_family:
        return no_rows("changes")
    change = changes(
        rescored(sides.before),
        rescored(sides.after),
        period_before=sides.start,
        period_after=sides.end,
    )
    return change_table(change)


def _notes(sides: _Sides) -> tuple[Text, ...]:
    before, after = sides.before, sides.after
    versions = {"before": before.framework.id, "after": after.framework.id}
    notes = []
    if not sides.same_family:
        notes.append(pair("result", "compare_families", **versions))
    elif before.framework.version != after.framework.version:
        notes.append(pair("result", "compare_versions", **versions))
    if sides.start != sides.end:
        notes.append(pair("result", "compare_periods", before=sides.start, after=sides.end))
    if before.about.mode != after.about.mode:
        notes.append(pair("result", "compare_modes"))
    if before.about.simulated or after.about.simulated:
        notes.append(pair("result", "compare_simulated"))
    return tuple(notes)

"""Where regions stand: rankings, who entered and left the top, and the profile of one region."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from suanli.result.contents import Contents, RegionName
from suanli.result.names import (
    node_code,
    nodes_by_code,
    period_before,
    period_or_latest,
    region_named,
)


@dataclass(frozen=True, slots=True)
class TopChange:
    """Full names of the regions that entered and left the first `count` places between two periods, best first."""

    count: int
    period_from: str
    period_to: str
    entered: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Everything a result says about one region in one period.

    `nodes` has a row for the index, every group and every indicator: node, name_zh, name_en, parent, level, score,
    rank, ranked (how many regions have a rank), tier, percentile, previous_rank, rank_change. `indicators` has a row
    for each indicator: indicator, name_zh, name_en, value, unit, origin, source, score, rank, percentile,
    contribution. `strengths` and `weaknesses` are codes of indicators, the most marked first.
    """

    region: RegionName
    period: str
    nodes: pl.DataFrame
    indicators: pl.DataFrame
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]


def ranking(contents: Contents, node: str, period: str | None) -> pl.DataFrame:
    """Return the regions by rank on a node: rank, region_code, region, score, tier, previous_rank, rank_change.

    `rank_change` is positive for a region that rose since the period before. Regions without a score come last.
    Regions of equal rank stand in the study's order.

    Raises
    ------
    ResultError
        If the node or the period is unknown.
    """
    node = node_code(contents, node)
    period = period_or_latest(contents, period)
    now = contents.scores.filter(pl.col("node") == node, pl.col("period") == period)
    return (
        _with_previous_rank(contents, now, period)
        .sort("rank", nulls_last=True, maintain_order=True)
        .select("rank", "region_code", "region", "score", "tier", "previous_rank", "rank_change")
    )


def top_change(contents: Contents, node: str, period: str | None, count: int) -> TopChange | None:
    """Return who entered and left the first `count` places since the period before; None in the first period.

    A region with rank `count` or better is in the top, so a tie on the last place can make the top longer.

    Raises
    ------
    ResultError
        If the node or the period is unknown.
    """
    period = period_or_latest(contents, period)
    table = ranking(contents, node, period)
    earlier = period_before(contents, period)
    if earlier is None:
        return None
    now, before = pl.col("rank") <= count, pl.col("previous_rank") <= count
    table = table.with_columns(now=now.fill_null(value=False), before=before.fill_null(value=False))
    entered = table.filter(pl.col("now") & ~pl.col("before"))
    left = table.filter(pl.col("before") & ~pl.col("now")).sort(
        "previous_rank", maintain_order=True
    )
    return TopChange(count, earlier, period, tuple(entered["region"]), tuple(left["region"]))


def profile(contents: Contents, region: str, period: str | None) -> Profile:
    """Return everything the result says about a region.

    The percentile of a score is the share, in per cent, of the other regions that score lower, those with an equal
    score counting half: 100 for a sole leader, 0 for a sole last. Strengths are the indicators with the highest
    percentiles, at most k = max(1, min(5, n // 5)) of the n indicators on which the region has a score, and only
    those on which it is in the best third of the regions (its place, the mean of the places of all that are tied with
    it, is at most a third of the number ranked). Weaknesses are the mirror image: the lowest percentiles, counted
    from the last place. Equal percentiles stand in the order of the tree.

    Raises
    ------
    ResultError
        If the region or the period is unknown.
    """
    named = region_named(contents, region)
    period = period_or_latest(contents, period)
    nodes = _node_rows(contents, named.code, period)
    indicators = _indicator_rows(contents, named.code, period, nodes)
    scored = nodes.filter(
        pl.col("node").is_in(indicators["indicator"].to_list()), pl.col("score").is_not_null()
    )
    strengths, weaknesses = _extremes(scored)
    return Profile(named, period, nodes.drop("place"), indicators, strengths, weaknesses)


def _with_previous_rank(contents: Contents, rows: pl.DataFrame, period: str) -> pl.DataFrame:
    earlier = period_before(contents, period)
    before = contents.scores.filter(pl.col("period") == (earlier or "")).select(
        "region_code", "node", previous_rank="rank"
    )
    joined = rows.join(before, on=["region_code", "node"], how="left", maintain_order="left")
    return joined.with_columns(rank_change=pl.col("previous_rank") - pl.col("rank"))


def _node_rows(contents: Contents, code: str, period: str) -> pl.DataFrame:
    in_period = contents.scores.filter(pl.col("period") == period)
    ranked = pl.col("score").count().over("node")
    place = pl.col("score").rank("average", descending=True).over("node")
    others = ranked - 1
    rows = in_period.with_columns(
        ranked=ranked.cast(pl.Int32),
        place=place,
        percentile=pl.when(others > 0).then(100 * (ranked - place) / others),
    ).filter(pl.col("region_code") == code)
    names = nodes_by_code(contents.framework)
    described = pl.DataFrame(
        {
            "node": list(names),
            "name_zh": [node.name.zh for node in names.values()],
            "name_en": [node.name.en for node in names.values()],
        }
    ).join(contents.weights.select("node", "parent"), on="node", maintain_order="left")
    joined = described.join(
        _with_previous_rank(contents, rows, period), on="node", maintain_order="left"
    )
    return joined.select(
        *("node", "name_zh", "name_en", "parent", "level", "score", "rank", "ranked", "tier"),
        *("percentile", "previous_rank", "rank_change", "place"),
    )


def _indicator_rows(
    contents: Contents, code: str, period: str, nodes: pl.DataFrame
) -> pl.DataFrame:
    here = (pl.col("region_code") == code, pl.col("period") == period)
    contributions = contents.contributions.filter(*here).select("indicator", "contribution")
    ranks = nodes.select("name_zh", "name_en", "score", "rank", "percentile", indicator="node")
    return (
        contents.indicators.filter(*here)
        .join(ranks, on="indicator", how="left", maintain_order="left")
        .join(contributions, on="indicator", how="left", maintain_order="left")
        .select(
            *("indicator", "name_zh", "name_en", "value", "unit", "origin", "source", "score"),
            *("rank", "percentile", "contribution"),
        )
    )


def _extremes(scored: pl.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    several = scored.filter(pl.col("ranked") > 1)
    count = max(1, min(5, several.height // 5))
    from_best: NDArray[np.float64] = several["place"].to_numpy()
    from_worst = several["ranked"].to_numpy() + 1 - from_best
    thirds = several["ranked"].to_numpy() / 3
    percentiles = several["percentile"].to_numpy()
    codes = several["node"].to_list()

    def chosen(places: NDArray[np.float64], order: NDArray[np.float64]) -> tuple[str, ...]:
        best = [int(at) for at in np.argsort(order, kind="stable") if places[at] <= thirds[at]]
        return tuple(codes[at] for at in best[:count])

    return chosen(from_best, -percentiles), chosen(from_worst, percentiles)

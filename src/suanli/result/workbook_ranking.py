"""The sheet of ranks in the last period: the index and every dimension side by side."""

import polars as pl

from suanli.language import pair
from suanli.result.contents import Contents
from suanli.result.names import nodes_by_code, period_or_latest
from suanli.result.standing import ranking
from suanli.result.workbook_page import Column, Page, both

_ONE_PAGE = 35
"""Regions that fit on one printed page."""


def ranking_page(page: Page, contents: Contents) -> None:
    """Write the sheet: regions by their rank on the index; score, rank, tier and change of rank for each node."""
    period = period_or_latest(contents, None)
    root = contents.framework.code
    dimensions = contents.weights.filter(pl.col("level") <= 1)["node"].to_list()
    order = ranking(contents, root, period)
    columns = [
        Column(("", _label("region_code")), order["region_code"].to_list()),
        Column(("", _label("region")), order["region"].to_list()),
        Column(("", _label("period")), [period] * order.height, width=8),
    ]
    groups = []
    names = nodes_by_code(contents.framework)
    for node in dimensions:
        table = order.select("region_code").join(
            ranking(contents, node, period), on="region_code", how="left", maintain_order="left"
        )
        added = _node_columns(table, contents.framework.decimals)
        groups.append((both(names[node].name), len(columns), len(columns) + len(added) - 1))
        columns += added
    page.table(columns, frozen=2, spans=groups, pages=int(order.height <= _ONE_PAGE))


def _node_columns(table: pl.DataFrame, decimals: int) -> list[Column]:
    columns = [
        Column(
            *(("", _label("score")), table["score"].to_list(), f"number:{decimals}"),
            width=10,
            bar=True,
        ),
        Column(("", _label("rank")), table["rank"].to_list(), "whole", width=7.5),
    ]
    if table["tier"].count():
        columns.append(Column(("", _label("tier")), table["tier"].to_list(), "whole", width=7.5))
    if table["previous_rank"].count():
        changes = table["rank_change"].to_list()
        columns.append(
            Column(("", _label("rank_change")), changes, "change", width=9, missing="text")
        )
    return columns


def _label(key: str) -> str:
    return both(pair("result", f"column_{key}"))

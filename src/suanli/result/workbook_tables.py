"""The sheets of detail: scores, values, normalised values, weights, contributions, changes and problems."""

import math
from collections.abc import Sequence

import polars as pl

from suanli.framework import Indicator
from suanli.language import entries, pair
from suanli.problems import Problem
from suanli.result.contents import Contents
from suanli.result.judged import shown_local
from suanli.result.names import nodes_by_code
from suanli.result.problem_rows import problem_table
from suanli.result.workbook_looks import number_look
from suanli.result.workbook_page import Column, Page, both
from suanli.scoring import FACTORS

_FILES = {
    "scores": "scores.csv",
    "values": "indicators.csv",
    "normalised": "normalised.csv",
    "contributions": "contributions.csv",
    "changes": "changes.csv",
}
_JUDGED = (
    "consistency_ratio",
    "consensus",
    "local_low",
    "local_high",
    "global_low",
    "global_high",
)
"""Columns of the weights that only weights from judgements have."""
# Names that no code of a node can have by accident beside them in a wide table.
_PERIOD, _REGION = "(period)", "(region)"
_MOVE = ["region_code", "period_from", "period_to"]
_SENTENCES = {"message_zh": 36, "message_en": 40, "action_zh": 28, "action_en": 32}
"""Widths of the columns of problems that hold sentences; what was found and expected is in them."""
_PLACES = {
    "region_code": 10,
    "period": 9,
    "indicator": 12,
    "file": 18,
    "sheet": 12,
    "cell": 10,
    "path": 18,
    "code": 20,
}


def detail_cells(contents: Contents) -> int:
    """Return how many cells the sheets of detail would have."""
    rows = len(contents.about.periods) * len(contents.regions)
    nodes = contents.weights.height
    indicators = len(contents.framework.indicators())
    return rows * (nodes + 2 * indicators) + contents.changes.height * 6


def elsewhere(page: Page, key: str) -> None:
    """Write where the detail is that would not fit."""
    page.say(5, pair("result", "sheet_elsewhere", file=_FILES[key]))


def scores_page(page: Page, contents: Contents) -> None:
    """Write the scores of the index and the groups; those of indicators are the normalised values."""
    nodes = nodes_by_code(contents.framework)
    groups = [code for code, node in nodes.items() if not isinstance(node, Indicator)]
    wide = _wide(contents.scores, "node", "score")
    look = f"number:{contents.framework.decimals}"
    columns = [
        Column((both(nodes[code].name), code), wide[code].to_list(), look, width=12)
        for code in groups
    ]
    page.table(_keys(contents, wide, 2) + columns, frozen=3)


def values_page(page: Page, contents: Contents) -> None:
    """Write the indicators' values in their units; fill and mark tell where a value comes from."""
    values = _wide(contents.indicators, "indicator", "value")
    origins = _wide(contents.indicators, "indicator", "origin")
    columns = []
    for indicator in contents.framework.indicators():
        numbers = values[indicator.code].to_list()
        base = number_look(numbers)
        looks = [f"{base}:{origin}" for origin in origins[indicator.code]]
        header = (both(indicator.name), indicator.unit, indicator.code)
        columns.append(Column(header, numbers, looks, width=16))
    page.table(_keys(contents, values, 3) + columns, frozen=3)


def normalised_page(page: Page, contents: Contents) -> None:
    """Write the indicators' scores."""
    look = f"number:{contents.framework.decimals}"
    _indicator_page(page, contents, contents.normalised, "score", look)


def contributions_page(page: Page, contents: Contents) -> None:
    """Write what each indicator adds to the index."""
    look = f"number:{max(contents.framework.decimals, 2)}"
    _indicator_page(page, contents, contents.contributions, "contribution", look)


def weights_page(page: Page, contents: Contents) -> None:
    """Write the weights, indented as the tree."""
    table = contents.weights
    names = [nodes_by_code(contents.framework)[code].name for code in table["node"]]
    indents = [f"indent:{level}" for level in table["level"]]
    columns = [
        Column((_label("node"),), table["node"].to_list()),
        Column((_label("name_zh"),), [name.zh for name in names], indents, width=30),
        Column((_label("name_en"),), [name.en for name in names], indents, width=38),
        Column((_label("level"),), table["level"].to_list(), "whole", width=8),
        Column((_label("local_weight"),), shown_local(table), "weight", width=11, missing="text"),
        Column(
            (_label("global_weight"),), table["global_weight"].to_list(), "weight", 11, bar=True
        ),
        Column((_label("method"),), [_method(name) for name in table["method"]], "centred"),
        *(
            Column((_label(name),), table[name].to_list(), "weight", width=12, missing="text")
            for name in _JUDGED
            if table[name].null_count() < table.height
        ),
    ]
    page.table(columns, frozen=2)


def changes_page(page: Page, contents: Contents) -> None:
    """Write what moved the index from each period to the next: a row for each region, indicators by factor across."""
    table = contents.changes
    names = {region.code: region.zh for region in contents.regions}
    look = f"amount:{max(contents.framework.decimals, 2)}"
    total = table.group_by(_MOVE, maintain_order=True).agg(pl.col("amount"))
    # summed exactly, so that the order in which rows come does not show in the last digit
    amounts = [math.fsum(row) for row in total["amount"].to_list()]
    columns = [
        Column(("", _label("region_code")), total["region_code"].to_list()),
        Column(("", _label("region")), [names[code] for code in total["region_code"]]),
        Column(("", _label("period_from")), total["period_from"].to_list()),
        Column(("", _label("period_to")), total["period_to"].to_list()),
        Column(("", _label("amount")), amounts, look, width=11),
    ]
    spans = []
    nodes = nodes_by_code(contents.framework)
    for (code,), rows in table.group_by("indicator", maintain_order=True):
        added = _factor_columns(total, rows, look)
        header = both(nodes[code].name) if code in nodes else str(code)
        spans.append((header, len(columns), len(columns) + len(added) - 1))
        columns += added
    page.table(columns, frozen=4, spans=spans)


def _factor_columns(total: pl.DataFrame, rows: pl.DataFrame, look: str) -> list[Column]:
    """Return a column for each factor that moved an indicator, in the rows of the totals."""
    wide = rows.pivot(on="factor", index=_MOVE, values="amount")
    amounts = total.select(_MOVE).join(wide, on=_MOVE, how="left", maintain_order="left")
    return [
        Column(
            ("", both(pair("result", f"factor_{factor}"))),
            *(amounts[factor].to_list(), look),
            width=14,
            missing="text",
        )
        for factor in FACTORS
        if factor in amounts.columns
    ]


def problems_page(page: Page, problems: Sequence[Problem]) -> None:
    """Write what was found about the data and the scoring; columns in which nothing stands are left out."""
    table = problem_table(problems)
    severities = [both(pair("result", f"severity_{name}")) for name in table["severity"]]
    columns = [Column((_label("severity"),), severities, "wrapped", width=10)]
    columns += [
        Column(
            *((_label(name),), table[name].fill_null("").to_list(), "wrapped"),
            width=width,
        )
        for name, width in (_SENTENCES | _PLACES).items()
        if name in _SENTENCES or table[name].fill_null("").str.len_chars().sum()
    ]
    page.table(columns, frozen=2)


def _indicator_page(
    page: Page, contents: Contents, table: pl.DataFrame, value: str, look: str
) -> None:
    wide = _wide(table, "indicator", value)
    columns = [
        Column(
            (both(indicator.name), indicator.code), wide[indicator.code].to_list(), look, width=14
        )
        for indicator in contents.framework.indicators()
    ]
    page.table(_keys(contents, wide, 2) + columns, frozen=3)


def _wide(table: pl.DataFrame, column: str, value: str) -> pl.DataFrame:
    """Return a row for each period and region, a column for each node or indicator."""
    keys = table.select(pl.col("period").alias(_PERIOD), pl.col("region_code").alias(_REGION))
    return table.with_columns(keys).pivot(
        on=column, index=[_PERIOD, _REGION], values=value, maintain_order=True
    )


def _keys(contents: Contents, wide: pl.DataFrame, depth: int) -> list[Column]:
    names = {region.code: region.zh for region in contents.regions}
    blank = ("",) * (depth - 1)
    regions: Sequence[str] = [names[code] for code in wide[_REGION]]
    return [
        Column((_label("period"), *blank), wide[_PERIOD].to_list()),
        Column((_label("region_code"), *blank), wide[_REGION].to_list()),
        Column((_label("region"), *blank), regions),
    ]


def _method(name: str | None) -> str:
    key = f"method_{name}"
    return both(pair("result", key), " ") if key in entries("result") else name or ""


def _label(key: str) -> str:
    return both(pair("result", f"column_{key}"))

"""The sheets about records: what each computed value rests on, and delay and loss between regions."""

import polars as pl

from suanli.language import pair
from suanli.result.contents import Contents
from suanli.result.names import nodes_by_code
from suanli.result.workbook_looks import number_look
from suanli.result.workbook_page import Column, Page, both

MOST_ROWS = 20_000
"""Above this a sheet says in which CSV file its table is."""

_KEY = ["period", "region_code", "indicator"]
_SUMS = ("numerator", "denominator")
_COUNTS = ("used", "eligible")
_SPREAD = ("median", "p95")


def measures_page(page: Page, contents: Contents) -> None:
    """Write a row for each value from records: its sums, coverage, fallback and spread; parts are in the CSV file."""
    wide = _wide(contents.measures)
    if wide.height > MOST_ROWS:
        page.say(5, pair("result", "sheet_elsewhere", file="measures.csv"))
        return
    nodes = nodes_by_code(contents.framework)
    columns = [
        *_places(contents, wide, "region_code"),
        Column((_label("indicator"),), wide["indicator"].to_list()),
        Column((_label("name_zh"),), [nodes[code].name.zh for code in wide["indicator"]], width=28),
        *(column for name in _SUMS for column in (_number(wide, name), _unit(wide, name))),
        *(_number(wide, name, "whole") for name in _COUNTS),
        _number(wide, "weight_share", "weight"),
        Column((_label("fallback"),), wide["level_name"].to_list(), width=16, missing="text"),
        *(_number(wide, name) for name in _SPREAD),
    ]
    page.table(columns, frozen=3)


def region_pairs_page(page: Page, contents: Contents) -> None:
    """Write delay and loss between every two regions and inside them."""
    table = contents.region_pairs
    if table.height > MOST_ROWS:
        page.say(5, pair("result", "sheet_elsewhere", file="region_pairs.csv"))
        return
    names = {region.code: region.zh for region in contents.regions}
    columns = [
        *_places(contents, table, "region_code"),
        Column((_label("other_code"),), table["other_code"].to_list()),
        Column((_label("other"),), [names[code] for code in table["other_code"]]),
        _number(table, "pairs", "whole"),
        *(_number(table, name) for name in table.columns[4:]),
    ]
    page.table(columns, frozen=3)


def _wide(measures: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each value, a column for each measure; the name of the fallback where there was one."""
    columns = (*_SUMS, *_COUNTS, "weight_share", "level", *_SPREAD)
    value = pl.col("value").filter
    return measures.group_by(_KEY, maintain_order=True).agg(
        *(value(pl.col("measure") == name).first().alias(name) for name in columns),
        *(
            pl.col("unit").filter(pl.col("measure") == name).first().alias(f"{name}_unit")
            for name in _SUMS
        ),
        pl.col("part")
        .filter((pl.col("measure") == "level") & (pl.col("value") > 0))
        .first()
        .alias("level_name"),
    )


def _places(contents: Contents, table: pl.DataFrame, column: str) -> list[Column]:
    names = {region.code: region.zh for region in contents.regions}
    return [
        Column((_label("period"),), table["period"].to_list()),
        Column((_label("region_code"),), table[column].to_list()),
        Column((_label("region"),), [names[code] for code in table[column]]),
    ]


def _number(table: pl.DataFrame, name: str, look: str = "") -> Column:
    values = table[name].to_list()
    head = _label("items_used" if name == "used" else name)
    return Column((head,), values, look or number_look(values), width=14, missing="text")


def _unit(table: pl.DataFrame, name: str) -> Column:
    units = table[f"{name}_unit"].to_list()
    return Column((_label(f"{name}_unit"),), units, missing="text")


def _label(key: str) -> str:
    return both(pair("result", f"column_{key}"))

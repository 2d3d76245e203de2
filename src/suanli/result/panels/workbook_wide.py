"""Sheets with experts or methods side by side."""

import polars as pl

from suanli.intake.folder import shown
from suanli.language import pair
from suanli.result.names import nodes_by_code
from suanli.result.panels.contents import LONGEST, PanelResult
from suanli.result.panels.workbook_lists import named
from suanli.result.workbook_page import Column, Page, both


def priorities_page(page: Page, result: PanelResult) -> None:
    """Write each item's weight in its group: the panel's, then by each expert's own answers."""
    table = result.priorities
    items = table.select("node", "item").unique(maintain_order=True)
    used = dict(result.weights.select("node", "local_weight").iter_rows())
    columns = [
        *_item_keys(result, items),
        Column(
            ("", _label("panel")), [used.get(item) for item in items["item"]], "weight", width=11
        ),
        *_by_expert(result, items, table, ("node", "item"), "weight"),
    ]
    page.table(columns, frozen=3)


def similarity_page(page: Page, result: PanelResult) -> None:
    """Write how alike experts are, two by two, as the mean over the groups."""
    means: dict[tuple[str, str], float] = {
        (one, other): value
        for one, other, value in result.similarity.group_by("expert", "other", maintain_order=True)
        .agg(pl.col("similarity").mean())
        .iter_rows()
    }
    people = result.about.experts
    columns = [
        Column(("", _label("expert")), [expert.id for expert in people]),
        Column(("", _label("name")), [shown(expert.name, LONGEST) for expert in people]),
    ]
    for other in people:
        values = [
            1.0
            if one.id == other.id
            else means.get((one.id, other.id), means.get((other.id, one.id)))
            for one in people
        ]
        columns.append(Column((shown(other.name, LONGEST), other.id), values, "weight", width=11))
    page.table(columns, frozen=2)


def aggregations_page(page: Page, result: PanelResult) -> None:
    """Write each item's weight under every aggregation and every method; the chosen ones are marked."""
    table = result.aggregations
    items = table.select("node", "item").unique(maintain_order=True)
    columns = _item_keys(result, items)
    ways = table.select("kind", "name", "chosen").unique(maintain_order=True)
    for kind, name, chosen in ways.iter_rows():
        own = table.filter(pl.col("kind") == kind, pl.col("name") == name)
        words = both(pair("result", f"panel_{kind}_{name}"))
        mark = both(pair("panel_report", "chosen"), " ") if chosen else ""
        columns.append(Column((words, mark), own["weight"].to_list(), "weight", width=15))
    page.table(columns, frozen=3)


def leave_one_out_page(page: Page, result: PanelResult) -> None:
    """Write every node's overall weight, and how it changes without each expert."""
    table = result.leave_one_out
    nodes = nodes_by_code(result.framework)
    known = result.weights.select("node", "level", "global_weight")
    codes = known["node"].to_list()
    names = [nodes[code].name for code in codes]
    indents = [f"indent:{level}" for level in known["level"]]
    items = known.select("node")
    columns = [
        Column(("", _shared("node")), codes),
        Column(("", _label("group-or-item")), [both(name) for name in names], indents, width=38),
        Column(
            ("", _shared("global_weight")), known["global_weight"].to_list(), "weight", width=11
        ),
        *_by_expert(result, items, table, ("node",), "change", look="amount:4"),
    ]
    page.table(columns, frozen=2)


def _item_keys(result: PanelResult, items: pl.DataFrame) -> list[Column]:
    return [
        Column(("", _label("group")), named(result, items["node"].to_list()), width=26),
        Column(("", _shared("node")), items["item"].to_list()),
        Column(("", _label("item")), named(result, items["item"].to_list()), width=34),
    ]


def _by_expert(
    result: PanelResult,
    rows: pl.DataFrame,
    table: pl.DataFrame,
    keys: tuple[str, ...],
    value: str,
    *,
    look: str = "weight",
) -> list[Column]:
    """Return a column for each expert, with the values of a table in the rows' order."""
    parts = table.partition_by("expert", as_dict=True)
    columns = []
    for expert in result.about.experts:
        own = parts.get((expert.id,), table.clear())
        values = rows.join(own, on=list(keys), how="left", maintain_order="left")[value].to_list()
        columns.append(Column((shown(expert.name, LONGEST), expert.id), values, look, width=11))
    return columns


def _label(key: str) -> str:
    return both(pair("panel_report", f"head_{key}"))


def _shared(key: str) -> str:
    return both(pair("result", f"column_{key}"))

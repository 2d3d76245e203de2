"""The sheets about judged weights: every expert on every group, and the weights that other methods give."""

import polars as pl

from suanli.intake.folder import shown
from suanli.language import Text, entries, pair
from suanli.result.contents import Contents
from suanli.result.names import nodes_by_code
from suanli.result.workbook_page import Column, Page, both

MOST_ROWS = 20_000
"""Above this a sheet says in which CSV file its table is."""

_LONGEST = 200


def experts_page(page: Page, contents: Contents) -> None:
    """Write how consistent every expert is on every group, and how much the expert counts there."""
    table = contents.experts
    if table.height > MOST_ROWS:
        page.say(5, pair("result", "sheet_elsewhere", file="experts.csv"))
        return
    nodes = nodes_by_code(contents.framework)
    names = {code: both(node.name) for code, node in nodes.items()}
    left_out = ["✓" if excluded else "" for excluded in table["excluded"]]
    columns = [
        Column((_label("expert"),), [shown(expert, _LONGEST) for expert in table["expert"]]),
        Column((_label("node"),), table["node"].to_list()),
        Column((_label("group"),), [names[code] for code in table["node"]], width=34),
        _number(table, "consistency_ratio", "own_ratio"),
        _number(table, "gci", "gci"),
        _number(table, "influence", "influence"),
        Column((_label("excluded"),), left_out, "centred", width=11),
    ]
    page.table(columns, frozen=3)


def weightings_page(page: Page, contents: Contents) -> None:
    """Write the overall weight of every node under each method, and in the head what the method rewards."""
    known = contents.weights.filter(pl.col("level") > 0).select("node", "level", "global_weight")
    nodes = nodes_by_code(contents.framework)
    indents = [f"indent:{level}" for level in known["level"]]
    names = [nodes[code].name for code in known["node"]]
    columns = [
        Column((_label("node"), ""), known["node"].to_list()),
        Column((_label("name_zh"), ""), [name.zh for name in names], indents, width=28),
        Column((_label("name_en"), ""), [name.en for name in names], indents, width=34),
        Column((_label("used"), ""), known["global_weight"].to_list(), "weight", width=12),
    ]
    for (name,), rows in contents.weightings.group_by("weighting", maintain_order=True):
        own = dict(rows.select("node", "global_weight").iter_rows())
        words = _weighting("weighting", str(name)) or Text(str(name), str(name))
        rewards = _weighting("rewards", str(name))
        head = (both(words), both(rewards) if rewards else "")
        values = [own.get(code) for code in known["node"]]
        columns.append(Column(head, values, "weight", width=30, missing="text"))
    page.table(columns, frozen=3)


def _weighting(kind: str, name: str) -> Text | None:
    key = f"{kind}-{name}"
    return pair("weighting", key) if key in entries("weighting") else None


def _number(table: pl.DataFrame, name: str, head: str) -> Column:
    return Column((_label(head),), table[name].to_list(), "weight", width=13, missing="text")


def _label(key: str) -> str:
    return both(pair("result", f"column_{key}"))

"""A panel's weights beside those of the linear best–worst model, for the terminal."""

import polars as pl
from rich.console import RenderableType

from suanli.language import Language, say
from suanli.report.panel_groups import group_names
from suanli.report.prose import Prose
from suanli.report.tables import plain_table, titled
from suanli.report.weights_tree import percentage
from suanli.report.words import number, signed
from suanli.result.panels import PanelResult

_COLUMNS = ("group", "item", "used", "linear", "difference", "ratio")
_LEFT = ("group", "item")


def linear_table(result: PanelResult, language: Language) -> RenderableType | None:
    """Return by group the item whose weights differ most, and the mean ratio of consistency with the model's measure.

    Nothing where best and worst were not asked for.
    """
    linear = result.aggregations.filter(
        pl.col("name") == "best-worst-linear", pl.col("weight").is_not_null()
    )
    if linear.is_empty():
        return None
    names = group_names(result, language)
    used = dict(result.weights.select("node", "local_weight").iter_rows())
    ratios = dict(
        result.experts.group_by("node", maintain_order=True)
        .agg(pl.col("best_worst_ratio").mean())
        .iter_rows()
    )
    table = plain_table(
        (say("panel_report", f"linear-{name}", language), "left" if name in _LEFT else "right")
        for name in _COLUMNS
    )
    for (node,), rows in linear.group_by("node", maintain_order=True):
        weights = dict(rows.select("item", "weight").iter_rows())
        item = max(weights, key=lambda code: abs(weights[code] - used[code]))
        table.add_row(
            Prose(names[str(node)], hang=2),
            Prose(names[item], hang=2),
            percentage(used[item]),
            percentage(weights[item]),
            signed(100 * (weights[item] - used[item]), 2),
            number(ratios[node], 3),
        )
    note = Prose(say("panel_report", "linear-note", language), style="dim")
    return titled(say("panel_report", "linear-title", language), table, note)

"""A tree of weights for the terminal: local and overall weights, how they were judged, and bars with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import JustifyMethod, RenderableType
from rich.text import Text as Styled

from suanli.language import Language, entries, say
from suanli.report.interval_bars import interval_bar
from suanli.report.prose import Fitted, Prose
from suanli.report.tables import plain_table, titled
from suanli.report.words import number

_NARROW, _WIDE = 90, 118
"""Columns of a screen from which bars are longer, and from which intervals are written out."""
_SHORT_BAR, _LONG_BAR = 14, 26
_MOST = 10
"""Indicators listed by their weight in the index."""

_DISABLED = "disabled"
"""Source of the weight of a node that is disabled or below a disabled one; it has no share among siblings."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WeightedTree:
    """The weights of a framework's nodes in tree order, the index first.

    A row has `node`, `parent`, `level`, `local_weight`, `global_weight`, `method`, `consistency_ratio`, its `limit` and
    `consensus` (of the comparison in which the node was weighed), `local_low`, `local_high`, `global_low` and
    `global_high`; what does not apply is None.
    """

    rows: Sequence[Row]
    names: Mapping[str, str]

    @property
    def judged(self) -> Mapping[str, Row]:
        """By code of the parent, a child that was compared with its siblings."""
        return {
            row["parent"]: row
            for row in self.rows
            if row["parent"] and row["consistency_ratio"] is not None
        }

    @property
    def groups(self) -> frozenset[str]:
        """Codes of the nodes that have children."""
        return frozenset(row["parent"] for row in self.rows if row["parent"])

    @property
    def has_intervals(self) -> bool:
        """Whether any weight has an interval."""
        return any(row["local_low"] is not None for row in self.rows)

    @property
    def weighed(self) -> Sequence[Row]:
        """The nodes that share their parent's weight with others."""
        return [
            row
            for row in self.rows
            if row["level"] and (row["local_weight"] or 0) < 1 and row["method"] != _DISABLED
        ]

    @property
    def has_methods(self) -> bool:
        """Whether the weights come from more than one source."""
        return len({row["method"] for row in self.rows if row["level"]} - {None}) > 1

    def highest(self, kind: str, rows: Sequence[Row]) -> float:
        """Return the highest weight of a kind, or the upper end of its interval."""
        ends = [row[f"{kind}_{end}"] for row in rows for end in ("weight", "high")]
        return max((end for end in ends if end is not None), default=1.0)


def weights_tree(tree: WeightedTree, language: Language) -> RenderableType:
    """Return the nodes, a row each: CR and consensus of its children's comparison, weights, bar of the local weight."""
    below = [_legend(tree, language)]
    return titled(
        say("panel_report", "tree-title", language),
        Fitted(lambda width: _tree(tree, language, width)),
        *below,
    )


def heaviest(tree: WeightedTree, language: Language) -> RenderableType:
    """Return the indicators that weigh most in the index, with bars and intervals of their weights there."""
    leaves = [row for row in tree.rows if row["node"] not in tree.groups and row["global_weight"]]
    leaves = sorted(leaves, key=lambda row: -row["global_weight"])
    title = say("panel_report", "tree-heaviest", language, count=len(leaves))
    return titled(title, Fitted(lambda width: _heaviest(tree, leaves[:_MOST], language, width)))


def percentage(share: float | None) -> str:
    """Return a share as a percentage with two decimals; a dash for a missing one.

    >>> percentage(0.12345), percentage(None)
    ('12.35%', '–')
    """
    return "–" if share is None else f"{number(100 * share, 2)}%"


def interval_words(low: float | None, high: float | None) -> str:
    """Return an interval of shares; nothing where there is none.

    >>> interval_words(0.1, 0.125)
    '10.00–12.50%'
    """
    return "" if low is None or high is None else f"{number(100 * low, 2)}–{percentage(high)}"


def _tree(tree: WeightedTree, language: Language, width: int) -> RenderableType:
    judged = ("cr", "consensus") if tree.judged else ()
    written = ("interval",) if tree.has_intervals and width >= _WIDE else ()
    # beside what was judged a narrow screen has no room for it
    sources = tree.has_methods and (width >= _NARROW or not tree.judged)
    method = ("method",) if sources else ()
    columns = ("name", *judged, "local", "global", "bar", *written, *method)
    table = plain_table((_head(column, language), _justified(column)) for column in columns)
    highest = tree.highest("local", tree.weighed)
    room = _LONG_BAR if width >= _NARROW else _SHORT_BAR
    # names wrap, bars do not: cut short, one would lose the end of its interval
    table.columns[columns.index("bar")].min_width = room
    shared = {row["node"] for row in tree.weighed}
    for row in tree.rows:
        cells = _cells(tree, row, language)
        if row["method"] == _DISABLED:
            cells["local"] = "" if sources else _method(_DISABLED, language)
        interval = (row["local_low"], row["local_high"])
        if row["node"] in shared:
            cells["bar"] = interval_bar(row["local_weight"], interval, highest=highest, room=room)
            cells["interval"] = interval_words(*interval)
        table.add_row(*(cells[column] for column in columns))
    return table


def _cells(tree: WeightedTree, row: Row, language: Language) -> dict[str, RenderableType]:
    child = tree.judged.get(row["node"])
    index = not row["level"]
    style = "bold" if row["node"] in tree.groups else ""
    return {
        "name": Prose(
            Styled(tree.names[row["node"]], style=style), indent=2 * row["level"], hang=2
        ),
        "cr": consistency(child["consistency_ratio"], child["limit"]) if child else "",
        "consensus": number(child["consensus"], 2) if child else "",
        "local": "" if index else percentage(row["local_weight"]),
        "global": percentage(row["global_weight"]),
        "bar": "",
        "interval": "",
        "method": "" if index else _method(row["method"], language),
    }


def consistency(ratio: float | None, limit: float | None) -> Styled:
    """Return a consistency ratio, marked where it is above the limit."""
    shown = number(ratio, 3)
    if ratio is None or limit is None or ratio <= limit:
        return Styled(shown)
    return Styled(f"{shown}*", style="yellow")


def _heaviest(
    tree: WeightedTree, leaves: Sequence[Row], language: Language, width: int
) -> RenderableType:
    written = ("interval",) if tree.has_intervals else ()
    columns = ("name", "global", "bar", *written)
    table = plain_table((_head(column, language), _justified(column)) for column in columns)
    highest = tree.highest("global", leaves)
    room = _LONG_BAR if width >= _NARROW else _SHORT_BAR
    for row in leaves:
        interval = (row["global_low"], row["global_high"])
        cells: dict[str, RenderableType] = {
            "name": Prose(tree.names[row["node"]], hang=2),
            "global": percentage(row["global_weight"]),
            "bar": interval_bar(row["global_weight"], interval, highest=highest, room=room),
            "interval": interval_words(*interval),
        }
        table.add_row(*(cells[column] for column in columns))
    return table


def _legend(tree: WeightedTree, language: Language) -> Prose:
    highest = tree.highest("local", tree.weighed)
    sentences = [say("panel_report", "tree-scale", language, highest=percentage(highest))]
    if tree.has_intervals:
        sentences.append(say("panel_report", "tree-interval", language))
    if tree.judged:
        sentences.append(say("panel_report", "tree-judged", language))
    return Prose((" " if language == "en" else "").join(sentences), style="dim")


def _head(column: str, language: Language) -> str:
    return "" if column == "bar" else say("panel_report", f"column-{column}", language)


def _justified(column: str) -> JustifyMethod:
    return "left" if column in ("name", "bar", "method") else "right"


def _method(name: str | None, language: Language) -> str:
    key = f"method_{name}"
    return say("result", key, language) if key in entries("result") else name or ""

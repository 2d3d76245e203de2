"""The weights of a result for the terminal and for programs: the tree, and other weights beside those used."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any

import polars as pl
from rich.console import Group, JustifyMethod, RenderableType
from rich.text import Text as Styled

from suanli.language import Language, Text, entries, pair, say
from suanli.report.prose import Fitted, Prose
from suanli.report.stamp import stamped
from suanli.report.tables import plain_table, titled
from suanli.report.weights_tree import WeightedTree, heaviest, weights_tree
from suanli.report.words import node_names, number
from suanli.report.wrapping import longest_piece, wrapped
from suanli.result import Result

_NAME_ROOM = 32
"""Columns that names of nodes and the weights used keep beside the weightings."""
_HEAD = 8
"""Columns to which names of weightings are broken in Chinese."""
_ROUNDING = 1e-9
"""How far two weightings may differ and be the same."""


def weights_view(result: Result, language: Language) -> RenderableType:
    """Return where the weights come from, the tree of weights, the heaviest indicators, and other weights beside."""
    tree = weighted_tree(result, language)
    title = say("panel_report", "weights-title", language, title=result.about.title.said(language))
    label = say("panel_report", "label-framework", language)
    framework = f"{result.framework.title.said(language)} [{result.framework.id}]"
    parts: list[RenderableType] = [
        Prose(Styled.assemble((label, "bold"), framework), hang=2),
        Prose(result.about.weights_note.said(language)),
        "",
        weights_tree(tree, language),
        "",
        heaviest(tree, language),
    ]
    if result.weightings.height:
        used = dict(result.weights.select("node", "global_weight").iter_rows())
        parts += ["", weightings_beside(result.weightings, used, tree, language)]
    return stamped(titled(title, *parts), simulated=result.about.simulated)


def weights_json(result: Result) -> dict[str, Any]:
    """Return the weights for programs, in full precision."""
    zh, en = (node_names(result.framework, language) for language in ("zh", "en"))
    note = result.about.weights_note
    return {
        "framework": result.framework.id,
        "simulated": result.about.simulated,
        "weights_note": {"zh": note.zh, "en": note.en},
        "weights": [
            {"node": row["node"], "name_zh": zh[row["node"]], "name_en": en[row["node"]], **row}
            for row in result.weights.to_dicts()
        ],
        "weightings": weightings_json(result.weightings),
    }


def weightings_json(weightings: pl.DataFrame) -> list[dict[str, Any]]:
    """Return other weights for programs, a weighting each, with what it rewards."""
    told = []
    for (name,), rows in weightings.group_by("weighting", maintain_order=True):
        words, rewards = weighting_name(str(name)), weighting_rewards(str(name))
        told.append(
            {
                "weighting": name,
                "name": {"zh": words.zh, "en": words.en},
                "rewards": {"zh": rewards.zh, "en": rewards.en} if rewards else None,
                "weights": rows.drop("weighting").to_dicts(),
            }
        )
    return told


def weighted_tree(result: Result, language: Language) -> WeightedTree:
    """Return the weights of a result as a tree to be shown."""
    return WeightedTree(
        rows=result.weights.to_dicts(),
        names=node_names(result.framework, language),
    )


def weightings_beside(
    weightings: pl.DataFrame, used: Mapping[str, float], tree: WeightedTree, language: Language
) -> RenderableType:
    """Return the overall weight of every node under each weighting, beside those used, and what each rewards.

    `weightings` has the columns weighting, node, local_weight, global_weight; one that is the same as `used` is left
    out.
    """
    by_name = {
        str(name): dict(rows.select("node", "global_weight").iter_rows())
        for (name,), rows in weightings.group_by("weighting", maintain_order=True)
    }
    others = {name: own for name, own in by_name.items() if not _same(own, used)}
    title = say("panel_report", "weightings-title", language)
    columns = {say("panel_report", "column-used", language): used}

    def shown(room: int) -> RenderableType:
        heads = _heads(list(others), room, language)
        beside = columns | dict(zip(heads.values(), others.values(), strict=True))
        decimals = 1 if all(len(head) == 1 for head in heads.values()) else 2
        table = _weightings(beside, tree, decimals, language)
        return Group(table, *_rewards(heads, language))

    return titled(title, Fitted(shown))


def _weightings(
    columns: Mapping[str, Mapping[str, float]],
    tree: WeightedTree,
    decimals: int,
    language: Language,
) -> RenderableType:
    heads: list[tuple[str, JustifyMethod]] = [(head, "right") for head in columns]
    table = plain_table([(say("panel_report", "column-name", language), "left"), *heads])
    for row in tree.rows:
        if row["level"]:
            style = "bold" if row["node"] in tree.groups else ""
            table.add_row(
                Prose(
                    Styled(tree.names[row["node"]], style=style),
                    indent=2 * (row["level"] - 1),
                    hang=2,
                ),
                *(number(_percent(own.get(row["node"])), decimals) for own in columns.values()),
            )
    return table


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _same(own: Mapping[str, float], used: Mapping[str, float]) -> bool:
    return all(abs(weight - used.get(node, 0.0)) < _ROUNDING for node, weight in own.items())


def weighting_name(name: str) -> Text:
    """Return what a weighting is called; its identifier where the catalogue does not know it."""
    key = f"weighting-{name}"
    return pair("weighting", key) if key in entries("weighting") else Text(name, name)


def weighting_rewards(name: str) -> Text | None:
    """Return what a weighting rewards, in a line, where the catalogue knows it."""
    key = f"rewards-{name}"
    return pair("weighting", key) if key in entries("weighting") else None


def _heads(names: Sequence[str], room: int, language: Language) -> dict[str, str]:
    """Return the weightings' names by their identifiers, or letters that stand for them where there is little room."""
    words = [weighting_name(name).said(language) for name in names]
    widths = [max(longest_piece(word) if language == "en" else _HEAD, 6) for word in words]
    if sum(widths) + 2 * len(widths) + _NAME_ROOM <= room:
        broken = ["\n".join(wrapped(*sides)) for sides in zip(words, widths, strict=True)]
        return dict(zip(names, broken, strict=True))
    return dict(zip(names, ascii_uppercase, strict=False))


def _rewards(heads: Mapping[str, str], language: Language) -> list[Prose]:
    """Return what each weighting rewards, a line each, after the letter that stands for it if one does."""
    lines = []
    for name, head in heads.items():
        rewards = weighting_rewards(name)
        words = (rewards or weighting_name(name)).said(language)
        letter = f"{head}  " if len(head) == 1 else ""
        lines.append(Prose(f"{letter}{words}", indent=2, hang=len(letter) or 2, style="dim"))
    return lines

"""Sheets with a row for each node, group, expert or answer."""

from collections.abc import Sequence

import polars as pl

from suanli.intake.folder import shown
from suanli.language import entries, pair
from suanli.result.judged import shown_local
from suanli.result.names import nodes_by_code
from suanli.result.panels.contents import LONGEST, PanelResult
from suanli.result.workbook_page import Column, Page, both


def weights_page(page: Page, result: PanelResult) -> None:
    """Write the weights, indented as the tree."""
    table = result.weights
    nodes = nodes_by_code(result.framework)
    names = [nodes[code].name for code in table["node"]]
    indents = [f"indent:{level}" for level in table["level"]]
    columns = [
        Column((_shared("node"),), table["node"].to_list()),
        Column((_shared("name_zh"),), [name.zh for name in names], indents, width=30),
        Column((_shared("name_en"),), [name.en for name in names], indents, width=38),
        Column(
            (_shared("local_weight"),), shown_local(table), "weight", 11, bar=True, missing="text"
        ),
        Column(
            (_shared("global_weight"),), table["global_weight"].to_list(), "weight", 11, bar=True
        ),
        *_numbers(table, ("local_low", "local_high", "global_low", "global_high")),
        Column(
            (_label("matrix_cr"),),
            table["consistency_ratio"].to_list(),
            "weight",
            12,
            missing="text",
        ),
        Column(
            (_label("matrix_consensus"),),
            table["consensus"].to_list(),
            "weight",
            12,
            missing="text",
        ),
        Column((_label("method"),), [_method(name) for name in table["method"]], "centred", 32),
    ]
    page.table(columns, frozen=2)


def groups_page(page: Page, result: PanelResult) -> None:
    """Write the consistency and consensus of every judged group."""
    table = result.consensus
    words = [
        both(pair("panel_report", f"consensus-{word}"), " ") if word else ""
        for word in table["word"]
    ]
    # two items have two orders only, of which a coefficient of concordance says little
    concordance = table.select(pl.when(pl.col("items") > 2).then("kendall_w"))[
        "kendall_w"
    ].to_list()
    columns = [
        Column((_shared("node"),), table["node"].to_list()),
        Column((_label("group"),), named(result, table["node"].to_list()), width=34),
        *(
            Column((_label(name),), table[name].to_list(), "whole", width=11)
            for name in ("items", "experts", "excluded", "above_limit")
        ),
        *_numbers(table, ("consistency_ratio", "limit", "gci", "gci_limit", "consensus")),
        Column((_label("word"),), words, "centred", width=14),
        Column((_label("kendall_w"),), concordance, "weight", 11, missing="text"),
        Column((_label("clusters"),), table["clusters"].to_list(), "whole", 11, missing="text"),
    ]
    page.table(columns, frozen=2)


def experts_page(page: Page, result: PanelResult) -> None:
    """Write every expert on every group."""
    table = result.experts
    flags = ("answered", "excluded", "carried", "outlier")
    columns = [
        Column((_label("expert"),), table["expert"].to_list()),
        Column((_label("name"),), [shown(name, LONGEST) for name in table["name"]]),
        Column((_label("group"),), named(result, table["node"].to_list()), width=30),
        *_numbers(table, ("consistency_ratio", "gci", "lambda_max")),
        Column((_label("missing"),), table["missing"].to_list(), "whole", 10, missing="text"),
        *_numbers(table, ("influence", "similarity")),
        Column((_label("cluster"),), table["cluster"].to_list(), "whole", 10, missing="text"),
        *(
            Column((_label(name),), ["✓" if held else "" for held in table[name]], "centred", 11)
            for name in flags
        ),
    ]
    page.table(columns, frozen=3)


def judgements_page(page: Page, result: PanelResult) -> None:
    """Write every original answer and what counts of it."""
    table = result.judgements
    kinds = [both(pair("panel_report", f"kind-{kind}"), " ") for kind in table["kind"]]
    columns = [
        Column((_label("round"),), table["round"].to_list(), "whole", width=8),
        Column((_label("expert"),), table["expert"].to_list()),
        Column((_label("group"),), named(result, table["node"].to_list(), " "), width=24),
        Column((_label("item"),), named(result, table["item"].to_list(), " "), width=30),
        Column((_label("other"),), named(result, table["other"].to_list(), " "), width=30),
        Column((_label("kind"),), kinds, width=14),
        Column(
            (_label("answer"),), [shown(text, LONGEST) for text in table["answer"]], "centred", 10
        ),
        *(
            Column((_label(name),), table[name].to_list(), look, 11, missing="text")
            for name, look in (("value", "grade"), ("revised", "grade"), ("used", "weight"))
        ),
        *(
            Column((_shared(name),), table[name].fill_null("").to_list(), width=width)
            for name, width in (("file", 24), ("sheet", 14), ("cell", 10))
        ),
    ]
    page.table(columns, frozen=2)


def repairs_page(page: Page, result: PanelResult) -> None:
    """Write the proposed changes, a judgement a row."""
    table = result.repairs
    people = {expert.id: shown(expert.name, LONGEST) for expert in result.about.experts}
    columns = [
        Column((_label("expert"),), table["expert"].to_list()),
        Column((_label("name"),), [people[code] for code in table["expert"]]),
        Column((_label("group"),), named(result, table["node"].to_list()), width=30),
        Column((_label("item"),), named(result, table["item"].to_list()), width=32),
        Column((_label("other"),), named(result, table["other"].to_list()), width=32),
        *(
            Column((_label(name),), table[name].to_list(), "grade", width=10)
            for name in ("before", "after")
        ),
        *_numbers(table, ("cr_before", "cr_after")),
    ]
    page.table(columns, frozen=2)


def revisions_page(page: Page, result: PanelResult) -> None:
    """Write the changes that experts accepted, with the reasons they gave."""
    table = result.revisions
    people = {expert.id: shown(expert.name, LONGEST) for expert in result.about.experts}
    texts = {
        name: [shown(text, LONGEST) for text in table[name].fill_null("")]
        for name in ("reason", "file")
    }
    columns = [
        Column((_label("expert"),), table["expert"].to_list()),
        Column((_label("name"),), [people[code] for code in table["expert"]]),
        Column((_label("group"),), named(result, table["node"].to_list()), width=30),
        Column((_label("item"),), named(result, table["item"].to_list()), width=32),
        Column((_label("other"),), named(result, table["other"].to_list()), width=32),
        Column((_label("before"),), table["before"].to_list(), "grade", width=10),
        Column((_label("accepted"),), table["after"].to_list(), "grade", width=10),
        Column((_label("reason"),), texts["reason"], "wrapped", width=34),
        Column((_shared("file"),), texts["file"], width=24),
        Column((_label("line"),), table["line"].to_list(), "whole", width=8),
    ]
    page.table(columns, frozen=2)


def rounds_page(page: Page, result: PanelResult) -> None:
    """Write what every round came to and whether to go on, then the consensus of each group in it."""
    table = result.rounds
    verdicts = {
        True: both(pair("panel_report", "stop-true"), " "),
        False: both(pair("panel_report", "stop-false"), " "),
        None: "–",
    }
    columns = [
        Column(("", _label("round")), table["round"].to_list(), "whole", width=8),
        Column(("", _label("answered")), table["answered"].to_list(), "whole", width=10),
        *_numbers(
            table, ("consensus", "kendall_w", "interquartile_range", "largest_change"), above=("",)
        ),
        Column(("", _label("changed")), named(result, table["changed"].to_list()), width=26),
        Column(
            ("", _label("stop")),
            [verdicts[stop] for stop in table["stop"]],
            "centred",
            width=12,
        ),
        Column(("", _label("reason_zh")), table["reason_zh"].to_list(), width=34),
        Column(("", _label("reason_en")), table["reason_en"].to_list(), width=38),
    ]
    first = len(columns)
    for (node,), rows in result.round_groups.group_by("node", maintain_order=True):
        header = ("", named(result, [str(node)])[0])
        columns.append(Column(header, rows["consensus"].to_list(), "weight", 14, missing="text"))
    spans = [(_label("group_consensus"), first, len(columns) - 1)] if first < len(columns) else []
    page.table(columns, frozen=1, spans=spans)


def named(result: PanelResult, codes: Sequence[str | None], between: str = "\n") -> list[str]:
    """Return the names of nodes in both languages; nothing for no code."""
    nodes = nodes_by_code(result.framework)
    return [both(nodes[code].name, between) if code in nodes else code or "" for code in codes]


def _numbers(
    table: pl.DataFrame, names: Sequence[str], *, above: tuple[str, ...] = ()
) -> list[Column]:
    return [
        Column((*above, _label(name)), table[name].to_list(), "weight", width=11, missing="text")
        for name in names
    ]


def _method(name: str) -> str:
    for topic, key in (("result", f"panel_method_{name}"), ("result", f"method_{name}")):
        if key in entries(topic):
            return both(pair(topic, key), " ")
    return both(pair("panel_report", f"source-{name}"), " ")


def _label(key: str) -> str:
    return both(pair("panel_report", f"head_{key}"))


def _shared(key: str) -> str:
    return both(pair("result", f"column_{key}"))

"""What a result says of its weights: where they come from, how consistent the experts are, and other weights beside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import polars as pl

from suanli.framework import Framework
from suanli.intake import Study
from suanli.intake.panels import COMPARING
from suanli.language import Text, pair
from suanli.methods.pairwise import consistency_ratio_limit
from suanli.problems import Problem
from suanli.result.tables import Column, frame_of, no_rows
from suanli.scoring import Scores
from suanli.weighting import Comparison, GroupWeights, PanelWeights

FITTED = "fitted"
"""The origin of weights that were fitted to published orders; others state none."""


def weights_table(
    study: Study, scores: Scores, panel: PanelWeights | None, *, fitted: bool
) -> pl.DataFrame:
    """Return the weights of every node; those of a panel are told as by `panel_weights_table`.

    Weights keep the marks of the study's file or of the framework from which they come, so that a study to which this
    table serves as its file of weights has them too; `origin` is there only where weights were `fitted`.
    """
    weights = scores.weights
    columns: dict[str, Column] = {
        "node": scores.nodes,
        "parent": [parent or None for parent in scores.parents],
        "level": scores.levels.astype("int32"),
        "local_weight": weights.local,
        "global_weight": weights.overall,
        "method": [
            "panel" if panel and method == "file" else method or None for method in weights.method
        ],
    }
    columns |= _judged(scores.nodes, panel)
    if panel is not None:
        return frame_of("weights", columns)
    simulated = {"file": study.simulated_weights, "given": study.framework.simulated}
    columns["simulated"] = [int(simulated.get(how, False)) for how in weights.method]
    if fitted:
        way = "given" if study.weights is None else "file"
        columns["origin"] = [FITTED if how == way else None for how in weights.method]
    return frame_of("weights", columns)


def panel_weights_table(panel: PanelWeights) -> pl.DataFrame:
    """Return the weights of every node below the index.

    A node of a group that was judged has the consistency ratio, its limit, and the consensus of the matrix in which it
    was compared, and the intervals of its weights; an only child has the interval of its overall weight.
    """
    placed = tuple(panel.framework.walk())
    nodes = tuple(each.node.code for each in placed)
    groups = _group_of_item(panel)
    by_group = {True: panel.rules.method, False: "only-child"}
    idle = _disabled(panel.framework)
    columns: dict[str, Column] = {
        "node": nodes,
        "parent": [each.parent for each in placed],
        "level": [each.level for each in placed],
        "local_weight": [panel.local[node] for node in nodes],
        "global_weight": [panel.overall[node] for node in nodes],
        "method": [
            "disabled" if each.node.code in idle else by_group[each.node.code in groups]
            for each in placed
        ],
    }
    return frame_of("weights", columns | _judged(nodes, panel))


def shown_local(weights: pl.DataFrame) -> list[float | None]:
    """Return the local weights that people are shown: none of a node that is disabled or below a disabled one."""
    disabled = pl.col("method") == "disabled"
    shown = weights.select(pl.when(~disabled.fill_null(value=False)).then("local_weight"))
    return shown["local_weight"].to_list()


def _disabled(framework: Framework) -> frozenset[str]:
    """Return the codes of the nodes that are disabled or stand below a disabled one."""
    idle: set[str] = set()
    for each in framework.walk():
        if each.node.disabled or each.parent in idle:
            idle.add(each.node.code)
    return frozenset(idle)


def _judged(nodes: Sequence[str], panel: PanelWeights | None) -> dict[str, Column]:
    """Return the columns of the weights that only weights from judgements have."""
    of_item = _group_of_item(panel)
    groups = [of_item.get(node) for node in nodes]
    intervals = panel.intervals if panel else None
    ends = ("local_low", "local_high", "global_low", "global_high")
    return {
        "consistency_ratio": [group and group.group_consistency_ratio for group in groups],
        "limit": [group and float(consistency_ratio_limit(len(group.items))) for group in groups],
        "consensus": [group and group.consensus for group in groups],
        **{
            end: [getattr(intervals, end).get(node) if intervals else None for node in nodes]
            for end in ends
        },
        "simulated": [int(bool(panel and panel.simulated and group)) for group in groups],
    }


def experts_table(panel: PanelWeights | None) -> pl.DataFrame:
    """Return how consistent every expert was on every group, and how much the expert counted there."""
    if panel is None:
        return no_rows("experts")
    rows = list(_expert_rows(panel))
    columns = ("expert", "node", "consistency_ratio", "gci", "influence", "excluded")
    return frame_of("experts", dict(zip(columns, zip(*rows, strict=True), strict=True)))


def weightings_table(comparison: Comparison | None) -> pl.DataFrame:
    """Return other weights of every node, a weighting after the other."""
    if comparison is None or not comparison.weightings:
        return no_rows("weightings")
    rows = [
        (weighting.name, node, weighting.local[node], overall)
        for weighting in comparison.weightings
        for node, overall in weighting.overall.items()
    ]
    columns = ("weighting", "node", "local_weight", "global_weight")
    return frame_of("weightings", dict(zip(columns, zip(*rows, strict=True), strict=True)))


def with_codes(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems, those about a group of a panel with its code after its name."""
    for each in problems:
        code = each.place.code if each.place else ""
        if not code or "group_zh" not in each.details:
            yield each
            continue
        named = {
            "group_zh": f"{each.details['group_zh']}（{code}）",
            "group_en": f"{each.details['group_en']} ({code})",
        }
        yield replace(each, details={**each.details, **named})


def panel_note(panel: PanelWeights) -> Text:
    """Return where the weights come from, in a sentence: how many experts, how asked, how put together."""
    rules = panel.rules
    compared = rules.elicitation in COMPARING
    words = {
        "elicitation": pair("result", f"panel_elicitation_{rules.elicitation}"),
        "reading": pair("result", f"panel_scale_{rules.scale}")
        if compared
        else pair("result", f"panel_rule_{rules.score_rule}"),
        "method": pair("result", f"panel_method_{rules.method}"),
        "aggregation": pair("result", f"panel_aggregation_{rules.aggregation}"),
        "table": pair("result", f"panel_table_{rules.random_index}"),
    }
    details: dict[str, object] = {"count": len(panel.experts), "round": panel.round}
    for name, text in words.items():
        details |= {f"{name}_zh": text.zh, f"{name}_en": text.en}
    key = "weights_of_simulated_panel" if panel.simulated else "weights_of_panel"
    note = pair("result", key, **details)
    level = panel.intervals.level if panel.intervals else None
    if level is None:
        return note
    interval = pair("result", "weights_intervals", level=f"{level:.0%}")
    return Text(zh=note.zh + interval.zh, en=f"{note.en} {interval.en}")


def _group_of_item(panel: PanelWeights | None) -> dict[str, GroupWeights]:
    groups = panel.groups if panel else ()
    return {item: group for group in groups for item in group.items}


def _expert_rows(panel: PanelWeights) -> Iterator[tuple[object, ...]]:
    for position, expert in enumerate(panel.experts):
        for group in panel.groups:
            yield (
                expert.id,
                group.node,
                float(group.consistency_ratio[position]),
                float(group.gci[position]),
                float(group.influence[position]),
                int(group.excluded[position]),
            )

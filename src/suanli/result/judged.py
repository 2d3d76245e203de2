"""What a result says of its weights: where they come from, how consistent the experts are, and other weights beside."""

from collections.abc import Iterator, Mapping

import polars as pl

from suanli.language import Text, pair
from suanli.result.tables import frame_of, no_rows
from suanli.scoring import Scores
from suanli.weighting import Comparison, GroupWeights, PanelWeights


def weights_table(scores: Scores, panel: PanelWeights | None) -> pl.DataFrame:
    """Return the weights of every node.

    A node of a group that was judged has the consistency ratio and the consensus of the matrix in which it was
    compared, and the intervals of its weights; an only child has the interval of its overall weight.
    """
    weights, nodes = scores.weights, scores.nodes
    groups = _group_of_item(panel)
    intervals = panel.intervals if panel else None
    methods = [
        "panel" if panel and method == "file" else method or None for method in weights.method
    ]
    bounds: Mapping[str, Mapping[str, float]] = (
        {
            "local_low": intervals.local_low,
            "local_high": intervals.local_high,
            "global_low": intervals.global_low,
            "global_high": intervals.global_high,
        }
        if intervals
        else {}
    )
    ends = ("local_low", "local_high", "global_low", "global_high")
    return frame_of(
        "weights",
        {
            "node": nodes,
            "parent": [parent or None for parent in scores.parents],
            "level": scores.levels.astype("int32"),
            "local_weight": weights.local,
            "global_weight": weights.overall,
            "method": methods,
            "consistency_ratio": [
                groups[node].group_consistency_ratio if node in groups else None for node in nodes
            ],
            "consensus": [groups[node].consensus if node in groups else None for node in nodes],
            **{end: [bounds.get(end, {}).get(node) for node in nodes] for end in ends},
        },
    )


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


def panel_note(panel: PanelWeights) -> Text:
    """Return where the weights come from, in a sentence: how many experts, how asked, how put together."""
    rules = panel.rules
    words = {
        name: pair("result", f"panel_{name}_{value}")
        for name, value in (
            ("elicitation", rules.elicitation),
            ("method", rules.method),
            ("aggregation", rules.aggregation),
        )
    }
    rule = pair("result", f"panel_rule_{rules.score_rule}")
    scored = rules.elicitation in ("scores", "budget")
    level = panel.intervals.level if panel.intervals else None
    details: dict[str, object] = {"count": len(panel.experts), "round": panel.round}
    for name, text in words.items():
        details |= {f"{name}_zh": text.zh, f"{name}_en": text.en}
    details |= {
        "rule_zh": rule.zh if scored else "",
        "rule_en": rule.en if scored else "",
        "table": rules.random_index,
        "scale": rules.scale,
    }
    note = pair("result", "weights_of_panel", **details)
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

"""From a panel and its weights to what is kept of them: arrays become tables."""

import math
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version

from suanli.framework import Group, Indicator
from suanli.intake.panels import Panel
from suanli.problems import in_order
from suanli.result.judged import weightings_table
from suanli.result.panels.contents import PanelAbout, PanelResult
from suanli.result.panels.group_rows import (
    aggregation_rows,
    consensus_rows,
    expert_rows,
    priority_rows,
    similarity_rows,
)
from suanli.result.panels.judgement_rows import judgement_rows
from suanli.result.panels.repair_rows import repair_rows, repair_weight_rows
from suanli.result.panels.round_rows import round_group_rows, round_rows
from suanli.result.panels.tables import frame_of
from suanli.weighting import Comparison, PanelWeights, Repair, RoundSummary

Row = tuple[object, ...]


def panel_result(
    panel: Panel,
    weights: PanelWeights,
    *,
    repairs: Iterable[Repair] = (),
    rounds: Sequence[RoundSummary] = (),
    comparison: Comparison | None = None,
) -> PanelResult:
    """Return what is kept of a panel.

    `repairs` are the proposals for inconsistent matrices, `rounds` what each round of questions came to, `comparison`
    other weights to be shown beside the panel's.
    """
    proposed = tuple(repairs)
    return PanelResult(
        framework=weights.framework,
        rules=weights.rules,
        about=_about(panel, weights),
        weights=frame_of("weights", _weight_rows(weights)),
        experts=frame_of("experts", expert_rows(weights)),
        priorities=frame_of("priorities", priority_rows(weights)),
        judgements=frame_of("judgements", judgement_rows(panel, weights)),
        consensus=frame_of("consensus", consensus_rows(weights)),
        similarity=frame_of("similarity", similarity_rows(weights)),
        aggregations=frame_of("aggregations", aggregation_rows(weights)),
        repairs=frame_of("repairs", repair_rows(proposed, weights)),
        repair_weights=frame_of("repair_weights", repair_weight_rows(proposed, weights)),
        rounds=frame_of("rounds", round_rows(rounds)),
        round_groups=frame_of("round_groups", round_group_rows(rounds)),
        leave_one_out=frame_of("leave_one_out", _leave_one_out_rows(weights)),
        weightings=weightings_table(comparison),
        problems=in_order((*panel.problems, *weights.problems)),
    )


def _about(panel: Panel, weights: PanelWeights) -> PanelAbout:
    return PanelAbout(
        title=weights.title,
        simulated=weights.simulated,
        round=weights.round,
        rounds=len(panel.rounds),
        level=weights.intervals.level if weights.intervals else None,
        consensus=None if math.isnan(weights.consensus) else weights.consensus,
        version=version("suanli"),
        experts=weights.experts,
        inputs=panel.inputs,
    )


def _weight_rows(weights: PanelWeights) -> Iterator[Row]:
    """Yield every node below the index; a study's own file of weights has no row for the index either."""
    groups = {item: group for group in weights.groups for item in group.items}
    intervals = weights.intervals
    ends = (
        (intervals.local_low, intervals.local_high, intervals.global_low, intervals.global_high)
        if intervals
        else ({}, {}, {}, {})
    )
    for each in weights.framework.walk():
        code = each.node.code
        group = groups.get(code)
        yield (
            code,
            each.parent,
            each.level,
            weights.local[code],
            weights.overall[code],
            _method(each.node, weights, judged=group is not None),
            group.group_consistency_ratio if group else None,
            group.consensus if group else None,
            *(end.get(code) for end in ends),
        )


def _method(node: Group | Indicator, weights: PanelWeights, *, judged: bool) -> str:
    if node.disabled:
        return "disabled"
    return weights.rules.method if judged else "only-child"


def _leave_one_out_rows(weights: PanelWeights) -> Iterator[Row]:
    if weights.leave_one_out is None:
        return
    for expert, overall in zip(weights.experts, weights.leave_one_out.tolist(), strict=True):
        for (node, own), without in zip(weights.overall.items(), overall, strict=True):
            yield expert.id, node, without, without - own

"""From a panel and its weights to what is kept of them: arrays become tables."""

import math
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version

from suanli.intake.panels import Panel
from suanli.methods.pairwise import consensus_word
from suanli.problems import Problem, Severity, in_order
from suanli.result.judged import panel_weights_table, with_codes
from suanli.result.panels.contents import PanelAbout, PanelResult
from suanli.result.panels.group_rows import (
    aggregation_rows,
    consensus_rows,
    expert_rows,
    priority_rows,
    similarity_rows,
)
from suanli.result.panels.judgement_rows import judgement_rows, revision_rows
from suanli.result.panels.repair_rows import repair_rows, repair_weight_rows
from suanli.result.panels.round_rows import round_group_rows, round_rows
from suanli.result.panels.tables import frame_of
from suanli.weighting import PanelWeights, Repair, RoundSummary, most_influential
from suanli.weighting.groups import MOST_COMPARED

Row = tuple[object, ...]


def panel_result(
    panel: Panel,
    weights: PanelWeights,
    *,
    repairs: Iterable[Repair] = (),
    rounds: Sequence[RoundSummary] = (),
) -> PanelResult:
    """Return what is kept of a panel.

    `repairs` are the proposals for inconsistent matrices, `rounds` what each round of questions came to.
    """
    proposed = tuple(repairs)
    return PanelResult(
        framework=weights.framework,
        rules=weights.rules,
        about=_about(panel, weights),
        weights=panel_weights_table(weights),
        experts=frame_of("experts", expert_rows(weights)),
        priorities=frame_of("priorities", priority_rows(weights)),
        judgements=frame_of("judgements", judgement_rows(panel, weights)),
        revisions=frame_of("revisions", revision_rows(panel)),
        consensus=frame_of("consensus", consensus_rows(weights)),
        similarity=frame_of("similarity", similarity_rows(weights)),
        aggregations=frame_of("aggregations", aggregation_rows(weights)),
        repairs=frame_of("repairs", repair_rows(proposed, weights)),
        repair_weights=frame_of("repair_weights", repair_weight_rows(proposed, weights)),
        rounds=frame_of("rounds", round_rows(rounds)),
        round_groups=frame_of("round_groups", round_group_rows(rounds)),
        leave_one_out=frame_of("leave_one_out", _leave_one_out_rows(weights)),
        problems=in_order(
            (*panel.problems, *with_codes(weights.problems), *check_similarity(weights))
        ),
    )


def _about(panel: Panel, weights: PanelWeights) -> PanelAbout:
    consensus = None if math.isnan(weights.consensus) else weights.consensus
    return PanelAbout(
        title=weights.title,
        simulated=weights.simulated,
        round=weights.round,
        rounds=len(panel.rounds),
        level=weights.intervals.level if weights.intervals else None,
        consensus=consensus,
        word=None if consensus is None else consensus_word(consensus),
        influential=most_influential(weights),
        version=version("suanli"),
        experts=weights.experts,
        inputs=panel.inputs,
    )


def check_similarity(weights: PanelWeights) -> list[Problem]:
    """Return a note if the experts are too many to be compared two by two."""
    if all(group.similarity is not None for group in weights.groups):
        return []
    return [
        Problem(
            "panel-result-similarity-left-out",
            Severity.NOTE,
            found=str(len(weights.experts)),
            expected=str(MOST_COMPARED),
        )
    ]


def _leave_one_out_rows(weights: PanelWeights) -> Iterator[Row]:
    if weights.leave_one_out is None:
        return
    for expert, overall in zip(weights.experts, weights.leave_one_out.tolist(), strict=True):
        for (node, own), without in zip(weights.overall.items(), overall, strict=True):
            yield expert.id, node, without, without - own

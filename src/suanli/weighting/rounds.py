"""Rounds of questions: how the panel's agreement and weights move, and whether another round is worth it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from suanli.intake.panels import Panel, StopRule
from suanli.language import Text, pair
from suanli.weighting.derivation import panel_weights
from suanli.weighting.feedback import quartiles
from suanli.weighting.groups import GroupWeights
from suanli.weighting.panel import PanelWeights

MOST_NAMED = 5
"""Groups short of the consensus wanted that are named; more of them are counted."""


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """What one round came to."""

    number: int
    answered: int
    """Experts with an answer in the round itself."""
    consensus: float
    """The panel's consensus, as in `PanelWeights`."""
    consensus_by_group: Mapping[str, float]
    """S* by code of the group's parent; NaN with one expert."""
    kendall_w: float
    """Mean of the groups' W; NaN if no group has one."""
    kendall_w_by_group: Mapping[str, float]
    interquartile_range: float
    """Mean over all comparisons of the interquartile range of their logarithms: 0.69 is a factor of 2."""
    largest_change: float
    """Largest change, either way, of an overall weight since the round before; NaN in the first."""
    changed: str
    """The node of the largest change; empty in the first round."""
    stop: bool | None
    """Whether the panel's stop rule is met; None without a rule, where whoever organises the panel decides."""
    reason: Text
    """Why, in a sentence."""


def convergence(panel: Panel) -> tuple[RoundSummary, ...]:
    """Return a summary of each round, with the answers of former rounds that still count in it.

    Raises
    ------
    StudyError
        As `panel_weights`, in any round.
    """
    summaries: list[RoundSummary] = []
    before: PanelWeights | None = None
    for each in panel.rounds:
        now = panel_weights(panel, round=each.number, uncertainty=False)
        summaries.append(_summary(now, before, sum(each.answered)))
        before = now
    return tuple(summaries)


def _summary(now: PanelWeights, before: PanelWeights | None, answered: int) -> RoundSummary:
    by_group = {group.node: group.consensus for group in now.groups}
    concordance = {group.node: group.kendall_w for group in now.groups}
    changed, change = _largest_change(now, before)
    names = {node: now.framework.name_of(node) for node in by_group}
    stop, reason = stop_reason(now.rules.stop, by_group, change, names)
    return RoundSummary(
        number=now.round,
        answered=answered,
        consensus=now.consensus,
        consensus_by_group=MappingProxyType(by_group),
        kendall_w=_mean(list(concordance.values())),
        kendall_w_by_group=MappingProxyType(concordance),
        interquartile_range=interquartile_range(now.groups),
        largest_change=change,
        changed=changed,
        stop=stop,
        reason=reason,
    )


def stop_reason(
    rule: StopRule,
    consensus: Mapping[str, float],
    change: float,
    names: Mapping[str, Text],
) -> tuple[bool | None, Text]:
    """Return whether to stop asking, and why, from the groups' consensus and the largest change of a weight.

    `names` are those of the groups, which are named where at most `MOST_NAMED` fall short.

    It is enough that every group reaches the rule's consensus, or that no weight moves by more than its change. A
    group without a consensus reaches none, and the first round has no change. Without a rule there is no verdict: None.
    """
    if rule.consensus is None and rule.change is None:
        return None, pair("weighting", "round_no_rule")
    lacking = [node for node, value in consensus.items() if not value >= (rule.consensus or 0)]
    if rule.consensus is not None and not lacking:
        return True, pair("weighting", "round_consensus", limit=f"{rule.consensus:g}")
    if rule.change is not None and change <= rule.change:
        details = {"change": f"{change:.4f}", "limit": f"{rule.change:g}"}
        return True, pair("weighting", "round_stable", **details)
    groups = _groups(lacking, names)
    told: dict[str, object] = {
        "groups_zh": groups.zh,
        "groups_en": groups.en,
        "change": "–" if math.isnan(change) else f"{change:.4f}",
    }
    return False, pair("weighting", _going_on(rule, change), **told)


def _groups(lacking: Sequence[str], names: Mapping[str, Text]) -> Text:
    """Return the groups with their codes, or how many there are of too many to name."""
    if len(lacking) > MOST_NAMED:
        return pair("weighting", "round_groups_count", count=len(lacking))
    return Text(
        "、".join(f"{names[node].zh}（{node}）" for node in lacking),
        ", ".join(f"{names[node].en} ({node})" for node in lacking),
    )


def _going_on(rule: StopRule, change: float) -> str:
    if rule.consensus is None:
        return "round_first" if math.isnan(change) else "round_moving"
    if rule.change is None or math.isnan(change):
        return "round_apart"
    return "round_apart_and_moving"


def interquartile_range(groups: Sequence[GroupWeights]) -> float:
    """Return the mean over all judged pairs of the interquartile range of their logarithms over experts.

    NaN if nothing was judged.
    """
    spreads = []
    for group in groups:
        rows, columns = np.triu_indices(len(group.items), 1)
        lower, _, upper = quartiles(np.log(group.ratios[:, rows, columns]))
        spreads += (upper - lower).tolist()
    return _mean(spreads)


def _largest_change(now: PanelWeights, before: PanelWeights | None) -> tuple[str, float]:
    if before is None:
        return "", math.nan
    changes = {node: abs(weight - before.overall[node]) for node, weight in now.overall.items()}
    node = max(changes, key=lambda code: changes[code])
    return node, changes[node]


def _mean(values: Sequence[float]) -> float:
    there = [value for value in values if not math.isnan(value)]
    return math.fsum(there) / len(there) if there else math.nan

"""From a panel to the weights of a framework's whole tree."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from suanli.intake.panels import Panel
from suanli.methods.pairwise import last_size
from suanli.problems import Place, Problem, Severity, StudyError
from suanli.weighting.assembly import complete_groups
from suanli.weighting.evaluation import evaluations
from suanli.weighting.findings import check_draws, panel_findings
from suanli.weighting.groups import GroupWeights
from suanli.weighting.judgements import judgements, round_number
from suanli.weighting.leave_one_out import without_each
from suanli.weighting.panel import PanelWeights
from suanli.weighting.tree import (
    by_code,
    local_weights,
    overall_weights,
    weight_tree,
)
from suanli.weighting.uncertainty import drawn, intervals


def panel_weights(
    panel: Panel,
    *,
    round: int | None = None,  # noqa: A002 - the word that users know
    uncertainty: bool = True,
) -> PanelWeights:
    """Return the weights that a panel gives every node of its framework.

    Parameters
    ----------
    panel
        As `suanli.intake.panels` reads it.
    round
        Number of the round whose answers count, with those of former rounds where there is no later one; the last by
        default.
    uncertainty
        Whether to draw the intervals of the panel's rules and to leave out each expert in turn.

    Raises
    ------
    StudyError
        If a group cannot be weighted: see `judgements` and `evaluations`; or the random index table ends before a
        group's size.
    """
    number = round_number(panel, round)
    if problems := check_random_index(panel):
        raise StudyError(problems)
    judged = judgements(panel, number)
    groups = complete_groups(evaluations(judged, panel.experts, panel.rules), panel.rules)
    weights = _of_tree(panel, groups, number)
    return _with_uncertainty(weights, panel) if uncertainty else weights


def check_random_index(panel: Panel) -> list[Problem]:
    """Return an error for each group that is larger than the panel's table of random indices."""
    table = panel.rules.random_index
    last = last_size(table)
    return [
        Problem(
            "panel-random-index-ends",
            Severity.ERROR,
            Place(code=group.node),
            found=table,
            details={"items": len(group.items), "last": last},
        )
        for group in panel.rounds[-1].groups
        if len(group.items) > last
    ]


def _of_tree(panel: Panel, groups: tuple[GroupWeights, ...], number: int) -> PanelWeights:
    tree = weight_tree(panel.framework)
    local = local_weights(tree, {group.node: (group.items, group.weights) for group in groups})
    overall = by_code(tree, overall_weights(tree, local))
    return PanelWeights(
        rules=panel.rules,
        framework=panel.framework,
        title=panel.title,
        simulated=panel.simulated,
        experts=panel.experts,
        round=number,
        groups=groups,
        local=MappingProxyType(by_code(tree, local)),
        overall=MappingProxyType(overall),
        consensus=overall_consensus(groups, overall),
        intervals=None,
        leave_one_out=None,
        problems=panel_findings(panel, groups, number),
    )


def overall_consensus(groups: Sequence[GroupWeights], overall: Mapping[str, float]) -> float:
    """Return the mean of the groups' consensus, each counting with its node's overall weight, the index with 1.

    Groups without a consensus, judged by one expert only, do not count; NaN if there are no others.
    """
    told = [group for group in groups if not math.isnan(group.consensus)]
    shares = [overall.get(group.node, 1.0) for group in told]
    whole = math.fsum(shares)
    if not whole:
        return math.nan
    terms = (share * group.consensus for share, group in zip(shares, told, strict=True))
    return math.fsum(terms) / whole


def _with_uncertainty(weights: PanelWeights, panel: Panel) -> PanelWeights:
    rules = weights.rules
    tree = weight_tree(weights.framework)
    left_out = without_each(tree, weights.groups, rules, len(weights.experts))
    weights = replace(weights, leave_one_out=left_out)
    if not rules.uncertainty.draws:
        return weights
    draws = drawn(weights, panel, rules.uncertainty.draws, rules.seed)
    return replace(
        weights,
        intervals=intervals(weights, draws.local),
        problems=(*weights.problems, *check_draws(draws.resample)),
    )

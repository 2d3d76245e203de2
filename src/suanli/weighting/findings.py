"""What whoever uses a panel's weights must know about the answers behind them."""

from collections.abc import Iterator, Sequence

import numpy as np

from suanli.framework import Framework
from suanli.intake.panels import COMPARING, Panel, PanelRules
from suanli.methods.pairwise import consistency_ratio_limit
from suanli.problems import Place, Problem, Severity
from suanli.weighting.groups import GroupWeights
from suanli.weighting.resampling import Resample

LISTED = 20
"""Inconsistent matrices that are listed one by one, the worst first; the others are counted."""


def panel_findings(
    panel: Panel, groups: Sequence[GroupWeights], number: int
) -> tuple[Problem, ...]:
    """Return warnings and notes about the answers that count in a round, in the order they matter."""
    return (
        *check_excluded(panel, groups),
        *check_partial(panel, groups),
        *check_consistency(panel, groups),
        *check_group_consistency(panel.framework, groups),
        *check_carried(panel, groups, number),
        *check_rules(panel),
    )


def check_excluded(panel: Panel, groups: Sequence[GroupWeights]) -> list[Problem]:
    """Return a warning for each expert whom the declared rule leaves out of a group."""
    if panel.rules.exclude is None:
        return []
    limit = f"{panel.rules.exclude.consistency_ratio:g}"
    return [
        _matrix_problem("panel-expert-excluded", panel, group, row, limit)
        for group in groups
        for row in np.flatnonzero(group.excluded).tolist()
    ]


def check_partial(panel: Panel, groups: Sequence[GroupWeights]) -> list[Problem]:
    """Return a warning for each expert whose judgements do not reach every item of a group."""
    return [
        Problem(
            "panel-answer-disconnected",
            Severity.WARNING,
            Place(code=group.node),
            found=panel.experts[row].label,
            details=_names(panel.framework, group.node),
        )
        for group in groups
        for row in np.flatnonzero(np.array(group.answered) & np.isnan(group.lambda_max)).tolist()
    ]


def check_consistency(panel: Panel, groups: Sequence[GroupWeights]) -> list[Problem]:
    """Return a warning for each matrix above its limit, the worst `LISTED`, and how many more there are."""
    above = sorted(inconsistent(groups), key=lambda each: -each[2])
    problems = [
        _matrix_problem(
            "panel-inconsistent",
            panel,
            groups[position],
            row,
            f"{consistency_ratio_limit(len(groups[position].items)):.2f}",
        )
        for position, row, _ in above[:LISTED]
    ]
    if len(above) > LISTED:
        more = str(len(above) - LISTED)
        problems.append(Problem("panel-inconsistent-more", Severity.WARNING, found=more))
    return problems


def inconsistent(groups: Sequence[GroupWeights]) -> Iterator[tuple[int, int, float]]:
    """Yield position of the group, row of the expert and CR over its limit, of matrices that are above it.

    Those that the declared rule leaves out are not among them.
    """
    for position, group in enumerate(groups):
        limit = consistency_ratio_limit(len(group.items))
        ratios = np.where(group.excluded, np.nan, group.consistency_ratio) / limit
        for row in np.flatnonzero(ratios > 1):
            yield position, int(row), float(ratios[row])


def check_group_consistency(framework: Framework, groups: Sequence[GroupWeights]) -> list[Problem]:
    """Return a warning for each group whose aggregated judgements are above the limit."""
    problems = []
    for group in groups:
        limit = consistency_ratio_limit(len(group.items))
        if group.group_consistency_ratio > limit:
            problems.append(
                Problem(
                    "panel-group-inconsistent",
                    Severity.WARNING,
                    Place(code=group.node),
                    found=f"{group.group_consistency_ratio:.3f}",
                    expected=f"{limit:.2f}",
                    details=_names(framework, group.node),
                )
            )
    return problems


def check_carried(panel: Panel, groups: Sequence[GroupWeights], number: int) -> list[Problem]:
    """Return a note for each expert of whom answers of a former round still count."""
    problems = []
    for row, expert in enumerate(panel.experts):
        nodes = [group.node for group in groups if group.carried[row]]
        if nodes:
            details = {"expert": expert.label, "round": number}
            problems.append(
                Problem(
                    "panel-answer-carried",
                    Severity.NOTE,
                    found=", ".join(nodes),
                    details=details,
                )
            )
    return problems


def check_rules(panel: Panel) -> list[Problem]:
    """Return notes about what the panel's rules entail: scores, revisions, a panel of one."""
    rules: PanelRules = panel.rules
    problems = []
    if rules.elicitation not in COMPARING:
        code = f"panel-{rules.score_rule}-rule"
        problems.append(Problem(code, Severity.NOTE, found=rules.score_rule))
    if panel.revisions:
        count = str(len(panel.revisions))
        problems.append(Problem("panel-revised", Severity.NOTE, found=count))
    if len(panel.experts) == 1:
        label = panel.experts[0].label
        problems.append(Problem("panel-of-one", Severity.NOTE, found=label))
    return problems


def check_draws(taken: Resample) -> list[Problem]:
    """Return a note if some resamples of experts had no weights and were drawn again or replaced."""
    if not taken.repeated:
        return []
    return [
        Problem(
            "panel-draws-repeated",
            Severity.NOTE,
            found=str(taken.repeated),
            details={"draws": len(taken.times), "replaced": taken.replaced},
        )
    ]


def _matrix_problem(code: str, panel: Panel, group: GroupWeights, row: int, limit: str) -> Problem:
    details = {"expert": panel.experts[row].label, **_names(panel.framework, group.node)}
    found = f"{group.consistency_ratio[row]:.3f}"
    return Problem(code, Severity.WARNING, Place(code=group.node), found, limit, details)


def _names(framework: Framework, node: str) -> dict[str, object]:
    name = framework.name_of(node)
    return {"group_zh": name.zh, "group_en": name.en}

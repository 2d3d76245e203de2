"""The main flow: a study folder to a result, a stage a line."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from suanli.framework import Framework
from suanli.indicators import indicator_grid, overruled_expressions, undefined_values
from suanli.intake import Study, ValueGrid, check_study, read_study
from suanli.intake.checks import check_bounds, evidence_of
from suanli.problems import Problem, StudyError, errors, in_order
from suanli.regions import Regions, by_parent, grouping
from suanli.result import Result, assembled
from suanli.scoring import changes, score


def run(
    folder: str | Path,
    *,
    with_changes: Mapping[str, object] | None = None,
    stage: Callable[[str], None] = lambda _: None,
) -> Result:
    """Return the result of a study folder.

    Parameters
    ----------
    folder
        The study: a folder with `study.yaml` and the data files it names.
    with_changes
        Changes to the framework after the study's own, such as `{"normalisation/goalposts": "fixed"}`.
    stage
        Called with the name of each stage as it begins.

    Raises
    ------
    StudyError
        If the study or its data cannot be used, with every problem found.
    FrameworkError
        If the framework, or a change to it, is not valid.
    ScoringError
        If values lie outside the domain of a declared method.
    """
    stage("reading")
    study = _changed(read_study(folder), with_changes or {})
    stage("indicators")
    grid = indicator_grid(study.framework, study.grid)
    doubts = computed_problems(study, grid)
    if errors(doubts):
        raise StudyError(doubts)
    stage("scoring")
    groups = region_groups(study.framework, study.regions)
    scores = score(
        study.framework, grid, weights=study.weights, mode=study.mode, region_groups=groups
    )
    moves = [
        changes(scores, scores, period_before=before, period_after=after)
        for before, after in pairwise(study.periods)
    ]
    return assembled(replace(study, problems=(*study.problems, *doubts)), scores, moves)


def check(folder: str | Path) -> tuple[Study | None, tuple[Problem, ...]]:
    """Return the study, if it can be used, and every problem of its declaration, data and computed indicators."""
    study, problems = check_study(folder)
    if study is None:
        return None, problems
    doubts = computed_problems(study, indicator_grid(study.framework, study.grid))
    return (None if errors(doubts) else study), in_order((*problems, *doubts))


def computed_problems(study: Study, grid: ValueGrid) -> list[Problem]:
    """Return what is wrong with indicators that were computed from the study's variables."""
    outside = check_bounds(evidence_of(study.framework, grid, study.regions))
    return [
        *outside,
        *undefined_values(study.framework, study.grid),
        *overruled_expressions(study.framework, study.grid),
    ]


def region_groups(framework: Framework, regions: Regions) -> Mapping[str, str]:
    """Return the group of each region in the grouping that imputation asks for; `parent` groups by province.

    Without a grouping every region belongs to one group.
    """
    name = framework.missing.grouping
    if name is None:
        return {}
    chosen = by_parent(regions) if name == "parent" else grouping(name)
    return {member: group.code for group in chosen.groups for member in group.members}


def _changed(study: Study, changes: Mapping[str, object]) -> Study:
    if not changes:
        return study
    return replace(study, framework=study.framework.with_changes(changes))

"""The main flow: a study folder to a result, a stage a line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from suanli.framework import Framework
from suanli.indicators import indicator_grid, overruled_expressions, undefined_values
from suanli.intake import Study, ValueGrid, check_study, read_study
from suanli.intake.checks import check_bounds, evidence_of
from suanli.intake.panels import bundled_panel, bundled_panels, panel_home, read_panel
from suanli.intake.questionnaires import new_round
from suanli.language import Language
from suanli.problems import Problem, StudyError, errors, in_order
from suanli.regions import Regions, by_parent, grouping
from suanli.result import PanelResult, Result, assembled, panel_result
from suanli.scoring import changes, score
from suanli.weighting import (
    PanelWeights,
    comparison_notes,
    convergence,
    feedback,
    panel_weights,
    repairs,
    weightings,
)


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
    stage("weights")
    panel = judged_weights(study)
    stage("scoring")
    scores = score(
        study.framework,
        grid,
        weights=panel.local if panel else study.weights,
        mode=study.mode,
        region_groups=region_groups(study.framework, study.regions),
    )
    beside = weightings(study.framework, scores.normalised[-1], panel.overall) if panel else None
    moves = [
        changes(scores, scores, period_before=before, period_after=after)
        for before, after in pairwise(study.periods)
    ]
    told = [*study.problems, *doubts, *(panel.problems if panel else ())]
    told += comparison_notes(beside) if beside else []
    study = replace(study, problems=tuple(told))
    return assembled(study, scores, moves, panel=panel, comparison=beside)


def judged_weights(study: Study) -> PanelWeights | None:
    """Return the weights that the study's panel of experts gives, None without one.

    Raises
    ------
    StudyError
        If the answers do not give weights for the whole framework.
    """
    if study.panel is None:
        return None
    return panel_weights(replace(study.panel, framework=study.framework))


def judged(
    place: str | Path, *, files: Sequence[Path] = (), number: int | None = None
) -> PanelResult:
    """Return the weights that a panel of experts gives a framework, with all they rest on.

    `place` is the panel's folder, its panel.yaml, a study with a panel, or the id of a bundled framework for the
    simulated panel that comes with it. `files` take the place of the last round's declared answers; `number` is the
    round whose answers count, the last by default.

    Raises
    ------
    StudyError
        If the panel or its answers cannot be used, with every problem found.
    """
    panel = read_panel(_panel_place(place), files=files)
    weights = panel_weights(panel, round=number)
    return panel_result(panel, weights, repairs=repairs(weights), rounds=convergence(panel))


def feedback_forms(
    place: str | Path,
    folder: str | Path | None = None,
    *,
    files: Sequence[Path] = (),
    language: Language = "zh",
) -> tuple[int, tuple[Path, ...]]:
    """Write the forms of a panel's next round, and return its number and the files.

    `files` take the place of the last round's declared answers, as for `judged`.

    Raises
    ------
    StudyError
        If the panel cannot be used, or the folder is not new or empty.
    """
    panel = read_panel(_panel_place(place), files=files)
    number = panel.rounds[-1].number + 1
    target = folder or panel_home(place) / "questionnaires" / f"round-{number}"
    told = feedback(panel, panel_weights(panel, uncertainty=False))
    made = new_round(target, panel.framework, panel.rules, told, number=number, language=language)
    return number, made


def weights_folder(
    place: str | Path, files: Sequence[Path] = (), number: int | None = None
) -> Path:
    """Return the folder that a panel's weights are saved in unless another is named.

    Weights of other files than the panel declares, or of a certain round, have folders of their own, lest a look at one
    questionnaire takes the place of the whole panel's weights.

    Raises
    ------
    StudyError
        If there is no panel at the place.
    """
    parts = [
        "weights",
        *([files[0].stem] if files else []),
        *([f"round-{number}"] if number else []),
    ]
    return panel_home(place) / "-".join(parts)


def _panel_place(place: str | Path) -> Path:
    """Return where a panel is; the name of a framework stands for the simulated panel that comes with it."""
    if not Path(place).exists() and str(place) in bundled_panels():
        return bundled_panel(str(place))
    return Path(place)


def check(folder: str | Path) -> tuple[Study | None, tuple[Problem, ...]]:
    """Return the study, if it can be used, and every problem of its declaration, data and computed indicators."""
    study, problems = check_study(folder)
    if study is None:
        return None, problems
    doubts = computed_problems(study, indicator_grid(study.framework, study.grid))
    try:
        panel = judged_weights(study)
    except StudyError as trouble:
        doubts += trouble.problems
    else:
        doubts += panel.problems if panel else ()
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

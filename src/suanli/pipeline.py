"""The main flow: a study folder to a result, a stage a line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Unpack

from suanli.indicators import EngineChoice, from_records, one_from_records, study_values
from suanli.intake import Study, check_study, read_study
from suanli.intake.panels import named_panel_place, panel_home, read_panel, weights_folder
from suanli.intake.questionnaires import new_round
from suanli.language import Language
from suanli.problems import Problem, StudyError, errors, in_order
from suanli.result import (
    IndicatorValues,
    PanelResult,
    Result,
    Trace,
    assembled,
    cell_named,
    indicator_values,
    panel_result,
    traced,
)
from suanli.scoring import changes, filled, region_groups, score
from suanli.weighting import (
    PanelWeights,
    comparison_notes,
    convergence,
    feedback,
    panel_weights,
    repairs,
    weightings,
)

__all__ = [
    "check",
    "feedback_forms",
    "indicators",
    "judged",
    "judged_weights",
    "region_groups",
    "run",
    "trace",
    "weights_folder",
]


def run(
    folder: str | Path,
    *,
    with_changes: Mapping[str, object] | None = None,
    stage: Callable[[str], None] = lambda _: None,
    **engine: Unpack[EngineChoice],
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
    engine
        Where records are computed: `engine="duckdb"` (default) or `"spark"`, and `engine_url` of a cluster.

    Raises
    ------
    StudyError
        If the study, its records or its data cannot be used, with every problem found.
    FrameworkError
        If the framework, or a change to it, is not valid.
    ScoringError
        If values lie outside the domain of a declared method.
    """
    stage("reading")
    study = _changed(read_study(folder), with_changes or {})
    if study.records is not None:
        stage("records")
    recorded = from_records(study, **engine)
    stage("indicators")
    values = study_values(study, recorded)
    if errors(values.problems):
        raise StudyError(values.problems)
    stage("weights")
    panel = judged_weights(study)
    stage("scoring")
    scores = score(
        study.framework,
        values.grid,
        weights=panel.local if panel else study.weights,
        mode=study.mode,
        region_groups=region_groups(study.framework, study.regions),
    )
    beside = weightings(study.framework, scores.normalised[-1], panel.overall) if panel else None
    moves = [
        changes(scores, scores, period_before=before, period_after=after)
        for before, after in pairwise(study.periods)
    ]
    told = [*study.problems, *values.problems, *(panel.problems if panel else ())]
    told += comparison_notes(beside) if beside else []
    study = replace(study, problems=tuple(told))
    return assembled(study, scores, moves, panel=panel, comparison=beside, recorded=recorded)


def indicators(
    folder: str | Path,
    *,
    stage: Callable[[str], None] = lambda _: None,
    **engine: Unpack[EngineChoice],
) -> IndicatorValues:
    """Return the indicator values of a study, gaps as they are, with what those from records rest on.

    Parameters
    ----------
    folder, stage, engine
        As for `run`.

    Raises
    ------
    StudyError
        If the study, its records or its data cannot be used.
    """
    stage("reading")
    study = read_study(folder)
    if study.records is not None:
        stage("records")
    recorded = from_records(study, **engine)
    stage("indicators")
    values = study_values(study, recorded)
    if errors(values.problems):
        raise StudyError(values.problems)
    problems = in_order((*study.problems, *values.problems))
    return indicator_values(study, values.grid, recorded, problems)


def trace(
    folder: str | Path,
    region: str,
    indicator: str,
    period: str | None = None,
    *,
    top: int = 10,
    **engine: Unpack[EngineChoice],
) -> Trace:
    """Return where one value of a study comes from: a cell of a file, records, an expression, or a filled gap.

    Parameters
    ----------
    folder, engine
        As for `run`.
    region, indicator
        In any spelling: code, name or alias.
    period
        The last unless given.
    top
        How many of the records that weigh most are listed.

    Raises
    ------
    StudyError, RegionError
        If the study cannot be used, or has no such indicator, period or region.
    """
    study = read_study(folder)
    cell = cell_named(study, region, indicator, period)
    at = (cell.region.code, cell.period)
    found = one_from_records(study, cell.indicator, at, top=top, **engine)
    recorded, computation = found or (None, None)
    shown = traced(study, cell, recorded.grid if recorded else None, computation)
    if shown.way != "missing":
        return shown
    values = study_values(study, from_records(study, **engine))
    groups = region_groups(study.framework, study.regions)
    return shown.filled(filled(study.framework, values.grid, groups))


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
    panel = read_panel(named_panel_place(place), files=files)
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
    panel = read_panel(named_panel_place(place), files=files)
    number = panel.rounds[-1].number + 1
    target = folder or panel_home(place) / "questionnaires" / f"round-{number}"
    told = feedback(panel, panel_weights(panel, uncertainty=False))
    made = new_round(target, panel.framework, panel.rules, told, number=number, language=language)
    return number, made


def check(
    folder: str | Path, **engine: Unpack[EngineChoice]
) -> tuple[Study | None, tuple[Problem, ...]]:
    """Return the study, if it can be used, and every problem of its declaration, data, records and computed values."""
    study, problems = check_study(folder)
    if study is None:
        return None, problems
    doubts: list[Problem] = []
    for part in (_value_problems, _panel_problems):
        try:
            doubts += part(study, engine)
        except StudyError as trouble:
            doubts += trouble.problems
    return (None if errors(doubts) else study), in_order((*problems, *doubts))


def _value_problems(study: Study, engine: EngineChoice) -> Sequence[Problem]:
    return study_values(study, from_records(study, **engine)).problems


def _panel_problems(study: Study, _: EngineChoice) -> Sequence[Problem]:
    panel = judged_weights(study)
    return panel.problems if panel else ()


def _changed(study: Study, changes: Mapping[str, object]) -> Study:
    if not changes:
        return study
    return replace(study, framework=study.framework.with_changes(changes))

"""The panel that a study names: in its own folder, or the demonstration that comes with the framework."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

from suanli.framework import Framework
from suanli.intake.declaration import Declaration
from suanli.intake.panels import DEMONSTRATION, Panel, check_panel
from suanli.problems import Problem


def read_study_panel(
    folder: Path, declaration: Declaration, framework: Framework
) -> tuple[Panel | None, list[Problem]]:
    """Return the panel that a study names, if it names one, and what is wrong with it.

    Files of the panel are named as seen from the study's folder.
    """
    named = declaration.panel
    if named is None:
        return None, []
    panel, problems = check_panel(folder, framework=framework)
    if panel is None or named == DEMONSTRATION:
        return panel, list(problems)
    home = PurePosixPath(named)
    within = home.parent if home.suffix else home
    inputs = tuple(replace(each, path=str(within / each.path)) for each in panel.inputs)
    return replace(panel, inputs=inputs), list(problems)

"""The indicator values of a study: given, from records and by expression, put together, and what is to be said."""

from dataclasses import dataclass

from suanli.indicators.merged import merged
from suanli.indicators.overruled import (
    overruled_by_records,
    overruled_expressions,
    overruled_records,
)
from suanli.indicators.recorded import Recorded
from suanli.indicators.statistics import indicator_grid, undefined_values
from suanli.intake.checks import check_bounds, evidence_of
from suanli.intake.grid import ValueGrid
from suanli.intake.study import Study
from suanli.problems import Problem


@dataclass(frozen=True, slots=True, eq=False)
class StudyValues:
    """Exactly the framework's indicators in tree order, gaps as they are, and what was found about computed ones."""

    grid: ValueGrid
    problems: tuple[Problem, ...]


def study_values(study: Study, recorded: Recorded | None = None) -> StudyValues:
    """Return the indicator values of a study; `recorded` is what its records gave, if it has any.

    A given value comes first, then the one from records, then the expression. What differs from the one that is taken
    is told, and so is every computed value outside its bounds.
    """
    framework, given = study.framework, study.grid
    told: list[Problem] = []
    every = given
    if recorded is not None:
        every = merged(framework, given, recorded.grid)
        told = [
            *recorded.problems,
            *overruled_records(given, recorded.grid),
            *overruled_by_records(framework, given, recorded.grid),
        ]
    grid = indicator_grid(framework, every)
    problems = (
        *told,
        *check_bounds(evidence_of(framework, grid, study.regions)),
        *undefined_values(framework, every),
        *overruled_expressions(framework, given),
    )
    return StudyValues(grid, problems)

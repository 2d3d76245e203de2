"""Statistics and records to indicator values by region; imports intake, framework, regions and methods."""

from suanli.indicators.lookup import indicator_named
from suanli.indicators.merged import merged
from suanli.indicators.overruled import (
    overruled_by_records,
    overruled_expressions,
    overruled_records,
)
from suanli.indicators.planned import Planned
from suanli.indicators.recorded import Recorded, recorded
from suanli.indicators.rule_words import level_words, rule_words
from suanli.indicators.rules import RULES
from suanli.indicators.statistics import indicator_grid, undefined_values
from suanli.indicators.study_records import EngineChoice, from_records, one_from_records
from suanli.indicators.study_values import StudyValues, study_values
from suanli.indicators.trace import Computation, computation

__all__ = [
    "RULES",
    "Computation",
    "EngineChoice",
    "Planned",
    "Recorded",
    "StudyValues",
    "computation",
    "from_records",
    "indicator_grid",
    "indicator_named",
    "level_words",
    "merged",
    "one_from_records",
    "overruled_by_records",
    "overruled_expressions",
    "overruled_records",
    "recorded",
    "rule_words",
    "study_values",
    "undefined_values",
]

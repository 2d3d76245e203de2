"""Indicator values and weights to scores, ranks and reasons; imports indicators, intake, framework and methods."""

from suanli.scoring.change import FACTORS, Change, changes
from suanli.scoring.impute import filled
from suanli.scoring.region_groups import region_groups
from suanli.scoring.score import score
from suanli.scoring.scores import Goalposts, Scores, Weights

__all__ = [
    "FACTORS",
    "Change",
    "Goalposts",
    "Scores",
    "Weights",
    "changes",
    "filled",
    "region_groups",
    "score",
]

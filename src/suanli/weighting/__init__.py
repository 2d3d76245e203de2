"""Experts' judgements to weights, with consistency and consensus; imports intake and what is below it."""

from suanli.weighting.assessment import Assessment, assessment
from suanli.weighting.comparisons import Comparison, Weighting, comparison_notes, weightings
from suanli.weighting.derivation import panel_weights
from suanli.weighting.evaluation import AGGREGATIONS, evaluations
from suanli.weighting.feedback import feedback
from suanli.weighting.groups import GroupWeights
from suanli.weighting.judgements import judgements
from suanli.weighting.leave_one_out import Influential, most_influential
from suanli.weighting.panel import Intervals, PanelWeights
from suanli.weighting.repairs import Repair, repairs
from suanli.weighting.rounds import RoundSummary, convergence
from suanli.weighting.uncertainty import weight_draws

__all__ = [
    "AGGREGATIONS",
    "Assessment",
    "Comparison",
    "GroupWeights",
    "Influential",
    "Intervals",
    "PanelWeights",
    "Repair",
    "RoundSummary",
    "Weighting",
    "assessment",
    "comparison_notes",
    "convergence",
    "evaluations",
    "feedback",
    "judgements",
    "most_influential",
    "panel_weights",
    "repairs",
    "weight_draws",
    "weightings",
]

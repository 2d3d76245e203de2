"""Experts' judgements to weights, with consistency and consensus; imports intake and what is below it."""

from suanli.weighting.assembly import group_weights
from suanli.weighting.assessment import Assessment, Filled, assessment
from suanli.weighting.comparisons import Comparison, Weighting, comparison_notes, weightings
from suanli.weighting.derivation import panel_weights
from suanli.weighting.evaluation import AGGREGATIONS, Evaluation, evaluations
from suanli.weighting.feedback import feedback
from suanli.weighting.groups import GroupWeights
from suanli.weighting.judgements import Judgements, judgements
from suanli.weighting.leave_one_out import Influential, most_influential
from suanli.weighting.panel import Intervals, PanelWeights
from suanli.weighting.repairs import Repair, repairs
from suanli.weighting.rounds import RoundSummary, convergence
from suanli.weighting.simulation import simulated_answers
from suanli.weighting.tree import WeightTree, local_weights, overall_weights, weight_tree
from suanli.weighting.uncertainty import Draws, drawn, intervals, weight_draws

__all__ = [
    "AGGREGATIONS",
    "Assessment",
    "Comparison",
    "Draws",
    "Evaluation",
    "Filled",
    "GroupWeights",
    "Influential",
    "Intervals",
    "Judgements",
    "PanelWeights",
    "Repair",
    "RoundSummary",
    "WeightTree",
    "Weighting",
    "assessment",
    "comparison_notes",
    "convergence",
    "drawn",
    "evaluations",
    "feedback",
    "group_weights",
    "intervals",
    "judgements",
    "local_weights",
    "most_influential",
    "overall_weights",
    "panel_weights",
    "repairs",
    "simulated_answers",
    "weight_draws",
    "weight_tree",
    "weightings",
]

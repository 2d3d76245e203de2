"""Pairwise comparisons: matrices in, weights and their consistency out; imports numpy and scipy only.

A judgement matrix is (..., n, n): a[i, j] is how many times i weighs j, the diagonal is 1, a[j, i] is
1 / a[i, j], and NaN on both sides is a pair not judged.
"""

from suanli.methods.pairwise.aggregation import (
    aggregated_logarithms,
    aggregated_priorities,
    reciprocal_matrices,
)
from suanli.methods.pairwise.agreement import (
    CONSENSUS_WORDS,
    clusters,
    consensus,
    consensus_word,
    consensuses,
    kendall_w,
    outliers,
    similarity,
)
from suanli.methods.pairwise.best_worst import BestWorst, best_worst_weights
from suanli.methods.pairwise.consistency import (
    Worst,
    consistency_index,
    consistency_ratio,
    consistency_ratio_limit,
    cycles,
    gci_limit,
    geometric_consistency_index,
    lambda_gradient,
    lambda_of,
    worst_judgements,
)
from suanli.methods.pairwise.incomplete import (
    components,
    connected,
    harker,
    least_lambda,
    least_squares_weights,
    missing_count,
)
from suanli.methods.pairwise.influence import consistency_influence, distance_influence
from suanli.methods.pairwise.judgement_scales import (
    SCALES,
    grades_at,
    largest_ratio,
    positions,
    ratios,
)
from suanli.methods.pairwise.priorities import (
    METHODS,
    Method,
    Principal,
    column_mean_weights,
    geometric_weights,
    principal,
    weights_by,
)
from suanli.methods.pairwise.random_index import TABLES, last_size, random_index, table_named
from suanli.methods.pairwise.repair import Change, Proposal, proposal
from suanli.methods.pairwise.scores import ScoreRule, score_ratios

__all__ = [
    "CONSENSUS_WORDS",
    "METHODS",
    "SCALES",
    "TABLES",
    "BestWorst",
    "Change",
    "Method",
    "Principal",
    "Proposal",
    "ScoreRule",
    "Worst",
    "aggregated_logarithms",
    "aggregated_priorities",
    "best_worst_weights",
    "clusters",
    "column_mean_weights",
    "components",
    "connected",
    "consensus",
    "consensus_word",
    "consensuses",
    "consistency_index",
    "consistency_influence",
    "consistency_ratio",
    "consistency_ratio_limit",
    "cycles",
    "distance_influence",
    "gci_limit",
    "geometric_consistency_index",
    "geometric_weights",
    "grades_at",
    "harker",
    "kendall_w",
    "lambda_gradient",
    "lambda_of",
    "largest_ratio",
    "last_size",
    "least_lambda",
    "least_squares_weights",
    "missing_count",
    "outliers",
    "positions",
    "principal",
    "proposal",
    "random_index",
    "ratios",
    "reciprocal_matrices",
    "score_ratios",
    "similarity",
    "table_named",
    "weights_by",
    "worst_judgements",
]

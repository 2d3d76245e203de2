"""Indicator scores to the scores of every node, up the tree."""

import numpy as np

from suanli.scoring.combine import combined
from suanli.scoring.scores import Floats, Weights
from suanli.scoring.tree import Tree


def aggregated(tree: Tree, normalised: Floats, weights: Weights) -> Floats:
    """Return scores of shape (P, R, N) of all nodes for indicator scores of shape (P, R, I)."""
    # laid out node by node: means then run along memory, several times faster than across it
    scores = np.moveaxis(np.empty((len(tree.codes), *normalised.shape[:2])), 0, -1)
    # indicators stand in runs of siblings, and a run is copied faster than a list of places
    start = 0
    for run in np.split(tree.leaves, np.flatnonzero(np.diff(tree.leaves) != 1) + 1):
        scores[:, :, run[0] : run[-1] + 1] = normalised[:, :, start : start + run.size]
        start += run.size
    complete = not np.isnan(normalised).any()
    for group in tree.groups_from_below:
        children = tree.children[group]
        first, last = children[0], children[-1]
        # siblings that stand side by side are seen where they are, without a copy
        below = (
            scores[:, :, first : last + 1]
            if last - first + 1 == len(children)
            else scores[:, :, children]
        )
        score = combined(tree, group, below, weights, complete=complete)
        scores[:, :, group] = score
        complete = complete and not np.isnan(score).any()
    return scores

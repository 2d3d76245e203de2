"""What every indicator contributes to the index."""

import numpy as np

from suanli.methods import means, shares
from suanli.scoring.combine import combined, effective_weights
from suanli.scoring.scores import Floats, Weights
from suanli.scoring.tree import Tree

_SAMPLING_SEED = 0


def contributions(tree: Tree, scores: Floats, weights: Weights) -> Floats:
    """Return what each indicator contributes to the index, shape (P, R, I); NaN where it has no score.

    Contributions sum to the index. Under arithmetic means a contribution is the overall weight times the score. Other
    means are split among children first: the geometric mean by log shares above its floor, the rest by Shapley values
    (an absent child stands at the floor, or at 0); a child's part is then spread over its indicators in proportion to
    their contributions to the child.

    The amount that a node hands down is kept as `factor x score + rest`: the rest is what falls to a node whose own
    score is zero, which cannot be scaled.
    """
    factor, rest = np.ones_like(scores), np.zeros_like(scores)
    for group in reversed(tree.groups_from_below):
        children = tree.children[group]
        below = scores[:, :, children]
        effective = effective_weights(weights.local[children], ~np.isnan(below))
        above, extra = factor[:, :, group, None], rest[:, :, group, None]
        if tree.mean(group).method == "arithmetic":
            factor[:, :, children] = above * effective
            rest[:, :, children] = extra * effective
            continue
        parts = above * parts_of(tree, group, below, weights)
        scalable = below != 0
        factor[:, :, children] = np.divide(
            parts, below, out=np.zeros_like(parts), where=scalable & ~np.isnan(below)
        )
        rest[:, :, children] = np.where(scalable, 0.0, parts) + extra * effective
    found: Floats = (factor * scores + rest)[:, :, tree.leaves]
    found[np.isnan(scores[:, :, 0])] = np.nan
    return found


def parts_of(tree: Tree, group: int, below: Floats, weights: Weights) -> Floats:
    """Return how a group's score splits among its children: shape (P, R, children), summing to the score.

    A missing child's part is 0; everything is NaN where the group has no score.
    """
    rule = tree.mean(group)
    local = weights.local[tree.children[group]]
    whole = combined(tree, group, below, weights)
    if rule.method == "geometric" and rule.floor:
        raised = means.floored(below, rule.floor)
        parts = shares.geometric_shares(raised, local, rule.floor, missing="renormalise")
    else:
        # only a group of more than 12 children is sampled; the seed is part of the method
        parts = shares.substitution_shares(
            lambda scores: combined(tree, group, scores, weights),
            below,
            local,
            baseline=rule.floor or 0.0,
            rng=np.random.default_rng(_SAMPLING_SEED),
        )
    known: Floats = np.where(np.isnan(whole)[:, :, None], np.nan, parts)
    return known

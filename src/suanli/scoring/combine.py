"""One group's children to one score, by the mean that the framework names."""

from collections.abc import Callable, Mapping
from functools import reduce
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Mean
from suanli.methods import majority, means, scales
from suanli.scoring.scores import Floats, Weights
from suanli.scoring.tree import Tree

# scores (P, R, children), local weights (children,), rule, what a missing child does
_Combination = Callable[[Floats, Floats, Mean, means.Missing], Floats]

COMBINATIONS: Mapping[str, _Combination] = MappingProxyType(
    {
        "arithmetic": lambda scores, local, _, missing: means.arithmetic(
            scores, local, missing=missing
        ),
        "geometric": lambda scores, local, _, missing: means.geometric(
            scores, local, missing=missing
        ),
        "harmonic": lambda scores, local, _, missing: means.harmonic(
            scores, local, missing=missing
        ),
        "power": lambda scores, local, rule, missing: means.power(
            scores, local, rule.power or 1.0, missing=missing
        ),
        "weighted-median": lambda scores, local, _, missing: means.weighted_median(
            scores, local, missing=missing
        ),
        "copeland": lambda scores, local, _, missing: majority.copeland(
            scores, local, missing=missing
        ),
    }
)


_NEAR = 1e-12


def combined(
    tree: Tree, group: int, below: Floats, weights: Weights, *, complete: bool = False
) -> Floats:
    """Return a group's score, shape (P, R), from its children's, shape (P, R, children).

    `complete` spares looking for missing children where it is known that there are none. Scores under the mean's floor
    count as the floor. A missing child makes the score missing, unless the framework gives its weight to the siblings
    and enough of them are present.
    """
    rule, local = tree.mean(group), weights.local[tree.children[group]]
    if rule.floor is not None:
        below = means.floored(below, rule.floor)
    renormalise = tree.framework.weighting.renormalise_missing
    score = COMBINATIONS[rule.method](
        below, local, rule, "renormalise" if renormalise else "propagate"
    )
    # a child without weight decides nothing, so nothing hangs on its presence
    counted = below if local.all() else below[:, :, local > 0]
    if rule.method == "copeland":
        score = scales.rescaled(score, tree.framework.normalisation.scale)
    else:
        score = _between_children(score, counted, local[local > 0])
    if complete:
        return score
    present = ~np.isnan(counted)
    if present.all():
        return score
    enough = (
        present.mean(axis=2) >= tree.framework.missing.group_coverage
        if renormalise
        else present.all(axis=2)
    )
    covered: Floats = np.where(enough & present.any(axis=2), score, np.nan)
    return covered


def _between_children(score: Floats, children: Floats, local: Floats) -> Floats:
    """Return means without the last bits by which rounding may carry them past all of their children.

    That can only be where the mean is as good as equal to the child that weighs most; a tolerance a thousand times
    wider than rounding decides which regions are looked at.
    """
    distance = score - children[:, :, int(np.argmax(local))]
    np.abs(distance, out=distance)
    near = distance <= _NEAR * abs(np.fmax.reduce(score, axis=None))
    if not near.any():
        return score
    columns = np.moveaxis(children[near], -1, 0)
    score[near] = np.clip(score[near], reduce(np.fmin, columns), reduce(np.fmax, columns))
    return score


def effective_weights(local: Floats, present: NDArray[np.bool_]) -> Floats:
    """Return each child's share of the weight of the children present, shape of `present`; 0 for the missing ones."""
    if present.all():
        return np.broadcast_to(local, present.shape)
    held = np.where(present, local, 0.0)
    total = held.sum(axis=-1, keepdims=True)
    share: Floats = np.divide(held, total, out=np.zeros_like(held), where=total > 0)
    return share

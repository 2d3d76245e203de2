"""How much each indicator's weight adds to each order: the gradient of a node's weight times the gap."""

from dataclasses import dataclass

import numpy as np

from suanli.result.fact_fitting_ground import Flags, Floats, Ground


@dataclass(frozen=True, slots=True)
class Patterns:
    """Which indicators of its node decide an order, for its first and its second region; shape (orders, I) each."""

    ahead: Flags
    behind: Flags
    members: Flags

    @property
    def same(self) -> Flags:
        """Whether both regions have the same indicators, shape (orders,)."""
        same: Flags = (self.ahead == self.behind).all(axis=1)
        return same

    @property
    def complete(self) -> bool:
        """Whether no region of any order lacks an indicator of the node."""
        return bool((self.ahead == self.members).all() and (self.behind == self.members).all())


def patterns(ground: Ground) -> Patterns:
    """Return the indicators that decide each order.

    Those of a group that has too few of its children count as lacking. Weights cannot change this while all of them
    are above 0.
    """
    present = ~np.isnan(ground.scores(ground.own_weights))
    deciding = np.zeros((*present.shape, len(ground.tree.leaves)), dtype=np.bool_)
    deciding[:, :, ground.tree.leaves] = present[:, :, ground.tree.leaves, None] & np.eye(
        len(ground.tree.leaves), dtype=np.bool_
    )
    for group in ground.tree.groups_from_below:
        children = _counted(ground, group)
        below = deciding[:, :, children].any(axis=2)
        deciding[:, :, group] = below & present[:, :, group, None]
    these = ground.comparisons
    ahead = deciding[these.period, these.ahead, these.node]
    behind = deciding[these.period, these.behind, these.node]
    alone = these.behind < 0
    return Patterns(ahead, np.where(alone[:, None], ahead, behind), ground.members[these.node])


def rows(ground: Ground, weights: Floats) -> Floats:
    """Return rows (orders, I) of which the product with the weights is each order's gap times its node's weight.

    That product is homogeneous of degree 1 in the weights, so its gradient gives it back (Euler). The rows are the
    same for all weights as long as both regions have every indicator: then a node's weight times its score is the
    weighted sum of its indicators' scores. Where a missing child's weight goes to its siblings they are the tangent.
    """
    these = ground.comparisons
    scores = ground.scores(weights)
    tangents = _tangents(ground, weights, scores)
    ahead = tangents[these.period, these.ahead, these.node]
    behind = tangents[these.period, these.behind, these.node]
    bars = these.score[:, None] * ground.members[these.node]
    return np.where((these.behind < 0)[:, None], ahead - bars, ahead - behind)


def _tangents(ground: Ground, weights: Floats, scores: Floats) -> Floats:
    """Return the gradients (P, R, N, I) of every node's weight times its score.

    With W the weight of group g, V that of its children present and h the sum of those children's weight times score,
    the product is (W / V) h.
    """
    tree, members = ground.tree, ground.members
    total = members @ weights
    known = np.nan_to_num(scores)
    present = ~np.isnan(scores)
    tangents = np.zeros((*scores.shape, len(tree.leaves)))
    tangents[:, :, tree.leaves] = known[:, :, tree.leaves, None] * np.eye(len(tree.leaves))
    for group in tree.groups_from_below:
        children = _counted(ground, group)
        here = present[:, :, children]
        share = here @ total[children]
        ratio = np.divide(total[group], share, out=np.zeros_like(share), where=share > 0)[..., None]
        summed = np.where(here[..., None], tangents[:, :, children], 0.0).sum(axis=2)
        bearing = here @ members[children].astype(np.float64)
        spread = known[:, :, group, None] * (members[group] - ratio * bearing)
        tangents[:, :, group] = ratio * summed + spread
    return tangents


def _counted(ground: Ground, group: int) -> list[int]:
    children = ground.tree.children[group]
    counted: list[int] = children[ground.own.local[children] > 0].tolist()
    return counted

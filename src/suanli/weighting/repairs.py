"""Proposals to experts whose matrices are not consistent; nothing is changed by making them."""

from dataclasses import dataclass

import numpy as np

from suanli.intake.panels import COMPARING
from suanli.methods.pairwise import Proposal, consistency_ratio_limit, proposal
from suanli.weighting.panel import PanelWeights


@dataclass(frozen=True, slots=True)
class Repair:
    """The smallest changes that would bring one expert's matrix of one group within its limit."""

    expert: str
    """The expert's id."""
    node: str
    """Code of the group's parent."""
    proposal: Proposal
    """Positions of rows and columns are those of the group's items."""


def repairs(weights: PanelWeights) -> tuple[Repair, ...]:
    """Return a proposal for every matrix with a CR above its limit, by group in tree order and then by expert.

    The limit is 0.05 for three items, 0.09 for four and 0.10 above. Matrices that the panel's rule leaves out are
    among them: a repair may bring their expert back. Scores have no judgements to change, and no proposals.
    """
    rules = weights.rules
    if rules.elicitation not in COMPARING:
        return ()
    found: list[Repair] = []
    for group in weights.groups:
        limit = consistency_ratio_limit(len(group.items))
        for row in np.flatnonzero(np.nan_to_num(group.consistency_ratio) > limit):
            proposed = proposal(
                group.grades[row], limit=limit, table=rules.random_index, scale=rules.scale
            )
            # none is needed where a ratio is above the limit by rounding alone
            if proposed is not None:
                found.append(Repair(weights.experts[row].id, group.node, proposed))
    return tuple(found)

"""How much each expert counts in a group, and whom the declared rule leaves out."""

import numpy as np
from numpy.typing import NDArray

from suanli.intake.panels import Expert, PanelRules
from suanli.methods.pairwise import consistency_influence, distance_influence

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def excluded_experts(ratios: Floats, rules: PanelRules) -> Flags:
    """Return which experts (E,) the declared rule leaves out of a group, by the CR of their matrix (E,).

    Without a rule nobody is left out, however inconsistent.
    """
    if rules.exclude is None:
        return np.zeros(len(ratios), dtype=np.bool_)
    above: Flags = np.nan_to_num(ratios, nan=0.0) > rules.exclude.consistency_ratio
    return above


def expert_influence(
    experts: tuple[Expert, ...], rules: PanelRules, counting: Flags, own: tuple[Floats, Floats]
) -> Floats:
    """Return the share (E,) of each expert in a group; sums to 1, or all 0 if nobody's counts.

    Parameters
    ----------
    experts
        The panel.
    rules
        `equal` and `entered` ask nothing of the answers. `consistency` and `distance` need an expert's own weights;
        whoever has none there (their judgements do not reach every item) has no influence.
    counting
        (E,) who answered and is not excluded.
    own
        Each expert's CR (E,) and weights (E, n).
    """
    ratios, priorities = own
    shares = np.zeros(len(experts))
    if rules.expert_weights == "entered":
        entered = np.array([expert.weight for expert in _chosen(experts, counting)])
        # only the proportions count; their sum must not pass what a float holds
        shares[counting] = entered / max(entered.max(initial=0.0), np.finfo(np.float64).tiny)
    elif rules.expert_weights == "equal":
        shares[counting] = 1.0
    else:
        able = counting & np.isfinite(ratios)
        if able.any():
            by_consistency = rules.expert_weights == "consistency"
            shares[able] = (
                consistency_influence(ratios[able])
                if by_consistency
                else distance_influence(priorities[able])
            )
    total = shares.sum()
    return shares / total if total > 0 else shares


def _chosen(experts: tuple[Expert, ...], which: Flags) -> list[Expert]:
    return [expert for expert, chosen in zip(experts, which, strict=True) if chosen]

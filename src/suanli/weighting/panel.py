"""What a panel's judgements of a whole framework come to: the weights of the tree and how sure they are."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework
from suanli.intake.panels import Expert, PanelRules
from suanli.language import Text
from suanli.problems import Problem
from suanli.weighting.groups import GroupWeights


@dataclass(frozen=True, slots=True)
class Intervals:
    """The central interval of every weight over the draws, by code of the node."""

    level: float
    """Share of the draws between low and high, such as 0.9."""
    local_low: Mapping[str, float]
    local_high: Mapping[str, float]
    global_low: Mapping[str, float]
    global_high: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PanelWeights:
    """The weights a panel gives a framework, with the rules and answers they rest on."""

    rules: PanelRules
    framework: Framework
    title: Text
    simulated: bool
    experts: tuple[Expert, ...]
    round: int
    """Number of the round whose answers count."""
    groups: tuple[GroupWeights, ...]
    """The judged groups, in tree order."""
    local: Mapping[str, float]
    """Weight among siblings of every node below the index, in tree order."""
    overall: Mapping[str, float]
    """Weight in the index of every node below it, in tree order; those of the indicators sum to 1."""
    consensus: float
    """Mean of the groups' consensus, each group counting with its node's overall weight (the index with 1)."""
    intervals: Intervals | None
    """None where uncertainty was not asked for."""
    leave_one_out: NDArray[np.float64] | None
    """(E, N) overall weights in tree order without each expert in turn; NaN where the others judged nothing."""
    problems: tuple[Problem, ...]
    """What whoever uses the weights must know: exclusions, carried answers, inconsistent matrices."""

    def group(self, node: str) -> GroupWeights | None:
        """Return the judged group below this node; None if its children were not judged."""
        return next((group for group in self.groups if group.node == node), None)

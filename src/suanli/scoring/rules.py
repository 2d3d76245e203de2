"""The normalisation rule of each indicator: the framework's, with what the indicator declares otherwise."""

from dataclasses import dataclass
from typing import Literal

from suanli.framework import Framework, Indicator, NormalisationOverride

RANKED = frozenset({"rank", "percentile-rank", "borda"})
RATIOS = frozenset({"target-ratio", "fraction-of-maximum"})


@dataclass(frozen=True, slots=True)
class Rule:
    """How one indicator is normalised."""

    method: str
    goalposts: str
    outside: str
    transform: str
    direction: str

    @property
    def compares_values(self) -> bool:
        """Whether the method measures against goalposts, and not ranks or a ready-made score."""
        return self.method not in RANKED and self.method != "as-given"

    @property
    def logarithm(self) -> Literal["log", "log1p"] | None:
        """The logarithm to take, if any; distances to a target and ratios are taken of the values themselves."""
        if self.direction == "target" or self.method in RATIOS:
            return None
        if self.transform == "log":
            return "log"
        return "log1p" if self.transform == "log1p" else None


def rule_of(framework: Framework, indicator: Indicator) -> Rule:
    """Return the rule in force for an indicator of the framework."""
    common = framework.normalisation
    own = indicator.normalisation or NormalisationOverride()
    return Rule(
        method=own.method or common.method,
        goalposts=own.goalposts or common.goalposts,
        outside=own.outside or common.outside,
        transform=own.transform or common.transform,
        direction=indicator.direction,
    )

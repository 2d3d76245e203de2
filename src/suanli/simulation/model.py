"""The indicators of one period while they are solved for: which are unknown, which settled, and their composites."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from suanli.framework import Framework, Group, Indicator
from suanli.framework.units import converted
from suanli.simulation.profiles import Profile, Profiles
from suanli.simulation.quantities import Floats, Quantity, known, summed, unknown

Ends = Mapping[str, tuple[float, float]]
"""Lowest and highest value of each indicator, between which min-max scores are taken."""


@dataclass(frozen=True, slots=True)
class Model:
    """One period: `unknowns` are codes to solve for, `settled` and `bases` known values by code.

    `count` is how many unknowns there are, region by region; those of the first code come first. `guesses` are values
    to weight by while they are not settled. `ends` are needed for scores by min-max.
    """

    framework: Framework
    profiles: Profiles
    regions: int
    bases: Mapping[str, Floats]
    unknowns: tuple[str, ...] = ()
    count: int = 0
    settled: Mapping[str, Floats] = field(default_factory=dict)
    guesses: Mapping[str, Floats] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)

    def solved_for(self, codes: tuple[str, ...]) -> "Model":
        """Return the model with these unknowns."""
        return replace(self, unknowns=codes, count=len(codes) * self.regions)

    def beside(self, other: "Model") -> "Model":
        """Return the model, which has no unknowns, with those of another model counted, to be compared with it."""
        return replace(self, count=other.count)

    def covers(self, code: str) -> bool:
        """Return whether the indicator is unknown, settled, or a ratio of such."""
        profile = self.profiles.indicators[code]
        if profile.of:
            over = profile.over in self.bases or profile.over in self.settled
            return over and self.covers(profile.of)
        return code in self.unknowns or code in self.settled

    def quantity(self, code: str) -> Quantity:
        """Return the values of an indicator."""
        profile = self.profiles.indicators[code]
        if code in self.unknowns:
            start = self.unknowns.index(code) * self.regions
            return unknown(np.arange(start, start + self.regions), self.count)
        if profile.of:
            return self.quantity(profile.of).times(self.factor(profile))
        return known(self.settled[code], self.count)

    def factor(self, profile: Profile) -> Floats:
        """Return what turns the numerator of a ratio into the ratio, region by region."""
        return ratio_factor(profile, {**self.bases, **self.settled})

    def weights(self, code: str) -> Floats:
        """Return what the national rate weighs regions by, summing to 1."""
        name = self.profiles.indicators[code].weight
        for source in (self.bases, self.settled, self.guesses):
            if name in source:
                return np.asarray(source[name] / source[name].sum())
        return np.full(self.regions, 1 / self.regions)

    def has_scores(self, node: str) -> bool:
        """Return whether the scores of a node depend linearly on the unknowns."""
        return all(
            self.covers(indicator.code)
            and (self._method(indicator) != "min-max" or indicator.code in self.ends)
            for indicator in self._below(node)
        )

    def scores(self, node: str) -> Quantity:
        """Return the scores of a node under the framework's own normalisation and weights."""
        return self._scores(_node(self.framework, node))

    def _scores(self, node: Framework | Group | Indicator) -> Quantity:
        if isinstance(node, Indicator):
            return self._normalised(node)
        children = [child for child in node.children if not child.disabled]
        shares = np.array([_weight(self.framework, child) for child in children])
        shares = shares / shares.sum()
        parts = [
            self._scores(child).times(float(share))
            for child, share in zip(children, shares, strict=True)
        ]
        return summed(parts)

    def _normalised(self, indicator: Indicator) -> Quantity:
        values, method = self.quantity(indicator.code), self._method(indicator)
        if method == "as-given":
            return values
        if method == "target-ratio":
            assert indicator.reference is not None
            return values.times(100 / indicator.reference)
        low, high = self.ends[indicator.code]
        if not high > low:
            return known(np.full(self.regions, 50.0), self.count)
        if indicator.direction == "lower":
            low, high = high, low
        return values.plus(-low).times(100 / (high - low))

    def _method(self, indicator: Indicator) -> str:
        own = indicator.normalisation.method if indicator.normalisation else None
        return own or self.framework.normalisation.method

    def _below(self, node: str) -> list[Indicator]:
        waiting: list[Framework | Group | Indicator] = [_node(self.framework, node)]
        found = []
        while waiting:
            one = waiting.pop()
            if isinstance(one, Indicator):
                found.append(one)
            else:
                waiting.extend(child for child in one.children if not child.disabled)
        return found


def ratio_factor(profile: Profile, denominators: Mapping[str, Floats]) -> Floats:
    """Return what turns the numerator of a ratio into the ratio: the factor between its units over the denominator."""
    given, counted = profile.units
    return np.asarray(float(converted(1.0, given, counted)) / denominators[profile.over])


def _weight(framework: Framework, child: Group | Indicator) -> float:
    if framework.weighting.method == "equal" or child.weight is None:
        return 1.0
    return float(child.weight)


def _node(framework: Framework, code: str) -> Framework | Group | Indicator:
    return framework if code == framework.code else framework.node(code)

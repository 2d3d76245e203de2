"""Goalposts as the two ends a formula measures between: bad and good, whatever the direction."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Indicator
from suanli.methods import goalposts, scales
from suanli.scoring.rules import RATIOS, Rule
from suanli.scoring.scores import Floats, Goalposts


@dataclass(frozen=True, slots=True)
class Ends:
    """Ends of shape (P, I), and which indicators (I,) are better the lower, so that their good end is the lower one."""

    bad: Floats
    good: Floats
    lower: NDArray[np.bool_]

    @property
    def goalposts(self) -> Goalposts:
        """The ends as goalposts, in the order of the values."""
        return Goalposts(
            low=np.where(self.lower, self.good, self.bad),
            high=np.where(self.lower, self.bad, self.good),
        )


def measured(rule: Rule, indicators: Sequence[Indicator], values: Floats) -> Floats:
    """Return what the formula is given: values, or their distances outside the target interval."""
    if rule.direction != "target":
        return values
    target = indicators[0].target
    if target is None:
        message = f"{indicators[0].code} has direction `target` and no target"
        raise ValueError(message)
    return scales.distance_to_interval(values, *target)


def fitted_ends(rule: Rule, indicators: Sequence[Indicator], values: Floats) -> Ends:
    """Return the ends for values of shape (P, R, I), written in the indicators' unit.

    For a target the ends are written as two points equally far outside it: as far as the farthest region.
    """
    periods = values.shape[0]
    if rule.goalposts == "annual":
        return _in_unit(rule, indicators, _observed(rule, indicators, values))
    if rule.goalposts == "pooled":
        pooled = _observed(rule, indicators, values.reshape(1, -1, values.shape[2]))
        return _repeated(_in_unit(rule, indicators, pooled), periods)
    return _repeated(_declared(rule, indicators), periods)


def ends_of(
    rule: Rule, indicators: Sequence[Indicator], values: Floats, posts: Goalposts
) -> tuple[Floats, Ends]:
    """Return measured values and the ends between which the formula measures them, logarithms taken."""
    lower = _lower(indicators)
    if rule.direction == "target":
        bad = np.maximum(
            measured(rule, indicators, posts.low), measured(rule, indicators, posts.high)
        )
        return measured(rule, indicators, values), Ends(bad, np.zeros_like(bad), lower)
    bad, good = np.where(lower, posts.high, posts.low), np.where(lower, posts.low, posts.high)
    kind = rule.logarithm
    if kind is None:
        return values, Ends(bad, good, lower)
    logarithms = (scales.logarithms(part, kind) for part in (values, bad, good))
    logs, log_bad, log_good = logarithms
    return logs, Ends(log_bad, log_good, lower)


def _lower(indicators: Sequence[Indicator]) -> NDArray[np.bool_]:
    # distance to a target is better the lower, too
    return np.array([indicator.direction != "higher" for indicator in indicators])


def _observed(rule: Rule, indicators: Sequence[Indicator], values: Floats) -> Ends:
    lower = _lower(indicators)
    if rule.method == "z-score":
        return _moments(rule, lower, values)
    low, high = goalposts.extremes(measured(rule, indicators, values))
    bad, good = np.where(lower, high, low), np.where(lower, low, high)
    if rule.direction == "target":
        good = np.zeros_like(good)
    if rule.method == "distance-to-reference":
        good = np.broadcast_to(_references(indicators), good.shape)
    if rule.method in RATIOS:
        bad = np.zeros_like(bad)
    return Ends(bad, good, lower)


def _moments(rule: Rule, lower: NDArray[np.bool_], values: Floats) -> Ends:
    kind = rule.logarithm
    mean, deviation = goalposts.moments(values if kind is None else scales.logarithms(values, kind))
    good = mean + np.where(lower, -deviation, deviation)
    if kind is not None:
        natural = np.exp if kind == "log" else np.expm1
        mean, good = natural(mean), natural(good)
    return Ends(mean, good, lower)


def _in_unit(rule: Rule, indicators: Sequence[Indicator], ends: Ends) -> Ends:
    if rule.direction != "target":
        return ends
    start, end = indicators[0].target or (0.0, 0.0)
    return Ends(end + ends.bad, start - ends.bad, ends.lower)


def _declared(rule: Rule, indicators: Sequence[Indicator]) -> Ends:
    """Return the ends that the indicators declare, shape (1, I); NaN where there is none, so that nothing is scored."""
    lower = _lower(indicators)
    nan = float("nan")
    posts = np.array([[indicator.goalposts or (nan, nan) for indicator in indicators]])
    low, high = posts[:, :, 0], posts[:, :, 1]
    bad, good = np.where(lower, high, low), np.where(lower, low, high)
    if rule.method in RATIOS:
        bad, good = np.zeros_like(low), _references(indicators)
    elif rule.method == "distance-to-reference":
        good = _references(indicators)
    return Ends(bad, good, lower)


def _references(indicators: Sequence[Indicator]) -> Floats:
    nan = float("nan")
    return np.array([[nan if item.reference is None else item.reference for item in indicators]])


def _repeated(ends: Ends, periods: int) -> Ends:
    return Ends(
        np.repeat(ends.bad, periods, axis=0), np.repeat(ends.good, periods, axis=0), ends.lower
    )

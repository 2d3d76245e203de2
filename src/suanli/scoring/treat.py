"""Outliers to treated values, in the modes that the framework names; every changed value is marked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Mode, Treatment
from suanli.methods import outliers
from suanli.scoring.rules import Rule, rule_of
from suanli.scoring.scores import Floats
from suanli.scoring.tree import Tree

Marked = tuple[Floats, NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Treated:
    """Values (P, R, I) after treatment, which of them changed, and which indicators (P, I) are still skewed."""

    values: Floats
    changed: NDArray[np.bool_]
    still_skewed: NDArray[np.bool_]


def _winsorised(column: Floats, rule: Treatment) -> Marked:
    return outliers.winsorised(
        column,
        rule.max_points,
        skewness_limit=rule.skewness,
        kurtosis_limit=rule.kurtosis,
    )


def _winsorised_then_log(column: Floats, rule: Treatment) -> Marked:
    values, changed = _winsorised(column, rule)
    if outliers.needs_treatment(values, rule.skewness, rule.kurtosis):
        return outliers.log_transformed(column)
    return values, changed


# one column of values that needs treatment, and the rule -> treated values and which changed
TREATMENTS: Mapping[str, Callable[[Floats, Treatment], Marked]] = MappingProxyType(
    {
        "winsorise": _winsorised,
        "winsorise-then-log": _winsorised_then_log,
        "log": lambda column, _: outliers.log_transformed(column),
        "box-cox": lambda column, _: outliers.box_cox(column)[:2],
    }
)


def treated(tree: Tree, values: Floats, mode: Mode) -> Treated:
    """Return values of shape (P, R, I) with the outliers of each indicator treated where its shape asks for it.

    An indicator is looked at period by period; all periods at once where its goalposts are pooled. Where goalposts are
    declared in the indicator's unit, or a target is, values keep that unit: only winsorising applies, and a treatment
    that takes logarithms leaves the indicator alone.
    """
    rule = tree.framework.treatment
    result = Treated(
        values=values.copy(),
        changed=np.zeros(values.shape, dtype=np.bool_),
        still_skewed=np.zeros((values.shape[0], values.shape[2]), dtype=np.bool_),
    )
    if rule.method == "none" or mode not in rule.modes:
        return result
    for column, indicator in enumerate(tree.indicators):
        own = rule_of(tree.framework, indicator)
        for periods in _spans(own, values.shape[0]):
            _treat(rule, own, result, (periods, column))
    return result


def _spans(rule: Rule, periods: int) -> list[slice]:
    """Return the periods whose values are looked at together."""
    if rule.goalposts == "pooled":
        return [slice(0, periods)]
    return [slice(period, period + 1) for period in range(periods)]


def _treat(rule: Treatment, own: Rule, result: Treated, place: tuple[slice, int]) -> None:
    """Treat one column of the result that is being made."""
    periods, column = place
    block = result.values[periods, :, column]
    flat = block.ravel()
    if not outliers.needs_treatment(flat, rule.skewness, rule.kurtosis):
        return
    keeps_unit = own.goalposts == "fixed" or own.direction == "target" or not own.compares_values
    method = _in_unit(rule.method) if keeps_unit else rule.method
    changed = np.zeros(flat.shape, dtype=np.bool_)
    if method != "none":
        flat, changed = TREATMENTS[method](flat, rule)
    result.values[periods, :, column] = flat.reshape(block.shape)
    result.changed[periods, :, column] = changed.reshape(block.shape)
    result.still_skewed[periods, column] = outliers.needs_treatment(
        flat, rule.skewness, rule.kurtosis
    )


def _in_unit(method: str) -> str:
    """Return the part of a treatment that leaves values in their unit."""
    return "winsorise" if method.startswith("winsorise") else "none"

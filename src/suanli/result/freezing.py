"""The framework of a result with its goalposts fixed, so that another year or region scores comparably."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from re import sub

import numpy as np
import polars as pl

from suanli.framework import Framework, Indicator
from suanli.language import Text, pair
from suanli.problems import Place, Problem, ResultError, Severity
from suanli.result.contents import Contents
from suanli.result.names import period_or_latest
from suanli.result.rescoring import rescored
from suanli.scoring.rules import RATIOS, Rule, rule_of

_LOGARITHMS = ("winsorise-then-log", "log", "box-cox")
"""Treatments after which values no longer have their unit."""


def frozen_framework(result: Contents, period: str | None = None) -> Framework:
    """Return the result's framework with the goalposts of a period fixed, the last unless another is named.

    A study that is scored by it gets, for the same values, the scores of that period, and for others scores on the
    same scale. Ratios keep the best value as their `reference`, other methods the two `goalposts`; a declared
    reference stays. Indicators that are scored by rank, taken as given, or have fixed goalposts already are as they
    were. Weights of the study's own become the framework's. Id, title and description name the period.

    Raises
    ------
    ResultError
        If the period is unknown, or an indicator has no goalposts in it to fix: no data, one value everywhere, or
        values whose outliers were treated by logarithms. Every such indicator is named.
    FrameworkError
        If the fixed values contradict the framework.
    """
    used = period_or_latest(result, period)
    problems: list[Problem] = []
    changes: dict[str, object] = {}
    for one in _measures(result, used):
        problem = one.problem()
        if problem is None:
            changes |= one.changes(simulated=result.about.simulated)
        else:
            problems.append(problem)
    if problems:
        raise ResultError(problems)
    if changes:
        changes |= _description(result.framework, used)
    if result.about.simulated:
        changes["simulated"] = True
    changes["normalisation/goalposts"] = "fixed"
    return result.framework.with_changes(changes | _naming(result, used) | _weights(result))


@dataclass(frozen=True, slots=True)
class _Measure:
    """An indicator with the goalposts it was measured by; `treated` tells that logarithms had been taken."""

    indicator: Indicator
    rule: Rule
    period: str
    low: float
    high: float
    treated: bool

    def problem(self) -> Problem | None:
        """Return why the goalposts cannot be fixed, if they cannot."""
        place = Place(code=self.indicator.code, period=self.period)
        if self.treated:
            return Problem("freezing-treated", Severity.ERROR, place)
        if not (isfinite(self.low) and isfinite(self.high)):
            return Problem("freezing-no-data", Severity.ERROR, place)
        if self.low == self.high:
            return Problem("freezing-constant", Severity.ERROR, place, found=f"{self.low:g}")
        return None

    def changes(self, *, simulated: bool) -> dict[str, object]:
        """Return the changes to the framework that fix the goalposts."""
        start = f"nodes/{self.indicator.code}"
        key = "freezing-note-simulated" if simulated else "freezing-note"
        note = pair("freezing", key, period=self.period)
        changes: dict[str, object] = {f"{start}/reference_note": _plain(note)}
        if self.rule.method in RATIOS:
            best = self.low if self.indicator.direction == "lower" else self.high
            changes[f"{start}/reference"] = best
        else:
            changes[f"{start}/goalposts"] = (self.low, self.high)
        own = self.indicator.normalisation
        if own is not None and own.goalposts is not None:
            changes[f"{start}/normalisation/goalposts"] = "fixed"
        return changes


def _measures(result: Contents, period: str) -> Iterator[_Measure]:
    """Yield the indicators whose goalposts came from data."""
    posts = {
        row["indicator"]: (_number(row["low"]), _number(row["high"]))
        for row in result.goalposts.filter(pl.col("period") == period).to_dicts()
    }
    logged = _logged(result, period)
    for indicator in result.framework.indicators():
        rule = rule_of(result.framework, indicator)
        if rule.compares_values and rule.goalposts != "fixed":
            low, high = posts[indicator.code]
            yield _Measure(indicator, rule, period, low, high, indicator.code in logged)


def _logged(result: Contents, period: str) -> frozenset[str]:
    """Return the indicators whose values were treated, where the treatment may take logarithms."""
    treatment = result.framework.treatment
    if treatment.method not in _LOGARITHMS or result.about.mode not in treatment.modes:
        return frozenset()
    scores = rescored(result)
    at = scores.values.periods.index(period)
    values, treated = scores.values.values[at], scores.treated[at]
    same = (values == treated) | (np.isnan(values) & np.isnan(treated))
    return frozenset(
        code for code, kept in zip(scores.values.codes, same.all(axis=0), strict=True) if not kept
    )


def _naming(result: Contents, period: str) -> dict[str, object]:
    framework = result.framework
    suffix = sub(r"[^a-z0-9.\-]+", "-", period.casefold()).strip("-")
    title = pair(
        *("freezing", "freezing-title"),
        title_zh=framework.title.zh,
        title_en=framework.title.en,
        period=period,
    )
    identity = f"{framework.id}-fixed-{suffix}" if suffix else f"{framework.id}-fixed"
    return {"id": identity, "title": _plain(title)}


def _description(framework: Framework, period: str) -> dict[str, object]:
    """Return the change by which a framework says where its goalposts are, and no longer that they move."""
    annual = pair("freezing", "freezing-annual-clause")
    described = pair(
        *("freezing", "freezing-description"),
        description_zh=framework.description.zh.replace(annual.zh, ""),
        description_en=framework.description.en.replace(annual.en, ""),
        period=period,
    )
    return {"description": _plain(described)}


def _weights(result: Contents) -> dict[str, object]:
    """Return the changes that make weights from the study's own file or panel those of the framework."""
    below = result.weights.filter(pl.col("level") > 0)
    if not {"file", "panel"} & set(below["method"].to_list()):
        return {}
    local = dict(zip(below["node"], below["local_weight"], strict=True))
    return {
        "weighting/method": "given",
        "weighting/note": _plain(result.about.weights_note),
        **{f"nodes/{node}/weight": weight for node, weight in local.items()},
    }


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _plain(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}

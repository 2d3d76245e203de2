"""Whether values lie where the declared formulas are defined; everything outside is reported at once."""

from collections.abc import Iterator, Sequence

import numpy as np

from suanli.intake.grid import ValueGrid
from suanli.problems import Place, Problem, ScoringError, Severity
from suanli.scoring.method_words import method_words
from suanli.scoring.rules import RATIOS, Rule, rule_of
from suanli.scoring.scores import Floats, Goalposts
from suanli.scoring.tree import Tree

# the leader's value that becomes 0, of which nothing can be a share, after each logarithm
_WITHOUT_DISTANCE = {None: 0.0, "log": 1.0, "log1p": 0.0}
_MEASURES_DISTANCE = frozenset({"min-max", "rank", "percentile-rank", "borda"})


def require_values_in_domain(tree: Tree, values: Floats, grid: ValueGrid) -> None:
    """Raise ScoringError with every treated value, shape (P, R, I), that its indicator's formula cannot take."""
    found: list[Problem] = []
    for column, indicator in enumerate(tree.indicators):
        rule = rule_of(tree.framework, indicator)
        if rule.direction == "target" and rule.method not in _MEASURES_DISTANCE:
            found.append(
                Problem(
                    "target-without-distance",
                    Severity.ERROR,
                    Place(code=indicator.code),
                    details=method_words(rule.method),
                )
            )
            continue
        code, lowest = _open_bound(rule)
        if code:
            outside = np.argwhere(values[:, :, column] <= lowest)
            found.extend(
                _problem(
                    code,
                    f"{values[period, region, column]:.10g}",
                    indicator.code,
                    region=grid.regions[region],
                    period=grid.periods[period],
                )
                for period, region in outside
            )
    if found:
        raise ScoringError(found)


def require_goalposts_in_domain(tree: Tree, goalposts: Goalposts, periods: Sequence[str]) -> None:
    """Raise ScoringError with every goalpost that its indicator's formula cannot divide by."""
    found = list(_unusable_goalposts(tree, goalposts, periods))
    if found:
        raise ScoringError(found)


def _unusable_goalposts(
    tree: Tree, goalposts: Goalposts, periods: Sequence[str]
) -> Iterator[Problem]:
    for column, indicator in enumerate(tree.indicators):
        rule = rule_of(tree.framework, indicator)
        good = (goalposts.low if rule.direction == "lower" else goalposts.high)[:, column]
        code = "reference-not-positive"
        if rule.method in RATIOS:
            unusable = good <= 0
        elif rule.method == "distance-to-leader":
            code, unusable = "leader-without-distance", good == _WITHOUT_DISTANCE[rule.logarithm]
        else:
            continue
        for period in np.flatnonzero(unusable).tolist():
            yield _problem(
                code,
                f"{good[period]:.10g}",
                indicator.code,
                period=periods[period],
            )


def _open_bound(rule: Rule) -> tuple[str, float]:
    """Return the problem of a value at or below a bound, and the bound; no problem where every value will do."""
    if not rule.compares_values:
        return "", 0.0
    if rule.method in RATIOS:
        return ("value-not-positive", 0.0) if rule.direction == "lower" else ("", 0.0)
    if rule.logarithm is None:
        return "", 0.0
    return "value-without-logarithm", 0.0 if rule.logarithm == "log" else -1.0


def _problem(
    code: str, found: str, indicator: str, *, region: str = "", period: str = ""
) -> Problem:
    return Problem(
        code,
        Severity.ERROR,
        Place(region=region, period=period, code=indicator),
        found=found,
    )

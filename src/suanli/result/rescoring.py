"""A result scored again from its own tables: the proof that its scores follow from what it holds."""

import numpy as np
import polars as pl

from suanli.intake import ValueGrid, grid_of
from suanli.problems import Place, Problem, ResultError, Severity
from suanli.result.contents import Contents
from suanli.scoring import Scores, score

TOLERANCE = 1e-9


def rescored(result: Contents) -> Scores:
    """Return the scores that the result's values, weights and framework give.

    The stored values are those that were scored, gaps already filled, so the framework's filling of gaps is off; all
    else is as it was.

    Raises
    ------
    ScoringError
        If the values lie outside the domain of a declared method.
    """
    framework = result.framework
    if framework.missing.method != "none":
        framework = framework.with_changes({"missing/method": "none"})
    below = result.weights.filter(pl.col("level") > 0)
    weights = dict(zip(below["node"], below["local_weight"], strict=True))
    return score(framework, stored_grid(result), weights=weights, mode=result.about.mode)


def stored_grid(result: Contents) -> ValueGrid:
    """Return the result's indicator values as a grid, with their origins and sources."""
    present = result.indicators.filter(pl.col("value").is_not_null())
    return grid_of(
        present.select("region_code", "period", "value", "origin", "source", code="indicator"),
        [region.code for region in result.regions],
        result.about.periods,
        [indicator.code for indicator in result.framework.indicators()],
    )


def verified(result: Contents) -> float:
    """Return the largest difference between the stored scores and the result scored again, at most 1e-9.

    Raises
    ------
    ResultError
        If a score differs by more than 1e-9 (relative to scores above 1), or is missing on one side only.
    """
    again = rescored(result).scores.ravel()
    stored = result.scores["score"].to_numpy()
    if stored.shape != again.shape or np.any(np.isnan(stored) != np.isnan(again)):
        raise _differ("NaN")
    present = ~np.isnan(stored)
    apart = np.abs(stored - again)[present] / np.maximum(1.0, np.abs(stored[present]))
    largest = float(apart.max(initial=0.0))
    if largest > TOLERANCE:
        raise _differ(f"{largest:.3g}")
    return largest


def _differ(found: str) -> ResultError:
    place = Place(file="scores.csv")
    return ResultError(
        [
            Problem(
                *("result-scores-differ", Severity.ERROR, place),
                found=found,
                expected=f"{TOLERANCE:g}",
            )
        ]
    )

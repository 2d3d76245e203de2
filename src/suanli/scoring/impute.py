"""Gaps to values, by the rule that the framework names; every filled cell is marked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Framework, MissingData
from suanli.intake.grid import ORIGINS, ValueGrid
from suanli.language import pair
from suanli.methods import gaps, regression
from suanli.scoring.scores import Floats
from suanli.scoring.tree import Tree, tree_of

_IMPUTED = ORIGINS.index("imputed")

Labels = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Imputed:
    """A grid whose gaps are filled as far as the rule reaches.

    `filled` marks the cells (P, R, I) that were filled, `refused` those for which the method gave a value outside the
    indicator's plausible range, so that the gap stays.
    """

    grid: ValueGrid
    filled: NDArray[np.bool_]
    refused: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Request:
    """What a filling method may need besides the values."""

    rule: MissingData
    groups: Labels
    predictors: tuple[int, ...]


# values (P, R, I) and the request -> values with gaps filled
FILLINGS: Mapping[str, Callable[[Floats, _Request], Floats]] = MappingProxyType(
    {
        "carry-forward": lambda values, request: gaps.carried_forward(values, request.rule.max_age)[
            0
        ],
        "group-mean": lambda values, request: gaps.group_means(values, request.groups)[0],
        "group-median": lambda values, request: gaps.group_medians(values, request.groups)[0],
        "regression": lambda values, request: (
            regression.regression_fill(values, request.predictors).values
        ),
        "knn": lambda values, request: gaps.nearest_neighbours_fill(
            values, request.rule.neighbours
        )[0],
    }
)


def imputed(tree: Tree, grid: ValueGrid, region_groups: Mapping[str, str] | None) -> Imputed:
    """Return the grid with its gaps filled by `missing.method`; gaps the method cannot fill stay."""
    rule = tree.framework.missing
    gaps_before = np.isnan(grid.values)
    if rule.method == "none" or not gaps_before.any():
        nothing = np.zeros(grid.values.shape, dtype=np.bool_)
        return Imputed(grid=grid, filled=nothing, refused=nothing)
    request = _Request(
        rule=rule,
        groups=_labels(grid.regions, region_groups),
        predictors=tuple(grid.codes.index(code) for code in rule.predictors),
    )
    values = FILLINGS[rule.method](grid.values, request)
    refused = gaps_before & _outside(tree, values)
    values = np.where(refused, np.nan, values)
    filled = gaps_before & ~np.isnan(values)
    origins = grid.origins.copy()
    origins[filled] = _IMPUTED
    sources, source_ids = _with_sources(rule, grid, filled)
    complete = replace(grid, values=values, origins=origins, source_ids=source_ids, sources=sources)
    return Imputed(grid=complete, filled=filled, refused=refused)


def filled(
    framework: Framework, grid: ValueGrid, region_groups: Mapping[str, str] | None = None
) -> ValueGrid:
    """Return the framework's indicators with their gaps filled as scoring fills them."""
    return imputed(tree_of(framework), grid, region_groups).grid


def _labels(regions: Sequence[str], groups: Mapping[str, str] | None) -> Labels:
    """Return the group of each region; one for all without a grouping, its own for a region outside every group."""
    if not groups:
        return np.zeros(len(regions), dtype=np.str_)
    return np.array([groups.get(region, f"alone:{region}") for region in regions])


def _outside(tree: Tree, values: Floats) -> NDArray[np.bool_]:
    """Return which values (P, R, I) lie outside their indicator's plausible range."""
    bounds = [indicator.bounds for indicator in tree.indicators]
    low = np.array([-np.inf if pair_of[0] is None else pair_of[0] for pair_of in bounds])
    high = np.array([np.inf if pair_of[1] is None else pair_of[1] for pair_of in bounds])
    outside: NDArray[np.bool_] = (values < low) | (values > high)
    return outside


def _with_sources(
    rule: MissingData, grid: ValueGrid, filled: NDArray[np.bool_]
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Return the sources with those of the filled cells added, in both languages."""
    sources, ids = list(grid.sources), grid.source_ids.copy()
    if rule.method != "carry-forward":
        ids[filled] = len(sources)
        sources.append(_said(rule, period=""))
        return tuple(sources), ids
    _, age = gaps.carried_forward(grid.values, rule.max_age)
    for position in np.unique((np.arange(len(grid.periods))[:, None, None] - age)[filled]):
        taken = np.arange(len(grid.periods))[:, None, None] - age == position
        ids[filled & taken] = len(sources)
        sources.append(_said(rule, period=grid.periods[position]))
    return tuple(sources), ids


def _said(rule: MissingData, period: str) -> str:
    text = pair("scoring", f"filled-{rule.method}", period=period, neighbours=rule.neighbours)
    return f"{text.zh} / {text.en}"

"""Plausibility of a study's data, a function a rule; imports framework, regions and below."""

from collections.abc import Callable

import polars as pl

from suanli.framework import Framework
from suanli.intake.checks.bounds import check_bounds
from suanli.intake.checks.calibers import check_caliber, check_caliber_mixed
from suanli.intake.checks.copies import (
    check_copied_periods,
    check_identical_columns,
    check_unchanging,
)
from suanli.intake.checks.coverage import check_indicator_coverage, check_region_coverage
from suanli.intake.checks.evidence import Evidence, evidence_of
from suanli.intake.checks.jumps import check_jumps, check_zero_crossings
from suanli.intake.checks.outliers import check_unit_slips_among_regions
from suanli.intake.checks.scale import check_unit_slips
from suanli.intake.checks.variation import check_constant, check_zeros
from suanli.intake.grid import ValueGrid
from suanli.problems import Problem, in_order
from suanli.regions import Regions

CHECKS: tuple[Callable[[Evidence], list[Problem]], ...] = (
    check_bounds,
    check_caliber,
    check_caliber_mixed,
    check_unit_slips,
    check_unit_slips_among_regions,
    check_jumps,
    check_zero_crossings,
    check_identical_columns,
    check_copied_periods,
    check_unchanging,
    check_constant,
    check_zeros,
    check_region_coverage,
    check_indicator_coverage,
)
"""Every rule, in the order its problems are told within one severity."""


def plausibility(
    framework: Framework,
    observations: pl.DataFrame,
    grid: ValueGrid,
    regions: Regions,
    periods: tuple[str, ...],
) -> list[Problem]:
    """Return what is implausible in a study's data, gravest first.

    `observations` are the values with their files and cells; `grid` the same values as arrays, in
    the framework's units; `periods` run from the earliest to the latest.
    """
    evidence = evidence_of(framework, grid, regions, periods=periods, observations=observations)
    return list(in_order(problem for check in CHECKS for problem in check(evidence)))


__all__ = [
    "CHECKS",
    "Evidence",
    "check_bounds",
    "check_caliber",
    "check_caliber_mixed",
    "check_constant",
    "check_copied_periods",
    "check_identical_columns",
    "check_indicator_coverage",
    "check_jumps",
    "check_region_coverage",
    "check_unchanging",
    "check_unit_slips",
    "check_unit_slips_among_regions",
    "check_zero_crossings",
    "check_zeros",
    "evidence_of",
    "plausibility",
]

"""Regions and indicators with too few values to be scored with confidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Indicator
from suanli.framework.expressions import parse_expression
from suanli.intake.checks.evidence import Evidence
from suanli.intake.checks.findings import Finding, span_of, told
from suanli.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class _Shortage:
    """Periods in which a region or indicator is below the floor, by position, and what it has."""

    periods: tuple[int, ...]
    have: tuple[int, ...]
    total: int
    floor: float


def check_region_coverage(evidence: Evidence) -> list[Problem]:
    """Return a warning for each region that has too small a share of the indicators in some period.

    The floor is the framework's `missing.region_floor`. An indicator counts as there when it is
    given, or when all variables of its expression are. Regions and periods without any value are
    gaps of another kind and not told here.
    """
    there = _there(evidence)
    total, floor = there.shape[2], evidence.framework.missing.region_floor
    shortages = _shortages(there.sum(axis=2), total, floor)
    return told(
        evidence,
        [
            _finding("check-coverage-region", evidence, shortage, region=evidence.region_codes[at])
            for at, shortage in shortages
        ],
    )


def check_indicator_coverage(evidence: Evidence) -> list[Problem]:
    """Return a warning for each indicator that too small a share of the regions has in some period.

    The floor is the framework's `missing.indicator_floor`; what counts as there is told at
    `check_region_coverage`. Indicators and periods without any value are not told here.
    """
    there = _there(evidence)
    total, floor = there.shape[1], evidence.framework.missing.indicator_floor
    codes = [indicator.code for indicator in evidence.framework.indicators()]
    shortages = _shortages(there.sum(axis=1), total, floor)
    return told(
        evidence,
        [
            _finding("check-coverage-indicator", evidence, shortage, code=codes[at])
            for at, shortage in shortages
        ],
    )


def _there(evidence: Evidence) -> NDArray[np.bool_]:
    """Return what the study has of the framework's indicators: (periods, regions, indicators)."""
    columns = [_available(evidence, indicator) for indicator in evidence.framework.indicators()]
    return np.stack(columns, axis=2)


def _available(evidence: Evidence, indicator: Indicator) -> NDArray[np.bool_]:
    given = np.isfinite(evidence.column(indicator.code))
    if indicator.expression is None:
        return given
    names = parse_expression(indicator.expression).names
    computable = np.all([np.isfinite(evidence.column(name)) for name in names], axis=0)
    available: NDArray[np.bool_] = given | computable
    return available


def _shortages(have: NDArray[np.int_], total: int, floor: float) -> Iterator[tuple[int, _Shortage]]:
    """Yield the subjects (columns) that fall below the floor in some period (row), by position."""
    observed = have.any(axis=1)
    for at in np.flatnonzero(have.any(axis=0)).tolist():
        below = np.flatnonzero(observed & (have[:, at] < floor * total))
        if below.size:
            yield (
                at,
                _Shortage(tuple(below.tolist()), tuple(have[below, at].tolist()), total, floor),
            )


def _finding(rule: str, evidence: Evidence, shortage: _Shortage, **subject: str) -> Finding:
    periods = [evidence.periods[at] for at in shortage.periods]
    have, worst = min(zip(shortage.have, periods, strict=True))
    total = shortage.total
    counted = zip(periods, shortage.have, strict=True)
    details = {"have": have, "total": total, "worst": worst, "share": f"{have / total:.0%}"}
    return Finding(
        rule,
        Severity.WARNING,
        span=span_of(periods, evidence.periods),
        found=", ".join(f"{period}: {count}/{total}" for period, count in counted),
        expected=f"≥ {shortage.floor:.0%}",
        gravity=float(total * len(periods) - sum(shortage.have)),
        group="",
        details=MappingProxyType(details),
        **subject,
    )

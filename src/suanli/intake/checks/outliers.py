"""Regions a unit away from all the others of the same period: what their own years, all alike, cannot show."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.framework import Variable
from suanli.intake.checks.evidence import Evidence
from suanli.intake.checks.findings import Finding, span_of, told
from suanli.intake.checks.scale import said_factor, unit_slips
from suanli.problems import Problem, Severity

_UNITS = (4, 8)
"""万 and 亿."""
_POWERS = (3, 4, 8)
_APART = 2.0
"""Powers of ten without any value that set a region apart."""
_FAR = 3.0
"""Powers of ten by which the single largest value must exceed the next to be told whatever its unit."""
_AROUND = 0.5
"""How far beyond the others, in powers of ten, a value may lie in the right unit."""
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Stray:
    """A value apart from its period's others: its region, the power of ten, and the others' range."""

    region: int
    power: int
    range: tuple[float, float]


def check_unit_slips_among_regions(evidence: Evidence) -> list[Problem]:
    """Return a warning for each region whose value is a unit away from those of all other regions.

    Looked at are the positive values of a period, from three regions on, of codes that are
    amounts: none is negative, and they are neither percentages nor ready-made scores. The widest
    gap between neighbouring values, if it exceeds a factor of 100, parts them; the smaller part,
    less than half of the regions, is told when 10⁴ or 10⁸ times (or one such part of) each of its
    values would lie among the others or within a factor of 3 of them. A single value at least
    1,000 times the next is told in any case. Values that differ from the region's own other
    periods are left to `check_unit_slips`.
    """
    slips = unit_slips(evidence)
    findings: list[Finding] = []
    for column, code in enumerate(evidence.codes):
        if not _has_size(evidence, column):
            continue
        found: dict[tuple[int, int], dict[int, _Stray]] = {}
        for period, values in enumerate(evidence.values[:, :, column]):
            for stray in strays(values):
                if slips[period, stray.region, column] == 0:
                    found.setdefault((stray.region, stray.power), {})[period] = stray
        findings += [_finding(evidence, code, by_period) for by_period in found.values()]
    return told(evidence, findings)


def _has_size(evidence: Evidence, column: int) -> bool:
    declared = evidence.declared[evidence.codes[column]]
    low = declared.bounds[0]
    return (
        declared.unit != "%"
        and (isinstance(declared, Variable) or declared.kind != "ready-made")
        and (low is None or low >= 0)
        and not bool((evidence.values[:, :, column] < 0).any())
    )


def strays(values: NDArray[np.float64]) -> Iterator[_Stray]:
    """Yield the values of one period, a region each, that are a unit away from the others."""
    regions = np.flatnonzero(np.isfinite(values) & (values > 0))
    if regions.size < _FEWEST:
        return
    regions = regions[np.argsort(values[regions], kind="stable")]
    sizes = np.log10(values[regions])
    gaps = np.diff(sizes)
    at = int(np.argmax(gaps)) + 1
    low = 2 * at < sizes.size
    if gaps[at - 1] <= _APART or 2 * at == sizes.size:
        return
    few, others = (slice(0, at), slice(at, None)) if low else (slice(at, None), slice(0, at))
    power = _power(sizes[few], sizes[others], -1 if low else 1)
    if not power:
        return
    limits = (float(values[regions[others][0]]), float(values[regions[others][-1]]))
    for region in regions[few].tolist():
        yield _Stray(region, power, limits)


def _power(few: NDArray[np.float64], others: NDArray[np.float64], sign: int) -> int:
    """Return the power of ten that a few sizes (logarithms) are away from the others; 0 if it is none."""
    for power in _UNITS:
        moved = few - sign * power
        if moved.min() >= others[0] - _AROUND and moved.max() <= others[-1] + _AROUND:
            return sign * power
    if few.size == 1 and sign > 0 and few[0] - others[-1] >= _FAR:
        away = float(few[0] - np.median(others))
        return min(_POWERS, key=lambda power: abs(power - away))
    return 0


def _finding(evidence: Evidence, code: str, by_period: dict[int, _Stray]) -> Finding:
    periods = [evidence.periods[period] for period in by_period]
    last, stray = list(by_period.items())[-1]
    low, high = (evidence.amount(limit, code) for limit in stray.range)
    return Finding(
        "check-unit-slip-among-regions",
        Severity.WARNING,
        code,
        evidence.region_codes[stray.region],
        evidence.periods[last],
        span=span_of(periods, evidence.periods),
        found=evidence.amount(
            float(evidence.values[last, stray.region, evidence.codes.index(code)]), code
        ),
        expected=f"{low} – {high}",
        gravity=abs(stray.power),
        details=MappingProxyType({"factor": said_factor(stray.power)}),
    )

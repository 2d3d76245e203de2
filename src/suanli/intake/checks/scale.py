"""Values a power of ten away from the region's own other years: most likely another unit."""

from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.intake.checks.evidence import Evidence
from suanli.intake.checks.findings import Finding, told
from suanli.problems import Problem, Severity

_POWERS = (3, 4, 8)
"""thousand or kilo- to mega-, 万, 亿."""
_PERCENT = 2
"""A fraction among percentages, or the reverse."""
_TOLERANCE = 0.3
"""How far a slip may be from exact, in powers of ten: a factor of 2 either way, for growth."""
_MOST = 0.5


def check_unit_slips(evidence: Evidence) -> list[Problem]:
    """Return a warning for each value a power of ten away from the region's other periods.

    The powers are 10³, 10⁴ and 10⁸, and for percentages 10², up or down, within a factor of two.
    Compared is with the median of the region's positive values of the same code. Where more than
    half of a code's regions slip by the same power in a period, one problem tells of the whole
    column.
    """
    powers = unit_slips(evidence)
    findings: list[Finding] = []
    for period, column in np.argwhere(powers.any(axis=1)).tolist():
        slipped = powers[period, :, column]
        present = int(np.isfinite(evidence.values[period, :, column]).sum())
        whole = _shared_power(slipped, present)
        if whole:
            findings.append(_column_slip(evidence, period, column, whole))
        findings += [
            _slip(evidence, (period, region, column), int(slipped[region]))
            for region in np.flatnonzero((slipped != 0) & (slipped != whole)).tolist()
        ]
    return told(evidence, findings)


def unit_slips(evidence: Evidence) -> NDArray[np.int8]:
    """Return for each value (periods, regions, codes) the power of ten it slipped by; 0 for none.

    Of two values the larger is blamed: nothing tells which of them is right.
    """
    values = evidence.values
    distance = np.full_like(values, np.nan)
    np.divide(values, _usual(values), out=distance, where=(values > 0) & np.isfinite(values))
    np.log10(distance, out=distance)
    powers = np.zeros(values.shape, dtype=np.int8)
    for power in _POWERS:
        powers[np.abs(distance - power) <= _TOLERANCE] = power
        powers[np.abs(distance + power) <= _TOLERANCE] = -power
    percent = np.array([evidence.declared[code].unit == "%" for code in evidence.codes], np.bool_)
    of_percent = np.abs(np.abs(distance) - _PERCENT) <= _TOLERANCE
    slipped = np.where(distance > 0, _PERCENT, -_PERCENT).astype(np.int8)
    return np.where(of_percent & percent, slipped, powers)


def _usual(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the median of the positive values of each region and code, NaN where there is none.

    Of an even number it is the smaller of the middle two: between them may lie powers of ten.
    """
    ordered = np.sort(np.where(values > 0, values, np.nan), axis=0)
    middle = np.maximum(np.isfinite(ordered).sum(axis=0) - 1, 0) // 2
    usual: NDArray[np.float64] = np.take_along_axis(ordered, middle[None], axis=0)[0]
    return usual


def _shared_power(slipped: NDArray[np.int8], present: int) -> int:
    """Return the power by which more than half of the present regions slipped; 0 for none."""
    powers, counts = np.unique(slipped[slipped != 0], return_counts=True)
    most = int(np.argmax(counts))
    return int(powers[most]) if counts[most] > 1 and counts[most] > _MOST * present else 0


def _slip(evidence: Evidence, cell: tuple[int, int, int], power: int) -> Finding:
    period, region, column = cell
    code = evidence.codes[column]
    usual = float(_usual(evidence.values[:, region : region + 1, column : column + 1])[0, 0])
    return Finding(
        "check-unit-slip",
        Severity.WARNING,
        code,
        evidence.region_codes[region],
        evidence.periods[period],
        found=evidence.amount(evidence.values[cell], code),
        expected=f"≈ {evidence.amount(usual, code)}",
        gravity=abs(power),
        details=MappingProxyType({"factor": said_factor(power)}),
    )


def _column_slip(evidence: Evidence, period: int, column: int, power: int) -> Finding:
    return Finding(
        "check-unit-slip-column",
        Severity.WARNING,
        evidence.codes[column],
        period=evidence.periods[period],
        found=said_factor(power),
        gravity=abs(power),
        details=MappingProxyType({"factor": said_factor(power)}),
    )


def said_factor(power: int) -> str:
    """Return a power of ten as it is said of a slip.

    >>> said_factor(4), said_factor(-3)
    ('10,000', '1/1,000')
    """
    return f"{10**power:,}" if power > 0 else f"1/{10**-power:,}"

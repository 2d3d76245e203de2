"""Changes from one period to the next that are out of line with the other regions."""

from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.intake.checks.evidence import Evidence
from suanli.intake.checks.excursions import Excursion, excursions
from suanli.intake.checks.findings import Finding, span_of, told
from suanli.intake.checks.scale import unit_slips
from suanli.problems import Problem, Severity

CHANGE = 0.5
DEVIATIONS = 3.0
_NORMAL = 1.4826
"""Makes the median absolute deviation estimate the standard deviation of a normal distribution."""
_FEW = 3


def check_jumps(evidence: Evidence) -> list[Problem]:
    """Return a warning for each change against the period before that is out of line.

    The relative change is r = xₜ/xₜ₋₁ − 1, over consecutive periods of the study. It is out of line
    when |r − median(r)| > 3 · 1.4826 · MAD(r), both taken over the regions in the same pair of
    periods, and |r| > 50 %. With fewer than three regions to compare there is no median to speak
    of, and the second condition alone decides.

    A value that jumped and came back (see `excursions`) is told once, at the periods that stand
    apart: it is the stronger suspicion. Only changes between positive values count; for zeros see
    `check_zero_crossings`, and for values a power of ten away `check_unit_slips`. A code whose
    lower bound is negative, such as a temperature, has no true zero, and its relative changes mean
    nothing.
    """
    comparable = (evidence.values > 0) & (unit_slips(evidence) == 0)
    values = np.where(comparable, evidence.values, np.nan)
    changes = _relative_changes(values)
    typical = _medians(changes)
    flagged = _out_of_line(changes, typical) & _with_true_zero(evidence)
    returned: list[Finding] = []
    plain: list[Finding] = []
    for region, column in np.argwhere(flagged.any(axis=0)).tolist():
        series, where = values[:, region, column], (evidence.codes[column], region)
        jumps = (np.flatnonzero(flagged[:, region, column]) + 1).tolist()
        found = excursions(series, jumps)
        edges = {edge for excursion in found for edge in (excursion.start, excursion.end)}
        returned += [_returned(evidence, where, series, excursion) for excursion in found]
        plain += [
            _jump(evidence, where, series[jump - 1 : jump + 1], (jump, typical[jump - 1, column]))
            for jump in jumps
            if jump not in edges
        ]
    return told(evidence, returned + plain)


def check_zero_crossings(evidence: Evidence) -> list[Problem]:
    """Return a warning for each considerable value that follows, or is followed by, an exact zero.

    Such a change has no finite size. It is told when the value that is not zero exceeds the median
    of the positive values of its code in its period: a small beginning is ordinary, a large one
    suggests a zero that means "not reported".
    """
    values = np.where(evidence.values >= 0, evidence.values, np.nan)
    if len(values) < 2:
        return []
    usual = _positive_medians(values)
    before, after = values[:-1], values[1:]
    risen = (before == 0) & (after > usual[1:, None, :])
    fallen = (after == 0) & (before > usual[:-1, None, :])
    findings = []
    for pair, region, column in np.argwhere(risen | fallen).tolist():
        code, ends = (
            evidence.codes[column],
            (before[pair, region, column], after[pair, region, column]),
        )
        findings.append(
            Finding(
                "check-zero-crossing",
                Severity.WARNING,
                code,
                evidence.region_codes[region],
                evidence.periods[pair + 1],
                found=" → ".join(evidence.amount(float(end), code) for end in ends),
                gravity=float(max(ends)),
                details=MappingProxyType({"previous": evidence.periods[pair]}),
            )
        )
    return told(evidence, findings)


def _jump(
    evidence: Evidence,
    where: tuple[str, int],
    pair: NDArray[np.float64],
    against: tuple[int, float],
) -> Finding:
    """Return the finding about one change, `against` its period's index and median change."""
    (code, region), (period, typical) = where, against
    before, after = (float(value) for value in pair)
    return Finding(
        "check-jump",
        Severity.WARNING,
        code,
        evidence.region_codes[region],
        evidence.periods[period],
        found=" → ".join(evidence.amount(value, code) for value in (before, after)),
        gravity=abs(float(np.log(after / before))),
        details=MappingProxyType(
            {
                "previous": evidence.periods[period - 1],
                "change": f"{after / before - 1:+.1%}",
                "typical": f"{typical:+.1%}",
            }
        ),
    )


def _returned(
    evidence: Evidence, where: tuple[str, int], series: NDArray[np.float64], excursion: Excursion
) -> Finding:
    code, region = where
    start, end = excursion.start, excursion.end
    shown = [float(value) for value in series[start - 1 : end + 1] if np.isfinite(value)]
    aside = float(np.exp(np.nanmean(np.log(series[start:end]))))
    usual = float(np.sqrt(series[start - 1] * series[end]))
    return Finding(
        "check-jump-returned",
        Severity.WARNING,
        code,
        evidence.region_codes[region],
        evidence.periods[start],
        span=span_of(evidence.periods[start:end], evidence.periods),
        found=" → ".join(evidence.amount(value, code) for value in shown),
        expected=f"≈ {evidence.amount(float(f'{usual:.4g}'), code)}",
        gravity=abs(float(np.log(aside / usual))),
        details=MappingProxyType(
            {
                "previous": evidence.periods[start - 1],
                "next": evidence.periods[end],
                "times": f"{aside / usual:.2f}",
            }
        ),
    )


def _with_true_zero(evidence: Evidence) -> NDArray[np.bool_]:
    """Return for each code whether its values may not be negative."""
    lows = (evidence.declared[code].bounds[0] for code in evidence.codes)
    return np.array([low is None or low >= 0 for low in lows], dtype=np.bool_)


def _relative_changes(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return xₜ/xₜ₋₁ − 1 of positive values: (periods − 1, regions, codes), NaN beside a gap."""
    return values[1:] / values[:-1] - 1.0


def _out_of_line(changes: NDArray[np.float64], typical: NDArray[np.float64]) -> NDArray[np.bool_]:
    distance = np.abs(changes - typical[:, None, :])
    spread = _NORMAL * _medians(distance)
    few = np.isfinite(changes).sum(axis=1) < _FEW
    apart = (distance > DEVIATIONS * spread[:, None, :]) | few[:, None, :]
    flagged: NDArray[np.bool_] = apart & (np.abs(changes) > CHANGE)
    return flagged


def _medians(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the median over regions (the second axis); NaN where no region has a value."""
    medians = np.full((values.shape[0], values.shape[2]), np.nan)
    known = np.isfinite(values).any(axis=1)
    if known.any():
        medians[known] = np.nanmedian(np.moveaxis(values, 1, 2)[known], axis=1)
    return medians


def _positive_medians(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return _medians(np.where(values > 0, values, np.nan))

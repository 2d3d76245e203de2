"""Values that cannot be: outside the range that the framework declares as plausible."""

import numpy as np

from suanli.intake.checks.evidence import Evidence, plausible_range
from suanli.intake.checks.findings import Finding, told
from suanli.problems import Problem, Severity

_SLACK = 1e-9
"""Relative overshoot that unit conversion may cause; a share of 100.00000000001 % is 100 %."""


def check_bounds(evidence: Evidence) -> list[Problem]:
    """Return an error for each value that is outside its plausible range, or infinite.

    The bounds are those of the indicator or variable, such as PUE ≥ 1 or a share of 0–100 %. It
    serves any grid: the values as read, and the indicators computed from them, whose bounds state
    how their inputs must relate.
    """
    low, high = _limits(evidence)
    values = evidence.values
    with np.errstate(invalid="ignore"):  # an infinite value less an absent bound
        beyond = np.nan_to_num(np.maximum(low - values, values - high), nan=0.0)
    slack = _SLACK * np.maximum(1.0, np.abs(np.where(low > values, low, high)))
    out = (beyond > np.where(np.isfinite(slack), slack, _SLACK)) | np.isinf(values)
    findings = []
    for period, region, column in np.argwhere(out).tolist():
        code = evidence.codes[column]
        findings.append(
            Finding(
                "check-bounds",
                Severity.ERROR,
                code,
                evidence.region_codes[region],
                evidence.periods[period],
                found=evidence.amount(values[period, region, column], code),
                expected=plausible_range(evidence.declared[code]),
                gravity=float(beyond[period, region, column]),
            )
        )
    return told(evidence, findings)


def _limits(evidence: Evidence) -> tuple[np.ndarray, np.ndarray]:
    bounds = [evidence.declared[code].bounds for code in evidence.codes]
    low = np.array([-np.inf if bound[0] is None else bound[0] for bound in bounds])
    high = np.array([np.inf if bound[1] is None else bound[1] for bound in bounds])
    return low, high

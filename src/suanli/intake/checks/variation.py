"""Indicators that tell regions apart poorly: all equal, or mostly zero."""

from types import MappingProxyType

import numpy as np

from suanli.framework import Indicator
from suanli.intake.checks.evidence import Evidence, plain
from suanli.intake.checks.findings import Finding, span_of, told
from suanli.problems import Problem, Severity

_MOSTLY = 0.5


def check_constant(evidence: Evidence) -> list[Problem]:
    """Return a warning for each indicator whose regions, two or more, are all equal in a period.

    Such an indicator ranks nobody, and most normalisations have no formula for it.
    """
    findings = []
    for indicator in evidence.framework.indicators():
        column = evidence.column(indicator.code)
        flat = [index for index, row in enumerate(column) if _is_constant(row)]
        if not flat:
            continue
        periods = [evidence.periods[index] for index in flat]
        values = dict.fromkeys(plain(row[np.isfinite(row)][0]) for row in column[flat])
        findings.append(
            Finding(
                "check-constant",
                Severity.WARNING,
                indicator.code,
                span=span_of(periods, evidence.periods),
                found=", ".join(values),
                group="",
                gravity=len(periods),
            )
        )
    return told(evidence, findings)


def check_zeros(evidence: Evidence) -> list[Problem]:
    """Return a note for each extensive indicator that is zero in more than half of its regions.

    Zero may be true, or may stand for data that were not reported. A period in which all are zero
    is constant and told there.
    """
    findings = []
    for indicator in evidence.framework.indicators():
        if indicator.kind == "extensive":
            findings += _mostly_zero(evidence, indicator)
    return told(evidence, findings)


def _mostly_zero(evidence: Evidence, indicator: Indicator) -> list[Finding]:
    column = evidence.column(indicator.code)
    present, zero = np.isfinite(column).sum(axis=1), (column == 0).sum(axis=1)
    many = np.flatnonzero((zero > _MOSTLY * present) & (zero < present))
    if not many.size:
        return []
    worst = many[np.argmax(zero[many] / present[many])]
    return [
        Finding(
            "check-zeros",
            Severity.NOTE,
            indicator.code,
            span=span_of([evidence.periods[index] for index in many], evidence.periods),
            found=f"{zero[worst]}/{present[worst]}",
            group="",
            gravity=float(zero[worst] / present[worst]),
            details=MappingProxyType({"zeros": int(zero[worst]), "present": int(present[worst])}),
        )
    ]


def _is_constant(row: np.ndarray) -> bool:
    present = row[np.isfinite(row)]
    return present.size > 1 and bool(present.min() == present.max())

"""Figures that occur twice: two columns alike, or one year pasted into the next."""

from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from suanli.intake.checks.evidence import Evidence
from suanli.intake.checks.findings import Finding, span_of, told
from suanli.problems import Problem, Severity

_COMPARABLE = 3
"""Fewer shared values, or fewer different ones, may agree by chance."""
_COPIED = 0.9
_VARIED = 0.5
"""Fewer different values than this share of the regions is a small count, which often stays."""


def check_identical_columns(evidence: Evidence) -> list[Problem]:
    """Return a warning for each pair of codes with exactly equal values in a period.

    Compared are the regions that have both, and they must be at least half of those that have
    either; a period counts when at least three different values are shared.
    """
    findings = []
    for first, code in enumerate(evidence.codes):
        twins = _identical_periods(evidence.values, first)
        for offset in np.flatnonzero(twins.any(axis=0)).tolist():
            other = evidence.codes[first + 1 + offset]
            alike = [evidence.periods[at] for at in np.flatnonzero(twins[:, offset])]
            name = evidence.name(other)
            findings.append(
                Finding(
                    "check-identical",
                    Severity.WARNING,
                    code,
                    span=span_of(alike, evidence.periods),
                    found=f"{code} = {other}",
                    group="",
                    gravity=len(alike),
                    details=MappingProxyType({"other_zh": name.zh, "other_en": name.en}),
                )
            )
    return told(evidence, findings)


def check_copied_periods(evidence: Evidence) -> list[Problem]:
    """Return a warning for each code whose values mostly repeat the period before.

    Mostly means at least 90 % of the regions that have both. Columns with few different values
    (fewer than half as many as regions), such as small counts, may well stay and are passed over.
    So are codes that repeat in every pair of periods, of which there must be two to know: they are
    told by `check_unchanging`.
    """
    findings = []
    for column, code in enumerate(evidence.codes):
        repeats, compared = _repeats(evidence.values[:, :, column])
        if _unchanging(repeats, compared):
            continue
        findings += [
            _copied(evidence, code, pair, (int(repeats[pair]), int(compared[pair])))
            for pair in np.flatnonzero(_mostly(repeats, compared)).tolist()
        ]
    return told(evidence, findings)


def check_unchanging(evidence: Evidence) -> list[Problem]:
    """Return a note for each code that repeats in every period, as a land area does."""
    findings = []
    for column, code in enumerate(evidence.codes):
        repeats, compared = _repeats(evidence.values[:, :, column])
        if _unchanging(repeats, compared):
            span = span_of(evidence.periods, evidence.periods)
            findings.append(Finding("check-unchanging", Severity.NOTE, code, span=span, group=""))
    return told(evidence, findings)


def _copied(evidence: Evidence, code: str, pair: int, counts: tuple[int, int]) -> Finding:
    repeated, compared = counts
    return Finding(
        "check-copied",
        Severity.WARNING,
        code,
        period=evidence.periods[pair + 1],
        found=f"{repeated}/{compared}",
        gravity=repeated / compared,
        details=MappingProxyType(
            {"previous": evidence.periods[pair], "repeated": repeated, "compared": compared}
        ),
    )


def _identical_periods(values: NDArray[np.float64], first: int) -> NDArray[np.bool_]:
    """Return where the code at `first` equals each later code: (periods, later codes)."""
    one, others = values[:, :, first : first + 1], values[:, :, first + 1 :]
    has_one, has_other = np.isfinite(one), np.isfinite(others)
    both, either = has_one & has_other, has_one | has_other
    equal = ((one == others) | ~both).all(axis=1)
    shared = both.sum(axis=1)
    enough = (shared >= _COMPARABLE) & (2 * shared >= either.sum(axis=1))
    alike: NDArray[np.bool_] = equal & enough
    for period, offset in np.argwhere(alike).tolist():
        present = one[period, both[period, :, offset], 0]
        alike[period, offset] = np.unique(present).size >= _COMPARABLE
    return alike


def _repeats(column: NDArray[np.float64]) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Return how many regions repeat, and how many have both, in each pair of periods.

    None are compared where the different values are few.
    """
    before, after = column[:-1], column[1:]
    both = np.isfinite(before) & np.isfinite(after)
    compared = both.sum(axis=1)
    for pair, has in enumerate(both):
        different = np.unique(after[pair, has]).size
        if different < max(_COMPARABLE, _VARIED * compared[pair]):
            compared[pair] = 0
    return ((before == after) & both).sum(axis=1), compared


def _mostly(repeats: NDArray[np.int_], compared: NDArray[np.int_]) -> NDArray[np.bool_]:
    return (compared > 0) & (repeats >= _COPIED * compared)


def _unchanging(repeats: NDArray[np.int_], compared: NDArray[np.int_]) -> bool:
    return len(repeats) > 1 and bool(_mostly(repeats, compared).all())

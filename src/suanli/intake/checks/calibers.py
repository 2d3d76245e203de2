"""Computing-power figures whose files name a caliber that is not the framework's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from suanli.framework import Indicator
from suanli.intake.checks.evidence import Declared, Evidence
from suanli.intake.checks.findings import Finding, told
from suanli.problems import Problem, Severity

_START = r"(?<![A-Za-z])"
_PRECISIONS = {
    "FP64": rf"{_START}FP[-\s]?64|双精度|double[-\s]precision",
    "FP32": rf"{_START}FP[-\s]?32|单精度|single[-\s]precision",
    "FP16": rf"{_START}FP[-\s]?16|半精度|half[-\s]precision",
    "TF32": rf"{_START}TF[-\s]?32",
    "BF16": rf"{_START}BF[-\s]?16",
    "FP8": rf"{_START}FP[-\s]?8(?!\d)",
    "INT8": rf"{_START}INT[-\s]?8(?!\d)",
}
_SIDES = {
    "device": r"设备侧|device[-\s]side",
    "infrastructure": r"基础设施侧|infrastructure[-\s]side",
}
_QUOTED = 60
"""Longest quotation of a unit or source; these cells are free text."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """One wording of unit and source under one code, and the calibers it names.

    `region` and `period` are those of the first of its `count` values.
    """

    code: str
    region: str
    period: str
    wording: str
    precisions: frozenset[str]
    sides: frozenset[str]
    count: int


def check_caliber(evidence: Evidence) -> list[Problem]:
    """Return an error for each wording of unit or source that names a caliber not counted.

    Looked for are precisions (FP64 双精度, FP32 单精度, FP16 半精度, TF32, BF16, FP8, INT8) and the
    side that counts (设备侧, 基础设施侧). A text that names the framework's own precision beside
    another tells of a conversion and passes. The framework's precision is its caliber's or, without
    one, that named in its unit.
    """
    findings = []
    for statement in _statements(evidence):
        declared = evidence.declared[statement.code]
        pairs = (
            (statement.precisions, _declared_precisions(declared)),
            (statement.sides, _declared_sides(declared)),
        )
        findings += [
            _differs(statement, named, counted)
            for named, counted in pairs
            if named and counted and not named & counted
        ]
    return told(evidence, findings)


def check_caliber_mixed(evidence: Evidence) -> list[Problem]:
    """Return an error for each code whose own figures name calibers that exclude one another.

    Only where the framework declares none: elsewhere `check_caliber` tells which of the figures are
    at fault.
    """
    by_code: dict[str, list[_Statement]] = {}
    for statement in _statements(evidence):
        by_code.setdefault(statement.code, []).append(statement)
    findings = []
    for code, statements in by_code.items():
        declared = evidence.declared[code]
        if not _declared_precisions(declared):
            findings += _mixture(code, [(s.precisions, s.count) for s in statements])
        if not _declared_sides(declared):
            findings += _mixture(code, [(s.sides, s.count) for s in statements])
    return told(evidence, findings)


def _differs(statement: _Statement, named: frozenset[str], counted: frozenset[str]) -> Finding:
    return Finding(
        "check-caliber",
        Severity.ERROR,
        statement.code,
        statement.region,
        statement.period,
        found=_joined(named),
        expected=_joined(counted),
        gravity=statement.count,
        details=MappingProxyType({"count": statement.count, "wording": statement.wording}),
    )


def _mixture(code: str, named: list[tuple[frozenset[str], int]]) -> list[Finding]:
    said = [(words, count) for words, count in named if words]
    if not said or frozenset.intersection(*(words for words, _ in said)):
        return []
    totals: dict[str, int] = {}
    for words, count in said:
        totals[_joined(words)] = totals.get(_joined(words), 0) + count
    found = ", ".join(f"{words}: {count}" for words, count in sorted(totals.items()))
    return [Finding("check-caliber-mixed", Severity.ERROR, code, found=found)]


def _statements(evidence: Evidence) -> list[_Statement]:
    """Return each wording of unit and source that names a caliber, in the order of the data."""
    if evidence.observations is None:
        return []
    wordings = (
        evidence.observations.filter(pl.col("code").is_in(list(evidence.codes)))
        .group_by("code", "raw_unit", "source", maintain_order=True)
        .agg(pl.col("region_code").first(), pl.col("period").first(), pl.len().alias("count"))
    )
    statements = []
    for row in wordings.iter_rows(named=True):
        text = " · ".join(part for part in (row["raw_unit"], row["source"]) if part)
        precisions, sides = _named(text, _PRECISIONS), _named(text, _SIDES)
        if precisions or sides:
            statements.append(
                _Statement(
                    row["code"],
                    row["region_code"],
                    row["period"],
                    text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…",
                    precisions,
                    sides,
                    row["count"],
                )
            )
    return statements


def _named(text: str, patterns: dict[str, str]) -> frozenset[str]:
    return frozenset(
        word for word, pattern in patterns.items() if re.search(pattern, text, re.IGNORECASE)
    )


def _declared_precisions(declared: Declared) -> frozenset[str]:
    if isinstance(declared, Indicator) and declared.caliber:
        return frozenset({declared.caliber.precision})
    return _named(declared.unit, _PRECISIONS)


def _declared_sides(declared: Declared) -> frozenset[str]:
    if isinstance(declared, Indicator) and declared.caliber:
        return frozenset({declared.caliber.side})
    return frozenset()


def _joined(words: Iterable[str]) -> str:
    """Return caliber words in a fixed order, sides as they are written in Chinese and English."""
    written = {"device": "设备侧 device side", "infrastructure": "基础设施侧 infrastructure side"}
    return " + ".join(written.get(word, word) for word in sorted(words))

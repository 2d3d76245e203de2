"""From findings to problems: the gravest first, places looked up, long lists cut with a count."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from suanli.framework import units
from suanli.intake.checks.evidence import Evidence
from suanli.language import Text
from suanli.problems import Place, Problem, Severity

LISTED = 100
"""How many findings of one kind are told one by one; the rest are counted."""

_PERIODS = ("period", "previous", "next", "worst")
_YEARS = re.compile(r"\d{4}([–, ]+\d{4})*")
_KEY = ("region_code", "period", "code")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found, before it is told.

    `region`, `period` and `code` say where; `span` replaces the period in the text where several
    are meant, and the cell shown is then that of `period`. Findings of one `group` (by default of
    one code) are told at most `LISTED` times, those with the greatest `gravity` first.
    """

    rule: str
    severity: Severity
    code: str = ""
    region: str = ""
    period: str = ""
    span: str = ""
    found: str = ""
    expected: str = ""
    gravity: float = 0.0
    group: str | None = None
    details: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def told(evidence: Evidence, findings: Sequence[Finding]) -> list[Problem]:
    """Return the findings as problems; a long group ends with one that counts the rest."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        name = finding.code if finding.group is None else finding.group
        groups.setdefault((finding.rule, name), []).append(finding)
    listed = {key: _gravest(members) for key, members in groups.items()}
    cells = _cells(evidence, [finding for members in listed.values() for finding in members])
    problems: list[Problem] = []
    for key, members in listed.items():
        problems.extend(_problem(evidence, finding, cells) for finding in members)
        if more := len(groups[key]) - len(members):
            problems.append(_remainder(members[0], more))
    return problems


def span_of(periods: Sequence[str], among: Sequence[str]) -> str:
    """Return periods as text, runs of neighbours in `among` drawn together.

    >>> span_of(["2018", "2019", "2020", "2022"], ["2018", "2019", "2020", "2021", "2022"])
    '2018–2020, 2022'
    """
    runs: list[list[str]] = []
    for period in periods:
        follows = runs and among.index(period) == among.index(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _in_both(details: Mapping[str, object]) -> dict[str, object]:
    """Return the details, and beside each period how Chinese writes it."""
    periods = {key: str(details[key]) for key in _PERIODS if key in details}
    return {**details, **{f"{key}_zh": _in_chinese(text) for key, text in periods.items()}}


def _in_chinese(span: str) -> str:
    text = span.replace(", ", "、").replace("–", "—")
    return f"{text}年" if _YEARS.fullmatch(span) else text


def _gravest(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: -finding.gravity)[:LISTED]


def _cells(evidence: Evidence, findings: list[Finding]) -> Mapping[tuple[str, ...], Place]:
    """Return the cell of each finding that is about one value; one join, however long the data."""
    single = {(f.region, f.period, f.code) for f in findings if f.region and f.period and f.code}
    if evidence.observations is None or not single:
        return {}
    wanted = pl.DataFrame(sorted(single), schema=dict.fromkeys(_KEY, pl.String), orient="row")
    rows = evidence.observations.join(wanted, on=_KEY, how="semi").select(
        *_KEY, "file", "sheet", "cell"
    )
    places: dict[tuple[str, ...], Place] = {}
    for *key, file, sheet, cell in rows.iter_rows():
        places.setdefault(tuple(key), Place(file=file or "", sheet=sheet or "", cell=cell or ""))
    return places


def _problem(
    evidence: Evidence, finding: Finding, cells: Mapping[tuple[str, ...], Place]
) -> Problem:
    cell = cells.get((finding.region, finding.period, finding.code), Place())
    period = finding.span or finding.period
    names: dict[str, object] = {"period": period, "code": finding.code}
    if finding.code:
        name = evidence.name(finding.code)
        names |= {"name_zh": name.zh, "name_en": name.en, **_evidence_words(evidence, finding)}
    if finding.region:
        region = evidence.region_name(finding.region)
        names |= {"region_zh": region.zh, "region_en": region.en}
    place = Place(
        file=cell.file,
        sheet=cell.sheet,
        cell=cell.cell,
        region=finding.region,
        period=period,
        code=finding.code,
    )
    details = MappingProxyType(_in_both({**names, **finding.details}))
    return Problem(finding.rule, finding.severity, place, finding.found, finding.expected, details)


def _evidence_words(evidence: Evidence, finding: Finding) -> dict[str, Text]:
    """Return what was found and expected in the words of both languages, where English names the unit otherwise."""
    unit = evidence.declared[finding.code].unit
    name = units.label(unit, "en")
    english = f" × {name}" if name[:1].isdigit() else f" {name}"
    quoted = {"found": finding.found, "expected": finding.expected}
    return {
        aspect: Text(zh=text, en=text.replace(f" {unit}", english))
        for aspect, text in quoted.items()
        if name != unit and f" {unit}" in text
    }


def _remainder(like: Finding, more: int) -> Problem:
    grouped_by_code = like.group is None
    return Problem(
        "check-more",
        like.severity,
        Place(code=like.code if grouped_by_code else ""),
        found=str(more),
        details=MappingProxyType({"rule": like.rule, "listed": LISTED}),
    )

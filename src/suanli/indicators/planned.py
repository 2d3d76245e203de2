"""Which rules a framework's indicators ask for, and which of them the records at hand allow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from suanli.framework import Framework, Indicator
from suanli.framework.units import UnitError, converted
from suanli.indicators.rule import Rule
from suanli.intake.records.records import Records
from suanli.language import Text
from suanli.problems import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Planned:
    """An indicator that is computed from records, and the rule by which it is."""

    indicator: Indicator
    rule: Rule

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rule and the further figures beside it, by the key under which their items are kept."""
        beside = {f"{self.rule.name}/{name}": rule for name, rule in self.rule.beside.items()}
        return {self.rule.name: self.rule, **beside}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is computed, and what is to be said of the rest."""

    planned: tuple[Planned, ...]
    problems: tuple[Problem, ...]


def plan_of(framework: Framework, records: Records, rules: Mapping[str, Rule]) -> Plan:
    """Return the indicators whose rules exist, fit them, and have their tables."""
    planned: list[Planned] = []
    problems: list[Problem] = []
    lacking: dict[str, list[str]] = {}
    for indicator in framework.indicators():
        rule = rules.get(indicator.rule or "")
        if indicator.rule is None:
            continue
        if rule is None:
            problems.append(_unknown(indicator, rules))
            continue
        faults = list(_faults(indicator, rule))
        problems += faults
        absent = [table for table in rule.tables if not records.has(table)]
        for table in absent:
            lacking.setdefault(table, []).append(indicator.code)
        if not faults and not absent:
            planned.append(Planned(indicator, rule))
    if lacking:
        problems.append(_without_tables(lacking))
    return Plan(tuple(planned), tuple(problems))


def _faults(indicator: Indicator, rule: Rule) -> Iterator[Problem]:
    """Yield an error where a rule measures something else than the indicator declares."""
    place = Place(code=indicator.code)
    details = {"rule": rule.name}
    try:
        converted(1.0, rule.unit, indicator.unit)
    except UnitError:
        found, expected = rule.unit, indicator.unit
        yield Problem("rule-unit", Severity.ERROR, place, found, expected, details)
    if indicator.caliber is None or rule.caliber is None:
        return
    # indicators declare no performance: a framework leaves Rmax or Rpeak to the study's options
    own, declared = rule.caliber, indicator.caliber
    if (own.side, own.precision) != (declared.side, declared.precision):
        found, expected = (f"{each.side} {each.precision}" for each in (own, declared))
        yield Problem("rule-caliber", Severity.ERROR, place, found, expected, details)


def _unknown(indicator: Indicator, rules: Mapping[str, Rule]) -> Problem:
    found = indicator.rule or ""
    near = ", ".join(get_close_matches(found, rules, n=3, cutoff=0.5)) or "–"
    return Problem("rule-unknown", Severity.ERROR, Place(code=indicator.code), found, near)


def _without_tables(lacking: Mapping[str, list[str]]) -> Problem:
    """Return the note that lists the indicators by the table they would need."""
    tables = sorted(lacking.items())
    found = "; ".join(f"{table}: {', '.join(codes)}" for table, codes in tables)
    chinese = "；".join(f"{table}：{'、'.join(codes)}" for table, codes in tables)
    count = len({code for codes in lacking.values() for code in codes})
    details = {"count": count, "found": Text(chinese, found)}
    return Problem("rule-tables-absent", Severity.NOTE, found=found, details=details)

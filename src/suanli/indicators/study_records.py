"""The records of a study opened, checked and computed on an engine that is closed again."""

from dataclasses import replace
from typing import TypedDict, Unpack

from suanli.framework import Indicator
from suanli.indicators.planned import Planned
from suanli.indicators.recorded import Recorded, recorded
from suanli.indicators.rules import RULES
from suanli.indicators.trace import Computation, computation
from suanli.intake.records import Records, check_tables, open_records, unread
from suanli.intake.records.checks import check_records
from suanli.intake.study import Study
from suanli.problems import Problem, StudyError, errors


class EngineChoice(TypedDict, total=False):
    """Where records are computed: `engine` is `duckdb` (default) or `spark`, `engine_url` the address of a cluster."""

    engine: str
    engine_url: str | None


def from_records(study: Study, **engine: Unpack[EngineChoice]) -> Recorded | None:
    """Return what the records of a study give, None without records.

    Raises
    ------
    StudyError
        If the records have errors, with everything that was found about them.
    """
    if study.records is None:
        return None
    with open_records(study.records, **engine) as records:
        problems = _checked(records)
        try:
            made = recorded(
                study.framework,
                records,
                origin=study.records.origin,
                source=study.records.source,
            )
        except StudyError as trouble:
            # doubts about the records may tell where the trouble comes from
            raise StudyError((*problems, *trouble.problems)) from trouble
    return replace(made, problems=(*problems, *made.problems))


def _checked(records: Records) -> list[Problem]:
    """Return what is to be said of records that can be used."""
    problems = check_tables(records)
    if not unread(problems):
        problems += check_records(records)
    if errors(problems):
        raise StudyError(problems)
    return problems


def one_from_records(
    study: Study,
    indicator: Indicator,
    at: tuple[str, str],
    *,
    top: int = 10,
    **engine: Unpack[EngineChoice],
) -> tuple[Recorded, Computation] | None:
    """Return what the records give for one indicator, and how its value `at` a region and period follows from them.

    None where the study has no records, the indicator no rule, or the rule not its tables.

    Raises
    ------
    StudyError
        If the records have errors, as for `from_records`, or the rule does not measure what the indicator does.
    """
    rule = RULES.get(indicator.rule or "")
    if study.records is None or rule is None:
        return None
    region, period = at
    with open_records(study.records, **engine) as records:
        _checked(records)
        if not all(map(records.has, rule.tables)):
            return None
        made = recorded(
            study.framework,
            records,
            origin=study.records.origin,
            source=study.records.source,
            rules={rule.name: rule},
        )
        faults = [each for each in made.problems if each.place.code == indicator.code]
        if errors(faults):
            raise StudyError(errors(faults))
        found = computation(
            Planned(indicator, rule), records, region=region, period=period, top=top
        )
    return made, found

"""Values that cannot be read as what their column holds."""

from collections.abc import Mapping
from dataclasses import replace

from suanli.intake.folder import shown
from suanli.intake.records.checks.conditions import (
    listed,
    listed_in_both,
    of_table,
    problem,
    row_count,
)
from suanli.intake.records.records import Records
from suanli.intake.records.schema import Kind, table_schemas
from suanli.problems import Problem, Severity

MISREAD: Mapping[Kind, str] = {
    "text": "records-not-text",
    "whole": "records-not-whole",
    "number": "records-not-number",
    "flag": "records-not-flag",
    "day": "records-not-day",
    "moment": "records-not-moment",
}
"""Problem of a value that is not of a kind."""
_LONGEST = 160


def check_values(records: Records, table: str) -> list[Problem]:
    """Return an error for each column of a table with values that are not of its kind, with those it may have if few.

    Examples are of rows as the file has them: the key, and what stands where the value should. Wherever else the rows
    are looked at, the value is missing.
    """
    misread = records.misread(table)
    if not misread:
        return []
    rows = row_count(records, records.engine.scan(records.files(table)))
    schema = table_schemas()[table]
    problems = []
    for column, (count, examples) in misread.items():
        stated = schema.column(column)
        condition = replace(
            of_table(MISREAD[stated.kind], Severity.ERROR, f"{table}.{column}"),
            expected=" / ".join(stated.values),
        )
        cut = [shown(example, _LONGEST) for example in examples]
        details = {"count": count, "rows": rows, "found": listed_in_both(cut)}
        problems.append(problem(records, condition, listed(cut), details))
    return problems

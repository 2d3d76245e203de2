"""Whether the files of the tables are as their schemas say: columns, lines of CSV, and what is in the cells."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from suanli.framework.findings import nearest
from suanli.intake.folder import shown
from suanli.intake.records.engine import TableFiles
from suanli.intake.records.parts import Part, matched, parts
from suanli.intake.records.records import Records
from suanli.intake.records.schema import Kind
from suanli.problems import Place, Problem, Severity, StudyError, errors

_MISREAD: Mapping[Kind, str] = {
    "text": "records-not-text",
    "whole": "records-not-whole",
    "number": "records-not-number",
    "flag": "records-not-flag",
    "day": "records-not-day",
    "moment": "records-not-moment",
}


def check_tables(records: Records) -> list[Problem]:
    """Return what stands against reading the tables as their schemas say.

    That is files that are broken, columns that are missing, unknown or twice there, lines of CSV with too few or too
    many fields, values that are not of their column's kind, and coordinates elsewhere than the region named. Values
    are looked at where the rest is sound.
    """
    problems = [problem for table in records.tables for problem in _check_table(records, table)]
    return problems if errors(problems) else [*problems, *check_coordinates(records)]


def check_coordinates(records: Records) -> list[Problem]:
    """Return a warning if rows name one region and have coordinates in the outline of another; the name counts."""
    found = []
    for table in records.tables:
        if records.outlines(table):
            counted = records.collected(records.contradicted(table))
            if rows := int(counted["rows"].sum()):
                shown_pairs = "; ".join(
                    f"{place} ≠ {outlined}"
                    for place, outlined in counted.select("place", "outlined").head(5).iter_rows()
                )
                place = Place(code=table)
                details = {"count": rows}
                code = "coordinates-contradict"
                found.append(
                    Problem(code, Severity.WARNING, place, shown(shown_pairs, 200), details=details)
                )
    return found


def _check_table(records: Records, table: str) -> list[Problem]:
    files = records.files(table)
    try:
        problems = list(_check_columns(files, parts(files)))
        if files.form == "csv":
            problems += _check_lines(records, files)
        if not errors(problems):
            problems += _check_values(records, files)
    except StudyError as trouble:
        return [*problems_of(trouble, table)]
    return problems


def problems_of(trouble: StudyError, table: str) -> Iterator[Problem]:
    """Yield the problems of reading a table, each at that table."""
    for problem in trouble.problems:
        place = Place(file=problem.place.file, code=problem.place.code or table)
        yield Problem(
            problem.code, problem.severity, place, problem.found, problem.expected, problem.details
        )


def _check_columns(files: TableFiles, found: tuple[Part, ...]) -> Iterator[Problem]:
    schema = files.schema
    names = [column.name for column in schema.columns]
    told: set[tuple[str, str]] = set()
    for part in found:
        meant = matched(part.names, schema)
        at = Place(file=shown(Path(part.paths[0]).name), code=schema.name)
        known = {name for listed in meant.values() for name in listed}
        for column in schema.columns:
            absent = column.required and column.name not in {*meant, *files.partitions}
            if absent and ("missing", column.name) not in told:
                told.add(("missing", column.name))
                details = {"title_zh": column.title.zh, "title_en": column.title.en}
                code = "records-column-missing"
                yield Problem(code, Severity.ERROR, at, column.name, details=details)
            if len(meant.get(column.name, ())) > 1:
                listed = ", ".join(shown(name) for name in meant[column.name])
                yield Problem("records-column-twice", Severity.ERROR, at, listed, column.name)
        for name in part.names:
            if name not in known and ("unknown", name) not in told:
                told.add(("unknown", name))
                expected = nearest(name.strip().casefold(), names)
                code = "records-column-unknown"
                yield Problem(code, Severity.WARNING, at, shown(name), expected)


def _check_lines(records: Records, files: TableFiles) -> list[Problem]:
    from suanli.intake.records.duckdb_engine import DuckDBEngine

    engine = records.engine
    if isinstance(engine, DuckDBEngine):
        return engine.check_lines(files)
    # Spark does not number lines
    reader = DuckDBEngine(reads=files.paths)
    try:
        return reader.check_lines(files)
    finally:
        reader.close()


def _check_values(records: Records, files: TableFiles) -> Iterator[Problem]:
    for column, count, texts in records.engine.misread(files):
        kind = files.schema.column(column).kind
        place = Place(code=f"{files.schema.name}.{column}")
        listed = ", ".join(f"“{shown(text)}”" for text in texts)
        details = {"count": count}
        yield Problem(_MISREAD[kind], Severity.ERROR, place, listed, details=details)

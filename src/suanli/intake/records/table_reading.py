"""Whether the files of the tables are as their schemas say: columns, lines of CSV, and what is in the cells."""

from collections.abc import Iterable, Iterator

from suanli.framework.findings import nearest
from suanli.intake.folder import shown
from suanli.intake.records.checks.values import MISREAD, check_values
from suanli.intake.records.engine import TableFiles
from suanli.intake.records.parts import Part, matched, parts
from suanli.intake.records.records import Records
from suanli.problems import Place, Problem, Severity, StudyError, errors


def check_tables(records: Records) -> list[Problem]:
    """Return what stands against reading the tables as their schemas say.

    That is files that are broken, columns that are missing, unknown or twice there, lines of CSV with too few or too
    many fields, and values that are not of their column's kind; values are looked at where the rest of the table is
    sound.
    """
    return [problem for table in records.tables for problem in _check_table(records, table)]


def unread(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that leave a table unread: errors, but for single values, which are missing then."""
    return tuple(problem for problem in errors(problems) if problem.code not in MISREAD.values())


def _check_table(records: Records, table: str) -> list[Problem]:
    files = records.files(table)
    try:
        problems = list(_check_columns(files, parts(files)))
        if files.form == "csv":
            problems += _check_lines(records, files)
        if not errors(problems):
            problems += check_values(records, table)
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
        at = Place(file=shown(part.called[0]), code=schema.name)
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

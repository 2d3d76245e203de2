"""The files of a table in parts of equal columns, and which column of a file is which of the schema."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from os.path import commonpath
from pathlib import Path

from suanli.intake.folder import shown
from suanli.intake.records.casts import (
    Dialect,
    Nature,
    Raw,
    folder_value,
    is_misread,
    quoted,
    typed,
)
from suanli.intake.records.csv_form import CsvForm, csv_form, utf8_copy
from suanli.intake.records.engine import TableFiles
from suanli.intake.records.overflow import Overflow
from suanli.intake.records.parquet_form import ParquetForm, parquet_forms
from suanli.intake.records.schema import Column, TableSchema
from suanli.problems import Place, Problem, Severity, StudyError

EXAMPLES = 5
"""Rows with a misread value that are quoted for a column."""


@dataclass(frozen=True, slots=True)
class Part:
    """Files of one form, and what people know each by: its path from the folder of the table."""

    paths: tuple[str, ...]
    called: tuple[str, ...]
    form: CsvForm | ParquetForm

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns as the files have them."""
        return self.form.names

    @property
    def own_names(self) -> tuple[str, ...]:
        """Names under which an engine has the columns: those of a CSV file are `c0`, `c1`, …."""
        if self.csv is None:
            return self.names
        return tuple(f"c{position}" for position in range(len(self.names)))

    @property
    def csv(self) -> CsvForm | None:
        """How the files are written if they are CSV."""
        return self.form if isinstance(self.form, CsvForm) else None

    @property
    def encoding(self) -> str:
        """Encoding of the files."""
        return self.csv.encoding if self.csv else "utf-8"

    @property
    def instants(self) -> tuple[str, ...]:
        """Columns that hold instants although their type does not say so."""
        return self.form.instants if isinstance(self.form, ParquetForm) else ()

    def files(self) -> "Iterator[Part]":
        """Yield each file as a part of its own."""
        for path, called in zip(self.paths, self.called, strict=True):
            yield Part((path,), (called,), self.form)

    def only(self, paths: Container[str]) -> "Part | None":
        """Return the part with only some of its files; None without any."""
        kept = [(own.paths[0], own.called[0]) for own in self.files() if own.paths[0] in paths]
        if not kept:
            return None
        own_paths, called = zip(*kept, strict=True)
        return Part(own_paths, called, self.form)


def parts(table: TableFiles) -> tuple[Part, ...]:
    """Return the files of a table in parts of equal columns, in the order of the files.

    Raises
    ------
    StudyError
        If a file cannot be read as what its ending says; of every such file.
    """
    called = _called(table)
    forms = (_csv_forms if table.form == "csv" else _parquet_forms)(table, called)
    found: dict[CsvForm | ParquetForm, list[str]] = {}
    for path, form in forms.items():
        found.setdefault(form, []).append(path)
    return tuple(
        Part(tuple(paths), tuple(called[path] for path in paths), form)
        for form, paths in found.items()
    )


def in_utf8(part: Part, overflow: Overflow) -> Part:
    """Return a part whose files are in UTF-8: copies of those that are not.

    Raises
    ------
    StudyError
        If a file is not in its encoding after all.
    """
    if part.csv is None or part.encoding == "utf-8":
        return part
    copies = []
    for path, called in zip(part.paths, part.called, strict=True):
        copy = overflow.copy_of(path)
        utf8_copy(path, called, part.encoding, copy)
        copies.append(copy.as_posix())
    return Part(tuple(copies), part.called, replace(part.csv, encoding="utf-8"))


def matched(names: Iterable[str], schema: TableSchema) -> Mapping[str, tuple[str, ...]]:
    """Return the names of a file's columns by the schema's column that they stand for.

    A column is named as in the schema or by its title in either language. Letter case and blanks around a name do not
    matter; a name that is exactly the schema's comes first.
    """
    titles = {
        title.casefold(): column.name
        for column in schema.columns
        for title in (column.title.zh, column.title.en)
    }
    known = titles | {column.name.casefold(): column.name for column in schema.columns}
    found: dict[str, list[str]] = {}
    for name in names:
        if meant := known.get(name.strip().casefold()):
            found.setdefault(meant, []).append(name)
    return {
        meant: tuple(sorted(listed, key=lambda name: name != meant))
        for meant, listed in found.items()
    }


def projection(
    table: TableFiles, part: Part, natures: Mapping[str, Nature], dialect: Dialect
) -> tuple[str, ...]:
    """Return the SQL of every column of the schema for the files of a part.

    `natures` is what the columns hold, by the names that the engine has them under.
    """
    columns = _raw_columns(table, part, natures, dialect)
    return tuple(
        f"{_read(table, part, (column, columns.get(column.name)), dialect)} AS {dialect.name(column.name)}"
        for column in table.schema.columns
    )


def _read(
    table: TableFiles, part: Part, column: tuple[Column, Raw | None], dialect: Dialect
) -> str:
    """Return the SQL of one column of the schema.

    Texts of large Parquet tables are taken as they are: programs write them, without blanks around them, and engines
    group texts faster while they are still numbers in a dictionary.
    """
    own, raw = column
    as_it_is = own.as_stored or (table.schema.large and own.kind == "text")
    if raw and as_it_is and part.csv is None and raw.nature == own.kind:
        return raw.sql
    return typed(own, raw, dialect, table.clock)


def misreadings(
    table: TableFiles, part: Part, natures: Mapping[str, Nature], dialect: Dialect
) -> Mapping[str, tuple[str, str]]:
    """Return, by column, the SQL of a row as it is quoted and the SQL condition that its value is not of the kind."""
    columns = _raw_columns(table, part, natures, dialect)
    found = {}
    for column in table.schema.columns:
        raw = columns.get(column.name)
        if raw and (condition := is_misread(column, raw, dialect, table.clock)):
            found[column.name] = (_example(table.schema, column, columns, dialect), condition)
    return found


def _example(
    schema: TableSchema, column: Column, columns: Mapping[str, Raw], dialect: Dialect
) -> str:
    """Return the SQL of a row's key and its value of a column, unless that is in the key."""
    key = quoted([columns.get(name) for name in schema.key], dialect)
    if column.name in schema.key:
        return key
    return f"{key} || ': ' || {quoted([columns[column.name]], dialect)}"


def together(
    found: Iterable[Mapping[str, tuple[int, tuple[str, ...]]]],
) -> list[tuple[str, int, tuple[str, ...]]]:
    """Return what was misread in several parts as one: column, how many values, and some of them."""
    counts: dict[str, int] = {}
    texts: dict[str, set[str]] = {}
    for part in found:
        for column, (count, examples) in part.items():
            counts[column] = counts.get(column, 0) + count
            texts.setdefault(column, set()).update(examples)
    return [
        (column, count, tuple(sorted(texts[column])[:EXAMPLES])) for column, count in counts.items()
    ]


def _raw_columns(
    table: TableFiles, part: Part, natures: Mapping[str, Nature], dialect: Dialect
) -> Mapping[str, Raw]:
    """Return where the schema's columns are in the files of a part."""
    own = dict(zip(part.names, part.own_names, strict=True))
    columns = {
        meant: Raw(dialect.name(own[names[0]]), natures.get(own[names[0]], "other"))
        for meant, names in matched(part.names, table.schema).items()
    }
    return columns | {key: folder_value(key, dialect) for key in table.partitions}


def _called(table: TableFiles) -> dict[str, str]:
    """Return what people know each file of a table by: its path from the folder of the table."""
    folder = Path(commonpath([Path(path).parent for path in table.paths]))
    while folder.name.partition("=")[0] in table.partitions:
        folder = folder.parent
    return {path: Path(path).relative_to(folder).as_posix() for path in table.paths}


def _csv_forms(table: TableFiles, called: Mapping[str, str]) -> dict[str, CsvForm]:
    found: dict[str, CsvForm] = {}
    problems: list[Problem] = []
    for path in table.paths:
        try:
            found[path] = csv_form(path, called[path], table.encodings.get(path, "utf-8"))
        except StudyError as trouble:
            problems += trouble.problems
    if problems:
        raise StudyError(problems)
    return found


def _parquet_forms(table: TableFiles, called: Mapping[str, str]) -> Mapping[str, ParquetForm]:
    found = parquet_forms(table.paths)
    problems = [
        Problem("not-a-parquet-file", Severity.ERROR, Place(file=shown(called[path])))
        for path in table.paths
        if path not in found
    ]
    if problems:
        raise StudyError(problems)
    return found

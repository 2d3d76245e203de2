"""The files of a table in parts of equal columns, and which column of a file is which of the schema."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from suanli.intake.records.casts import Dialect, Nature, Raw, folder_value, is_misread, typed
from suanli.intake.records.csv_form import CsvForm, csv_form, utf8_copy
from suanli.intake.records.engine import TableFiles
from suanli.intake.records.overflow import Overflow
from suanli.intake.records.schema import Column, TableSchema
from suanli.problems import Place, Problem, Severity, StudyError

EXAMPLES = 5
"""Misread values that are quoted for a column."""


@dataclass(frozen=True, slots=True)
class Part:
    """Files with the same columns: their names as the files have them, and how they are written if they are CSV."""

    paths: tuple[str, ...]
    names: tuple[str, ...]
    csv: CsvForm | None = None
    encoding: str = "utf-8"

    @property
    def own_names(self) -> tuple[str, ...]:
        """Names under which an engine has the columns: those of a CSV file are `c0`, `c1`, …."""
        if self.csv is None:
            return self.names
        return tuple(f"c{position}" for position in range(len(self.names)))


def parts(table: TableFiles) -> tuple[Part, ...]:
    """Return the files of a table in parts of equal columns, in the order of the files.

    Raises
    ------
    StudyError
        If a file cannot be read as what its ending says; of every such file.
    """
    found: dict[object, list[str]] = {}
    forms: dict[object, Part] = {}
    problems: list[Problem] = []
    for path in table.paths:
        try:
            key, part = _csv_part(table, path) if table.form == "csv" else _parquet_part(path)
        except StudyError as trouble:
            problems += trouble.problems
            continue
        found.setdefault(key, []).append(path)
        forms.setdefault(key, part)
    if problems:
        raise StudyError(problems)
    return tuple(
        Part(tuple(paths), forms[key].names, forms[key].csv, forms[key].encoding)
        for key, paths in found.items()
    )


def in_utf8(part: Part, overflow: Overflow) -> Part:
    """Return a part whose files are in UTF-8: copies of those that are not.

    Raises
    ------
    StudyError
        If a file is not in its encoding after all.
    """
    if part.encoding == "utf-8":
        return part
    copies = []
    for path in part.paths:
        copy = overflow.copy_of(path)
        utf8_copy(path, part.encoding, copy)
        copies.append(copy.as_posix())
    return Part(tuple(copies), part.names, part.csv)


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
) -> Mapping[str, tuple[Raw, str]]:
    """Return, by column, the raw value and the SQL condition that it is there and not of the column's kind."""
    columns = _raw_columns(table, part, natures, dialect)
    found = {}
    for column in table.schema.columns:
        raw = columns.get(column.name)
        if raw and (condition := is_misread(column, raw, dialect, table.clock)):
            found[column.name] = (raw, condition)
    return found


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


def _csv_part(table: TableFiles, path: str) -> tuple[object, Part]:
    encoding = table.encodings.get(path, "utf-8")
    form = csv_form(path, encoding)
    return (form, encoding), Part((path,), form.headings, form, encoding)


def _parquet_part(path: str) -> tuple[object, Part]:
    try:
        schema = pl.scan_parquet(path, glob=False).collect_schema()
    except (PolarsError, OSError) as trouble:
        place = Place(file=Path(path).name)
        raise StudyError([Problem("not-a-parquet-file", Severity.ERROR, place)]) from trouble
    key = tuple(sorted((name, str(kind)) for name, kind in schema.items()))
    return key, Part((path,), tuple(schema))

"""Empty tables of records, and beside them a table that explains every column."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from types import MappingProxyType

from suanli.framework.units import label
from suanli.intake.new_folder import check_free, write_folder
from suanli.intake.records.schema import Column, Kind, TableSchema, table_schemas
from suanli.language import Language, Text, say
from suanli.problems import StudyError

_TOPIC = "record_template"
_HEADS = (
    *("table", "title", "column", "zh", "en", "kind"),
    *("unit", "required", "key", "allowed", "example", "note"),
)
_EXAMPLES: Mapping[Kind, Text] = MappingProxyType(
    {
        "flag": Text("是", "yes"),
        "day": Text("2023-06-30", "2023-06-30"),
        "moment": Text("2023-06-30 08:15:00", "2023-06-30 08:15:00"),
    }
)
_YEAR = "2023"
_REGION = Text("河北省", "Hebei")


def write_templates(folder: Path | str, tables: Sequence[TableSchema], language: Language) -> str:
    """Write a folder with an empty CSV file a table and one that explains their columns, and return the latter's name.

    An empty file is one line with the names of its columns. Readers pass over the explanations: their name begins with
    an underscore. The folder is written whole or not at all.

    Raises
    ------
    StudyError
        If the folder exists and is not empty, or cannot be written; nothing is left behind.
    """
    target = Path(folder)
    if problems := check_free(target):
        raise StudyError(problems)
    files = {
        f"{table.name}.csv": _csv([[column.name for column in table.columns]]).encode()
        for table in tables
    }
    name = say(_TOPIC, "file", language)
    # with a mark of UTF-8, without which Excel takes it for an older encoding
    files[name] = _csv(explanations(tables, language)).encode("utf-8-sig")
    write_folder(target, files)
    return name


def explanations(tables: Sequence[TableSchema], language: Language) -> Iterator[list[str]]:
    """Yield a line of headings, and for each table one line on it and one on each of its columns."""
    yield [say(_TOPIC, f"head-{head}", language) for head in _HEADS]
    for table in tables:
        named = [table.name, table.title.said(language)]
        note = table.note.said(language) if table.note else ""
        yield [*named, *[""] * (len(_HEADS) - 3), note]
        for column in table.columns:
            yield [*named, *_explained(table, column, language)]


def example(column: Column, language: Language) -> str:
    """Return a value as people may write it into a column.

    >>> example(table_schemas()["chips"].column("facility_id"), "en")
    'F0001'
    """
    if column.example:
        return column.example.said(language)
    if column.labels:
        return column.labels[0].said(language)
    if column.refers:
        target = table_schemas()[column.refers]
        return example(target.column(target.key[0]), language)
    if column.role == "region":
        return _REGION.said(language)
    return _YEAR if column.name == "year" else _EXAMPLES[column.kind].said(language)


def _explained(table: TableSchema, column: Column, language: Language) -> list[str]:
    yes = say(_TOPIC, "yes", language)
    return [
        column.name,
        column.title.zh,
        column.title.en,
        say("report", f"records-kind-{column.kind}", language),
        label(column.unit, language) if column.unit else "",
        yes if column.required else "",
        yes if column.name in table.key else "",
        _allowed(column, language),
        example(column, language),
        _note(column, language),
    ]


def _allowed(column: Column, language: Language) -> str:
    if column.values:
        return " / ".join(column.allowed(language))
    if column.kind == "flag":
        return say(_TOPIC, "flag", language)
    bounds = column.bounds(language)
    return say(_TOPIC, "range", language, bounds=bounds) if bounds else ""


def _note(column: Column, language: Language) -> str:
    if column.refers:
        title = table_schemas()[column.refers].title.said(language)
        return say(_TOPIC, "refers", language, title=title, table=column.refers)
    return say(_TOPIC, "region", language) if column.role == "region" else ""


def _csv(rows: Iterator[list[str]] | list[list[str]]) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()

"""Tables of records and their columns, for the terminal and for programs."""

from collections.abc import Sequence
from typing import Any, Protocol

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from suanli.framework import units
from suanli.language import Language, Text, say
from suanli.report.prose import Prose
from suanli.report.tables import plain_table

_HANG = 2


class ColumnShown(Protocol):
    """A column as it is shown: what it holds, in which unit, and what is allowed in it."""

    @property
    def name(self) -> str:
        """Name in files."""

    @property
    def kind(self) -> str:
        """What it holds: text, whole, number, flag, day or moment."""

    @property
    def title(self) -> Text:
        """What it means."""

    @property
    def required(self) -> bool:
        """Whether every row must have it."""

    @property
    def unit(self) -> str:
        """Unit of a number, or empty."""

    @property
    def values(self) -> tuple[str, ...]:
        """The only values allowed; any if empty."""

    @property
    def labels(self) -> tuple[Text, ...]:
        """What each of those values is called."""

    def allowed(self, language: Language) -> tuple[str, ...]:
        """Return the values allowed, with their labels."""

    def bounds(self, language: Language) -> str:
        """Return the least and the greatest number allowed, as they are written; empty without any."""

    @property
    def least(self) -> float | None:
        """Least number allowed."""

    @property
    def most(self) -> float | None:
        """Greatest number allowed."""

    @property
    def refers(self) -> str:
        """Table whose key the value must be found in, or empty."""


class TableShown(Protocol):
    """A table as it is shown: its columns, and which of them no two rows share."""

    @property
    def name(self) -> str:
        """Name of its file or folder."""

    @property
    def title(self) -> Text:
        """What it is called."""

    @property
    def note(self) -> Text | None:
        """What one row is."""

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that no two rows share."""

    @property
    def columns(self) -> "Sequence[ColumnShown]":
        """All columns, in order."""


def table_list(tables: Sequence[TableShown], language: Language) -> RenderableType:
    """Return a row a table: name, title, key, number of columns."""
    shown = plain_table(
        (say("report", f"records-{column}", language), "right" if column == "count" else "left")
        for column in ("table", "title", "key", "count")
    )
    for table in tables:
        shown.add_row(
            Styled(table.name, style="bold", no_wrap=True),
            Prose(table.title.said(language)),
            Prose(", ".join(table.key)),
            str(len(table.columns)),
        )
    return shown


def table_columns(tables: Sequence[TableShown], language: Language) -> RenderableType:
    """Return tables one after another: title, note and key, then a row a column."""
    parts: list[RenderableType] = []
    for table in tables:
        if parts:
            parts.append("")
        parts += _table(table, language)
    return Group(*parts)


def tables_json(tables: Sequence[TableShown]) -> list[dict[str, Any]]:
    """Return tables for programs, with all that is known of their columns."""
    return [
        {
            "table": table.name,
            "title": _both(table.title),
            "note": _both(table.note) if table.note else None,
            "key": list(table.key),
            "columns": [_column_json(column) for column in table.columns],
        }
        for table in tables
    ]


def _table(table: TableShown, language: Language) -> list[RenderableType]:
    shown = plain_table(
        (say("report", f"records-{column}", language), "left")
        for column in ("column", "meaning", "kind", "unit", "remarks")
    )
    for column in table.columns:
        shown.add_row(
            Styled(column.name, style="bold" if column.name in table.key else "", no_wrap=True),
            Prose(column.title.said(language), hang=_HANG),
            say("report", f"records-kind-{column.kind}", language),
            Prose(units.label(column.unit, language) if column.unit else ""),
            Prose(_remarks(column, language), hang=_HANG),
        )
    head = [Prose(f"{table.title.said(language)} [{table.name}]", style="bold")]
    if table.note:
        head.append(Prose(table.note.said(language)))
    head.append(Prose(say("report", "records-key-line", language, names=", ".join(table.key))))
    return [*head, "", shown]


def _remarks(column: ColumnShown, language: Language) -> str:
    """Return what is asked of a column's values, in words."""
    remarks = [say("report", "records-required", language)] if column.required else []
    if column.values:
        values = " / ".join(column.allowed(language))
        remarks.append(say("report", "records-values", language, values=values))
    elif bounds := column.bounds(language):
        remarks.append(bounds)
    if column.refers:
        remarks.append(say("report", "records-refers", language, table=column.refers))
    return say("report", "records-between", language).join(remarks)


def _column_json(column: ColumnShown) -> dict[str, Any]:
    return {
        "name": column.name,
        "title": _both(column.title),
        "type": column.kind,
        "unit": column.unit or None,
        "required": column.required,
        "values": list(column.values),
        "labels": [_both(label) for label in column.labels],
        "min": column.least,
        "max": column.most,
        "refers": column.refers or None,
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}

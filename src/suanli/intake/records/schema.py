"""What each table of records holds: its columns with types, units and bounds, its key and what it refers to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

import yaml

from suanli.language import Language, Text

_FILES = ("facilities", "networks", "industry", "environment")

Kind = Literal["text", "whole", "number", "flag", "day", "moment"]
"""What a column holds: text, a whole number, a number, yes or no, a day, or a day and time."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of records.

    `unit` is the unit in which rules read a number. `values` are the only texts or whole numbers allowed, `labels` what
    each is called; a code such as FP32 is its own label. `least` and `most` are the bounds of a number, `refers` is the
    table whose key the value must be found in. `role` is `region` where the text names a region and `day` where the day
    decides the row's period. Numbers that are `as_stored` are read from Parquet as they stand, for speed: NaN is an
    error there, not a gap. `example` is a value as people write it, where the rest does not give one.
    """

    name: str
    kind: Kind
    title: Text
    required: bool = False
    unit: str = ""
    values: tuple[str, ...] = ()
    labels: tuple[Text, ...] = ()
    least: float | None = None
    most: float | None = None
    refers: str = ""
    role: Literal["", "region", "day"] = ""
    as_stored: bool = False
    example: Text | None = None

    @property
    def spellings(self) -> Mapping[str, str]:
        """The value that is meant by each way to write it: itself and its labels, all in small letters."""
        return {
            spelling.lower(): value
            for value, label in zip(self.values, self.labels, strict=True)
            for spelling in (label.zh, label.en, value)
        }

    def bounds(self, language: Language) -> str:
        """Return the bounds of a number: `≥ 0`, `≤ 1` or `−60 to 60`; empty without any."""
        least, most = (
            "" if bound is None else f"{bound:g}".replace("-", "−")
            for bound in (self.least, self.most)
        )
        if least and most:
            return f"{least}至{most}" if language == "zh" else f"{least} to {most}"
        return f"≥ {least}" if least else f"≤ {most}" if most else ""

    def spelt(self, language: Language) -> str:
        """Return the values allowed, each with its labels in both languages that say more: `water (耗水)`."""
        form, comma = ("{}（{}）", "、") if language == "zh" else ("{} ({})", ", ")
        said = (
            (value, [each for each in (label.zh, label.en) if not _is_same(each, value)])
            for value, label in zip(self.values, self.labels, strict=True)
        )
        return " / ".join(
            form.format(value, comma.join(labels)) if labels else value for value, labels in said
        )

    def allowed(self, language: Language) -> tuple[str, ...]:
        """Return the values allowed, each with its label if that says more: `in_use (in use)`."""
        form = "{}（{}）" if language == "zh" else "{} ({})"
        return tuple(
            value if label.said(language) == value else form.format(value, label.said(language))
            for value, label in zip(self.values, self.labels, strict=True)
        )


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table of records: no two rows share a `key`.

    `large` tables may hold more rows than memory; the readings of `cumulative` ones are of counters that go on rising.
    """

    name: str
    title: Text
    note: Text | None
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    large: bool
    cumulative: bool

    @property
    def place(self) -> str | None:
        """Name of the column that names a region, if there is one."""
        return next((column.name for column in self.columns if column.role == "region"), None)

    def column(self, name: str) -> Column:
        """Return a column by name.

        Raises
        ------
        KeyError
            If the table has none of that name.
        """
        for column in self.columns:
            if column.name == name:
                return column
        message = f"{self.name} has no column {name!r}"
        raise KeyError(message)


@cache
def table_schemas() -> Mapping[str, TableSchema]:
    """Return every table of records by name, in the order they are documented.

    >>> table_schemas()["facilities"].key
    ('facility_id', 'year')
    """
    root = files("suanli.intake.records").joinpath("tables")
    found: dict[str, TableSchema] = {}
    for name in _FILES:
        text = root.joinpath(f"{name}.yaml").read_text(encoding="utf-8")
        found |= {table: _schema(table, entry) for table, entry in yaml.safe_load(text).items()}
    return MappingProxyType(found)


def _is_same(label: str, value: str) -> bool:
    """Return whether a label is the value itself, if need be in words: `in use` and `in_use`."""
    return re.sub("[ -]", "_", label.lower()) == value.lower()


def _schema(name: str, entry: Mapping[str, Any]) -> TableSchema:
    note = entry.get("note")
    return TableSchema(
        name=name,
        title=Text(**entry["title"]),
        note=Text(**note) if note else None,
        key=tuple(entry["key"]),
        columns=tuple(_column(column, stated) for column, stated in entry["columns"].items()),
        large=bool(entry.get("large", False)),
        cumulative=bool(entry.get("cumulative", False)),
    )


def _column(name: str, stated: Mapping[str, Any]) -> Column:
    values = stated.get("values", ())
    labels = values.values() if isinstance(values, dict) else ((value, value) for value in values)
    return Column(
        name=name,
        kind=stated["type"],
        title=Text(stated["zh"], stated["en"]),
        required=bool(stated.get("required", False)),
        unit=str(stated.get("unit", "")),
        values=tuple(str(value) for value in values),
        labels=tuple(Text(*label) for label in labels),
        least=stated.get("min"),
        most=stated.get("max"),
        refers=str(stated.get("refers", "")),
        role=stated.get("role", ""),
        as_stored=bool(stated.get("as_stored", False)),
        example=_example(stated.get("example")),
    )


def _example(stated: object) -> Text | None:
    if stated is None:
        return None
    return Text(*stated) if isinstance(stated, list) else Text(str(stated), str(stated))

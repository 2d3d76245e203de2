"""Conditions on rows: how many rows of a frame meet each, counted in one query, and the first few of those that do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

import narwhals as nw
import polars as pl

from suanli.framework.units import label
from suanli.intake.records.engine import Frame
from suanli.intake.records.records import Records
from suanli.intake.records.schema import Column, table_schemas
from suanli.language import LANGUAGES, Language, Text, say
from suanli.problems import Place, Problem, Severity

EXAMPLES = 5
"""How many rows of a kind are shown."""

_LONGEST = 40
_HUGE = 1e15
"""Where a float is no longer exact to the unit."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """What stands between examples, after a row's name, and between its values."""

    examples: str
    name: str
    values: str


_BETWEEN: Mapping[Language, _Signs] = MappingProxyType(
    {"zh": _Signs("；", "：", "、"), "en": _Signs("; ", ": ", ", ")}
)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something wrong with rows of a frame.

    Attributes
    ----------
    code, severity, expected, details
        As of the problem.
    fires
        True where a row is wrong; false or null where it is not.
    path
        The table, or `table.column`.
    shown
        Columns that name a row, and by which examples are sorted.
    values
        Columns that show what is wrong with it.
    rows
        Column of how many rows of the table are wrong where a row of the frame is; one if empty.
    """

    code: str
    severity: Severity
    fires: nw.Expr
    path: str
    shown: tuple[str, ...]
    values: tuple[str, ...] = ()
    expected: str = ""
    rows: str = ""
    details: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def of_table(code: str, severity: Severity, path: str) -> Condition:
    """Return something wrong with a table or a column that no single row shows."""
    return Condition(code, severity, nw.lit(value=True), path, ())


def told(
    records: Records, frame: Frame, conditions: Sequence[Condition], *, rows: str = ""
) -> list[Problem]:
    """Return a problem for each condition that some row of a frame meets.

    One query counts all of them; each that is met takes one more, for its examples. The details hold `count`, the rows
    that meet it, and `rows`, all of them: rows of the frame, or of its table where the column `rows` says how many each
    stands for.
    """
    return met(records, frame, conditions, counted(records, frame, conditions, rows=rows))


def counted(
    records: Records,
    frame: Frame,
    conditions: Sequence[Condition],
    *,
    rows: str = "",
    beside: Mapping[str, nw.Expr] = MappingProxyType({}),
) -> Mapping[str, int]:
    """Return how many rows there are (`rows`), meet each condition (`met_0`, `met_1` …) and each of `beside`.

    It takes one query.
    """
    flags = {f"met_{at}": _flag(condition) for at, condition in enumerate(conditions)}
    flags |= {name: expression.cast(nw.Int64) for name, expression in beside.items()}
    sums = [flag.sum().cast(nw.Int64).alias(name) for name, flag in flags.items()]
    total = nw.col(rows).sum() if rows else nw.len()
    (counts,) = records.collected(frame.select(total.cast(nw.Int64).alias("rows"), *sums)).rows(
        named=True
    )
    return {name: count or 0 for name, count in counts.items()}


def met(
    records: Records,
    frame: Frame,
    conditions: Sequence[Condition],
    counts: Mapping[str, int],
) -> list[Problem]:
    """Return a problem for each condition that was counted, with its first examples."""
    problems = []
    for at, condition in enumerate(conditions):
        if count := counts[f"met_{at}"]:
            rows = _first(records, frame, condition)
            # evidence stays as tables write it; sentences call values and units by their names
            found = _examples(records, condition, rows)
            said = Text(*(_examples(records, condition, rows, language) for language in LANGUAGES))
            numbers = {"count": count, "rows": counts["rows"], "found": said}
            problems.append(problem(records, condition, found, numbers))
    return problems


def problem(
    records: Records, condition: Condition, found: str, details: Mapping[str, object]
) -> Problem:
    """Return the problem of a condition, with the titles of its table and column among the details."""
    name, _, column = condition.path.partition(".")
    schema = table_schemas()[name]
    titles: dict[str, object] = {"table_zh": schema.title.zh, "table_en": schema.title.en}
    if column:
        title = schema.column(column).title
        titles |= {"column": column, "column_zh": title.zh, "column_en": title.en}
    return Problem(
        condition.code,
        condition.severity,
        Place(file=file_of(records, name), path=condition.path),
        found,
        condition.expected,
        MappingProxyType({**titles, **condition.details, **details}),
    )


def row_count(records: Records, frame: Frame) -> int:
    """Return how many rows a frame has."""
    return int(records.collected(frame.select(nw.len().cast(nw.Int64))).item())


def readable(records: Records, table: str) -> Frame:
    """Return a table in which NaN and infinity are null in columns `as_stored`, which keep them, as in all others."""
    frame = records.table(table)
    stored = [column.name for column in table_schemas()[table].columns if column.as_stored]
    # very many rows are looked through for it only where there are any
    wrong = [name for name in stored if records.has(table) and name in records.misread(table)]
    numbers = [
        nw.when(nw.col(name).is_finite()).then(nw.col(name)).otherwise(None).alias(name)
        for name in wrong
    ]
    return frame.with_columns(*numbers) if numbers else frame


def file_of(records: Records, table: str) -> str:
    """Return the name of a table's file, or of the folder that holds its files; empty where the study lacks it."""
    if not records.has(table):
        return ""
    paths = [PurePath(path) for path in records.files(table).paths]
    if len(paths) == 1:
        name = paths[0].name
        # a single part file of a folder says little by itself
        return name if paths[0].stem == table else f"{paths[0].parent.name}/{name}"
    # part files may lie in folders by year: the folder that holds them all
    shared = next(folder for folder in paths[0].parents if all(folder in p.parents for p in paths))
    return f"{shared.name}/"


def written(value: object) -> str:
    """Return a value of a row as examples show it: numbers at six digits or whole, long texts cut, a dash for none.

    >>> written(1234567.891), written(0.25), written(None), written("x" * 50)[-3:]
    ('1234568', '0.25', '–', 'xx…')
    """
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.0f}" if 1e6 <= abs(value) < _HUGE else f"{value:.6g}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="auto")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def rows_of(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the rows by column name; days and moments that Python has no date for as text."""
    try:
        return frame.rows(named=True)
    except (ValueError, OverflowError):
        return frame.with_columns(pl.col(pl.Date, pl.Datetime).cast(pl.String)).rows(named=True)


def listed(examples: Sequence[str], language: Language = "en") -> str:
    """Return examples in one line, without repeats; without any, that no row can be named.

    Rows are counted as they are, but looked for only where a file's statistics do not rule them out: those of a damaged
    file may.
    """
    return _BETWEEN[language].examples.join(dict.fromkeys(examples)) or say(
        "examples", "none", language
    )


def listed_in_both(examples: Sequence[str]) -> Text:
    """Return examples in one line of a sentence in each language."""
    return Text(*(listed(examples, language) for language in LANGUAGES))


def either(flags: Sequence[nw.Expr]) -> nw.Expr:
    """Return whether any of some conditions holds."""
    first, *others = flags
    for other in others:
        first = first | other
    return first


def _flag(condition: Condition) -> nw.Expr:
    """Return 1 where a condition is met, or how many rows that stands for; a null adds nothing to a sum."""
    met = condition.fires.cast(nw.Int64)
    return met * nw.col(condition.rows) if condition.rows else met


def _first(records: Records, frame: Frame, condition: Condition) -> list[dict[str, Any]]:
    columns = tuple(dict.fromkeys((*condition.shown, *condition.values)))
    met = frame.filter(condition.fires).select(*columns)
    return rows_of(records.collected(met.sort(*columns, nulls_last=True).head(EXAMPLES)))


def _examples(
    records: Records,
    condition: Condition,
    rows: Sequence[Mapping[str, object]],
    language: Language | None = None,
) -> str:
    """Return rows as examples; in a language, values that have labels and units are called by their names there.

    Numbers are converted to the schema's units: those whose file has another unit are shown with the schema's.
    """
    table = condition.path.partition(".")[0]
    declared = records.files(table).units if records.has(table) else {}
    known = {column.name: column for column in table_schemas()[table].columns}

    def said(name: str, value: object) -> str:
        column = known.get(name)
        if column is None or value is None:
            return written(value)
        if name in declared and column.unit != "1":
            unit = label(column.unit, language) if language else column.unit
            between = " × " if unit[0].isdigit() else " "  # 2 × 10,000 yuan
            return f"{written(value)}{between}{unit}"
        return _labelled(column, value, language) if language else written(value)

    between = _BETWEEN[language or "en"]
    examples = []
    for row in rows:
        name = "·".join(said(column, row[column]) for column in condition.shown)
        values = between.values.join(said(column, row[column]) for column in condition.values)
        examples.append(f"{name}{between.name}{values}" if values else name)
    return listed(examples, language or "en")


def _labelled(column: Column, value: object, language: Language) -> str:
    """Return what a value is called, or the value as it is written if it has no label."""
    labels = dict(zip(column.values, column.labels, strict=True))
    text = str(value)
    return labels[text].said(language) if text in labels else written(value)

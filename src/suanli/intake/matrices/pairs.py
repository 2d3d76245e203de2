"""A list of judgements, a pair a line: the item, what it is compared with, and how many times it weighs as much."""

from collections.abc import Iterable

from suanli.intake.folder import shown
from suanli.intake.matrices.entries import (
    MOST_ITEMS,
    Cells,
    Entries,
    Entry,
    merged_cells,
    own_judgement,
    too_many,
)
from suanli.intake.matrices.forms import Line, Pairs
from suanli.intake.reading.headers import normal
from suanli.intake.reading.tables import Table
from suanli.problems import Problem, Severity, errors


def read_pairs(table: Table, form: Pairs) -> tuple[Entries, list[Problem]]:
    """Return the judgements of a list of pairs, and what is wrong with its lines; labels as they first occur."""
    problems = _panel(table, form) + _merged(table, form)
    if errors(problems):
        return Entries((), ()), problems
    labels: dict[str, str] = {}
    whole: list[tuple[Line, str, str]] = []
    for line in form.body:
        item, other = line.texts.get(form.item, ""), line.texts.get(form.other, "")
        if item and other:
            for label in (item, other):
                labels.setdefault(normal(label), label)
            whole.append((line, item, other))
        elif item or other or form.judgement in line.texts:
            column = form.other if item else form.item
            place = table.place(line.number, column)
            problems.append(Problem("matrix-label-blank", Severity.ERROR, place))
    if len(labels) > MOST_ITEMS:
        return Entries((), ()), [*problems, too_many(table, len(labels))]
    entries, more = _entries(table, form, whole, {key: at for at, key in enumerate(labels)})
    return Entries(tuple(labels.values()), entries), problems + more


def _entries(
    table: Table,
    form: Pairs,
    whole: Iterable[tuple[Line, str, str]],
    positions: dict[str, int],
) -> tuple[tuple[Entry, ...], list[Problem]]:
    cells = Cells(table)
    entries: list[Entry] = []
    for line, item, other in whole:
        text = line.texts.get(form.judgement)
        found = cells.read(line.number, form.judgement, text, (item, other))
        if found is None:
            continue
        place = table.place(line.number, form.judgement)
        row, column = positions[normal(item)], positions[normal(other)]
        if row == column:
            cells.problems.extend(own_judgement(found, item, place))
        else:
            entries.append(Entry(row, column, found, place))
    return tuple(entries), cells.problems


def _panel(table: Table, form: Pairs) -> list[Problem]:
    """Return an error where the lines are of several experts, groups or rounds: one matrix is not enough for them."""
    for heading, column in form.of_panel.items():
        told_apart = dict.fromkeys(line.texts.get(column, "–") for line in form.body)
        if len(told_apart) > 1:
            place = table.place(form.head.number, column)
            found = ", ".join(shown(name, 20) for name in list(told_apart)[:5])
            found += " …" if len(told_apart) > 5 else ""
            details = {"heading": shown(heading)}
            return [Problem("matrix-of-a-panel", Severity.ERROR, place, found, details=details)]
    return []


def _merged(table: Table, form: Pairs) -> list[Problem]:
    columns = (form.item, form.other, form.judgement)
    lines = (form.head.number, *(line.number for line in form.body))
    return merged_cells(table, (min(lines), min(columns), max(lines), max(columns)))

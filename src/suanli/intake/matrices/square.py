"""A square of judgements: labels on two sides, matched by name whatever their order."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

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
from suanli.intake.matrices.forms import Line, Square
from suanli.intake.matrices.results import without_results
from suanli.intake.reading.headers import normal
from suanli.intake.reading.tables import Table, address, cells_words
from suanli.problems import Place, Problem, Severity, errors

_ALIKE = 0.6
_NOTHING = Entries((), ())


@dataclass(frozen=True, slots=True)
class _Sides:
    """Labels by how they are compared: the column of each across, the line of each down; both in order."""

    across: Mapping[str, int]
    down: Mapping[str, Line]


def read_square(table: Table, form: Square) -> tuple[Entries, list[Problem]]:
    """Return the judgements of a square, and what is wrong with its labels and cells.

    The row of the last label and the column of the first may be left out, since the upper triangle needs neither.
    Where both triangles are filled, each column needs its row. Columns and rows of results are left out. What
    stands apart, behind a blank line or column, is passed over and noted.
    """
    form, left_out = without_results(table, form)
    sides, problems = _sides(table, form)
    problems += left_out
    keys = _items(sides)
    if keys is None:
        problems += _unmatched(table, form, sides)
    problems += _merged(table, form, sides)
    if keys is None or errors(problems):
        return _NOTHING, problems
    if len(keys) > MOST_ITEMS:
        return _NOTHING, [*problems, too_many(table, len(keys))]
    labels = tuple(_label(form, sides, key) for key in keys)
    entries, more = _entries(table, sides, dict(zip(keys, labels, strict=True)))
    return Entries(labels, entries), problems + more


def _sides(table: Table, form: Square) -> tuple[_Sides, list[Problem]]:
    across, apart, problems = _across(table, form)
    down: dict[str, Line] = {}
    is_apart = False
    for line in form.body:
        is_apart = is_apart or line.after_gap
        label = line.texts.get(form.side, "")
        key = normal(label)
        filled = any(column in line.texts for column in across.values())
        if not is_apart and filled and not label:
            problems.append(_blank(table.place(line.number, form.side)))
        elif key in down:
            places = (table.place(each.number, form.side) for each in (line, down[key]))
            problems.append(_twice(label, *places))
        elif key in across or (label and not is_apart and (filled or _near(key, across))):
            down[key] = line
        else:
            apart.append(_address(table, line.number, min(line.texts)))
    if apart:
        place = Place(file=table.file, sheet=table.sheet)
        details = cells_words("cells", apart)
        problems.append(Problem("matrix-passed-over", Severity.NOTE, place, details=details))
    return _Sides(MappingProxyType(across), MappingProxyType(down)), problems


def _across(table: Table, form: Square) -> tuple[dict[str, int], list[str], list[Problem]]:
    """Return the column of each label, addresses of columns that stand apart, and what is wrong."""
    down = {normal(line.texts.get(form.side, "")) for line in form.body}
    used = {column for line in (form.head, *form.body) for column in line.texts}
    across: dict[str, int] = {}
    apart: list[str] = []
    problems: list[Problem] = []
    is_apart = False
    for column in range(form.side + 1, max(used) + 1):
        is_apart = is_apart or column not in used
        label = form.head.texts.get(column, "")
        key = normal(label)
        place = table.place(form.head.number, column)
        if column not in used:
            continue
        if is_apart and key not in down:
            apart.append(_address(table, form.head.number, column))
        elif not label:
            problems.append(_blank(place))
        elif key in across:
            problems.append(_twice(label, place, table.place(form.head.number, across[key])))
        else:
            across[key] = column
    return across, apart, problems


def _items(sides: _Sides) -> tuple[str, ...] | None:
    """Return the items in order, or None where the two sides do not name the same ones.

    A first row without a column comes before the columns.
    """
    across, down = tuple(sides.across), tuple(sides.down)
    if not set(across) ^ set(down):
        return across
    if across[:-1] == down:
        # where both triangles are filled, a column alone is hardly that of an item
        return None if _is_filled(sides) else across
    if across == down[1:]:
        return down
    if across[:-1] == down[1:] and not set(across) & set(down[:1]):
        return (*down[:1], *across)
    return None


def _is_filled(sides: _Sides) -> bool:
    """Tell whether the items on both sides are two or more and compared both ways throughout."""
    both = [key for key in sides.across if key in sides.down]
    return len(both) > 1 and all(
        sides.across[other] in sides.down[item].texts
        for item in both
        for other in both
        if item != other
    )


def _unmatched(table: Table, form: Square, sides: _Sides) -> list[Problem]:
    """Return a problem for each label that one side has and the other has not."""
    absent = [key for key in sides.across if key not in sides.down]
    problems: list[Problem] = []
    for key, line in sides.down.items():
        if key in sides.across:
            continue
        near = absent[0] if len(absent) == 1 else _near(key, absent) or _near(key, sides.across)
        if near in absent:
            absent.remove(near)
        problems.append(
            Problem(
                "matrix-label-unknown",
                Severity.ERROR,
                table.place(line.number, form.side),
                found=shown(line.texts[form.side]),
                expected=shown(_label(form, sides, near)) if near else "–",
            )
        )
    for key in absent:
        place = table.place(form.head.number, sides.across[key])
        found = shown(_label(form, sides, key))
        problems.append(Problem("matrix-row-absent", Severity.ERROR, place, found=found))
    return problems


def _near(key: str, known: Iterable[str]) -> str:
    """Return the label most like another, or nothing."""
    return next(iter(difflib.get_close_matches(key[:200], list(known), n=1, cutoff=_ALIKE)), "")


def _label(form: Square, sides: _Sides, key: str) -> str:
    column = sides.across.get(key)
    return form.head.texts[column] if column is not None else sides.down[key].texts[form.side]


def _entries(
    table: Table, sides: _Sides, labels: Mapping[str, str]
) -> tuple[tuple[Entry, ...], list[Problem]]:
    positions = {key: position for position, key in enumerate(labels)}
    cells = Cells(table)
    entries: list[Entry] = []
    for row, line in sides.down.items():
        for column, at in sides.across.items():
            pair = (labels[row], labels[column])
            found = cells.read(line.number, at, line.texts.get(at), pair)
            if found is None:
                continue
            place = table.place(line.number, at)
            if row == column:
                cells.problems.extend(own_judgement(found, labels[row], place))
            else:
                entries.append(Entry(positions[row], positions[column], found, place))
    return tuple(entries), cells.problems


def _merged(table: Table, form: Square, sides: _Sides) -> list[Problem]:
    lines = [form.head.number, *(line.number for line in sides.down.values())]
    columns = [form.side, *sides.across.values()]
    return merged_cells(table, (min(lines), min(columns), max(lines), max(columns)))


def _address(table: Table, line: int, column: int) -> str:
    return address(table.addressing, line, column)


def _blank(place: Place) -> Problem:
    return Problem("matrix-label-blank", Severity.ERROR, place)


def _twice(label: str, place: Place, first: Place) -> Problem:
    details = cells_words("first", [first.cell])
    return Problem("matrix-label-twice", Severity.ERROR, place, shown(label), details=details)

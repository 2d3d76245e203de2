"""What a file says of a matrix, before anything is matched: its labels, and judgements with their cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from suanli.intake.folder import shown
from suanli.intake.reading.judgements import Judgement, Reason, Refused, judgement
from suanli.intake.reading.tables import KEY_BASE, Range, Table
from suanli.problems import Place, Problem, Severity

MOST_ITEMS = 100
"""Most items of a matrix."""
_EQUAL = 1e-9
_CODES: Mapping[Reason, str] = MappingProxyType(
    {
        "percent": "matrix-percent",
        "date": "matrix-date",
        "not positive": "matrix-not-positive",
        "not finite": "matrix-not-finite",
        "extreme": "matrix-extreme",
        "not a judgement": "matrix-not-a-judgement",
        "formula-without-result": "formula-without-result",
        "cell-error-value": "cell-error-value",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One judgement: positions of the two items among the labels, and the cell it stands in."""

    row: int
    column: int
    judgement: Judgement
    place: Place


@dataclass(frozen=True, slots=True)
class Entries:
    """The labels in order, and every judgement that was read; the diagonal is left out."""

    labels: tuple[str, ...]
    entries: tuple[Entry, ...]


class Cells:
    """Reads the judgements of a table, and keeps what is wrong with them."""

    def __init__(self, table: Table) -> None:
        self.problems: list[Problem] = []
        self._table = table
        self._percents = frozenset([*table.percents.to_list(), *table.literal_percents.to_list()])

    def read(
        self, line: int, column: int, text: str | None, pair: tuple[str, str]
    ) -> Judgement | None:
        """Return the judgement in a cell, None where it is missing or refused, which is then a problem."""
        percent = line * KEY_BASE + column in self._percents
        found = judgement(text, percent=percent)
        if isinstance(found, Refused):
            self.problems.append(
                Problem(
                    _CODES[found.reason],
                    Severity.ERROR,
                    self._table.place(line, column),
                    found=shown(text or ""),
                    expected=found.expected,
                    details={"item": shown(pair[0]), "other": shown(pair[1])},
                )
            )
            return None
        return found


def too_many(table: Table, found: int) -> Problem:
    """Return the problem of a table with more items than a matrix may have."""
    place = Place(file=table.file, sheet=table.sheet)
    return Problem("matrix-too-large", Severity.ERROR, place, str(found), str(MOST_ITEMS))


def own_judgement(found: Judgement, label: str, place: Place) -> list[Problem]:
    """Return an error where an item is compared with itself and is not found equal."""
    if abs(found.value - 1) <= _EQUAL:
        return []
    return [
        Problem("matrix-self", Severity.ERROR, place, found.written, "1", {"item": shown(label)})
    ]


def merged_cells(table: Table, region: Range) -> list[Problem]:
    """Return an error for each range of merged cells that reaches into a region of the table."""
    top, left, bottom, right = region
    return [
        Problem("cells-merged", Severity.ERROR, table.place(first_line, first_column))
        for first_line, first_column, last_line, last_column in table.merged
        if first_line <= bottom
        and last_line >= top
        and first_column <= right
        and last_column >= left
    ]

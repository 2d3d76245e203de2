"""One long table of answers, a row for every expert and question, from text or Excel."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from suanli.intake.folder import shown
from suanli.intake.panels.answers import Answer, Answers, Asked, Key, Kind
from suanli.intake.panels.headings import Field, Headings, read_headings
from suanli.intake.panels.judgements import GRADES, Refused, amount, judgement
from suanli.intake.panels.rules import MOST_ROUNDS
from suanli.intake.panels.wording import words
from suanli.intake.questionnaires.layout import COMPARING
from suanli.intake.reading.headers import normal
from suanli.intake.reading.judgements import is_missing
from suanli.intake.reading.tables import KEY_BASE, Table
from suanli.problems import Place, Problem, Severity, errors

BEST = frozenset(map(normal, ("best", "most important", "最重要", "最优", "最佳")))
"""What stands in the column of judgements beside the best item, with nothing to compare it with."""
WORST = frozenset(map(normal, ("worst", "least important", "最不重要", "最次要", "最劣")))
"""The same for the worst item."""
MOST_LINES = 500_000
"""Most lines of a table of answers."""
MOST_REFUSED = 1_000
"""Lines that cannot be read, after which a table is not read on."""
_NOWHERE = Place()
_NAMED: tuple[Field, ...] = ("expert", "item")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a line: its text, what it says but for spaces, and the number if it holds one rather than text.

    `percent` tells that the number is shown as a percentage.
    """

    text: str | None
    said: str
    number: float | None
    table: Table
    line: int
    column: str
    percent: bool

    @property
    def place(self) -> Place:
        return self.table.place(self.line, int(self.column))


@dataclass(frozen=True, slots=True)
class _Question:
    """Who answers on a line, and of which item of which group; empty where a problem keeps that from being known."""

    round: int
    expert: str = ""
    node: str = ""
    item: str = ""
    problems: list[Problem] = field(default_factory=list)


def read_long_table(
    table: Table, asked: Asked, round_number: int | None
) -> tuple[Answers, list[Problem]]:
    """Return the answers in a long table, and everything that is wrong with it.

    Parameters
    ----------
    table
        With the columns expert, item, other and judgement, or expert, item and score; `node` where items' names
        alone do not say which group is meant; `round` where a table has several.
    asked
        What the panel was asked.
    round_number
        The round that all answers are of; None where the table itself may say.
    """
    headings, problems = read_headings(table, asked.rules.elicitation)
    if table.texts.height > MOST_LINES:
        place = Place(file=table.file, sheet=table.sheet)
        found, expected = f"{table.texts.height:,}", f"{MOST_LINES:,}"
        problems = [Problem("panel-table-too-long", Severity.ERROR, place, found, expected)]
    if headings is None or errors(problems):
        return Answers(), problems
    answers: list[Answer] = []
    spoilt: set[Key] = set()
    missing = snapped = refused = 0
    for cells in _lines(table, headings):
        question = _question(cells, asked, round_number)
        read = question.problems or _answer(cells, asked, question)
        if isinstance(read, list):
            problems += read
            spoilt.add((question.round, question.expert, question.node if question.item else ""))
            refused += 1
            if refused == MOST_REFUSED:
                # looking for the names nearest to unknown ones takes time
                place = table.place(next(iter(cells.values())).line)
                problems.append(_error_at("panel-table-given-up", place, f"{MOST_REFUSED:,}"))
                break
        elif read is None:
            missing += 1
        else:
            answer, was_snapped = read
            answers.append(answer)
            snapped += was_snapped
    place = Place(file=table.file, sheet=table.sheet)
    problems += _counted("panel-lines-unanswered", place, missing)
    problems += _counted("panel-judgements-snapped", place, snapped)
    return Answers(tuple(answers), frozenset(spoilt)), problems


def _lines(table: Table, headings: Headings) -> Iterator[dict[Field, _Cell]]:
    """Yield the cells of every line that is not empty."""
    first = headings.row + 1
    names = list(headings.fields.values())
    texts = table.texts.select(names).slice(first)
    numbers = table.numbers.select(names).slice(first)
    percents = frozenset([*table.percents.to_list(), *table.literal_percents.to_list()])
    rows = zip(table.lines.slice(first), texts.iter_rows(), numbers.iter_rows(), strict=True)
    for line, said, typed in rows:
        if any(said):
            yield {
                kind: _Cell(
                    text,
                    (text or "").strip(),
                    number,
                    table,
                    line,
                    name,
                    line * KEY_BASE + int(name) in percents,
                )
                for (kind, name), text, number in zip(
                    headings.fields.items(), said, typed, strict=True
                )
            }


def _answer(
    cells: dict[Field, _Cell], asked: Asked, question: _Question
) -> tuple[Answer, bool] | list[Problem] | None:
    """Return the answer on a line and whether it was snapped, None if it was left open, or what is wrong."""
    compares = asked.rules.elicitation in COMPARING
    given = cells["judgement" if compares else "score"]
    if is_missing(given.text):
        return None
    if not compares:
        return _scored(question, given, asked)
    other = cells["other"]
    if asked.rules.elicitation == "best-worst" and not other.said:
        return _extreme(question, given)
    return _compared(question, other, given, asked)


def _question(cells: dict[Field, _Cell], asked: Asked, round_number: int | None) -> _Question:
    empty = [_empty(cells[name], name) for name in _NAMED if not cells[name].said]
    if empty:
        return _Question(0, problems=empty)
    number = _round(cells.get("round"), round_number)
    expert = _at(cells["expert"], asked.experts.find(cells["expert"].said, _NOWHERE))
    node = _node(cells, asked)
    item: str | Problem = ""
    if not isinstance(node, Problem):
        cell = cells["item"]
        item = _at(cell, asked.items.member(cell.said, cell.number, node, _NOWHERE))
    found = (number, expert, node, item)
    problems = [each for each in found if isinstance(each, Problem)]
    names = ["" if isinstance(each, Problem) else each for each in (expert, node, item)]
    return _Question(
        number if isinstance(number, int) else 0, names[0], names[1], names[2], problems
    )


def _node(cells: dict[Field, _Cell], asked: Asked) -> str | Problem:
    cell = cells.get("node")
    if cell and cell.said:
        return _at(cell, asked.items.group(cell.said, cell.number, _NOWHERE))
    cell = cells["item"]
    return _at(cell, asked.items.home(cell.said, cell.number, _NOWHERE))


def _at(cell: _Cell, found: str | Problem) -> str | Problem:
    """Return what was found; a problem is at the cell, whose place is worked out only then."""
    return replace(found, place=cell.place) if isinstance(found, Problem) else found


def _round(cell: _Cell | None, round_number: int | None) -> int | Problem:
    if cell is None or not cell.said:
        return round_number or 1
    said = amount(cell.said)
    if isinstance(said, Refused) or said not in range(1, MOST_ROUNDS + 1):
        return _error("panel-round-unusable", cell, f"1–{MOST_ROUNDS}")
    if round_number is not None and said != round_number:
        return _error("panel-line-of-another-round", cell, str(round_number))
    return int(said)


def _scored(question: _Question, given: _Cell, asked: Asked) -> tuple[Answer, bool] | list[Problem]:
    value = amount(given.said)
    if isinstance(value, Refused):
        return [_error(value.code, given, value.expected)]
    kind: Kind = "points" if asked.rules.elicitation == "budget" else "score"
    return _of(question, "", kind, given, value), False


def _extreme(question: _Question, given: _Cell) -> tuple[Answer, bool] | list[Problem]:
    word = normal(given.said[:60])
    kinds: tuple[tuple[Kind, frozenset[str]], ...] = (("best", BEST), ("worst", WORST))
    for kind, spellings in kinds:
        if word in spellings:
            return _of(question, "", kind, given, math.nan), False
    return [_error("panel-other-missing", given, "best, worst, 最重要, 最不重要")]


def _compared(
    question: _Question, cell: _Cell, given: _Cell, asked: Asked
) -> tuple[Answer, bool] | list[Problem]:
    if not cell.said:
        return [_empty(cell, "other")]
    other = _at(cell, asked.items.member(cell.said, cell.number, question.node, _NOWHERE))
    read = judgement(given.said, percent=given.percent)
    problems = [other] if isinstance(other, Problem) else []
    if isinstance(read, Refused):
        problems.append(_error(read.code, given, read.expected or GRADES))
    elif other == question.item:
        problems.append(_error("panel-self-comparison", cell))
    if problems:
        return problems
    assert not isinstance(read, Refused)
    return _of(question, str(other), "pair", given, read.grade), read.snapped


def _of(question: _Question, other: str, kind: Kind, given: _Cell, value: float) -> Answer:
    return Answer(
        question.round,
        question.expert,
        question.node,
        question.item,
        other,
        kind,
        given.said,
        value,
        given.place,
    )


def _counted(code: str, place: Place, count: int) -> list[Problem]:
    return [Problem(code, Severity.NOTE, place, str(count))] if count else []


def _empty(cell: _Cell, field: Field) -> Problem:
    details = words("fields", [field])
    return Problem("panel-field-empty", Severity.ERROR, cell.place, field, details=details)


def _error_at(code: str, place: Place, found: str) -> Problem:
    return Problem(code, Severity.ERROR, place, found)


def _error(code: str, cell: _Cell, expected: str = "") -> Problem:
    return Problem(code, Severity.ERROR, cell.place, shown(cell.said), expected)

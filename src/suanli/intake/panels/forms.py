"""Returned questionnaires: the answers in the cells where the form asked for them, and nothing else taken for one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from suanli.framework import Framework
from suanli.intake.folder import shown
from suanli.intake.panels.answers import Answer, Asked, Key, Kind
from suanli.intake.panels.best_worst import BestWorstSheet, best_worst_answers
from suanli.intake.panels.form_cells import FormBook, FormSheet, form_book
from suanli.intake.panels.form_identity import Identity, form_facts, form_identity
from suanli.intake.panels.form_sheets import form_sheets
from suanli.intake.panels.items import Items
from suanli.intake.panels.judgements import Refused, amount
from suanli.intake.questionnaires.layout import (
    GUIDE_CELLS,
    HIGHEST,
    LOWEST,
    AnswerCell,
    GroupSheet,
    grade_of,
    guide_name,
)
from suanli.intake.reading.judgements import evened, is_missing
from suanli.intake.reading.workbooks import Workbook
from suanli.problems import Place, Problem, Severity, errors

_LONGEST_REMARK = 200


@dataclass(frozen=True, slots=True)
class Form:
    """A returned questionnaire: whose, of which round, from which file, its answers and how many pairs a group has."""

    expert: str
    round: int
    file: str
    answers: tuple[Answer, ...]
    spoilt: frozenset[Key]
    pairs_asked: Mapping[str, int]

    @property
    def content(self) -> frozenset[tuple[str, str, str, str, str]]:
        """What was answered, without where it stands."""
        return frozenset(
            (each.node, each.item, each.other, each.kind, each.text.casefold())
            for each in self.answers
        )


def read_form(
    workbook: Workbook, asked: Asked, framework: Framework, number: int
) -> tuple[Form | None, list[Problem]]:
    """Return the answers in a questionnaire, or none if it is not of this panel and round, and all that is wrong.

    Whatever cannot be taken for what the form asked, is refused: formulas in place of answers, rows and sheets that
    are not where they were, anything but the answers that were offered.
    """
    book = form_book(workbook)
    if isinstance(book, Problem):
        return None, [book]
    facts, problems = form_facts(book)
    if problems:
        return None, problems
    identity, problems = form_identity(facts, asked, framework, book.file, number)
    if identity is None:
        return None, problems
    sheets, problems = form_sheets(book, identity.sheets)
    answers: list[Answer] = []
    spoilt: set[Key] = set()
    for group in identity.sheets:
        more: list[Problem] = []
        if group.node in sheets:
            read, more = _group_answers(sheets[group.node], group, identity, number, asked.items)
            answers += read
            problems += [*more, *_remark(sheets[group.node], group.remarks)]
        if more or group.node not in sheets:
            spoilt.add((number, identity.expert, group.node))
    problems += _guide_remark(book, identity)
    if not answers and not errors(problems):
        place = Place(file=book.file)
        problems.append(Problem("questionnaire-empty", Severity.WARNING, place, identity.expert))
    pairs = {group.node: len(group.pairs) for group in identity.sheets}
    return Form(
        identity.expert, number, book.file, tuple(answers), frozenset(spoilt), pairs
    ), problems


def _group_answers(
    sheet: FormSheet, group: GroupSheet, identity: Identity, number: int, items: Items
) -> tuple[list[Answer], list[Problem]]:
    typed: dict[AnswerCell, str] = {}
    problems: list[Problem] = []
    for cell in group.answers:
        text = sheet.text(cell.cell)
        if sheet.is_formula(cell.cell):
            place = sheet.place(cell.cell)
            problems.append(
                Problem("questionnaire-formula", Severity.ERROR, place, shown(text) or "–")
            )
        elif not is_missing(text):
            typed[cell] = text
    if identity.elicitation == "best-worst":
        whole = BestWorstSheet(sheet, group, identity.expert, number, typed, items)
        answers, more = best_worst_answers(whole)
        return answers, problems + more
    answers = []
    for cell, text in typed.items():
        place = sheet.place(cell.cell)
        kind, value = _read(cell, text, identity, place)
        if isinstance(value, Problem):
            problems.append(value)
            continue
        answers.append(
            Answer(
                number,
                identity.expert,
                group.node,
                cell.item,
                cell.other,
                kind,
                text,
                value,
                place,
            )
        )
    return answers, problems


def _read(
    cell: AnswerCell, text: str, identity: Identity, place: Place
) -> tuple[Kind, float | Problem]:
    if cell.kind == "pair":
        grade = grade_of(text)
        return "pair", _unusable_pair(text, place) if grade is None else grade
    kind: Kind = "points" if identity.elicitation == "budget" else "score"
    value = amount(text)
    if isinstance(value, Refused):
        return kind, Problem(value.code, Severity.ERROR, place, shown(text), value.expected)
    if kind == "score" and not LOWEST <= value <= HIGHEST:
        return kind, _unusable(text, f"{LOWEST}–{HIGHEST}", place)
    return kind, value


def _unusable_pair(text: str, place: Place) -> Problem:
    """Return the error of an answer to a pair; a number alone does not say which of the two items matters more."""
    number = evened(text)
    if number in {str(each) for each in range(2, HIGHEST + 1)}:
        expected = f"A{number}, B{number}"
        return Problem("questionnaire-side-missing", Severity.ERROR, place, shown(text), expected)
    return _unusable(text, "A9…A2, 1, B2…B9", place)


def _unusable(text: str, expected: str, place: Place) -> Problem:
    return Problem("questionnaire-answer-unusable", Severity.ERROR, place, shown(text), expected)


def _remark(sheet: FormSheet, cell: str) -> Iterator[Problem]:
    """Yield what an expert remarked in a cell, so that it is read by whoever reads the panel."""
    text = sheet.text(cell)
    if text and not sheet.is_formula(cell):
        found = shown(text, _LONGEST_REMARK)
        yield Problem("questionnaire-remark", Severity.NOTE, sheet.place(cell), found)


def _guide_remark(book: FormBook, identity: Identity) -> Iterator[Problem]:
    name = guide_name(identity.language)
    sheet = book.sheet(name)[0] if name in book.entries else None
    if sheet:
        yield from _remark(sheet, GUIDE_CELLS["remarks"])

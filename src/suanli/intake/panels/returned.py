"""One returned file to answers: a questionnaire by its hidden sheet, or else a long table by its headings."""

from dataclasses import dataclass, field

from suanli.framework import Framework
from suanli.intake.folder import FileContent, shown
from suanli.intake.panels.answers import Answer, Answers, Asked, Key
from suanli.intake.panels.files import EXCEL
from suanli.intake.panels.forms import Form, read_form
from suanli.intake.panels.headings import is_answer_table
from suanli.intake.panels.long_table import read_long_table
from suanli.intake.panels.round_folders import Source
from suanli.intake.questionnaires.layout import HIDDEN_SHEET
from suanli.intake.reading.textfiles import read_text_table
from suanli.intake.reading.workbooks import Workbook, read_sheet, read_workbook
from suanli.problems import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Questions:
    """What was asked in the round that a file is of; `only_round` where a table may count the rounds itself."""

    asked: Asked
    framework: Framework
    round: int
    only_round: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """The answers in a file, and the form that it is, if it is one."""

    answers: Answers = field(default_factory=Answers)
    form: Form | None = None


def read_returned(
    source: Source, content: FileContent, questions: Questions
) -> tuple[Returned, list[Problem]]:
    """Return the answers in a returned file, and everything that is wrong with it."""
    if source.ending in EXCEL:
        return _workbook(content, questions)
    table, problems = read_text_table(content)
    if table is None:
        return Returned(), problems
    answers, more = read_long_table(table, questions.asked, _round(questions))
    return Returned(answers), problems + more


def _round(questions: Questions) -> int | None:
    return None if questions.only_round else questions.round


def _workbook(content: FileContent, questions: Questions) -> tuple[Returned, list[Problem]]:
    workbook = read_workbook(content)
    if isinstance(workbook, Problem):
        return Returned(), [workbook]
    if all(sheet.name != HIDDEN_SHEET for sheet in workbook.sheets):
        return _tables(workbook, questions)
    form, problems = read_form(workbook, questions.asked, questions.framework, questions.round)
    if form is None:
        return Returned(), problems
    return Returned(Answers(form.answers, form.spoilt), form), problems


def _tables(workbook: Workbook, questions: Questions) -> tuple[Returned, list[Problem]]:
    answers: list[Answer] = []
    spoilt: set[Key] = set()
    problems: list[Problem] = []
    passed: list[str] = []
    count = 0
    for sheet in workbook.sheets:
        table, more = (None, []) if sheet.hidden else read_sheet(workbook, sheet)
        if table is None or not is_answer_table(table):
            problems += [each for each in more if each.severity is Severity.ERROR]
            passed.append(shown(sheet.name, 31))
            continue
        read, told = read_long_table(table, questions.asked, _round(questions))
        answers += read.given
        spoilt |= read.spoilt
        problems += [*more, *told]
        count += 1
    place = Place(file=workbook.file.file.path)
    if not count and not problems:
        found = ", ".join(passed[:10])
        problems.append(Problem("panel-file-not-recognised", Severity.ERROR, place, found))
    elif passed and count:
        found = ", ".join(passed[:10])
        problems.append(Problem("panel-sheets-passed-over", Severity.NOTE, place, found))
    return Returned(Answers(tuple(answers), frozenset(spoilt))), problems

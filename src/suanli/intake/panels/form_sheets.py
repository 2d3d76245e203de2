"""The sheets of a returned questionnaire: every one still there, and every row in its place."""

from suanli.intake.folder import shown
from suanli.intake.panels.form_cells import FormBook, FormSheet
from suanli.intake.questionnaires.layout import (
    ANSWER,
    FIRST_ROW,
    HIDDEN_SHEET,
    NUMBER,
    GroupSheet,
    grade_of,
    guide_name,
)
from suanli.intake.reading.sheetpass import cell_place
from suanli.language import LANGUAGES
from suanli.problems import Place, Problem, Severity


def form_sheets(
    book: FormBook, wanted: tuple[GroupSheet, ...]
) -> tuple[dict[str, FormSheet], list[Problem]]:
    """Return the sheets of a form by the group's node, without those that are absent, damaged or rearranged."""
    sheets: dict[str, FormSheet] = {}
    problems: list[Problem] = []
    for group in wanted:
        if group.name not in book.entries:
            problems.append(_absent(book, group))
            continue
        sheet, more = book.sheet(group.name)
        problems += more
        if sheet is None:
            continue
        moved = check_rows(sheet, group) or check_beyond(sheet, group)
        moved += check_merged(sheet, group)
        problems += moved
        if not moved:
            sheets[group.node] = sheet
    return sheets, [*problems, *check_sheets(book, wanted)]


def check_sheets(book: FormBook, wanted: tuple[GroupSheet, ...]) -> list[Problem]:
    """Return a warning if a form has sheets that it was not made with, such as a copy of a group's."""
    own = {HIDDEN_SHEET, *(guide_name(each) for each in LANGUAGES), *(each.name for each in wanted)}
    extra = [shown(name, 31) for name in book.entries if name not in own]
    if not extra:
        return []
    found = ", ".join(extra[:20])
    return [Problem("questionnaire-sheets-extra", Severity.WARNING, Place(file=book.file), found)]


def check_merged(sheet: FormSheet, group: GroupSheet) -> list[Problem]:
    """Return an error for each answer cell that was merged with others, other than the form itself does."""
    problems = []
    for answer in group.answers:
        line, column = cell_place(answer.cell)
        last = column + (answer.kind in ("best", "worst"))
        if any(
            top <= line <= bottom and left <= column <= right
            for top, left, bottom, right in sheet.merged
            if (top, left, bottom, right) != (line, column, line, last)
        ):
            problems.append(Problem("cells-merged", Severity.ERROR, sheet.place(answer.cell)))
    return problems


def check_beyond(sheet: FormSheet, group: GroupSheet) -> list[Problem]:
    """Return an error if comparisons stand below the last one that the form says it asks."""
    if not group.pairs:
        return []
    for line in range(FIRST_ROW + len(group.pairs), len(sheet.rows) + 1):
        number, answer = sheet.text(f"{NUMBER}{line}"), sheet.text(f"{ANSWER}{line}")
        if number.isdigit() and (line == FIRST_ROW + len(group.pairs) or grade_of(answer)):
            place = sheet.place(f"{ANSWER}{line}")
            return [Problem("questionnaire-identity-damaged", Severity.ERROR, place, "asked")]
    return []


def check_rows(sheet: FormSheet, group: GroupSheet) -> list[Problem]:
    """Return an error if the rows or columns of a sheet are not where the form had them."""
    wrong = [fixed for fixed in group.fixed if not fixed.holds(sheet.text(fixed.cell))]
    if not wrong:
        return []
    found = shown(sheet.text(wrong[0].cell)) or "–"
    place = sheet.place(wrong[0].cell)
    return [
        Problem(
            "questionnaire-rows-moved",
            Severity.ERROR,
            place,
            found,
            wrong[0].text,
            {"count": len(wrong)},
        )
    ]


def _absent(book: FormBook, group: GroupSheet) -> Problem:
    found = ", ".join(shown(name, 31) for name in list(book.entries)[:20])
    place = Place(file=book.file, sheet=shown(group.name))
    details = {"node": group.node}
    return Problem(
        "questionnaire-sheet-absent", Severity.ERROR, place, found, group.name, details=details
    )

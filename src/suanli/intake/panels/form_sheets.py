"""The sheets of a returned questionnaire: every one still there, and every row in its place."""

from suanli.intake.folder import shown
from suanli.intake.panels.form_cells import FormBook, FormSheet
from suanli.intake.questionnaires.layout import GroupSheet
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
        moved = check_rows(sheet, group)
        problems += moved
        if not moved:
            sheets[group.node] = sheet
    return sheets, problems


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

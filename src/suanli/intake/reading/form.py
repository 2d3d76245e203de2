"""The form that `suanli new` makes: recognised by its sheet `_suanli`, which says what the form is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suanli.intake.folder import shown
from suanli.intake.reading.headers import normal
from suanli.intake.reading.layout import Headings, Wishes, read_headings
from suanli.intake.reading.names import CodeIndex
from suanli.intake.reading.tables import Table, letters
from suanli.intake.reading.workbooks import Workbook, read_sheet
from suanli.problems import Place, Problem, Severity

FORM_SHEET = "_suanli"
"""The sheet by which a form is known."""
FORM_FORMAT = "1"
"""The version of the form's layout."""
CODE_LINE = 2
"""The line of a form's sheets that holds the codes of all columns."""
UNIT_LINE = 5
"""The line of a form's sheets that holds the units of all columns."""

_PAGES = frozenset({FORM_SHEET, "说明", "指标", "来源", "Guide", "Indicators", "Sources"})
_SOURCE_PAGES = frozenset({"来源", "Sources"})


@dataclass(frozen=True, slots=True)
class Form:
    """What a form says of itself, and the provenance that it states by indicator and period."""

    framework: str
    version: str
    provenance: Table | None


def is_form_page(sheet: str) -> bool:
    """Tell whether a sheet of a form explains or describes, rather than holds data."""
    return set(sheet.split()) <= _PAGES


def read_form(workbook: Workbook) -> tuple[Form | None, list[Problem]]:
    """Return the form that a workbook is, or None if it is none."""
    by_name = {sheet.name: sheet for sheet in workbook.sheets}
    if FORM_SHEET not in by_name:
        return None, []
    table, problems = read_sheet(workbook, by_name[FORM_SHEET])
    pairs = _pairs(table) if table else {}
    page = next((by_name[name] for name in by_name if set(name.split()) <= _SOURCE_PAGES), None)
    provenance: Table | None = None
    if page:
        provenance, more = read_sheet(workbook, page)
        problems += [problem for problem in more if problem.severity is Severity.ERROR]
    return Form(pairs.get("framework", ""), pairs.get("format", ""), provenance), problems


def _pairs(table: Table) -> Mapping[str, str]:
    if table.texts.width < 2:
        return {}
    rows = table.texts.select(table.texts.columns[:2]).iter_rows()
    return {key.strip(): value.strip() for key, value in rows if key and value}


def check_form(form: Form, tables: Sequence[Table], index: CodeIndex) -> list[Problem]:
    """Return the problems of a form of another framework or of a layout that is not known.

    A form that was made for another framework serves where this one has all its codes in the same units, as a later
    version or a copy with fixed goalposts does; a note then says for which it was made.
    """
    place = Place(file=tables[0].file, sheet=FORM_SHEET)
    if form.version != FORM_FORMAT:
        found = shown(form.version) or "–"
        return [Problem("form-format-unknown", Severity.ERROR, place, found, FORM_FORMAT)]
    if form.framework == index.framework:
        return []
    found = shown(form.framework) or "–"
    if form.framework and all(_serves(table, index) for table in tables):
        return [Problem("form-of-a-relative", Severity.NOTE, place, found, index.framework)]
    return [Problem("form-of-another-framework", Severity.ERROR, place, found, index.framework)]


def _serves(table: Table, index: CodeIndex) -> bool:
    """Tell whether a framework has every code of a form's sheet, in the unit that the sheet states."""
    headings, _ = read_headings(table, Wishes(None, {}))
    if headings is None or headings.line != CODE_LINE:
        return False
    units = table.texts.filter(table.lines == UNIT_LINE)
    return units.height == 1 and all(
        code in index.units and normal(units[name][0] or "") == normal(index.units[code])
        for name, text in headings.rest.items()
        if (code := (text or "").strip()) and not _is_region_name(headings, name)
    )


def check_form_lines(table: Table, headings: Headings, index: CodeIndex) -> list[Problem]:
    """Return the problems of a sheet of a form whose lines were moved or whose codes were changed."""
    if headings.line != CODE_LINE:
        place = Place(file=table.file, sheet=table.sheet)
        found, expected = str(headings.line), str(CODE_LINE)
        return [Problem("form-lines-moved", Severity.ERROR, place, found, expected)]
    return [
        Problem(
            "form-code-changed",
            Severity.ERROR,
            table.place(CODE_LINE, int(name)),
            found=shown(code or "–"),
            expected=index.nearest(code or ""),
            details={"column": letters(int(name))},
        )
        for name, code in headings.rest.items()
        if (code or "").strip() not in index.units
        and table.texts[name].null_count() < table.texts.height
        and not _is_region_name(headings, name)
    ]


def _is_region_name(headings: Headings, name: str) -> bool:
    """Tell whether a column belongs to the block of region names and period at the left of a form."""
    edge = max(
        (
            int(headings.fields[f])
            for f in ("region_code", "region", "period")
            if f in headings.fields
        ),
        default=-1,
    )
    return int(name) < edge

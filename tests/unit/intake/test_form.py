"""The form that `suanli new` makes, filled in and read back, and the ways in which a form is spoilt."""

import openpyxl
import pytest

from suanli.framework import parse
from suanli.intake import check_study
from suanli.intake.template import new_study
from suanli.problems import Severity
from suanli.regions import provinces
from tests.unit.intake.studies import DATA, codes, of_code, value

FIRST = 6
"""The first row of a form that is filled in."""
PERIODS = ("2022", "2023")


def filled(folder, *spoil, facts=None):
    """Return the study in a folder made by `new_study` and filled in; each function spoils the workbook."""
    framework = parse((DATA / "framework.yaml").read_text(encoding="utf-8"))
    new_study(folder, framework, provinces().only(["北京", "天津"]), PERIODS)
    book = openpyxl.load_workbook(folder / "data.xlsx")
    for page in data_pages(book):
        for column in range(5, 5 + len(item_codes(page))):
            for row in range(FIRST, FIRST + 4):
                page.cell(row, column, 40 + row + column)
        codes_of_page = item_codes(page)
        if "A.1" in codes_of_page:
            for row in range(FIRST, FIRST + 4):
                page.cell(row, 5 + codes_of_page.index("A.1"), 1.2 + row / 100)
    for change in spoil:
        change(book)
    book.save(folder / "data.xlsx")
    return check_study(folder)


def data_pages(book):
    return [page for page in book.worksheets if page["A2"].value == "region_code"]


def item_codes(page):
    return [
        cell.value for cell in page[2][4:] if cell.value not in ("origin", "source", "date", None)
    ]


def page_with(book, code):
    page = next(page for page in data_pages(book) if code in item_codes(page))
    return page, 5 + item_codes(page).index(code)


def test_a_form_that_is_filled_in_is_read(tmp_path):
    study, problems = filled(tmp_path / "study")
    assert codes(problems, Severity.ERROR) == set()
    assert study.grid.codes == ("gdp", "people", "A.1", "A.2", "B.1")
    assert study.grid.values.shape == (2, 2, 5)
    assert value(study, "110000", "2022", "A.1") == 1.26
    row = study.observations.filter(region_code="110000", period="2022", code="A.1").row(
        0, named=True
    )
    assert (row["file"], row["cell"], row["raw_unit"], row["origin"]) == (
        "data.xlsx",
        "E6",
        "1",
        "reported",
    )


def test_an_empty_form_has_no_values_and_no_other_error(tmp_path):
    framework = parse((DATA / "framework.yaml").read_text(encoding="utf-8"))
    new_study(tmp_path / "study", framework, provinces(), PERIODS)
    study, problems = check_study(tmp_path / "study")
    assert study is None
    assert codes(problems, Severity.ERROR) == {"study-without-values"}


def test_the_register_of_sources_holds_where_a_row_states_none(tmp_path):
    def register(book):
        page = next(page for page in book.worksheets if page.title.startswith("来源"))
        for row in range(3, page.max_row + 1):
            if page.cell(row, 1).value == "A.1" and str(page.cell(row, 4).value) == "2022":
                page.cell(row, 5, "官方")
                page.cell(row, 6, "统计年鉴")
                page.cell(row, 7, "2022-12-31")
        sheet, _ = page_with(book, "A.1")
        last = 5 + len(item_codes(sheet))
        sheet.cell(FIRST, last, "estimated")
        sheet.cell(FIRST, last + 1, "测算")

    study, problems = filled(tmp_path / "study", register)
    assert codes(problems, Severity.ERROR) == set()
    rows = (
        study.observations.filter(code="A.1")
        .select("region_code", "period", "origin", "source", "date")
        .rows()
    )
    assert rows == [
        ("110000", "2022", "estimated", "测算", "2022-12-31"),
        ("120000", "2022", "official", "统计年鉴", "2022-12-31"),
        ("110000", "2023", "reported", "", ""),
        ("120000", "2023", "reported", "", ""),
    ]


def test_an_unknown_origin_or_code_in_the_register_is_refused(tmp_path):
    def register(book):
        page = next(page for page in book.worksheets if page.title.startswith("来源"))
        page.cell(3, 5, "听说")
        page.cell(4, 1, "A.9")
        page.cell(4, 6, "年鉴")

    _, problems = filled(tmp_path / "study", register)
    assert [problem.place.sheet for problem in of_code(problems, "origin-unknown")] == [
        "来源 Sources"
    ]
    assert [problem.place.cell for problem in of_code(problems, "name-unknown")] == ["A4"]


def set_fact(key, text):
    def change(book):
        for row in book["_suanli"].iter_rows(max_col=2):
            if row[0].value == key:
                row[1].value = text

    return change


def other_unit(book):
    page, column = page_with(book, "B.1")
    page.cell(5, column).value = "亿GB"


def test_a_form_of_another_framework_is_refused(tmp_path):
    study, problems = filled(tmp_path / "study", set_fact("framework", "cpdi-2.0"), other_unit)
    assert study is None
    (problem,) = of_code(problems, "form-of-another-framework")
    assert problem.message("zh") == "填报表属于评价体系“cpdi-2.0”，而本研究采用“tiny-1.0”。"
    assert (
        problem.message("en")
        == "The form is for the framework “cpdi-2.0”, but the study uses “tiny-1.0”."
    )


def test_a_form_of_an_unknown_format_is_refused(tmp_path):
    _, problems = filled(tmp_path / "study", set_fact("format", "2"))
    assert "form-format-unknown" in codes(problems, Severity.ERROR)


def test_a_form_with_a_line_put_above_its_headings_is_refused(tmp_path):
    _, problems = filled(
        tmp_path / "study", lambda book: page_with(book, "A.1")[0].insert_rows(1, 2)
    )
    (problem,) = of_code(problems, "form-lines-moved")
    assert (
        problem.message("en") == "The headings of the form should be in row 2; they are in row 4."
    )


def test_a_form_without_its_line_of_codes_is_refused(tmp_path):
    _, problems = filled(tmp_path / "study", lambda book: page_with(book, "A.1")[0].delete_rows(2))
    assert codes(problems, Severity.ERROR) & {"form-lines-moved", "form-code-changed"}


@pytest.mark.parametrize("text", ["A.9", "PUE", None])
def test_a_changed_code_is_refused(tmp_path, text):
    def change(book):
        page, column = page_with(book, "A.1")
        page.cell(2, column).value = text

    study, problems = filled(tmp_path / "study", change)
    assert study is None
    assert of_code(problems, "form-code-changed")[0].place.cell == "E2"


def test_codes_that_changed_places_are_told_by_their_names(tmp_path):
    def swap(book):
        page, column = page_with(book, "A.1")
        page.cell(2, column).value, page.cell(2, column + 1).value = "A.2", "A.1"

    _, problems = filled(tmp_path / "study", swap)
    assert len(of_code(problems, "column-names-differ")) == 2


def test_a_column_of_ones_own_is_refused(tmp_path):
    def add(book):
        page, _ = page_with(book, "A.1")
        column = 5 + len(item_codes(page)) + 3
        page.cell(2, column, "心得")
        page.cell(FIRST, column, 5)

    _, problems = filled(tmp_path / "study", add)
    assert "form-code-changed" in codes(problems, Severity.ERROR)


def test_a_unit_that_was_changed_is_converted_as_stated(tmp_path):
    def change(book):
        page, column = page_with(book, "B.1")
        page.cell(5, column).value = "亿GB"

    study, _ = filled(tmp_path / "study", change)
    assert value(study, "110000", "2022", "B.1") == pytest.approx((40 + FIRST + 5) / 10, rel=1e-15)


def moved_to(folder, *changes):
    """Return the study of a filled-in form whose framework was put in the place of the form's own."""
    filled(folder)
    file = folder / "framework.yaml"
    text = file.read_text(encoding="utf-8").replace('id: "tiny-1.0"', 'id: "tiny-1.0-fixed-2023"')
    assert "tiny-1.0-fixed-2023" in text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return check_study(folder)


def test_a_form_serves_a_framework_with_its_codes_and_units(tmp_path):
    study, problems = moved_to(tmp_path / "study")
    assert study is not None
    assert value(study, "110000", "2022", "A.1") == 1.26
    (note,) = of_code(problems, "form-of-a-relative")
    assert note.severity is Severity.NOTE
    assert (note.found, note.expected) == ("tiny-1.0", "tiny-1.0-fixed-2023")


@pytest.mark.parametrize(
    "change",
    [("unit: EB", "unit: PB"), ('code: "A.2"', 'code: "A.3"')],
    ids=["unit", "code"],
)
def test_a_form_does_not_serve_a_framework_with_other_units_or_codes(tmp_path, change):
    study, problems = moved_to(tmp_path / "study", change)
    assert study is None
    assert of_code(problems, "form-of-another-framework")

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from suanli.problems import Severity
from tests.unit.intake.studies import check, codes, of_code, value
from tests.unit.intake.workbooks import sheet_xml, with_parts, workbook


def read(tmp_path, content, name="data.xlsx", **entry):
    return check(tmp_path / "study", {name: content}, data=[{"file": name, **entry}])


def test_a_plain_workbook_is_read_with_the_address_of_every_cell(tmp_path):
    study, problems = read(tmp_path, workbook())
    assert codes(problems, Severity.ERROR) == set()
    assert value(study, "310000", "2023", "A.1") == 1.33
    row = study.observations.filter(region_code="310000", period="2023", code="B.1").row(
        0, named=True
    )
    assert (row["file"], row["sheet"], row["cell"]) == ("data.xlsx", "数据", "E8")
    assert (row["value"], row["raw_value"], row["raw_unit"]) == (7.9, "7.9", "EB")


def test_addresses_hold_where_a_sheet_starts_below_and_right_of_its_corner(tmp_path):
    def moved(book, page):
        page = book.add_worksheet("移动")
        for row, values in enumerate(
            [["地区", "年份", "PUE"], ["北京", 2022, 1.2], ["天津", 2022, "x"]], start=5
        ):
            page.write_row(row, 3, values)

    _, problems = read(tmp_path, workbook(moved), sheet="移动")
    assert [problem.place.cell for problem in of_code(problems, "not-a-number")] == ["F8"]


def test_a_title_above_the_headings_is_passed_over(tmp_path):
    def title(book, page):
        page.merge_range("A1:E1", "2022—2023年各地区指标")

    study, problems = read(tmp_path, workbook(title, top=2))
    assert codes(problems, Severity.ERROR) == set()
    assert value(study, "110000", "2022", "A.1") == 1.35


def test_numbers_are_exact_and_not_as_the_cell_shows_them(tmp_path):
    text = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    body = (
        f'<row r="1">{text.format("A1", "地区")}{text.format("B1", "gdp")}</row>'
        f'<row r="2">{text.format("A2", "北京")}<c r="B2"><v>0.30000000000000004</v></c></row>'
        f'<row r="3">{text.format("A3", "天津")}<c r="B3"><v>123456789.12345679</v></c></row>'
    )
    content = with_parts(workbook(), {"xl/worksheets/sheet1.xml": sheet_xml(body)})
    study, _ = read(tmp_path, content, period=2022)
    assert value(study, "110000", "2022", "gdp") == 0.30000000000000004
    assert value(study, "120000", "2022", "gdp") == 123456789.12345679
    assert study.observations["raw_value"].to_list()[0] == "0.30000000000000004"


def test_cells_without_addresses_and_prefixed_names_are_understood(tmp_path):
    text = '<x:c t="inlineStr"><x:is><x:t>{}</x:t></x:is></x:c>'
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        f"<x:row>{text.format('地区')}{text.format('PUE')}</x:row>"
        f'<x:row>{text.format("北京")}<x:c t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    content = with_parts(workbook(), {"xl/worksheets/sheet1.xml": xml.encode()})
    _, problems = read(tmp_path, content, period=2022)
    (problem,) = of_code(problems, "cell-error-value")
    assert (problem.place.cell, problem.found) == ("B2", "#N/A")


def cell(row, column, value, *form):
    return lambda book, page: page.write(row, column, value, *form)


@pytest.mark.parametrize(
    ("dressing", "code", "address", "found"),
    [
        (
            lambda book, page: page.write_formula("C3", "=1/0", None, "#DIV/0!"),
            "cell-error-value",
            "C3",
            "#DIV/0!",
        ),
        (lambda book, page: page.write_boolean("C3", True), "not-a-number", "C3", "true"),
        (
            lambda book, page: page.write_datetime(
                "D4", date(2023, 5, 1), book.add_format({"num_format": "yyyy/m/d"})
            ),
            "cell-is-date",
            "D4",
            "2023-05-01 00:00:00",
        ),
        (cell(4, 4, "约7"), "not-a-number", "E5", "约7"),
        (cell(4, 4, "无"), "not-a-number", "E5", "无"),
    ],
)
def test_a_cell_that_is_no_number_is_named(tmp_path, dressing, code, address, found):
    study, problems = read(tmp_path, workbook(dressing))
    assert study is None
    (problem,) = of_code(problems, code)
    assert (problem.place.cell, problem.found, problem.severity) == (address, found, Severity.ERROR)


def test_a_formula_is_read_by_its_saved_result_and_noted(tmp_path):
    study, problems = read(
        tmp_path, workbook(lambda book, page: page.write_formula("C3", "=1.2+0.1", None, 1.3))
    )
    assert value(study, "110000", "2022", "A.1") == 1.3
    assert [problem.found for problem in of_code(problems, "formulas-read")] == ["C3"]


def test_a_formula_without_a_saved_result_is_an_error_not_a_gap(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(BytesIO(workbook()))
    book.active["C3"] = "=1.2+0.1"
    buffer = BytesIO()
    book.save(buffer)
    study, problems = read(tmp_path, buffer.getvalue())
    assert study is None
    assert [problem.place.cell for problem in of_code(problems, "formula-without-result")] == ["C3"]


def test_numbers_stored_as_text_are_read_and_counted(tmp_path):
    study, problems = read(
        tmp_path, workbook(cell(2, 3, "61"), cell(3, 3, "５２"), cell(4, 3, "-"))
    )
    assert value(study, "120000", "2022", "A.2") == 52
    (note,) = of_code(problems, "numbers-as-text")
    assert (note.found, note.details["count"]) == ("D3, D4", 2)
    assert [note.found for note in of_code(problems, "missing-marks")] == ["D5"]


def test_a_cell_shown_as_a_percentage_is_the_percentage_shown(tmp_path):
    def percentages(book, page):
        shown = book.add_format({"num_format": "0.0%"})
        for row in range(2, 8):
            page.write_number(row, 3, (52 + row) / 100, shown)

    study, problems = read(tmp_path, workbook(percentages))
    assert codes(problems, Severity.ERROR) == set()
    assert value(study, "110000", "2022", "A.2") == 54
    assert len(of_code(problems, "percent-signs")) == 1


def test_under_the_unit_1_a_cell_shown_as_a_percentage_is_taken_as_it_is_without_a_note(tmp_path):
    def percentages(book, page):
        shown = book.add_format({"num_format": 9})
        for row in range(2, 8):
            page.write_number(row, 2, 1 + row / 100, shown)

    study, problems = read(tmp_path, workbook(percentages))
    assert codes(problems, Severity.ERROR) == set()
    assert value(study, "110000", "2022", "A.1") == 1.02
    assert of_code(problems, "percent-signs") == []


@pytest.mark.parametrize("number_format", ['0"%"', r"0.0\%", '0.0"％"', '[Red]0"%";[Blue]-0"%"'])
def test_a_percent_sign_that_a_format_only_adds_leaves_the_number(tmp_path, number_format):
    def percentages(book, page):
        shown = book.add_format({"num_format": number_format})
        for row in range(2, 8):
            page.write_number(row, 3, 52 + row, shown)

    study, problems = read(tmp_path, workbook(percentages))
    assert codes(problems, Severity.ERROR) == set()
    assert value(study, "110000", "2022", "A.2") == 54
    assert len(of_code(problems, "percent-signs")) == 1


def test_a_format_that_only_spells_a_percent_sign_apart_scales(tmp_path):
    def percentages(book, page):
        shown = book.add_format({"num_format": '_(0.0%_);"（"0.0%"）"'})
        for row in range(2, 8):
            page.write_number(row, 3, 0.58, shown)

    study, _ = read(tmp_path, workbook(percentages))
    assert value(study, "110000", "2022", "A.2") == 58


def test_a_percentage_in_a_column_of_another_unit_is_refused(tmp_path):
    def percentage(book, page):
        page.write_number(2, 4, 0.5, book.add_format({"num_format": 10}))

    _, problems = read(tmp_path, workbook(percentage))
    assert [problem.place.cell for problem in of_code(problems, "percent-sign-unexpected")] == [
        "E3"
    ]


def test_merged_cells_in_the_data_are_refused_and_a_merged_note_below_is_not(tmp_path):
    def note(book, page):
        page.merge_range("A10:E10", "注：初步数")

    study, _ = read(tmp_path, workbook(note))
    assert study is not None
    study, problems = read(tmp_path, workbook(lambda book, page: page.merge_range("A3:A4", "北京")))
    assert study is None
    assert [problem.place.cell for problem in of_code(problems, "cells-merged")] == ["A3:A4"]


def test_hidden_rows_and_columns_are_read_with_a_warning(tmp_path):
    def hide(book, page):
        page.set_row(3, None, None, {"hidden": True})
        page.set_column("D:D", None, None, {"hidden": True})

    study, problems = read(tmp_path, workbook(hide))
    assert value(study, "120000", "2022", "A.2") == 52
    assert [warning.found for warning in of_code(problems, "sheet-part-hidden")] == ["4:4, D:D"]


def test_hidden_sheets_are_read_only_by_name(tmp_path):
    def secret(book, page):
        other = book.add_worksheet("草稿")
        other.write_row(0, 0, ["地区", "年份", "gdp"])
        other.write_row(1, 0, ["北京", 2022, 5])
        other.hide()

    study, problems = read(tmp_path, workbook(secret))
    assert "gdp" not in study.grid.codes
    assert [warning.place.sheet for warning in of_code(problems, "sheet-hidden")] == ["草稿"]
    study, _ = read(tmp_path, workbook(secret), sheet="草稿")
    assert study.grid.codes == ("gdp",)


def test_sheets_without_headings_are_passed_over_with_a_warning(tmp_path):
    study, problems = read(
        tmp_path, workbook(lambda book, page: book.add_worksheet("封面").write(0, 0, "封面"))
    )
    assert study is not None
    assert [warning.place.sheet for warning in of_code(problems, "sheet-passed-over")] == ["封面"]


def test_an_absent_sheet_is_told_beside_those_there_are(tmp_path):
    _, problems = read(tmp_path, workbook(), sheet="数据2")
    (problem,) = of_code(problems, "sheet-absent")
    assert problem.message("zh") == "没有名为“数据2”的工作表，文件中有：数据。"
    assert problem.message("en") == "There is no sheet “数据2”; the file has: 数据."


def test_a_sheet_cannot_be_chosen_in_a_text_file(tmp_path):
    _, problems = read(tmp_path, "地区,PUE\n北京,1.2\n", "data.csv", sheet="数据")
    assert codes(problems, Severity.ERROR) == {"sheet-not-excel", "study-without-values"} - {
        "study-without-values"
    }


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (OLE, "workbook-old-format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "workbook-encrypted"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "workbook-is-markup"),
        (b"hello", "workbook-not-excel"),
        (workbook()[: len(workbook()) // 2], "workbook-damaged"),
        (with_parts(workbook(), {"xl/workbook.bin": b"x"}), "workbook-binary"),
        (with_parts(workbook(), {"xl/workbook.xml": None}), "workbook-not-excel"),
        (
            with_parts(workbook(), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}),
            "workbook-damaged",
        ),
        (with_parts(workbook(), {"xl/worksheets/sheet1.xml": None}), "workbook-without-sheets"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_readable_workbook_is_refused_by_name(tmp_path, content, code):
    study, problems = read(tmp_path, content)
    assert study is None
    assert codes(problems, Severity.ERROR) == {code}


def test_an_empty_workbook_has_no_data(tmp_path):
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet()
    _, problems = read(tmp_path, buffer.getvalue())
    assert codes(problems, Severity.ERROR) == {"workbook-without-data"}

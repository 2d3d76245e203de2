"""Files of one matrix: text in any encoding, workbooks with all they may do to a judgement, refusals all at once."""

import datetime

import numpy as np
import pytest

from suanli.intake.matrices import read_matrix
from suanli.problems import Severity
from tests.unit.intake.matrices.files import book, codes, read, refusals, refused, text

ROWS = [[None, "甲", "乙", "丙"], ["甲", 1, 3, 5], ["乙", None, 1, 0.33], ["丙", None, None, 1]]
CSV = ",甲,乙,丙\n甲,1,3,5\n乙,,1,0.33\n丙,,,1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path, encoding):
    found = read(tmp_path, CSV.encode(encoding))
    assert found.labels == ("甲", "乙", "丙")
    assert found.values[2, 1] == 3
    assert found.file.path == "m.csv"
    assert len(found.file.sha256) == 64


def test_a_workbook(tmp_path):
    found = read_matrix(book(tmp_path, {"判断": ROWS}))
    np.testing.assert_array_equal(found.values, read(tmp_path, CSV).values)
    assert found.sheet == "判断"
    (note,) = found.problems
    assert (note.code, note.severity, note.place.sheet) == ("matrix-snapped", Severity.NOTE, "判断")
    assert "乙/丙 0.33 → 1/3" in note.message("zh")


def test_the_first_sheet_with_a_matrix_or_the_one_named(tmp_path):
    other = [[None, "x", "y"], ["x", 1, 7], ["y", None, 1]]
    path = book(tmp_path, {"说明": [["填写说明"], ["一", "二"]], "空": [], "A": ROWS, "B": other})
    assert read_matrix(path).sheet == "A"
    assert read_matrix(path, sheet="B").labels == ("x", "y")
    (absent,) = refusals(path, sheet="C")
    assert (absent.code, absent.expected) == ("matrix-sheet-absent", "说明, 空, A, B")
    assert codes(refusals(path, sheet="说明")) == ["matrix-not-found"]
    assert codes(refusals(path, sheet="空")) == ["matrix-not-found"]


def test_a_hidden_sheet_is_read_only_when_named(tmp_path):
    def dress(made, page):
        made.worksheets()[1].activate()
        page.hide()

    path = book(tmp_path, {"A": ROWS, "B": [["x"]]}, dress)
    assert codes(refusals(path)) == ["matrix-not-found"]
    assert read_matrix(path, sheet="A").labels == ("甲", "乙", "丙")


def test_dates_percentages_times_and_fractions_by_format(tmp_path):
    def dress(made, page):
        day = made.add_format({"num_format": "d-mmm"})
        page.write_datetime(1, 2, datetime.date(2026, 1, 3), day)
        page.write_number(1, 3, 0.33, made.add_format({"num_format": "0%"}))
        page.write_datetime(2, 3, datetime.time(1, 5), made.add_format({"num_format": "h:mm"}))

    problems = refusals(book(tmp_path, {"A": ROWS}, dress))
    assert [(one.code, one.place.cell, one.expected) for one in problems] == [
        ("matrix-date", "C2", "1/3"),
        ("matrix-percent", "D2", "1/3"),
        ("matrix-date", "D3", "1/5"),
    ]

    def fraction(made, page):
        page.write_number(1, 2, 1 / 3, made.add_format({"num_format": "# ?/?"}))

    found = read_matrix(book(tmp_path, {"A": ROWS}, fraction))
    assert found.values[0, 1] == 1 / 3
    assert [(one.row, one.column) for one in found.snapped] == [(1, 2)]


def test_formulas_are_read_by_their_saved_results(tmp_path):
    def dress(_, page):
        page.write_formula(2, 1, "=1/C2", None, 1 / 3)
        page.write_formula(3, 1, "=1/D2", None, 0.2)

    found = read_matrix(book(tmp_path, {"A": ROWS}, dress))
    assert found.values[1, 0] == 1 / 3
    assert "formulas-read" in codes(found.problems)


@pytest.mark.parametrize(
    ("result", "code"), [("#DIV/0!", "cell-error-value"), ("", "formula-without-result")]
)
def test_formulas_without_a_ratio(tmp_path, result, code):
    def dress(_, page):
        page.write_formula(2, 1, "=1/C2", None, result)

    (problem,) = refusals(book(tmp_path, {"A": ROWS}, dress))
    assert (problem.code, problem.place.cell) == (code, "B3")


def test_merged_cells(tmp_path):
    path = book(tmp_path, {"A": ROWS}, lambda _, page: page.merge_range(1, 2, 1, 3, 3))
    assert codes(refusals(path)) == ["cells-merged"]
    titled = [["准则层"], *ROWS]
    path = book(tmp_path, {"A": titled}, lambda _, page: page.merge_range(0, 0, 0, 3, "准则层"))
    assert read_matrix(path).labels == ("甲", "乙", "丙")


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    problems = refused(tmp_path, ",a,b,c,d\na,2,0,x,33%\nb,,1,3-Jan,4\nc,,,1,2\nd,,3,3,1\n")
    assert codes(problems) == [
        "matrix-self",
        "matrix-not-positive",
        "matrix-not-a-judgement",
        "matrix-percent",
        "matrix-date",
        "matrix-not-reciprocal",
        "matrix-not-reciprocal",
    ]
    assert {problem.details.get("item") for problem in problems} >= {"a", "b", "d"}


def test_disconnected_comparisons_are_listed_by_label(tmp_path):
    (problem,) = refused(tmp_path, ",a,b,c,d,e\na,1,3,,,\nb,,1,,,\nc,,,1,2,\nd,,,,1,\ne,,,,,1\n")
    assert problem.code == "matrix-disconnected"
    assert problem.found == "{a, b}  {c, d}  {e}"
    assert problem.details["count"] == 3


def test_a_cell_that_cannot_be_read_does_not_make_items_unconnected(tmp_path):
    assert codes(refused(tmp_path, ",a,b\na,1,x\nb,,1\n")) == ["matrix-not-a-judgement"]
    assert codes(refused(tmp_path, ",a,b\na,1,\nb,,1\n")) == ["matrix-disconnected"]


def test_ratios_beyond_nine_are_noted_and_grades_beyond_nine_refused(tmp_path):
    content = ",a,b,c\na,1,12,0.11\nb,,1,9\nc,,,1\n"
    found = read(tmp_path, content)
    assert codes(found.problems) == ["matrix-beyond-nine", "matrix-snapped"]
    assert "(a/b 12)" in found.problems[0].message("en")
    (problem,) = refused(tmp_path, content, grades=True)
    assert (problem.code, problem.found, problem.place.cell) == (
        "matrix-grade-outside",
        "12",
        "line 2",
    )
    assert read(tmp_path, content.replace("12", "4"), grades=True).values[0, 2] == 1 / 9


@pytest.mark.parametrize(
    "content",
    ["1,3\n1/3,1\n", "1,3,5\n1/3,1,2\n0.2,1/2,1\n", "1,3,1/3\n1/3,1,2\n3,1/2,1\n"],
)
def test_numbers_without_labels(tmp_path, content):
    assert codes(refused(tmp_path, content)) == ["matrix-without-labels"]


@pytest.mark.parametrize(
    "content", ["hello\n", "a,b,c\nd,e,f\n", "地区,PUE\n北京,1.2\n天津,1.3\n", ",a,b,c\n"]
)
def test_files_that_hold_something_else(tmp_path, content):
    assert codes(refused(tmp_path, content)) == ["matrix-not-found"]


def test_files_that_cannot_be_read(tmp_path):
    assert codes(refusals(tmp_path / "absent.csv")) == ["file-not-found"]
    assert codes(refusals(tmp_path)) == ["file-not-regular"]
    assert codes(refusals(tmp_path / "..")) == ["file-not-regular"]
    assert codes(refused(tmp_path, b" " * 10_000_001)) == ["matrix-file-too-large"]
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    assert codes(refusals(loop)) == ["file-unreadable"]
    assert codes(refused(tmp_path, "")) == ["file-empty"]
    assert codes(refused(tmp_path, CSV, "m.docx")) == ["file-type-unknown"]
    assert codes(refused(tmp_path, CSV, "m.xlsx")) == ["workbook-not-excel"]
    assert codes(refused(tmp_path, CSV, sheet="A")) == ["matrix-sheet-in-text"]
    assert codes(refused(tmp_path, ',a\na,"1\n')) == ["not-a-text-table"]


def test_a_link_that_is_named_is_followed(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = tmp_path / "link.csv"
    link.symlink_to(text(folder, CSV))
    assert read_matrix(link).labels == ("甲", "乙", "丙")


def test_too_many_problems_of_a_kind_are_counted(tmp_path):
    names = [f"i{number}" for number in range(20)]
    rows = [",".join([name, *["x"] * 20]) for name in names]
    problems = refused(tmp_path, "\n".join([",".join(["", *names]), *rows]))
    assert len(problems) == 101
    assert (problems[-1].code, problems[-1].found) == ("more-of-the-same", "300")


def test_tables_larger_than_any_matrix(tmp_path):
    rows = "\n".join("a,b,3" for _ in range(12_001))
    problems = refused(tmp_path, f"item,other,judgement\n{rows}\n")
    assert (codes(problems), problems[0].found) == (["matrix-too-large"], "12002")


def test_ragged_lines_that_are_no_triangle_are_refused(tmp_path):
    assert codes(refused(tmp_path, ",a,b\na,1,3,5\nb,,1\n")) == ["row-ragged"]
    assert set(codes(refused(tmp_path, ',"a",b\na,1\nb,3,1\n'))) == {"row-ragged"}


def test_values_are_reciprocal_to_the_last_bit_of_what_the_methods_ask(tmp_path):
    found = read(tmp_path, ",a,b,c\na,1,1/7,0.17\nb,,1,2.6\nc,,0.385,1\n")
    np.testing.assert_allclose(found.values * found.values.T, 1, rtol=1e-15)


def test_the_other_sheets_with_a_matrix_are_named(tmp_path):
    rows = [[None, "a", "b"], ["a", 1, 3], ["b", None, 1]]
    found = read_matrix(book(tmp_path, {"one": rows, "two": rows, "text": [["x"]]}))
    assert found.sheet == "one"
    assert [(each.code, each.found, each.expected) for each in found.problems] == [
        ("matrix-sheets-several", "one", "two")
    ]

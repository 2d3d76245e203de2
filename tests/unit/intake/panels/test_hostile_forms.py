"""Questionnaires that come back changed, damaged or meant to harm: each is refused by name, none is half read."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook

from suanli.framework import bundled
from suanli.problems import Severity
from tests.unit.intake.panels.panels import check, codes, form, of_code, sheets
from tests.unit.intake.workbooks import with_parts, workbook

MEGABYTE = 1_000_000
TOP = sheets()["index"].name


def cell(address, value, sheet=TOP):
    def edit(book):
        book[sheet][address] = value

    return edit


def fact(key, value):
    def edit(book):
        page = book["_suanli"]
        for row in page.iter_rows():
            if row[0].value == key:
                row[1].value = value

    return edit


def deleted_sheet(book):
    del book[TOP]


def renamed_sheet(book):
    book[TOP].title = "改名"


def deleted_hidden_sheet(book):
    del book["_suanli"]


def inserted_row(book):
    book[TOP].insert_rows(10)


def deleted_row(book):
    book[TOP].delete_rows(9)


def inserted_column(book):
    book[TOP].insert_cols(2)


def swapped_rows(book):
    page = book[TOP]
    for column in "BTU":
        first, second = page[f"{column}9"].value, page[f"{column}12"].value
        page[f"{column}9"], page[f"{column}12"] = second, first


def emptied_sheet(book):
    book[TOP].delete_rows(1, 100)


def read(tmp_path, content, name="E01.xlsx", **declared):
    return check(tmp_path, {f"returned/{name}": content}, **declared)


def refused(tmp_path, content, name="E01.xlsx", **declared):
    panel, problems = read(tmp_path, content, name, **declared)
    assert panel is None
    return [
        (each.code, each.place.sheet, each.place.cell)
        for each in problems
        if each.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (cell("U9", "=1+2"), [("questionnaire-formula", TOP, "U9")]),
        (
            cell("U9", '=HYPERLINK("http://example.org","A3")'),
            [("questionnaire-formula", TOP, "U9")],
        ),
        (cell("U9", "A3比较重要"), [("questionnaire-answer-unusable", TOP, "U9")]),
        (cell("U9", "A3 B3"), [("questionnaire-answer-unusable", TOP, "U9")]),
        (cell("U9", "A3/A5"), [("questionnaire-answer-unusable", TOP, "U9")]),
        (cell("U9", "A10"), [("questionnaire-answer-unusable", TOP, "U9")]),
        (cell("U9", 10), [("questionnaire-answer-unusable", TOP, "U9")]),
        (cell("U9", 0), [("questionnaire-answer-unusable", TOP, "U9")]),
        (cell("U9", -3), [("questionnaire-answer-unusable", TOP, "U9")]),
        (cell("U9", 3), [("questionnaire-side-missing", TOP, "U9")]),
        (cell("U9", True), [("questionnaire-answer-unusable", TOP, "U9")]),
        (cell("U9", "<script>"), [("questionnaire-answer-unusable", TOP, "U9")]),
        (cell("U9", "A3" * 10_000), [("questionnaire-answer-unusable", TOP, "U9")]),
        (cell("U9", "#REF!"), [("questionnaire-answer-unusable", TOP, "U9")]),
        (deleted_sheet, [("questionnaire-sheet-absent", TOP, "")]),
        (renamed_sheet, [("questionnaire-sheet-absent", TOP, "")]),
        (deleted_hidden_sheet, [("panel-file-not-recognised", "", "")]),
        (inserted_row, [("questionnaire-rows-moved", TOP, "A10")]),
        (deleted_row, [("questionnaire-rows-moved", TOP, "A9")]),
        (inserted_column, [("questionnaire-rows-moved", TOP, "B9")]),
        (swapped_rows, [("questionnaire-rows-moved", TOP, "T9")]),
        (emptied_sheet, [("questionnaire-rows-moved", TOP, "A9")]),
        (fact("kind", "data"), [("questionnaire-other-form", "_suanli", "")]),
        (fact("kind", None), [("questionnaire-other-form", "_suanli", "")]),
        (fact("format", "2"), [("questionnaire-format-unknown", "_suanli", "")]),
        (fact("codes", "0" * 64), [("questionnaire-other-framework", "_suanli", "")]),
        (fact("round", "2"), [("questionnaire-other-round", "_suanli", "")]),
        (fact("elicitation", "scores"), [("questionnaire-other-elicitation", "_suanli", "")]),
        (fact("elicitation", "oracle"), [("questionnaire-identity-damaged", "_suanli", "")]),
        (fact("language", "../zh"), [("questionnaire-identity-damaged", "_suanli", "")]),
        (fact("expert", "../../E01"), [("panel-expert-id", "_suanli", "")]),
        (fact("expert", None), [("panel-expert-id", "_suanli", "")]),
    ],
)
def test_what_was_changed_is_told_and_not_read(tmp_path, edit, expected):
    assert refused(tmp_path, form("E01", "pairwise", edit)) == expected


def test_every_fault_in_every_file_is_told_together(tmp_path):
    files = {
        "returned/E01.xlsx": form("E01", "pairwise", cell("U9", "x"), cell("U10", "=1")),
        "returned/E02.xlsx": form(
            "E02", "pairwise", renamed_sheet, cell("U9", "y", "2.5 算力应用")
        ),
        "returned/E03.xlsx": b"not a workbook",
        "returned/E04.csv": "expert,item\nE04,2.1\n",
    }
    panel, problems = check(tmp_path, files)
    assert panel is None
    assert sorted((each.place.file, each.code) for each in problems) == [
        ("returned/E01.xlsx", "questionnaire-answer-unusable"),
        ("returned/E01.xlsx", "questionnaire-formula"),
        ("returned/E02.xlsx", "questionnaire-answer-unusable"),
        ("returned/E02.xlsx", "questionnaire-sheet-absent"),
        ("returned/E02.xlsx", "questionnaire-sheets-extra"),
        ("returned/E03.xlsx", "workbook-not-excel"),
        ("returned/E04.csv", "panel-columns-missing"),
    ]


def test_another_frameworks_form_is_refused(tmp_path):
    content = form(framework=bundled("open-1.0"))
    assert refused(tmp_path, content) == [("questionnaire-other-framework", "_suanli", "")]


def test_a_form_of_nobody_in_the_panel_is_refused(tmp_path):
    experts = [{"id": "E02"}, {"id": "E03"}]
    assert refused(tmp_path, form("E01"), experts=experts) == [
        ("panel-expert-unknown", "_suanli", "")
    ]


def test_a_form_for_data_is_no_questionnaire(tmp_path):
    def data_form(book, page):
        hidden = book.add_worksheet("_suanli")
        hidden.write_row(0, 0, ["framework", "cpdi-2.0"])

    assert refused(tmp_path, workbook(data_form)) == [("questionnaire-other-form", "_suanli", "")]


def test_comparisons_that_fall_apart_are_told_with_names(tmp_path):
    def lessen(book):
        for row in range(9, 19):
            book[TOP][f"U{row}"] = "A2" if row in (9, 18) else None

    panel, problems = read(tmp_path, form("E01", "pairwise", lessen))
    assert panel is not None
    assert codes(problems) == []
    (told,) = of_code(problems, "panel-comparisons-disconnected")
    assert "2.4 算力环境、2.5 算力应用" in told.message("zh")


@pytest.mark.parametrize(
    ("elicitation", "edits", "expected"),
    [
        ("best-worst", [cell("D6", "9. 没有")], ["questionnaire-item-unknown"]),
        ("best-worst", [cell("D6", "2. 算力规模")], ["questionnaire-item-unknown"]),
        ("best-worst", [cell("D6", "2.6")], ["questionnaire-item-unknown"]),
        ("best-worst", [cell("D6", 2.5001)], ["questionnaire-item-unknown"]),
        ("best-worst", [cell("D6", "0")], ["questionnaire-item-unknown"]),
        ("best-worst", [cell("D6", None)], ["panel-extremes-missing"]),
        ("best-worst", [cell("D6", "4. 算力环境")], ["panel-extremes-equal"]),
        ("best-worst", [cell("D9", "1/3")], ["panel-extreme-exceeded"]),
        ("best-worst", [cell("D13", 3)], ["panel-self-comparison"]),
        ("best-worst", [cell("E13", 3)], ["panel-answers-differ"]),
        ("best-worst", [cell("D9", "=2")], ["questionnaire-formula"]),
        ("best-worst", [cell("D9", 0)], ["panel-judgement-not-positive"]),
        ("scores", [cell("D9", 10)], ["questionnaire-answer-unusable"]),
        ("scores", [cell("D9", 0)], ["questionnaire-answer-unusable"]),
        ("scores", [cell("D9", "高")], ["panel-not-a-number"]),
        ("scores", [cell("D9", None)], ["panel-group-unanswered"]),
        ("budget", [cell("D9", 30)], ["panel-budget-sum"]),
        ("budget", [cell("D9", 0), cell("D10", 140 / 3)], ["panel-score-not-positive"]),
        ("budget", [cell("D9", None)], ["panel-group-unanswered"]),
    ],
)
def test_other_ways_of_asking_are_as_strict(tmp_path, elicitation, edits, expected):
    panel, problems = read(tmp_path, form("E01", elicitation, *edits), elicitation=elicitation)
    assert panel is None
    assert codes(problems) == expected


def test_a_padded_file_is_refused_from_its_size_alone(tmp_path):
    folder = tmp_path / "panel" / "returned"
    folder.mkdir(parents=True)
    with (folder / "E01.xlsx").open("wb") as stream:
        stream.write(form("E01"))
        stream.truncate(100 * MEGABYTE)
    panel, problems = check(tmp_path, {})
    assert panel is None
    assert codes(problems) == ["panel-file-too-large"]


def padded(size, *, random):
    buffer = BytesIO(form("E01"))
    noise = np.random.default_rng(0).bytes(random)
    with ZipFile(buffer, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/noise", noise, compress_type=ZIP_STORED)
        with archive.open("xl/media/padding", "w") as entry:
            for _ in range(size // MEGABYTE):
                entry.write(bytes(MEGABYTE))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("random", "code"),
    [(0, "workbook-too-big-unpacked"), (2 * MEGABYTE, "questionnaire-padded")],
)
def test_padding_that_packs_well_is_refused_unpacked(tmp_path, random, code):
    content = padded(100 * MEGABYTE, random=random)
    assert len(content) < 5 * MEGABYTE
    assert [each[0] for each in refused(tmp_path, content)] == [code]


def sheet_part(content):
    with ZipFile(BytesIO(content)) as archive:
        return "xl/worksheets/sheet2.xml", archive.read("xl/worksheets/sheet2.xml")


def test_entities_and_broken_markup_are_refused(tmp_path):
    content = form("E01")
    name, xml = sheet_part(content)
    prolog, _, rest = xml.partition(b"<worksheet")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    attacked = with_parts(content, {name: prolog + bomb + b"<worksheet" + rest})
    assert [each[0] for each in refused(tmp_path, attacked)] == ["workbook-entities"]
    broken = with_parts(content, {name: xml[: len(xml) // 2]})
    assert [each[0] for each in refused(tmp_path / "b", broken)] == ["workbook-damaged"]


def test_a_sheet_without_end_is_refused(tmp_path):
    content = form("E01")
    name, xml = sheet_part(content)
    huge = xml.replace(
        b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    )
    assert huge != xml
    assert [each[0] for each in refused(tmp_path, with_parts(content, {name: huge}))] == [
        "sheet-too-big"
    ]


def test_two_sheets_of_one_name_are_refused(tmp_path):
    content = form("E01")
    with ZipFile(BytesIO(content)) as archive:
        xml = archive.read("xl/workbook.xml").decode()
    other = sheets()["2.5"].name
    twice = with_parts(content, {"xl/workbook.xml": xml.replace(f'"{other}"', f'"{TOP}"').encode()})
    assert [each[0] for each in refused(tmp_path, twice)] == ["workbook-damaged"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (OLE + bytes(600), "E01.xls", "workbook-old-format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "E01.xlsx", "workbook-encrypted"),
        (b"PK\x03\x04 and no more", "E01.xlsx", "workbook-damaged"),
        (b"<html></html>", "E01.xlsx", "workbook-is-markup"),
        (b"hello", "E01.xlsx", "workbook-not-excel"),
        (b"   ", "E01.xlsx", "file-empty"),
        (b"%PDF-1.7", "E01.pdf", "panel-file-type"),
        (b"hello", "E01", "panel-file-type"),
        (b"expert,item\x00", "E01.csv", "not-a-text-table"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path, content, name, code):
    assert [each[0] for each in refused(tmp_path, content, name)] == [code]


def test_a_form_saved_by_another_program_without_its_results_is_read(tmp_path):
    book = load_workbook(BytesIO(form("E01")))
    plain = Workbook()
    plain.remove(plain.active)
    for page in book.worksheets:
        copy = plain.create_sheet(page.title)
        for row in page.iter_rows():
            for each in row:
                if each.value is not None:
                    copy[each.coordinate] = each.value
    buffer = BytesIO()
    plain.save(buffer)
    panel, problems = read(tmp_path, buffer.getvalue())
    assert problems == ()
    assert panel.answers.height == 24


@pytest.mark.parametrize("pairs", ["1-9", "2-1", "1-2-3", "x", "0-1", "9" * 5000 + "-1"])
def test_an_incomplete_design_that_makes_no_sense_is_refused(tmp_path, pairs):
    def edit(book):
        page = book["_suanli"]
        page.cell(page.max_row + 1, 1, "asked index")
        page.cell(page.max_row, 2, pairs)

    content = form("E01", "incomplete", edit)
    assert refused(tmp_path, content, elicitation="incomplete") == [
        ("questionnaire-identity-damaged", "_suanli", "")
    ]


def merged(area):
    def edit(book):
        book[TOP].merge_cells(area)

    return edit


def test_merged_answers_are_refused(tmp_path):
    told = refused(tmp_path, form("E01", "pairwise", merged("U9:U10")))
    assert {each[0] for each in told} == {"cells-merged"}


def test_a_copy_of_a_sheet_is_told(tmp_path):
    def copied(book):
        book.copy_worksheet(book[TOP]).title = "copy"

    panel, problems = read(tmp_path, form("E01", "pairwise", copied))
    assert panel is not None
    assert [(each.code, each.found) for each in problems] == [
        ("questionnaire-sheets-extra", "copy")
    ]


def test_fewer_pairs_than_the_sheet_shows_are_a_forgery(tmp_path):
    def forged(book):
        page = book["_suanli"]
        page.cell(page.max_row + 1, 1, "asked index")
        page.cell(page.max_row, 2, "1-2 1-3 1-4 1-5")

    told = refused(tmp_path, form("E01", "incomplete", forged), elicitation="incomplete")
    assert told[0][0] == "questionnaire-identity-damaged"
    told = refused(tmp_path, form("E01", "pairwise", forged))
    assert told[0][0] == "questionnaire-identity-damaged"


def test_a_part_of_the_pairs_does_not_answer_all(tmp_path):
    told = refused(tmp_path, form("E01", "incomplete"))
    assert [each[0] for each in told] == ["questionnaire-other-elicitation"]

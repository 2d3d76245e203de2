"""The workbook that an expert fills in, as Excel's users and readers of Excel files find it."""

import io
import re
import zipfile

import numpy as np
import pytest

from suanli.framework import bundled, bundled_ids
from suanli.intake.questionnaires import judgement_count
from suanli.intake.questionnaires.design import designs
from suanli.intake.questionnaires.groups import codes_digest
from suanli.intake.questionnaires.layout import ELICITATIONS, POSITIONS
from suanli.intake.questionnaires.questionnaire import questionnaire
from tests.filled import facts_of, filled, sheets_of
from tests.unit.intake.questionnaires.forms import (
    Rules,
    answers,
    hostile_framework,
    opened,
    parts,
    small_framework,
    whole_form,
)


def form(way="pairwise", declared=None, **choices):
    rules = Rules(way, **choices.pop("rules", {}))
    return questionnaire(declared or small_framework(), "E07", rules=rules, **choices)


def validations(sheet):
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


def unlocked(sheet):
    return {cell.coordinate for row in sheet for cell in row if not cell.protection.locked}


def test_the_sheets_are_a_guide_the_groups_and_the_hidden_one():
    book = opened(form())
    assert book.sheetnames == ["填写说明", "index", "A A", "B B", "_suanli"]
    assert book["_suanli"].sheet_state == "veryHidden"
    assert opened(form(language="en")).sheetnames[0] == "Guide"


def test_the_hidden_sheet_says_what_the_form_was_made_for():
    declared = small_framework()
    asked = designs(declared, 2, seed=1)[0]
    facts = facts_of(form("incomplete", round=2, language="en", asked=asked))
    assert facts == {
        "kind": "questionnaire",
        "format": "1",
        "framework": "test-1.0",
        "codes": codes_digest(declared),
        "expert": "E07",
        "round": "2",
        "elicitation": "incomplete",
        "language": "en",
        "score_rule": "ratio",
        "asked index": "1-2 1-3 2-3",
        "asked A": "1-2",
        "asked B": "1-2 1-3 1-4 2-3 2-4 3-4",
    }


@pytest.mark.parametrize("way", ELICITATIONS)
def test_only_answers_and_remarks_are_unlocked_and_there_is_no_password(way):
    content = form(way)
    book = opened(content)
    for group in sheets_of(content, small_framework()):
        sheet = book[group.name]
        cells = {answer.cell for answer in group.answers} | {group.remarks}
        merged = {
            cell.coordinate
            for area in sheet.merged_cells.ranges
            if area.coord.split(":")[0] in cells
            for row in sheet[area.coord]
            for cell in row
        }
        assert cells <= unlocked(sheet) <= cells | merged
    for sheet in book:
        assert sheet.protection.sheet
        assert not sheet.protection.password
    assert {"B6", "B7", "B8", "B9"} <= unlocked(book["填写说明"]) <= {"B6", "B7", "B8", "B9", "C9"}


def test_a_comparison_is_chosen_from_seventeen_positions():
    book = opened(form())
    rule = validations(book["index"])["U9"]
    assert rule.type == "list"
    assert rule.formula1 == "'_suanli'!$D$1:$D$17"
    assert rule.showErrorMessage
    listed = [book["_suanli"].cell(row, 4).value for row in range(1, 18)]
    assert listed == list(POSITIONS)
    assert "A A" in rule.prompt
    assert "左项更重要" in rule.error
    assert "left item" in rule.error


def test_scores_points_and_grades_are_validated():
    score = validations(opened(form("scores"))["index"])["D9:D11"]
    assert (score.type, score.formula1, score.formula2) == ("whole", "1", "9")
    points = validations(opened(form("budget"))["index"])["D9:D11"]
    assert (points.type, float(points.formula1) > 0, points.formula2) == ("decimal", True, "100")
    rules = validations(opened(form("best-worst"))["index"])
    assert (rules["D9:E11"].type, rules["D9:E11"].formula2) == ("whole", "9")
    assert rules["D6"].formula1 == rules["D7"].formula1 == "$AJ$9:$AJ$11"
    listed = opened(form("best-worst"))["index"]
    assert [listed[f"AJ{row}"].value for row in (9, 10, 11)] == ["1. A", "2. B", "3. C"]


def test_fixed_cells_hold_what_the_reader_expects():
    for way in ELICITATIONS:
        content = form(way)
        book = opened(content)
        for group in sheets_of(content, small_framework()):
            assert all(fixed.holds(book[group.name][fixed.cell].value) for fixed in group.fixed)


@pytest.mark.parametrize("way", ELICITATIONS)
def test_a_hostile_framework_is_written_as_text(way):
    content = form(way, hostile_framework())
    book = opened(content)
    written = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    # all formulas are ours: none holds a name, which they take from cells instead
    assert written
    plain = [re.sub(r"'(?:[^']|'')*'!", "", str(cell.value)) for cell in written]
    assert not any("HYPERLINK" in text or "cmd" in text for text in plain)
    group = sheets_of(content, hostile_framework())[0]
    items = book[group.name]["B9"]
    assert items.data_type == "s"
    assert items.value.startswith("=1+1 =HYPERLINK(")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        links = [name for name in packed.namelist() if "externalLink" in name]
        assert not links
        assert b"http://x" not in b"".join(
            packed.read(name) for name in packed.namelist() if name.endswith(".rels")
        )


def test_heads_of_pages_show_ampersands_as_they_are():
    head = opened(form(declared=hostile_framework(), language="en"))["Guide"].oddHeader
    assert "&&P &&[Tab]" in head.left.text or "&P &[Tab]" in head.left.text


@pytest.mark.parametrize("way", ELICITATIONS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sheet_is_in_both_languages(way, language):
    book = opened(form(way, bundled("cpdi-2.0"), language=language))
    for sheet in book.worksheets[:-1]:
        texts = " ".join(
            str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "s"
        )
        assert re.search(r"[\u4e00-\u9fff]", texts)
        assert re.search(r"[A-Za-z]{4}", texts)
    first = book.worksheets[1]["B8"].value.split("\n")
    chinese = [bool(re.search(r"[\u4e00-\u9fff]", line)) for line in first]
    assert chinese == ([True, False] if language == "zh" else [False, True])


@pytest.mark.parametrize("framework_id", bundled_ids())
@pytest.mark.parametrize("way", ["pairwise", "best-worst"])
def test_messages_fit_what_excel_accepts(framework_id, way):
    rules = [
        rule
        for sheet in parts(whole_form(way, framework_id), "dataValidation").values()
        for rule in sheet
    ]
    assert any(rule.get("error") for rule in rules)
    for rule in rules:
        for key, most in (("prompt", 255), ("error", 255), ("promptTitle", 32), ("errorTitle", 32)):
            assert len(rule.get(key, "").encode("utf-16-le")) // 2 <= most


@pytest.mark.parametrize("way", ELICITATIONS)
def test_formulas_fit_what_excel_accepts(way):
    found = [text for sheet in parts(whole_form(way, "ccpe-3.0"), "f").values() for text in sheet]
    assert len(found) > 300
    for formula in found:
        assert len(formula) <= 8192
        assert all(len(quoted) <= 255 for quoted in re.findall(r'"([^"]*)"', formula))


def test_the_guide_tells_the_load_and_the_progress_of_each_sheet():
    book = opened(form(declared=bundled("cpdi-2.0")))
    guide = book["填写说明"]
    texts = [str(cell.value) for row in guide.iter_rows() for cell in row if cell.value]
    burden = judgement_count(bundled("cpdi-2.0"), "pairwise")
    assert any(f"{burden.judgements}项判断" in t and f"{burden.minutes}分钟" in t for t in texts)
    assert sum("$AC$5" in text for text in texts) == 9
    links = [cell.hyperlink.location for row in guide.iter_rows() for cell in row if cell.hyperlink]
    assert links[0] == "'算力发展指数'!A1"
    assert len(links) == 9


@pytest.mark.parametrize(
    ("way", "rule", "words"),
    [
        ("scores", "ratio", ("比值规则", "ratio rule")),
        ("scores", "difference", ("差值规则", "difference rule")),
        ("budget", "difference", ("差值规则", "difference rule")),
    ],
)
def test_the_rule_of_scores_is_named_on_the_form(way, rule, words):
    content = form(way, rules={"score_rule": rule})
    book = opened(content)
    for sheet in book.worksheets[:-1]:
        texts = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
        assert all(word in texts for word in words)
    assert facts_of(content)["score_rule"] == rule


def test_simulated_answers_are_stamped_on_every_sheet():
    book = opened(form(rules={"simulated": True}))
    for sheet in book.worksheets[:-1]:
        texts = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row)
        assert "模拟数据 Simulated data" in texts


def test_the_same_arguments_give_the_same_bytes():
    assert form("incomplete") == form("incomplete")
    with zipfile.ZipFile(io.BytesIO(form())) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
        assert b"2024-01-01" in packed.read("docProps/core.xml")


def test_forms_are_printed_on_a4_with_repeated_headings():
    for sheet in opened(form()).worksheets[:-1]:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.page_setup.fitToHeight == 0
    group = opened(form())["B B"]
    assert group.print_title_rows == "$8:$8"
    assert group.freeze_panes == "A9"


def test_an_incomplete_form_shows_only_what_is_asked():
    declared = bundled("ccpe-3.0")
    asked = designs(declared, 5, seed=3)[2]
    content = form("incomplete", declared, asked=asked)
    sheets = sheets_of(content, declared)
    assert sum(len(sheet.answers) for sheet in sheets) == 82
    for sheet in sheets:
        assert {(i, j) for i, j in sheet.pairs} == {
            (i, j) for i, j in zip(*np.nonzero(asked[sheet.node]), strict=True) if i < j
        }


def test_masks_of_another_group_or_shape_or_in_pieces_are_refused():
    with pytest.raises(ValueError, match="not judged: X"):
        form("incomplete", asked={"X": np.ones((2, 2), dtype=bool)})
    with pytest.raises(ValueError, match=r"B: pairs asked of 4 items"):
        form("incomplete", asked={"B": np.ones((3, 3), dtype=bool)})
    pieces = np.zeros((4, 4), dtype=bool)
    pieces[0, 1] = pieces[2, 3] = True
    with pytest.raises(ValueError, match="do not connect"):
        form("incomplete", asked={"B": pieces})


@pytest.mark.parametrize("way", ELICITATIONS)
def test_a_form_can_be_filled_in(way):
    declared = small_framework()
    content = form(way)
    full = filled(content, declared, answers(declared, way))
    book = opened(full)
    for group in sheets_of(full, declared):
        given = [book[group.name][answer.cell].value for answer in group.answers]
        needed = 2 * len(group.items) - 1 if way == "best-worst" else len(group.answers)
        assert sum(value is not None for value in given) == needed

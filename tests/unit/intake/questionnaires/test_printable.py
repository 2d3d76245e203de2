"""The questionnaire on paper."""

import pytest

from suanli.framework import bundled
from suanli.intake.questionnaires.design import designs
from suanli.intake.questionnaires.layout import ELICITATIONS
from suanli.intake.questionnaires.printable import printable_of
from suanli.intake.questionnaires.survey import survey_of
from tests.unit.intake.questionnaires.forms import (
    Rules,
    hostile_framework,
    opened,
    small_framework,
)


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def printable(declared, rules, expert="", **choices):
    return printable_of([survey_of(declared, rules, expert, choices)])


def paper(way="pairwise", declared=None, **choices):
    rules = Rules(way, **choices.pop("rules", {}))
    return opened(printable(declared or small_framework(), rules, **choices)).worksheets[0]


def test_it_is_a4_upright_one_page_wide_with_repeated_headings():
    sheet = paper()
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    heading = int(sheet.print_title_rows.split("$")[-1])
    assert sheet.cell(heading, 2).value == "左项（A）\nLeft item (A)"
    assert [sheet.cell(heading, column).value for column in range(3, 20)] == list(
        "98765432123456789"
    )


def test_each_pair_has_seventeen_boxes():
    sheet = paper()
    rows = [row for row in sheet.iter_rows() if row[2].value == "□"]
    assert len(rows) == 3 + 1 + 6
    assert all([cell.value for cell in row[2:19]] == ["□"] * 17 for row in rows)
    assert (rows[0][1].value, rows[0][19].value) == ("A A", "B B")


@pytest.mark.parametrize(
    ("way", "boxes"), [("scores", 9 * 9), ("budget", 0), ("best-worst", 9 * 2)]
)
def test_other_ways_have_their_boxes_and_lines(way, boxes):
    sheet = paper(way)
    found = texts(sheet)
    assert found.count("□") == boxes
    assert any("A1 A1" in text for text in found)
    if way == "budget":
        assert sum("合计应为100" in text for text in found) == 3


@pytest.mark.parametrize("way", ELICITATIONS)
def test_there_are_lines_for_name_date_and_signature_in_both_languages(way):
    found = " ".join(texts(paper(way)))
    for word in (
        "姓名 Name",
        "工作单位 Affiliation",
        "填写日期 Date",
        "签名 Signature",
        "专家编号 Expert",
    ):
        assert word in found


def test_definitions_are_there_once():
    found = " ".join(texts(paper(declared=bundled("cpdi-2.0"))))
    assert found.count("一个地区拥有多少算力") == 1


def test_an_incomplete_paper_asks_the_same_pairs():
    declared = bundled("ccpe-3.0")
    asked = designs(declared, 4, seed=2)[3]
    sheet = paper("incomplete", declared, expert="E04", asked=asked)
    assert sum(row[2].value == "□" for row in sheet.iter_rows()) == 82
    assert sheet.title == "E04"
    assert any("专家编号 Expert：E04" in text for text in texts(sheet))


def test_the_rule_of_scores_is_named_on_paper():
    found = " ".join(texts(paper("scores", rules={"score_rule": "difference"})))
    assert "差值规则" in found
    assert "difference rule" in found


def test_simulated_forms_are_stamped():
    assert "模拟数据" in texts(paper(rules={"simulated": True}))[0]


def test_hostile_names_are_text_and_bytes_are_the_same():
    sheet = paper(declared=hostile_framework(), language="en")
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    first, second = (printable(hostile_framework(), Rules(), language="en") for _ in range(2))
    assert first == second

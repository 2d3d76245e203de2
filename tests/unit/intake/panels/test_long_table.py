import math
from datetime import date
from io import BytesIO

import numpy as np
import pytest
from openpyxl import load_workbook

from suanli.framework import parse
from suanli.intake.panels.items import items_of
from suanli.problems import Place, Problem, Severity
from tests.unit.intake.panels.panels import (
    WHOLE,
    check,
    check_table,
    codes,
    lines,
    of_code,
    small_framework,
    table,
)


def group(panel, node, number=0):
    return next(each for each in panel.rounds[number].groups if each.node == node)


def test_a_table_is_read_into_matrices_in_the_frameworks_order(tmp_path):
    panel, problems = check_table(tmp_path, lines())
    assert codes(problems) == []
    assert [expert.id for expert in panel.experts] == ["E01"]
    assert [each.node for each in panel.rounds[0].groups] == ["index", "A", "B"]
    np.testing.assert_array_equal(group(panel, "A").grades, [[[1, 0.5], [2, 1]]])
    nan = math.nan
    np.testing.assert_array_equal(
        group(panel, "B").grades,
        [[[1, 2, nan, nan], [0.5, 1, 3, nan], [nan, 1 / 3, 1, 0.25], [nan, nan, 4, 1]]],
    )
    assert group(panel, "B").scores is None
    assert group(panel, "B").extremes is None
    assert panel.rounds[0].answered == (True,)


def test_every_answer_is_kept_as_written_with_its_place(tmp_path):
    panel, _ = check_table(tmp_path, lines())
    row = panel.answers.filter(item="B.3").row(0, named=True)
    assert row == {
        "round": 1,
        "expert": "E01",
        "node": "B",
        "item": "B.3",
        "other": "B.4",
        "kind": "pair",
        "answer": "1/4",
        "value": 0.25,
        "file": "answers.csv",
        "sheet": "",
        "cell": "line 6",
    }
    assert [each.path for each in panel.inputs] == ["panel.yaml", "framework.yaml", "answers.csv"]


CHINESE = """轮次,专家,组,指标,对比指标,判断,备注
1,张三,小型指数,设施,应用,3,
1,张三,设施,电能利用效率,上架率,1：2,口头
1,张三,B,移动互联网流量,B.2 人均产出,2,
1,张三,应用,人均产出,备份率,3,
1,张三,应用,备份率,绿电占比,0.25,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_chinese_headings_and_names_say_the_same(tmp_path, encoding):
    panel, problems = check_table(tmp_path, CHINESE.encode(encoding))
    assert codes(problems) == []
    expected, _ = check_table(tmp_path / "other", lines())
    for mine, theirs in zip(panel.rounds[0].groups, expected.rounds[0].groups, strict=True):
        np.testing.assert_array_equal(mine.grades, theirs.grades)
    assert [expert.id for expert in panel.experts] == ["张三"]
    assert [note.found for note in of_code(problems, "columns-ignored")] == ["备注"]


def test_english_names_and_no_column_of_groups_say_the_same(tmp_path):
    text = (
        "Respondent\titem_a\titem_b\tjudgment\nE01\tFacilities\tUse\t3\nE01\tPower usage effectiveness\t"
        "Rack utilisation\t1/2\nE01\tB.1\tb.2\t2\nE01\tB.2\tBackup rate\t3\nE01\tB.3\tB.4\t.25\n"
    )
    panel, problems = check_table(tmp_path, text)
    assert codes(problems) == []
    assert group(panel, "B").grades[0, 2, 3] == 0.25


def test_an_excel_table_is_read_with_the_address_of_every_answer(tmp_path):
    rows = [["判断汇总表"], [], ["专家", "组", "指标", "对比指标", "判断"]]
    rows += [
        ["E01", node, *pair, 0.5 if grade == "1/2" else grade]
        for node, pairs in WHOLE.items()
        for pair, grade in pairs.items()
    ]
    panel, problems = check_table(tmp_path, table(rows), name="answers.xlsx")
    assert codes(problems) == []
    row = panel.answers.filter(item="A.1").row(0, named=True)
    assert (row["sheet"], row["cell"], row["answer"]) == ("判断", "E5", "0.5")


def test_a_workbook_of_other_things_is_refused(tmp_path):
    panel, problems = check_table(
        tmp_path, table([["地区", "年份"], ["北京", 2023]]), name="a.xlsx"
    )
    assert panel is None
    assert codes(problems) == ["panel-file-not-recognised"]
    assert problems[0].found == "判断"


def test_one_third_as_excel_makes_a_date_of_it_is_told(tmp_path):
    rows = [["expert", "item", "other", "judgement"], ["E01", "A", "B", date(2024, 1, 3)]]
    _, problems = check_table(tmp_path, table(rows), name="a.xlsx")
    assert [(each.code, each.place.cell) for each in problems] == [("panel-date", "D2")]


def test_a_cell_shown_as_a_percentage_is_no_judgement(tmp_path):
    rows = [["expert", "item", "other", "judgement"], ["E01", "A", "B", 0.33]]
    book = load_workbook(BytesIO(table(rows)))
    book.active["D2"].number_format = "0%"
    content = BytesIO()
    book.save(content)
    _, problems = check_table(tmp_path, content.getvalue(), name="a.xlsx")
    told = [(each.code, each.place.cell, each.expected) for each in problems]
    assert told == [("panel-percent", "D2", "1/3")]


def test_decimals_are_snapped_and_noted(tmp_path):
    text = lines().replace("1/2", "0.14").replace("1/4", "0.17")
    panel, problems = check_table(tmp_path, text)
    assert group(panel, "A").grades[0, 1, 0] == 7
    note = of_code(problems, "panel-judgements-snapped")[0]
    assert (note.severity, note.found) == (Severity.NOTE, "2")
    assert panel.answers["answer"].to_list().count("0.14") == 1


@pytest.mark.parametrize(
    ("line", "code", "found"),
    [
        ("E01,A,A.1,A.2,10", "panel-judgement-off-scale", "10"),
        ("E01,A,A.1,A.2,0", "panel-judgement-not-positive", "0"),
        ("E01,A,A.1,A.2,-3", "panel-judgement-not-positive", "-3"),
        ("E01,A,A.1,A.2,three", "panel-not-a-number", "three"),
        ("E01,A,A.1,A.1,3", "panel-self-comparison", "A.1"),
        ("E01,A,A.1,A.9,3", "panel-item-unknown", "A.9"),
        ("E01,A,A.1,B.1,3", "panel-item-not-in-group", "B.1"),
        ("E01,A,B.1,A.1,3", "panel-item-not-in-group", "B.1"),
        ("E01,A.1,A.1,A.2,3", "panel-group-not-judged", "A.1"),
        ("E01,C,A.1,A.2,3", "panel-item-unknown", "C"),
        (",A,A.1,A.2,3", "panel-field-empty", "expert"),
        ("E01,A,,A.2,3", "panel-field-empty", "item"),
        ("E01,A,A.1,,3", "panel-field-empty", "other"),
        ("a/b,A,A.1,A.2,3", "panel-expert-id", "a/b"),
        ("..,A,A.1,A.2,3", "panel-expert-id", ".."),
    ],
)
def test_each_fault_of_a_line_is_told_at_its_line(tmp_path, line, code, found):
    panel, problems = check_table(tmp_path, lines() + line + "\n")
    assert panel is None
    assert [(each.code, each.found, each.place.cell) for each in problems] == [
        (code, found, "line 7")
    ]


def test_all_faults_of_all_lines_are_told_together(tmp_path):
    text = lines() + "E01,A,A.1,A.1,3\nE01,A,A.1,A.9,12\nE01,Z,A.1,A.2,1\n"
    _, problems = check_table(tmp_path, text)
    assert [each.code for each in problems] == [
        "panel-self-comparison",
        "panel-item-unknown",
        "panel-judgement-off-scale",
        "panel-item-unknown",
    ]


def test_unknown_names_come_with_those_most_like_them(tmp_path):
    text = lines() + "E01,应用,备份綠,B.1,3\n"
    _, problems = check_table(tmp_path, text)
    assert problems[0].expected == "B.3 备份率"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("expert,item,judgement\nE01,A.1,3\n", "other"),
        ("expert,item,other\nE01,A.1,A.2\n", "judgement"),
        ("who,what\nE01,A.1\n", "expert, item, other, judgement"),
        ("expert,item,score\nE01,A.1,3\n", "other, judgement"),
    ],
)
def test_missing_columns_are_named(tmp_path, text, found):
    panel, problems = check_table(tmp_path, text)
    assert panel is None
    assert [(each.code, each.found) for each in problems] == [("panel-columns-missing", found)]


def test_a_column_that_comes_twice_is_refused(tmp_path):
    text = "expert,item,指标,other,judgement\nE01,A,A,B,3\n"
    assert codes(check_table(tmp_path, text)[1]) == ["field-twice"]


def test_lines_without_an_answer_are_counted(tmp_path):
    panel, problems = check_table(tmp_path, lines() + "E01,B,B.1,B.4,\nE01,B,B.1,B.3,—\n")
    assert panel is not None
    assert [note.found for note in of_code(problems, "panel-lines-unanswered")] == ["2"]


def test_a_number_that_may_be_two_codes_is_refused(tmp_path):
    text = (
        small_framework().replace("code: B.1", "code: '1.1'").replace("code: B.2", "code: '1.10'")
    )
    items = items_of(parse(text))
    refused = items.member("1.1", 1.1, "B", Place())
    assert isinstance(refused, Problem)
    assert refused.expected == "1.1, 1.10"
    assert items.member("1.1", None, "B", Place()) == "1.1"


def test_experts_are_sorted_and_one_spelling_stands_for_all(tmp_path):
    text = lines(experts=["e02", "E01"]) + "E02,B,B.1,B.4,5\n"
    panel, problems = check_table(tmp_path, text)
    assert codes(problems) == []
    assert [expert.id for expert in panel.experts] == ["E01", "E02"]
    assert group(panel, "B").grades[1, 0, 3] == 5


def test_declared_experts_are_found_by_id_or_name_and_no_other_may_answer(tmp_path):
    experts = [{"id": "E01", "name": "张三"}, {"id": "E02", "name": "李四", "weight": 2}]
    panel, problems = check_table(tmp_path, lines(experts=["李四"]), experts=experts)
    assert panel.experts[1].weight == 2
    assert panel.rounds[0].answered == (False, True)
    silent = of_code(problems, "panel-expert-silent")
    assert [(each.severity, each.found) for each in silent] == [(Severity.WARNING, "E01")]
    panel, problems = check_table(tmp_path, lines(experts=["王五"]), experts=experts)
    assert panel is None
    assert codes(problems) == ["panel-expert-unknown"]


def test_a_table_may_hold_several_rounds(tmp_path):
    first = lines().replace("expert,", "round,expert,").replace("E01,", "1,E01,")
    text = first + "2,E01,A,A.1,A.2,4\n"
    panel, problems = check_table(tmp_path, text)
    assert codes(problems) == []
    assert [each.number for each in panel.rounds] == [1, 2]
    assert group(panel, "A", 1).grades[0, 0, 1] == 4
    assert np.isnan(group(panel, "index", 1).grades[0, 0, 1])


@pytest.mark.parametrize(
    ("number", "code"),
    [("3", "panel-round-absent"), ("0", "panel-round-unusable"), ("x", "panel-round-unusable")],
)
def test_rounds_count_on_from_one(tmp_path, number, code):
    first = lines().replace("expert,", "round,expert,").replace("E01,", "1,E01,")
    _, problems = check_table(tmp_path, f"{first}{number},E01,A,A.1,A.2,4\n")
    assert codes(problems) == [code]


def test_a_table_of_nothing_but_faults_is_given_up(tmp_path):
    text = lines() + "".join(f"E01,A,A.1,X{number},3\n" for number in range(3_000))
    _, problems = check_table(tmp_path, text)
    (given_up,) = of_code(problems, "panel-table-given-up")
    assert (given_up.found, given_up.place.cell) == ("1,000", "line 1006")
    (rest,) = of_code(problems, "more-of-the-same")
    assert rest.found == "900"


def test_a_table_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("suanli.intake.panels.long_table.MOST_LINES", 5)
    _, problems = check_table(tmp_path, lines())
    assert [(each.code, each.found) for each in problems] == [("panel-table-too-long", "6")]


@pytest.mark.parametrize(
    ("line", "code", "found"),
    [
        ("E01,上架率,A.2,3", "panel-self-comparison", "A.2"),
        ("E01,没有,A.2,3", "panel-item-unknown", "没有"),
        ("E01,小型指数,A.2,3", "panel-item-unknown", "小型指数"),
        ("E01,同名,A.2,3", "name-ambiguous", "同名"),
    ],
)
def test_without_a_column_of_groups_the_item_says_which_is_meant(tmp_path, line, code, found):
    framework = small_framework().replace("zh: 移动互联网流量", "zh: 同名")
    framework = framework.replace("zh: 电能利用效率", "zh: 同名")
    text = f"expert,item,other,judgement\n{line}\n"
    files = {"framework.yaml": framework, "answers.csv": text}
    _, problems = check(tmp_path, files, framework="framework.yaml", rounds=[["answers.csv"]])
    assert [(each.code, each.found) for each in problems] == [(code, found)]


def test_a_group_that_two_go_by_the_name_of_is_ambiguous(tmp_path):
    framework = small_framework().replace("zh: 设施", "zh: 同名").replace("zh: 应用", "zh: 同名")
    text = lines() + "E01,同名,A.1,A.2,3\n"
    files = {"framework.yaml": framework, "answers.csv": text}
    _, problems = check(tmp_path, files, framework="framework.yaml", rounds=[["answers.csv"]])
    assert [(each.code, each.expected) for each in problems] == [("name-ambiguous", "A, B")]


def test_sheets_without_answers_are_passed_over(tmp_path):
    book = load_workbook(BytesIO(table([line.split(",") for line in lines().splitlines()])))
    book.create_sheet("说明")["A1"] = "汇总"
    buffer = BytesIO()
    book.save(buffer)
    panel, problems = check_table(tmp_path, buffer.getvalue(), name="a.xlsx")
    assert panel is not None
    assert [note.found for note in of_code(problems, "panel-sheets-passed-over")] == ["说明"]

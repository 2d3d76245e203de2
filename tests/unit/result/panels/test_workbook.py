"""The workbook of a panel, opened as people open it."""

import warnings
from io import BytesIO

import openpyxl
import pytest

from suanli.intake.template import line_count
from suanli.result.panels import workbook
from suanli.result.panels.workbook import workbook_of
from tests.unit.result.panels import samples

SHEETS = [
    *("说明 About", "权重 Weights", "一致性与共识度 Groups", "专家 Experts"),
    *("专家各自权重 By expert", "相似度 Similarity", "方法对照 Methods", "修改建议 Repairs"),
    "修改记录 Revisions",
    *("轮次 Rounds", "逐一剔除 Leave one out", "判断 Judgements", "问题 Problems"),
]


def opened(result):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not read data bars' extensions
        return openpyxl.load_workbook(BytesIO(workbook_of(result)))


@pytest.fixture(scope="module")
def book(panel_of_eight):
    return opened(panel_of_eight)


def rows(sheet, first):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def test_the_sheets_are_all_there_in_both_languages(book):
    assert book.sheetnames == SHEETS


def test_the_linear_best_worst_model_is_a_column_of_the_methods():
    sheet = opened(samples.best_worst())["方法对照 Methods"]
    heads = [cell.value for cell in sheet[5]]
    assert heads[-1] == "最优最劣法线性模型\nlinear best–worst model"
    weights = [row[-1] for row in rows(sheet, 7)]
    assert sum(weights[:5]) == pytest.approx(1)


def test_rounds_without_a_stop_rule_have_a_dash():
    told = samples.panel(rounds=1, stop={"consensus": None, "change": None})
    sheet = opened(samples.result_of(told))["轮次 Rounds"]
    assert rows(sheet, 7)[0][7] == "–"


def test_about_names_the_rules_and_the_members(book):
    sheet = book["说明 About"]
    told = {row[0]: (row[1], row[2]) for row in rows(sheet, 6) if row[0]}
    assert told["权重计算 Weights by"] == (
        "特征向量法；随机一致性指标 RI：Alonso–Lamata（2006）表",
        "eigenvector method; random index RI of Alonso–Lamata 2006",
    )
    assert told["剔除规则 Left out"][0] == "CR 大于 0.35 的判断矩阵予以剔除，不计入该组"
    assert "experts drawn anew" in told["权重区间 Intervals"][1]
    assert "评分规则 Score rule" not in told
    assert told["E01"] == ("=HYPERLINK(1)", "信通院")
    assert "不是中国信息通信研究院（CAICT）发布的" in told["声明 Statement"][0].replace("\n", "")


def test_weights_have_full_precision(panel_of_eight, book):
    sheet = book["权重 Weights"]
    table = panel_of_eight.weights
    found = rows(sheet, 6)
    assert [row[0] for row in found] == table["node"].to_list()
    assert [row[3] for row in found] == pytest.approx(table["local_weight"].to_list(), rel=1e-15)
    assert sheet["D6"].number_format == "0.0000"
    assert [sheet.cell(row, 2).alignment.indent for row in (6, 7, 8)] == [1, 2, 3]


def test_a_column_for_each_expert(panel_of_eight, book):
    sheet = book["专家各自权重 By expert"]
    assert [cell.value for cell in sheet[6]][4:] == [f"E{at:02d}" for at in range(1, 9)]
    first = panel_of_eight.priorities.filter(item="2.1")["weight"].to_list()
    assert rows(sheet, 7)[0][4:] == pytest.approx(first)
    square = rows(book["相似度 Similarity"], 7)
    assert [row[2 + at] for at, row in enumerate(square)] == [1.0] * 8
    assert square[0][3] == square[1][2]


def test_the_chosen_ways_are_marked(book):
    sheet = book["方法对照 Methods"]
    marks = [cell.value or "" for cell in sheet[6]][3:]
    assert marks == ["采用 used", "", "", "采用 used", "", "", ""]
    row = rows(sheet, 7)[0]
    assert row[3] == row[6]


def test_grades_are_shown_as_fractions(book):
    sheet = book["修改建议 Repairs"]
    assert sheet["F6"].number_format == sheet["G6"].number_format == "# ?/?"
    assert sheet["F6"].value == 0.25


def test_accepted_changes_have_their_reasons(book):
    sheet = book["修改记录 Revisions"]
    assert sheet["G6"].value == 2.0
    assert [cell.value for cell in sheet[6]][7:] == ["复核", "revisions.csv", 2]
    facts = {row[0]: row[1] for row in rows(book["说明 About"], 6)}
    assert facts["修改记录 Accepted changes"].startswith("已采用专家认可的修改1处")


def test_headings_say_whose_the_consistency_is(book):
    heads = [cell.value for cell in book["权重 Weights"][5]]
    assert "所在判断矩阵CR\nCR of the comparison" in heads
    assert "所在判断矩阵共识度\nConsensus on the comparison" in heads


def test_two_items_have_no_concordance_to_speak_of(panel_of_eight, book):
    sheet = book["一致性与共识度 Groups"]
    heads = [cell.value for cell in sheet[5]]
    at = heads.index("肯德尔 W\nKendall W")
    shown = [row[at] is not None for row in rows(sheet, 6)]
    assert shown == (panel_of_eight.consensus["items"] > 2).to_list()
    assert panel_of_eight.consensus["kendall_w"].null_count() == 0


def test_texts_are_never_formulas(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    values = {cell.value for cell in cells}
    assert {"=HYPERLINK(1)", "+张三", "@李四", "<b>钱七</b>", "孙八\\x1b[31m"} <= values


def test_rows_are_high_enough_for_their_texts(book):
    for sheet in book:
        widths = {
            at: column.width
            for column in sheet.column_dimensions.values()
            for at in range(column.min, column.max + 1)
        }
        usual = sheet.sheet_format.defaultRowHeight
        merged = {area.start_cell.coordinate: area for area in sheet.merged_cells.ranges}
        for row in sheet.iter_rows(min_row=3):
            for cell in row:
                if not isinstance(cell.value, str) or cell.font.size != 10:
                    continue
                area = merged.get(cell.coordinate)
                last = area.max_col if area else cell.column
                room = sum(widths[at] for at in range(cell.column, last + 1))
                needed = line_count(cell.value, room) * 15
                height = sheet.row_dimensions[cell.row].height or usual
                assert height >= needed, (sheet.title, cell)


def test_simulated_panels_are_stamped_on_every_sheet(book):
    for sheet in opened(samples.made_up()):
        assert sheet["A2"].value == "模拟数据  SIMULATED DATA"
        assert sheet["A2"].fill.fgColor.rgb == "FFC00000"
        assert "模拟数据" in sheet.oddHeader.center.text
    assert all(sheet["A2"].value is None for sheet in book)


def test_a_large_panel_says_where_its_tables_are(panel_of_eight, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 100)
    monkeypatch.setattr(workbook, "MOST_EXPERTS", 7)
    book = opened(panel_of_eight)
    assert book.sheetnames == SHEETS
    for sheet, file in {
        "判断 Judgements": "judgements.csv",
        "方法对照 Methods": "aggregations.csv",
        "专家各自权重 By expert": "priorities.csv",
        "相似度 Similarity": "similarity.csv",
        "逐一剔除 Leave one out": "leave_one_out.csv",
    }.items():
        assert file in book[sheet]["A6"].value
        assert file in book[sheet]["A7"].value
    assert len(rows(book["权重 Weights"], 6)) == panel_of_eight.weights.height


def test_a_small_panel_leaves_out_sheets_without_rows():
    told = samples.result_of(samples.panel(names=["一"], rounds=1, uncertainty={"draws": 0}))
    book = opened(told)
    assert "相似度 Similarity" not in book.sheetnames
    facts = {row[0]: row[1] for row in rows(book["说明 About"], 6)}
    assert facts["权重区间 Intervals"] == "未计算"
    assert "总体共识度 Consensus" not in facts

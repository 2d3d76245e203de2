import warnings
from dataclasses import replace
from io import BytesIO

import openpyxl
import polars as pl
import pytest

from suanli.framework import bundled
from suanli.intake import ORIGINS
from suanli.intake.template import line_count
from suanli.language import entries
from suanli.problems import Place, Problem, Severity
from suanli.regions import provinces
from suanli.result import workbook, workbook_judged
from suanli.result.tables import SCHEMAS, frame_of
from suanli.result.workbook import workbook_of
from tests.unit.result import samples

SHEETS = [
    *("说明 About", "排名 Ranking", "得分 Scores", "指标值 Values", "标准化 Normalised"),
    *("权重 Weights", "贡献 Contributions", "变化 Changes", "问题 Problems"),
]


def opened(result):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not read data bars' extensions
        return openpyxl.load_workbook(BytesIO(workbook_of(result)))


@pytest.fixture(scope="module")
def book(result):
    return opened(result)


def rows(sheet, first):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def test_the_sheets_are_all_there_in_both_languages(book):
    assert book.sheetnames == SHEETS


def test_about_says_what_the_result_is_and_is_not(book):
    told = {row[0]: (row[1], row[2]) for row in rows(book["说明 About"], 6) if row[0]}
    assert told["评价体系 Framework"][1] == "A small framework (small-1.0)"
    assert told["随机种子 Seed"] == ("11", None)
    assert "B12:C12" in {str(area) for area in book["说明 About"].merged_cells.ranges}
    assert "不是中国信息通信研究院（CAICT）发布的" in told["声明 Statement"][0]
    assert "not published by the China Academy" in told["声明 Statement"][1].replace("\n", " ")
    assert told["数据性质 Nature of the data"][1] == "No simulated values were used."
    assert told["声明 Statement"][1].endswith("any other institution.")
    cells = [value for row in rows(book["说明 About"], 6) for value in row]
    assert "data/values.csv" in cells
    assert "ab" * 32 in cells


def test_the_ranking_is_that_of_the_last_period(result, book):
    sheet = book["排名 Ranking"]
    table = result.ranking()
    assert [row[1] for row in rows(sheet, 7)] == table["region"].to_list()
    assert [row[3] for row in rows(sheet, 7)] == pytest.approx(table["score"].to_list(), rel=1e-15)
    assert [row[4:7] for row in rows(sheet, 7)] == [
        [row["rank"], row["tier"], row["rank_change"]] for row in table.to_dicts()
    ]
    assert sheet["D5"].value == "综合指数\nIndex"
    assert sheet["H5"].value == "规模\nScale"
    assert sheet["D7"].number_format == "#,##0.00"
    assert sheet.freeze_panes == "C7"
    assert sheet.auto_filter.ref.startswith("A6:")


def test_values_show_their_origin(result, book):
    sheet = book["指标值 Values"]
    assert [cell.value for cell in sheet[6]][3:6] == ["EFLOPS", "EB", "亿元"]
    assert [cell.value for cell in sheet[7]][3:6] == ["compute", "storage", "revenue"]
    found = {(row[0].value, row[1].value): row for row in sheet.iter_rows(min_row=8)}
    estimated = found["2023", "110000"][3]
    value = result.indicators.filter(indicator="compute", period="2023", region_code="110000")
    assert estimated.value == pytest.approx(value["value"].item(), rel=1e-15)
    assert '" e"' in estimated.number_format
    assert estimated.fill.fgColor.rgb == "FFFFF4CC"
    gap = found["2021", "520000"][4]
    assert gap.value is None
    assert gap.fill.fgColor.rgb == "FFE4E4E4"


def test_every_cell_of_the_detail_is_there(result, book):
    cells = 8 * 3
    assert len(rows(book["得分 Scores"], 7)) == cells
    assert len(rows(book["标准化 Normalised"], 7)) == cells
    assert len(rows(book["贡献 Contributions"], 7)) == cells
    assert len(rows(book["权重 Weights"], 6)) == result.weights.height
    first = rows(book["贡献 Contributions"], 7)[0]
    assert sum(first[3:]) == pytest.approx(result.scores["score"][0])


@pytest.fixture(scope="module")
def judged(result):
    """The result with two experts on the top group, two other weightings, and judged weights."""
    rows = [("E01", "index", 0.02, 0.1, 0.75, 0), ("=E02", "index", None, None, 0.0, 1)]
    people = frame_of(
        "experts", dict(zip(SCHEMAS["experts"], zip(*rows, strict=True), strict=True))
    )
    nodes = result.weights.filter(pl.col("level") > 0)["node"].to_list()
    told = [(name, node, 0.5, 0.25) for name in ("entropy", "own-idea") for node in nodes]
    others = dict(zip(SCHEMAS["weightings"], zip(*told, strict=True), strict=True))
    weights = result.weights.with_columns(consistency_ratio=pl.lit(0.01), consensus=pl.lit(0.8))
    tables = {"experts": people, "weightings": frame_of("weightings", others), "weights": weights}
    return replace(result, **tables)


class TestJudgedWeights:
    def test_their_sheets_stand_after_the_weights(self, judged):
        names = opened(judged).sheetnames
        at = names.index("权重 Weights")
        assert names[at + 1 : at + 3] == ["专家 Experts", "其他赋权 Other weightings"]

    def test_every_expert_stands_on_every_group(self, judged):
        sheet = opened(judged)["专家 Experts"]
        assert rows(sheet, 6)[0][:2] == ["E01", "index"]
        assert rows(sheet, 6)[0][3:] == [0.02, 0.1, 0.75, ""]
        assert rows(sheet, 6)[1][0] == "=E02"
        assert sheet["A7"].data_type == "s"
        assert rows(sheet, 6)[1][3:] == [None, None, 0.0, "✓"]

    def test_weightings_say_what_they_reward(self, judged):
        sheet = opened(judged)["其他赋权 Other weightings"]
        entropy = entries("weighting")["rewards-entropy"]
        assert sheet["E6"].value == f"{entropy['zh']}\n{entropy['en']}"
        assert [cell.value for cell in sheet[5]][4:] == ["熵权法\nEntropy", "own-idea"]
        below = judged.weights.filter(pl.col("level") > 0)
        used = below["global_weight"].to_list()
        assert [row[3] for row in rows(sheet, 7)] == pytest.approx(used, rel=1e-15)
        assert {row[4] for row in rows(sheet, 7)} == {0.25}

    def test_headings_say_whose_the_consistency_is(self, judged):
        heads = [cell.value for cell in opened(judged)["权重 Weights"][5]]
        assert "所在判断矩阵CR\nCR of the comparison" in heads

    def test_too_many_rows_are_elsewhere(self, judged, monkeypatch):
        monkeypatch.setattr(workbook_judged, "MOST_ROWS", 1)
        assert "experts.csv" in opened(judged)["专家 Experts"]["A6"].value


def test_weights_are_indented_as_the_tree(book):
    sheet = book["权重 Weights"]
    assert [sheet.cell(row, 2).alignment.indent for row in (6, 7, 8)] == [0, 1, 2]
    assert sheet["G7"].value == "体系给定 Given by the framework"


def test_changes_stand_in_a_row_for_each_region_and_step(result, book):
    sheet = book["变化 Changes"]
    found = rows(sheet, 7)
    assert len(found) == 8 * 2
    amounts = [value for row in found for value in row[5:] if value is not None]
    assert sorted(amounts) == pytest.approx(sorted(result.changes["amount"]), rel=1e-15)
    scores = {
        (row["region_code"], row["period"]): row["score"]
        for row in result.scores.filter(level=0).to_dicts()
    }
    for code, _, before, after, amount, *items in found:
        assert amount == pytest.approx(scores[code, after] - scores[code, before], abs=1e-9)
        assert sum(item for item in items if item is not None) == pytest.approx(amount, abs=1e-9)
    assert sheet["F5"].value == "算力\nCompute"
    assert sheet["F6"].value == "指标值变化\nIndicator values"
    assert sheet["F7"].number_format == "+0.00;-0.00;0"


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
                assert (sheet.row_dimensions[cell.row].height or usual) >= needed, (
                    sheet.title,
                    cell,
                )


def test_sheets_are_printed_on_a4_with_their_headers_on_every_page(book):
    for sheet in book:
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert int(sheet.page_setup.fitToWidth or 1) == 1
        assert "&P / &N" in sheet.oddFooter.right.text
        assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:")
        if sheet.title != "说明 About":
            assert sheet.print_title_rows.startswith("$5:")
    assert book["排名 Ranking"].page_setup.fitToHeight is None
    assert int(book["指标值 Values"].page_setup.fitToHeight) == 0


def test_a_wide_sheet_repeats_its_regions_on_every_page():
    framework, regions = bundled("ccpe-3.0"), samples.some_regions()
    grid = samples.grid(framework, regions)
    book = opened(samples.result(framework=framework, regions=regions, grid=grid))
    values = book["指标值 Values"]
    assert values.print_title_cols == "$A:$C"
    assert values.freeze_panes == "D8"
    assert int(values.page_setup.fitToWidth) > 1
    assert values.page_setup.orientation == "landscape"


def test_every_font_is_one_that_chinese_windows_has(book):
    fonts = [cell.font for sheet in book for row in sheet.iter_rows() for cell in row]
    found = {(font.name, font.charset, font.scheme) for font in fonts}
    assert found == {("Microsoft YaHei", 134, None)}


def test_problems_are_told_in_words_and_empty_columns_left_out(book):
    sheet = book["问题 Problems"]
    header = [cell.value for cell in sheet[5]]
    assert "文件\nFile" in header
    assert "工作表\nSheet" not in header
    assert sheet["A6"].value == "警告\nWarning"


def test_texts_are_never_formulas(result):
    hostile = "=HYPERLINK(1)"
    framework, regions = samples.small(), samples.some_regions()
    own = samples.result(
        grid=samples.grid(framework, regions, sources=("", hostile)),
        name="=cmd|' /C calc'!A0",
        problems=(Problem("result-file-invalid", Severity.NOTE, Place(file="@x"), found=hostile),),
    )
    for sheet in opened(own):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert "=cmd|' /C calc'!A0" in [
        cell.value for row in opened(own)["说明 About"].iter_rows() for cell in row
    ]


def test_simulated_data_are_stamped_on_every_sheet(book):
    stamped = opened(samples.result(simulated=True))
    for sheet in stamped:
        assert sheet["A2"].value == "模拟数据  SIMULATED DATA"
        assert sheet["A2"].fill.fgColor.rgb == "FFC00000"
        assert sheet.sheet_properties.tabColor.rgb == "FFC00000"
        assert "模拟数据" in sheet.oddHeader.center.text
        assert (sheet.oddHeader.center.size, sheet.oddHeader.center.color) == (14, "C00000")
        assert "模拟数据" in sheet.oddFooter.left.text
    assert all(sheet["A2"].value is None for sheet in book)


def test_a_large_result_says_where_its_detail_is(result, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_DETAIL_CELLS", 100)
    book = opened(result)
    assert book.sheetnames == SHEETS
    assert len(rows(book["排名 Ranking"], 7)) == 8
    assert len(rows(book["权重 Weights"], 6)) == 8
    for sheet, file in {
        "得分 Scores": "scores.csv",
        "指标值 Values": "indicators.csv",
        "标准化 Normalised": "normalised.csv",
        "贡献 Contributions": "contributions.csv",
        "变化 Changes": "changes.csv",
    }.items():
        assert file in book[sheet]["A6"].value
        assert file in book[sheet]["A7"].value
    told = [row[1] for row in rows(book["说明 About"], 6)]
    assert any("明细见同一文件夹中的 CSV 文件" in (value or "") for value in told)


def test_a_result_of_one_period_has_no_changes_of_rank():
    framework, regions = samples.small(), provinces()
    grid = samples.grid(framework, regions, periods=("2023",))
    book = opened(samples.result(regions=regions, grid=grid))
    headers = [cell.value for cell in book["排名 Ranking"][6]]
    assert headers[3:6] == ["得分\nScore", "位次\nRank", "梯队\nTier"]
    assert headers[6] == "得分\nScore"
    assert rows(book["变化 Changes"], 7) == []


def test_the_date_is_that_of_the_data(result, book):
    assert book.properties.created.isoformat() == "2024-06-30T00:00:00"
    undated = opened(samples.result(as_of=None))
    assert undated.properties.created.isoformat() == "2000-01-01T00:00:00"


def test_codes_that_are_column_names_do_no_harm():
    children = [samples.indicator(code, code, "EB", 0.5) for code in ("period", "region_code")]
    framework, regions = samples.framework(children=children), samples.some_regions()
    book = opened(samples.result(framework=framework, grid=samples.grid(framework, regions)))
    assert [cell.value for cell in book["指标值 Values"][7]][3:] == ["period", "region_code"]


def test_every_origin_has_a_look(result):
    for origin in ORIGINS[1:]:
        grid = samples.grid(samples.small(), samples.some_regions())
        grid.origins[1, 1, 1] = ORIGINS.index(origin)
        assert opened(samples.result(grid=grid))

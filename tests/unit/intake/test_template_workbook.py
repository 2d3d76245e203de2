"""The workbook to fill in, as Excel's users and readers of Excel files find it."""

import io

import fastexcel
import openpyxl
import pytest

from suanli.framework import bundled, bundled_ids, dump
from suanli.intake.template import line_count
from suanli.intake.template.plan import plan_of, sheet_names
from suanli.intake.template.reference import digest
from suanli.intake.template.workbook import workbook_of
from suanli.regions import provinces
from tests.unit.intake.template_frameworks import (
    computed_framework,
    framework,
    indicator,
    plain_framework,
)

PERIODS = ("2022", "2023")
FIXED = ("说明 Guide", "指标 Indicators", "来源 Sources", "_suanli")


@pytest.fixture
def regions():
    return provinces().only(["北京", "内蒙古", "新疆"])


def opened(declared, regions, language="zh"):
    content = workbook_of(plan_of(declared, regions, PERIODS, language))
    return openpyxl.load_workbook(io.BytesIO(content))


def row(sheet, number):
    return [cell.value for cell in sheet[number]]


def validations(sheet):
    """Return the rules of a sheet by the column of their area."""
    rules = sheet.data_validations.dataValidation
    return {str(rule.sqref).rstrip("0123456789").split(":")[1]: rule for rule in rules}


def test_the_sheets_are_a_guide_the_indicators_the_data_and_the_sources(regions):
    book = opened(plain_framework(), regions)
    assert book.sheetnames == [*FIXED[:2], "算力-质效", "算力-质效 2", *FIXED[2:]]


def test_headings_are_title_codes_names_and_units(regions):
    sheet = opened(plain_framework(), regions)["算力-质效"]
    assert sheet["A1"].value == "算力/质效 =Power · small（中）"
    ends = ["origin", "source", "date"]
    assert row(sheet, 2) == [
        "region_code",
        "region",
        "region_en",
        "period",
        "A1.1",
        "A1.2",
        "A1.3",
        *ends,
    ]
    assert row(sheet, 3)[:5] == ["地区代码", "地区", "地区英文名", "评价期", "A1.1 name（中）"]
    assert row(sheet, 4)[:5] == [
        "Region code",
        "Region",
        "Region in English",
        "Period",
        "A1.1 name",
    ]
    assert row(sheet, 5) == ["单位", None, "Unit", None, "%", "1", "EFLOPS", None, None, None]


def test_a_row_stands_for_each_region_and_period(regions):
    sheet = opened(plain_framework(), regions)["算力-质效"]
    rows = [row(sheet, number)[:4] for number in range(6, sheet.max_row + 1)]
    assert len(rows) == 6
    assert rows[1] == ["110000", "北京市", "Beijing", "2023"]
    assert rows[2] == ["150000", "内蒙古自治区", "Inner Mongolia", "2022"]


def test_only_cells_to_fill_in_are_unlocked_and_they_are_coloured(regions):
    sheet = opened(plain_framework(), regions)["算力-质效"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    unlocked = {cell.coordinate for line in sheet for cell in line if not cell.protection.locked}
    assert unlocked == {f"{column}{line}" for column in "EFGHIJ" for line in range(6, 12)}
    assert sheet["E6"].fill.start_color.rgb == "FFFFF9DB"
    assert sheet["H6"].fill.start_color.rgb == "FFE6F4EA"


def test_values_must_be_numbers_within_bounds(regions):
    rules = validations(opened(plain_framework(), regions)["算力-质效"])
    share, ratio, compute = rules["E"], rules["F"], rules["G"]
    assert (share.type, share.operator or "between") == ("decimal", "between")
    assert (float(share.formula1), float(share.formula2)) == (0, 100)
    assert "0–100 %" in share.error
    assert "合理范围0–100 %" in share.error
    assert (float(ratio.formula1), float(ratio.formula2)) == (1, 1e300)
    assert "≥ 1" in ratio.error
    assert float(compute.formula1) == -1e300
    assert "any number" in compute.error
    assert share.promptTitle == "A1.1 A1.1 name（中）"
    assert share.prompt == "[%] A1.1 definition（中）\nA1.1 definition"


def test_messages_fit_what_excel_accepts(regions):
    for declared in (plain_framework(), *map(bundled, bundled_ids())):
        for sheet in opened(declared, regions):
            for rule in sheet.data_validations.dataValidation:
                for text, most in ((rule.prompt, 255), (rule.error, 255), (rule.promptTitle, 32)):
                    assert len((text or "").encode("utf-16-le")) // 2 <= most
    prompt = validations(opened(plain_framework(), regions)["算力-质效"])["G"].prompt
    assert len(prompt) == 255
    assert prompt.endswith("d…")
    assert "定…\nd" in prompt


@pytest.mark.parametrize(
    ("language", "choices"),
    [("zh", "官方,填报,估算,模拟"), ("en", "official,reported,estimated,simulated")],
)
def test_origins_are_chosen_from_a_list(regions, language, choices):
    book = opened(plain_framework(), regions, language)
    for sheet, column in ((book["算力-质效"], "H"), (book["来源 Sources"], "E")):
        rule = validations(sheet)[column]
        assert (rule.type, rule.formula1) == ("list", f'"{choices}"')


def test_titles_stay_in_sight_and_print_on_every_page(regions):
    sheet = opened(plain_framework(), regions)["算力-质效"]
    assert sheet.freeze_panes == "E6"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("portrait", 9)
    assert sheet.print_title_rows == "$2:$5"
    assert sheet.print_title_cols == "$A:$D"


def test_sheets_print_on_no_more_pages_side_by_side_than_they_need(regions):
    book = opened(bundled("ccpe-3.0"), regions)
    across = {sheet.title: int(sheet.page_setup.fitToWidth or 1) for sheet in book}
    assert across["运力"] == 3
    assert {name for name, pages in across.items() if pages > 1} == {"运力"}
    assert int(book["说明 Guide"].page_setup.fitToHeight or 1) == 1
    assert book["运力"].page_setup.orientation == "landscape"


@pytest.mark.parametrize("framework_id", bundled_ids())
def test_rows_are_high_enough_for_their_texts(regions, framework_id):
    for sheet in opened(bundled(framework_id), regions).worksheets[:-1]:
        widths = {
            at: column.width
            for column in sheet.column_dimensions.values()
            for at in range(column.min, column.max + 1)
        }
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            if isinstance(cell.value, str) and cell.alignment.wrap_text:
                needed = min(line_count(cell.value, widths[cell.column]) * 15, 405)
                assert sheet.row_dimensions[cell.row].height >= needed, (sheet.title, cell)


def test_codes_are_not_broken(regions):
    book = opened(bundled("open-1.0"), regions)
    assert book["指标 Indicators"].column_dimensions["A"].width >= len("long_distance_cable_length")
    assert book["基础数据 Variables"].column_dimensions["E"].width > len("broadband_access_ports")


def test_every_font_is_one_that_chinese_windows_has(regions):
    book = opened(plain_framework(), regions)
    fonts = [cell.font for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {(font.name, font.charset, font.scheme) for font in fonts} == {
        ("Microsoft YaHei", 134, None)
    }


def test_text_like_a_formula_is_text(regions):
    book = opened(plain_framework(), regions)
    sheet = book["算力-质效 2"]
    assert (sheet["E3"].value, sheet["E3"].data_type) == ("=1+1", "s")
    assert (sheet["E4"].value, sheet["E4"].data_type) == ("-cmd", "s")
    for page in book:
        assert all(cell.data_type != "f" for line in page for cell in line)


def test_variables_have_a_sheet_and_computed_indicators_none(regions):
    book = opened(computed_framework(), regions)
    assert book.sheetnames == [*FIXED[:2], "基础数据 Variables", "mixed（中）", *FIXED[2:]]
    assert row(book["基础数据 Variables"], 2)[4:6] == ["machines", "ground"]
    assert row(book["mixed（中）"], 2)[4:6] == ["C2", "origin"]
    guide = " ".join(str(cell.value) for line in book["说明 Guide"] for cell in line)
    assert "C1 name（中）、D1 name（中）" in guide
    assert "C1 name, D1 name" in guide


def test_the_guide_has_no_computed_indicators_to_speak_of_where_there_are_none(regions):
    guide = [cell.value for cell in opened(plain_framework(), regions)["说明 Guide"]["A"]]
    assert "数据归属\nWhose data" in guide
    assert not any("无须填写" in (text or "") for text in guide)


def test_indicators_are_explained_as_declared(regions):
    sheet = opened(computed_framework(), regions)["指标 Indicators"]
    codes = [cell.value for cell in sheet["A"]][1:]
    assert codes == ["machines", "ground", "C1", "C2", "D1"]
    computed = row(sheet, 4)
    assert computed[1] == "mixed（中）\nmixed"
    assert computed[9] == "由基础数据计算\nComputed from variables"
    assert computed[11].endswith("= machines / ground")
    share = row(opened(plain_framework(), regions)["指标 Indicators"], 2)
    assert share[1:3] == ["算力/质效\n=Power", "pillar（中）\npillar"]
    assert share[6:8] == ["越高越好\nHigher is better", "0–100 %"]


def test_sources_are_registered_by_item_and_period(regions):
    sheet = opened(plain_framework(), regions)["来源 Sources"]
    assert row(sheet, 1)[:1] + row(sheet, 2)[:1] == ["指标代码", "Code"]
    assert [row(sheet, line)[0] for line in (3, 4, 5)] == ["A1.1", "A1.1", "A1.2"]
    assert [row(sheet, line)[3] for line in (3, 4)] == list(PERIODS)
    assert sheet.max_row == 2 + 5 * 2


def test_the_hidden_sheet_says_what_the_workbook_is_for(regions):
    declared = plain_framework()
    sheet = opened(declared, regions)["_suanli"]
    assert sheet.sheet_state == "veryHidden"
    assert {key.value: value.value for key, value in sheet["A1:B5"]} == {
        "format": "1",
        "framework": "small-1.0",
        "framework_sha256": digest(declared),
        "periods": "2022, 2023",
        "language": "zh",
    }
    assert digest(declared) != digest(computed_framework())
    assert dump(declared)


def test_what_is_filled_in_is_found_at_its_address(regions, tmp_path):
    book = opened(plain_framework(), regions)
    book["算力-质效"]["F8"] = 1.25
    book["算力-质效"]["H8"] = "官方"
    book.save(tmp_path / "filled.xlsx")
    reader = fastexcel.read_excel(tmp_path / "filled.xlsx")
    cells = reader.load_sheet(
        "算力-质效", header_row=None, skip_rows=0, dtypes="string"
    ).to_polars()
    assert cells.row(7)[:4] == ("150000", "内蒙古自治区", "Inner Mongolia", "2022")
    assert cells.row(7)[5] == "1.25"
    assert cells.row(7)[7] == "官方"
    assert cells.row(1)[5] == "A1.2"


def test_indicators_right_below_the_index_have_a_sheet(regions):
    declared = framework(indicator("X1"), indicator("X2"))
    book = opened(declared, regions)
    assert row(book["index（中）"], 2)[4:6] == ["X1", "X2"]


def test_sheet_names_are_unique_in_any_letter_case_and_never_reserved():
    names = sheet_names(["'History'", "a" * 31, "A" * 40, "\x07", ""], taken=["History"])
    assert names == ("History 2", "a" * 31, "A" * 29 + " 2", "-", "- 2")
    assert all(len(name) <= 31 for name in names)

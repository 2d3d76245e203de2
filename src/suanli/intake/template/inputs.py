"""The sheets to fill in: regions and periods down, items across, where each row's figures come from at the end."""

import math

from suanli.intake.checks.evidence import plausible_range
from suanli.intake.template.paper import INPUT, Page, Paper, joined, shortened
from suanli.intake.template.plan import IDENTITY, PROVENANCE, DataSheet, Item, Plan
from suanli.intake.template.typesetting import row_height, text_width
from suanli.language import Text, pair

ORIGINS = ("origin_official", "origin_reported", "origin_estimated", "origin_simulated")
_CODES, _ZH, _EN, _UNITS, FIRST = 1, 2, 3, 4, 5
"""Rows of codes, names and units, counted from 0, and the first row to fill in."""
_IDENTITY, _COLUMN, _ENDS = (14, 19, 17, 8), 13, (10, 24, 12)
"""Widths of the columns of regions and periods, of an item, and of where figures come from."""
_PAGE, _UPRIGHT_PAGE = 190, 100
"""Columns of text that print legibly beside the repeated ones, on a page on its side and on an upright one."""
_WIDEST = 28
_ENDLESS = 1e300


def data_sheet(paper: Paper, plan: Plan, sheet: DataSheet) -> None:
    """Write one sheet: title, codes, names in both languages, units, then a row a region and period."""
    page = paper.sheet(sheet.name, colour=INPUT)
    page.write(0, 0, f"{sheet.title.zh} {sheet.title.en} · {plan.framework.title.zh}", "title")
    _headings(page, sheet)
    _rows(page, plan, len(sheet.items))
    last = FIRST + len(plan.regions.codes) * len(plan.periods) - 1
    for column, item in enumerate(sheet.items, start=len(IDENTITY)):
        page.sheet.data_validation(FIRST, column, last, column, _rule(item))
    _provenance_rules(page, len(IDENTITY) + len(sheet.items), last)
    page.sheet.freeze_panes(FIRST, len(IDENTITY))
    page.sheet.ignore_errors({"number_stored_as_text": f"A{FIRST + 1}:D{last + 1}"})
    page.sheet.repeat_rows(_CODES, _UNITS)
    page.sheet.repeat_columns(0, len(IDENTITY) - 1)
    printed = sum(_widths(sheet)[len(IDENTITY) :])
    if printed <= _UPRIGHT_PAGE:
        page.sheet.set_portrait()
    page.sheet.fit_to_pages(math.ceil(printed / _PAGE), 0)


def _headings(page: Page, sheet: DataSheet) -> None:
    labels = [pair("template", key) for key in IDENTITY]
    ends = [pair("template", f"{key}_column") for key in PROVENANCE]
    names = [*labels, *(item.name for item in sheet.items), *ends]
    codes = [*IDENTITY, *(item.code for item in sheet.items), *PROVENANCE]
    unit = pair("template", "unit")
    # The label of the units stands in both languages, but in two cells: a reader knows it by one word.
    units = [unit.zh, "", unit.en, "", *(item.unit for item in sheet.items), "", "", ""]
    rows = {_CODES: codes, _ZH: [n.zh for n in names], _EN: [n.en for n in names], _UNITS: units}
    widths = _widths(sheet)
    for row, texts in rows.items():
        page.write_row(row, texts, "heading")
        # bold is a little wider
        cells = zip(texts, (width * 0.94 for width in widths), strict=True)
        page.sheet.set_row(row, row_height(cells))
    for column, width in enumerate(widths):
        page.sheet.set_column(column, column, width)


def _widths(sheet: DataSheet) -> tuple[float, ...]:
    """Return the widths of the columns; codes, which have no place to be broken at, fit into theirs."""
    items = (min(max(_COLUMN, text_width(item.code) + 4), _WIDEST) for item in sheet.items)
    return (*_IDENTITY, *items, *_ENDS)


def _rows(page: Page, plan: Plan, items: int) -> None:
    row = FIRST
    blank, source = page.paper.formats["input"], page.paper.formats["provenance"]
    for region in plan.regions.members:
        for period in plan.periods:
            identity = (region.code, region.name.zh, region.name.en, period)
            page.write_row(row, identity, "fixed")
            page.sheet.set_row(row, row_height(zip(identity, _IDENTITY, strict=True)))
            for column in range(len(IDENTITY), len(IDENTITY) + items):
                page.sheet.write_blank(row, column, None, blank)
            for column in range(len(IDENTITY) + items, len(IDENTITY) + items + len(PROVENANCE)):
                page.sheet.write_blank(row, column, None, source)
            row += 1


def _rule(item: Item) -> dict[str, object]:
    """Return the validation of an item's cells: a number within its bounds."""
    low, high = item.bounds
    bounded = low is not None or high is not None
    stated = plausible_range(item) if bounded else ""
    text = pair("template", "value_error", range=stated) if bounded else _any_number()
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -_ENDLESS if low is None else low,
        "maximum": _ENDLESS if high is None else high,
        "error_title": joined("value_error_title", " ", limit=32),
        "error_message": shortened(f"{item.name.zh} {item.name.en}\n{text.zh}\n{text.en}", 255),
        "input_title": shortened(f"{item.code} {item.name.zh}", 32),
        "input_message": _explanation(item),
    }


def _any_number() -> Text:
    anything = pair("template", "value_any")
    zh = pair("template", "value_error", range=anything.zh).zh
    return Text(zh=zh, en=pair("template", "value_error", range=anything.en).en)


def _explanation(item: Item) -> str:
    """Return unit and definition in both languages, each cut to its share of what Excel accepts."""
    unit = f"[{item.unit}]"
    if item.definition is None:
        return shortened(f"{unit} {item.name.en}", 255)
    room = 254 - len(unit) - 1
    zh = shortened(item.definition.zh, room * 2 // 5)
    return f"{unit} {zh}\n{shortened(item.definition.en, room - len(zh))}"


def _provenance_rules(page: Page, first: int, last: int) -> None:
    page.choices((FIRST, first, last, first), ORIGINS)
    page.help((FIRST, first + 1, last, first + 1), "source_column", "source_help")
    page.help((FIRST, first + 2, last, first + 2), "date_column", "date_help")

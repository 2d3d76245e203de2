"""The sheets beside the data: how to fill in, what each item means, a register of sources, the hidden facts."""

import hashlib
from collections.abc import Iterator, Sequence

from suanli.framework import Framework, Group, Indicator, dump
from suanli.intake.checks.evidence import plausible_range
from suanli.intake.template.inputs import ORIGINS
from suanli.intake.template.paper import FIXED, HEADING, Page, Paper, Style
from suanli.intake.template.plan import HIDDEN_SHEET, Item, Plan, both
from suanli.intake.template.typesetting import row_height, text_width
from suanli.language import Text, pair

FORMAT = "1"
_SOURCES = 2
"""First row to fill in of the register of sources, counted from 0."""
_GUIDE = (
    "ownership",
    "where",
    "units",
    "gaps",
    "origin",
    "simulated",
    "formulas",
    "sources",
    "computed",
)
_GUIDE_WIDTHS = (26, 60, 62)
_LEGEND: tuple[tuple[str, Style], ...] = (
    ("legend_input", "input"),
    ("legend_provenance", "provenance"),
    ("legend_fixed", "fixed"),
)
_INDICATOR_COLUMNS = (
    ("code", 9),
    ("dimension", 11),
    ("pillar", 12),
    ("name_zh", 15),
    ("name_en", 18),
    ("unit", 9),
    ("direction", 10),
    ("bounds", 9),
    ("caliber", 11),
    ("entry", 11),
    ("definition", 28),
    ("formula", 25),
    ("source_of", 31),
    ("notes", 41),
)
_SOURCE_COLUMNS = (
    ("code", 26),
    ("name_zh", 28),
    ("name_en", 48),
    ("period", 10),
    ("origin_column", 12),
    ("source_column", 44),
    ("date_column", 14),
)


def guide_sheet(paper: Paper, plan: Plan) -> None:
    """Write how to fill in the workbook, Chinese beside English, and what its colours mean."""
    page = paper.sheet(both("sheet_guide"), colour=HEADING)
    for column, width in enumerate(_GUIDE_WIDTHS):
        page.sheet.set_column(column, column, width)
    title = plan.framework.title
    page.write(0, 0, title.zh, "title")
    page.write(1, 0, title.en, "title")
    details = _guide_details(plan)
    facts = _said("subtitle", details)
    page.write(3, 0, _heading("overview_title"), "label")
    page.write(3, 1, facts.zh, "text")
    page.write(3, 2, facts.en, "text")
    _fit(page, 3, (_heading("overview_title"), facts.zh, facts.en), _GUIDE_WIDTHS)
    row = 4
    for key in _GUIDE:
        if key != "computed" or plan.computed:
            text = _said(key, details)
            page.write(row, 0, _heading(f"{key}_title"), "label")
            page.write(row, 1, text.zh, "text")
            page.write(row, 2, text.en, "text")
            _fit(page, row, (_heading(f"{key}_title"), text.zh, text.en), _GUIDE_WIDTHS)
            row += 1
    row += 1
    for at, (key, style) in enumerate(_LEGEND):
        heading = "" if at else _heading("legend_title")
        if heading:
            page.write(row, 0, heading, "label")
        page.write(row, 1, both(key), style)
        _fit(page, row, (heading, both(key), ""), _GUIDE_WIDTHS)
        row += 1
    page.sheet.fit_to_pages(1, 1)


def indicators_sheet(paper: Paper, plan: Plan) -> None:
    """Write what every variable and indicator means, as the framework declares it."""
    page = paper.sheet(both("sheet_indicators"), colour=FIXED)
    columns = _indicator_columns(plan)
    _column_headings(page, columns)
    row = 1
    for place, item in _described(plan.framework):
        texts = _description(place, item)
        page.write_row(row, texts, "text")
        _fit(page, row, texts, [width for _, width in columns])
        row += 1
    page.sheet.freeze_panes(1, 5)
    page.sheet.autofilter(0, 0, row - 1, len(_INDICATOR_COLUMNS) - 1)
    page.sheet.repeat_rows(0)
    page.sheet.repeat_columns(0)
    page.sheet.fit_to_pages(1, 0)


def _indicator_columns(plan: Plan) -> tuple[tuple[str, float], ...]:
    """Return the columns and their widths, the first wide enough for codes, which cannot be broken."""
    (code, least), *others = _INDICATOR_COLUMNS
    longest = max(text_width(item.code) for _, item in _described(plan.framework))
    return ((code, min(max(least, longest + 2), 26)), *others)


def sources_sheet(paper: Paper, plan: Plan) -> None:
    """Write the register of sources: a row an item and period, with origin, source and date to fill in."""
    page = paper.sheet(both("sheet_sources"), colour=FIXED)
    headings = [pair("template", key) for key, _ in _SOURCE_COLUMNS]
    widths = [width for _, width in _SOURCE_COLUMNS]
    for row, texts in enumerate(([h.zh for h in headings], [h.en for h in headings])):
        page.write_row(row, texts, "heading")
        _fit(page, row, texts, widths)
    for column, (_, wide) in enumerate(_SOURCE_COLUMNS):
        page.sheet.set_column(column, column, wide)
    row = _SOURCES
    for item in plan.items:
        for period in plan.periods:
            identity = (item.code, item.name.zh, item.name.en, period)
            page.write_row(row, identity, "fixed")
            _fit(page, row, identity, widths[:4])
            for column in (4, 5, 6):
                page.write(row, column, "", "provenance")
            row += 1
    page.choices((_SOURCES, 4, row - 1, 4), ORIGINS)
    page.help((_SOURCES, 5, row - 1, 5), "source_column", "source_help")
    page.help((_SOURCES, 6, row - 1, 6), "date_column", "date_help")
    page.sheet.ignore_errors({"number_stored_as_text": f"A{_SOURCES + 1}:D{row}"})
    page.sheet.freeze_panes(_SOURCES, 4)
    page.sheet.autofilter(_SOURCES - 1, 0, row - 1, len(_SOURCE_COLUMNS) - 1)
    page.sheet.repeat_rows(0, _SOURCES - 1)
    page.sheet.fit_to_pages(1, 0)


def facts_sheet(paper: Paper, plan: Plan) -> None:
    """Write, out of sight, what the workbook was made for: a key and a value a row."""
    page = paper.sheet(HIDDEN_SHEET, colour=FIXED)
    facts = (
        ("format", FORMAT),
        ("framework", plan.framework.id),
        ("framework_sha256", digest(plan.framework)),
        ("periods", ", ".join(plan.periods)),
        ("language", plan.language),
    )
    for row, fact in enumerate(facts):
        page.write_row(row, fact, "fixed")
    page.sheet.very_hidden()


def digest(framework: Framework) -> str:
    """Return the SHA-256 of the framework as it is written to a file."""
    return hashlib.sha256(dump(framework).encode()).hexdigest()


def _guide_details(plan: Plan) -> dict[str, Text]:
    sheets = [f"“{sheet.name}”" for sheet in plan.sheets]
    computed = [indicator.name for indicator in plan.computed]
    regions, items = str(len(plan.regions.codes)), str(len(plan.items))
    return {
        "regions": Text(regions, regions),
        "items": Text(items, items),
        "periods": Text("、".join(plan.periods), ", ".join(plan.periods)),
        "sheets": Text("、".join(sheets), ", ".join(sheets)),
        "names": Text(
            "、".join(name.zh for name in computed), ", ".join(name.en for name in computed)
        ),
    }


def _said(key: str, details: dict[str, Text]) -> Text:
    """Return an entry with details that differ by language."""
    zh = pair("template", key, **{name: text.zh for name, text in details.items()}).zh
    return Text(zh, pair("template", key, **{name: text.en for name, text in details.items()}).en)


def _heading(key: str) -> str:
    text = pair("template", key)
    return f"{text.zh}\n{text.en}"


def _fit(page: Page, row: int, texts: Sequence[str], widths: Sequence[float]) -> None:
    """Make a row high enough for its texts in columns of these widths."""
    page.sheet.set_row(row, row_height(zip(texts, widths, strict=True)))


def _column_headings(page: Page, columns: Sequence[tuple[str, float]]) -> None:
    texts = [_heading(key) for key, _ in columns]
    page.write_row(0, texts, "heading")
    _fit(page, 0, texts, [width * 0.94 for _, width in columns])
    for column, (_, width) in enumerate(columns):
        page.sheet.set_column(column, column, width)


def _described(framework: Framework) -> Iterator[tuple[tuple[Text, ...], Item]]:
    """Yield the variables, then the indicators, each with the names of the groups around it."""
    for variable in framework.variables:
        yield (pair("template", "sheet_variables"),), variable
    above: dict[str, tuple[Text, ...]] = {framework.code: ()}
    for placed in framework.walk():
        if isinstance(placed.node, Group):
            above[placed.node.code] = (*above[placed.parent], placed.node.name)
        else:
            yield above[placed.parent], placed.node


def _description(place: tuple[Text, ...], item: Item) -> tuple[str, ...]:
    """Return the cells of one item, in the order of the columns."""
    name = (item.name.zh, item.name.en, item.unit)
    bounded = item.bounds != (None, None)
    limits = plausible_range(item) if bounded else ""
    around = (_two(place[0]) if place else "", " / ".join(_two(group) for group in place[1:]))
    if not isinstance(item, Indicator):
        definition = _two(item.definition) if item.definition else ""
        typed = _heading("entry_typed")
        return (item.code, *around, *name, "", limits, "", typed, definition, "", "", "")
    return (
        item.code,
        *around,
        *name,
        _heading(f"direction_{item.direction}"),
        limits,
        _caliber(item),
        _heading("entry_typed" if item.expression is None else "entry_computed"),
        _two(item.definition),
        _two(item.formula) + (f"\n= {item.expression}" if item.expression else ""),
        _two(item.source),
        "\n".join(_two(note) for note in item.notes),
    )


def _caliber(indicator: Indicator) -> str:
    if indicator.caliber is None:
        return ""
    side = pair("template", f"side_{indicator.caliber.side}")
    return f"{side.zh} {side.en}\n{indicator.caliber.precision}"


def _two(text: Text) -> str:
    return f"{text.zh}\n{text.en}"

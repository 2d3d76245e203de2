"""The sheets beside the data: how to fill in, what each item means, a register of sources, the hidden facts."""

import hashlib
from collections.abc import Iterator

from suanli.framework import Framework, Group, Indicator, dump
from suanli.intake.checks.evidence import plausible_range
from suanli.intake.template.inputs import ORIGINS
from suanli.intake.template.paper import FIXED, HEADING, Page, Paper, Style, lines
from suanli.intake.template.plan import HIDDEN_SHEET, Item, Plan, both
from suanli.language import Text, pair

FORMAT = "1"
_LINE = 14.0
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
_LEGEND: tuple[tuple[str, Style], ...] = (
    ("legend_input", "input"),
    ("legend_provenance", "provenance"),
    ("legend_fixed", "fixed"),
)
_INDICATOR_COLUMNS = (
    ("code", 12),
    ("dimension", 16),
    ("pillar", 16),
    ("name_zh", 26),
    ("name_en", 30),
    ("unit", 14),
    ("direction", 16),
    ("bounds", 14),
    ("caliber", 20),
    ("entry", 18),
    ("definition", 46),
    ("formula", 40),
    ("source_of", 36),
    ("notes", 46),
)
_SOURCE_COLUMNS = (
    ("code", 14),
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
    page.sheet.set_column(0, 0, 24)
    page.sheet.set_column(1, 2, 62)
    title = plan.framework.title
    page.write(0, 0, title.zh, "title")
    page.write(1, 0, title.en, "title")
    details = _guide_details(plan)
    facts = _said("subtitle", details)
    page.write(3, 0, _heading("overview_title"), "label")
    page.write(3, 1, facts.zh, "text")
    page.write(3, 2, facts.en, "text")
    page.sheet.set_row(3, 2 * _LINE + 4)
    row = 4
    for key in _GUIDE:
        if key != "computed" or plan.computed:
            text = _said(key, details)
            page.write(row, 0, _heading(f"{key}_title"), "label")
            page.write(row, 1, text.zh, "text")
            page.write(row, 2, text.en, "text")
            page.sheet.set_row(row, _LINE * max(2, lines(text.zh, 66), lines(text.en, 66)) + 4)
            row += 1
    page.write(row + 1, 0, _heading("legend_title"), "label")
    for offset, (key, style) in enumerate(_LEGEND, start=1):
        page.write(row + offset, 1, both(key), style)
    page.sheet.fit_to_pages(1, 0)


def indicators_sheet(paper: Paper, plan: Plan) -> None:
    """Write what every variable and indicator means, as the framework declares it."""
    page = paper.sheet(both("sheet_indicators"), colour=FIXED)
    _column_headings(page, _INDICATOR_COLUMNS)
    row = 1
    for place, item in _described(plan.framework):
        texts = _description(place, item)
        page.write_row(row, texts, "text")
        needed = (
            lines(text, width) for text, (_, width) in zip(texts, _INDICATOR_COLUMNS, strict=True)
        )
        # Excel shows no row higher than 409 points
        page.sheet.set_row(row, min(_LINE * max(needed) + 4, 405))
        row += 1
    page.sheet.freeze_panes(1, 5)
    page.sheet.autofilter(0, 0, row - 1, len(_INDICATOR_COLUMNS) - 1)
    page.sheet.repeat_rows(0)
    page.sheet.repeat_columns(0)
    page.sheet.fit_to_pages(2, 0)


def sources_sheet(paper: Paper, plan: Plan) -> None:
    """Write the register of sources: a row an item and period, with origin, source and date to fill in."""
    page = paper.sheet(both("sheet_sources"), colour=FIXED)
    headings = [pair("template", key) for key, _ in _SOURCE_COLUMNS]
    page.write_row(0, [heading.zh for heading in headings], "heading")
    page.write_row(1, [heading.en for heading in headings], "heading")
    for column, (_, wide) in enumerate(_SOURCE_COLUMNS):
        page.sheet.set_column(column, column, wide)
    row = _SOURCES
    for item in plan.items:
        for period in plan.periods:
            page.write_row(row, (item.code, item.name.zh, item.name.en, period), "fixed")
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


def _column_headings(page: Page, columns: tuple[tuple[str, int], ...]) -> None:
    page.write_row(0, [_heading(key) for key, _ in columns], "heading")
    page.sheet.set_row(0, 2 * _LINE + 4)
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

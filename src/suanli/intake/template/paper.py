"""The look of the workbook's sheets: formats, widths, printing; all cells are written as what they are."""

from collections.abc import Sequence
from typing import Any, Literal

from suanli.language import Language, pair

FONT: dict[str, object] = {
    "font_name": "Microsoft YaHei",
    "font_size": 10,
    "font_charset": 134,
    "font_scheme": "none",  # or the theme's font takes its place
}
"""On every Chinese Windows, in Office for Mac and in WPS; the charset leads others to a Chinese font of their own."""
INPUT, PROVENANCE, FIXED, HEADING = "#FFF9DB", "#E6F4EA", "#EDF0F3", "#1F4E79"
_A4 = 9
_BORDER = {"border": 1, "border_color": "#C5CCD3"}
_TOP = {"valign": "top", "text_wrap": True}
# A typed 58% must stay recognisable as a percentage, so cells for values keep Excel's general format.
_STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14, "font_color": HEADING},
    "heading": {
        **_BORDER,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEADING,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "label": {**_BORDER, **_TOP, "bold": True, "bg_color": FIXED},
    "fixed": {**_BORDER, "bg_color": FIXED, "valign": "vcenter", "text_wrap": True},
    "text": {**_BORDER, **_TOP},
    "input": {**_BORDER, "bg_color": INPUT, "locked": False},
    "provenance": {**_BORDER, "bg_color": PROVENANCE, "locked": False, "num_format": "@"},
}

Style = Literal["title", "heading", "label", "fixed", "text", "input", "provenance"]


class Paper:
    """A workbook being written, with its formats."""

    def __init__(self, book: Any, language: Language) -> None:  # noqa: ANN401 - xlsxwriter is untyped
        self.book = book
        self.language: Language = language
        self.formats = {name: book.add_format({**FONT, **style}) for name, style in _STYLES.items()}

    def sheet(self, name: str, *, colour: str) -> "Page":
        """Return a new sheet, protected without a password and set up for A4 landscape."""
        page = Page(self, self.book.add_worksheet(name))
        page.sheet.set_tab_color(colour)
        page.sheet.hide_gridlines(2)
        page.sheet.set_landscape()
        page.sheet.set_paper(_A4)
        page.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.sheet.set_footer(f'&L&"{FONT["font_name"]},Regular"&9&A&R&9&P / &N')
        page.sheet.protect(
            "", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
        )
        return page


class Page:
    """One sheet. Text is written as text, even where it begins like a formula."""

    def __init__(self, paper: Paper, sheet: Any) -> None:  # noqa: ANN401 - xlsxwriter is untyped
        self.paper, self.sheet = paper, sheet

    def write(self, row: int, column: int, text: str, style: Style) -> None:
        """Write text, counted from row 0 and column 0; an empty cell where there is none."""
        if text:
            self.sheet.write_string(row, column, text, self.paper.formats[style])
        else:
            self.sheet.write_blank(row, column, None, self.paper.formats[style])

    def write_row(self, row: int, texts: Sequence[str], style: Style) -> None:
        """Write texts into a row from its first cell on."""
        for column, text in enumerate(texts):
            self.write(row, column, text, style)

    def choices(self, area: tuple[int, int, int, int], keys: Sequence[str]) -> None:
        """Offer a list to choose from in an area (first row, first column, last row, last column)."""
        words = [pair("template", key).said(self.paper.language) for key in keys]
        rule = {
            "validate": "list",
            "source": words,
            "error_title": joined("origin_error_title", " ", limit=32),
            "error_message": joined("origin_error", "\n", limit=255, choices=", ".join(words)),
            **help_texts("origin_error_title", "origin_help"),
        }
        self.sheet.data_validation(*area, rule)

    def help(self, area: tuple[int, int, int, int], title: str, message: str) -> None:
        """Show a message of the catalogue when a cell of the area is chosen; any entry is accepted."""
        self.sheet.data_validation(*area, {"validate": "any", **help_texts(title, message)})


def help_texts(title: str, message: str) -> dict[str, str]:
    """Return the parts of a validation that are shown when a cell is chosen."""
    return {
        "input_title": joined(title, " ", limit=32),
        "input_message": joined(message, "\n", limit=255),
    }


def joined(key: str, separator: str, *, limit: int, **details: object) -> str:
    """Return an entry of the template's catalogue in both languages, cut to what Excel accepts."""
    text = pair("template", key, **details)
    return shortened(f"{text.zh}{separator}{text.en}", limit)


def shortened(text: str, limit: int) -> str:
    """Return text of at most `limit` UTF-16 units, as Excel counts; an ellipsis shows what is cut.

    >>> shortened("算力规模", 4), shortened("算力规模", 3)
    ('算力规模', '算力…')
    """
    if _units(text) <= limit:
        return text
    kept = text
    while _units(kept) > limit - 1:
        kept = kept[:-1]
    return f"{kept}…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

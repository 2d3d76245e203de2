"""Workbooks of forms: formats, cells by address, both languages; text is text, whatever it begins with."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from suanli.intake.template.paper import FIXED, FONT, HEADING, INPUT, shortened
from suanli.intake.template.typesetting import row_height
from suanli.language import Language, Text, pair

GREEN, AMBER, GREY = "#D5EBD8", "#FCE4C4", "#D9DDE1"
LEFT_DARK, LEFT_PALE, RIGHT_DARK, RIGHT_PALE = "#1F4E79", "#BDD7EE", "#B5530F", "#F8CBAD"
"""The side that matters more: blue on the left, orange on the right."""
_BAND = "#E4DFEC"
_A4 = 9
_CREATED = datetime(2024, 1, 1)  # noqa: DTZ001 - a fixed date without a zone: the clock is no input
_LONGEST_TEXT, _LONGEST_HEADER = 32_000, 200
_EDGE = {"border": 1, "border_color": "#C5CCD3"}
_MIDDLE = {"valign": "vcenter", "text_wrap": True}
_CENTRE = {**_MIDDLE, "align": "center"}
_STYLES: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14, "font_color": HEADING, "valign": "vcenter"},
    "question": {**_MIDDLE, "bold": True},
    "plain": dict(_MIDDLE),
    "small": {**_MIDDLE, "font_size": 9, "font_color": "#5A6672"},
    "notice": {**_MIDDLE, "bg_color": _BAND},
    "stamp": {**_CENTRE, "bold": True, "font_color": "#B00020"},
    "section": {"bold": True, "font_color": HEADING, "valign": "vcenter", "bottom": 2},
    "heading": {
        **_EDGE,
        **_CENTRE,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEADING,
    },
    "label": {**_EDGE, **_MIDDLE, "bold": True, "bg_color": FIXED},
    "text": {**_EDGE, **_MIDDLE},
    "centre": {**_EDGE, **_CENTRE},
    "item": {**_EDGE, **_MIDDLE, "bg_color": FIXED},
    "fixed": {**_EDGE, **_CENTRE, "bg_color": FIXED},
    "answer": {**_EDGE, **_CENTRE, "bold": True, "bg_color": INPUT, "locked": False},
    "grade": {**_EDGE, **_CENTRE, "bold": True, "bg_color": INPUT, "locked": False},
    "note": {**_EDGE, **_MIDDLE, "bg_color": INPUT, "locked": False, "num_format": "@"},
    "state": {**_EDGE, **_CENTRE, "bold": True},
    "bar": {**_EDGE, "valign": "vcenter", "font_color": "#2E75B6"},
    "link": {**_EDGE, **_MIDDLE, "font_color": "#0563C1", "underline": 1},
    "slide": {**_EDGE, **_CENTRE, "font_size": 8, "font_color": "#A0A8B0"},
    "slide_middle": {
        **_EDGE,
        **_CENTRE,
        "font_size": 8,
        "font_color": "#5A6672",
        "bg_color": FIXED,
    },
    "slide_band": {**_EDGE, **_CENTRE, "font_size": 8, "bg_color": _BAND},
    "slide_median": {
        "border": 2,
        "border_color": "#5B3E8F",
        **_CENTRE,
        "bold": True,
        "font_size": 8,
        "bg_color": _BAND,
    },
    "tick": {**_EDGE, **_CENTRE, "font_size": 11},
    "line": {"valign": "bottom"},
    "line_label": {"valign": "bottom", "align": "right"},
    "given": {**_EDGE, "valign": "bottom", "align": "center"},
}
"""Text cells, answers of comparisons included, are written as strings; grades and scores stay numbers."""
_STYLES["answer"]["num_format"] = "@"


class Stationery:
    """A workbook being written, in memory; `language` stands first wherever both are shown."""

    def __init__(self, language: Language, title: str) -> None:
        import xlsxwriter

        self._buffer = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_format_properties": dict(FONT),  # the library writes into it
        }
        self.language: Language = language
        self.book = xlsxwriter.Workbook(self._buffer, options)
        self.book.set_properties({"title": shortened(title, 200), "created": _CREATED})
        self.formats = {n: self.book.add_format({**FONT, **s}) for n, s in _STYLES.items()}

    def sheet(self, name: str, *, colour: str) -> "Sheet":
        """Return a new sheet, protected without a password and set up for A4 landscape."""
        sheet = Sheet(self, self.book.add_worksheet(name))
        raw = sheet.raw
        raw.set_tab_color(colour)
        raw.hide_gridlines(2)
        raw.set_landscape()
        raw.set_paper(_A4)
        raw.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        raw.protect("", {"format_columns": True, "format_rows": True})
        return sheet

    def content(self) -> bytes:
        """Close the workbook and return it: the same bytes for the same cells."""
        self.book.close()
        return self._buffer.getvalue()

    def lines(self, key: str, **details: object) -> str:
        """Return an entry of the questionnaires' catalogue in both languages, one below the other."""
        return "\n".join(self.ordered(said(key, **details)))

    def words(self, key: str, **details: object) -> str:
        """Return an entry of the questionnaires' catalogue in both languages, one after the other."""
        return " ".join(self.ordered(said(key, **details)))

    def ordered(self, text: Text) -> tuple[str, str]:
        """Return a text in both languages, that of the form first."""
        return (text.zh, text.en) if self.language == "zh" else (text.en, text.zh)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a cell accepts, and what is shown when it is chosen or filled in wrongly."""

    rule: Mapping[str, object]
    error: str
    title: str = ""
    help: str = ""


class Sheet:
    """One sheet, whose cells are named as spreadsheets name them."""

    def __init__(self, stationery: Stationery, raw: Any) -> None:  # noqa: ANN401 - untyped library
        self.stationery, self.raw = stationery, raw

    def write(self, place: str, text: str, style: str) -> None:
        """Write text into a cell, or across an area such as `A2:V2`; an empty cell where there is none."""
        look = self.stationery.formats[style]
        if ":" in place:
            self.raw.merge_range(place, "", look)
        cell = place.partition(":")[0]
        if text:
            self.raw.write_string(cell, shortened(text, _LONGEST_TEXT), look)
        else:
            self.raw.write_blank(cell, None, look)

    def number(self, cell: str, value: float, style: str) -> None:
        """Write a number."""
        self.raw.write_number(cell, value, self.stationery.formats[style])

    def formula(self, place: str, formula: str, style: str, value: object) -> None:
        """Write a formula, and its value for programs that do not compute it when they open the file."""
        look = self.stationery.formats[style]
        if ":" in place:
            self.raw.merge_range(place, "", look)
        shown = "" if value is None else value
        self.raw.write_formula(place.partition(":")[0], f"={formula}", look, shown)

    def choice(self, area: str, choice: Choice) -> None:
        """Say what the cells of an area accept; texts are cut to what spreadsheets show."""
        words = self.stationery
        rule = {
            "error_title": shortened(words.words("error_title"), 32),
            "error_message": shortened(choice.error, 255),
            **choice.rule,
        }
        if choice.help:
            rule["input_title"] = shortened(choice.title, 32)
            rule["input_message"] = shortened(choice.help, 255)
        self.raw.data_validation(area, rule)

    def colour(
        self, area: str, formula: str, look: Mapping[str, object], *, last: bool = False
    ) -> None:
        """Colour the cells of an area for which a formula, written for the first of them, is true."""
        rule = {"type": "formula", "criteria": f"={formula}", "stop_if_true": last}
        rule["format"] = self.stationery.book.add_format(dict(look))
        self.raw.conditional_format(area, rule)

    def widths(self, widths: Mapping[str, float]) -> None:
        """Set the widths of columns, such as `C` or `C:S`."""
        for columns, width in widths.items():
            self.raw.set_column(columns if ":" in columns else f"{columns}:{columns}", width)

    def height(self, row: int, *cells: tuple[str, float], least: int = 1) -> float:
        """Make a row high enough for texts in columns of these widths; return the height in points."""
        height = row_height(cells, least=least)
        self.raw.set_row(row - 1, height)
        return height

    def headers(self, left: str, right: str) -> None:
        """Set the head and foot of printed pages."""
        font = f'&"{FONT["font_name"]},Regular"&9'
        self.raw.set_header(f"&L{font}{_plain(left)}&R{font}{_plain(right)}")
        self.raw.set_footer(f"&L{font}&A&R{font}&P / &N")


def said(key: str, **details: object) -> Text:
    """Return an entry of the questionnaires' catalogue; details that are texts differ by language."""
    zh = {n: v.zh if isinstance(v, Text) else v for n, v in details.items()}
    en = {n: v.en if isinstance(v, Text) else v for n, v in details.items()}
    return Text(pair("questionnaire", key, **zh).zh, pair("questionnaire", key, **en).en)


def quoted(text: str) -> str:
    """Return text as a string of a formula.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + text.replace('"', '""') + '"'


def reference(sheet: str, cells: str) -> str:
    """Return how a formula names cells of another sheet.

    >>> reference("2.1 O'Hara", "A1")
    "'2.1 O''Hara'!A1"
    """
    return "'" + sheet.replace("'", "''") + f"'!{cells}"


def _plain(text: str) -> str:
    """Return text for the head of a page, where an ampersand begins an instruction."""
    short = shortened(re.sub(r"\s+", " ", text), _LONGEST_HEADER // 2)
    return short.replace("&", "&&")

"""One sheet of the workbook: title, stamp, note, header, cells with their look."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from suanli.language import Text, pair

_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, object]] = {
    "text": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 14, "font_color": "#1F3864"},
    "stamp": {"bold": True, "font_size": 12, "font_color": "#C00000", "bg_color": "#FDE9E7"},
    "note": {"font_color": "#595959"},
    "header": {
        "bold": True,
        "text_wrap": True,
        "align": "center",
        "border": 1,
        "bg_color": "#DCE6F1",
        "border_color": "#B8C4D6",
    },
    "label": {"bold": True, "bg_color": "#F2F5FA", "valign": "top", "text_wrap": True},
    "whole": {"num_format": "0"},
    "change": {"num_format": '"▲"0;"▼"0;0', "align": "right"},
    "amount": {"num_format": "+0.0000;-0.0000;0"},
    "weight": {"num_format": "0.0000"},
    "bytes": {"num_format": "#,##0"},
    "missing": {"bg_color": "#EDEDED"},
}
_ORIGIN_LOOKS: dict[str, dict[str, str]] = {
    "official": {},
    "reported": {"bg_color": "#EAF3E6"},
    "estimated": {"bg_color": "#FFF4CC"},
    "imputed": {"bg_color": "#FCE4D6"},
    "simulated": {"bg_color": "#EADCF4"},
}
ORIGIN_MARKS: dict[str, str] = {"estimated": " e", "imputed": " i", "simulated": " s"}
"""What follows a number in its cell, so that origins are told apart without colour; the number itself is unchanged."""

_LONGEST_TEXT = 32_767
_HEADER_ROW = 4
_MOST_COLUMNS_OF_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: header cells from top to bottom, values, and the look of all or of each of them.

    `bar` draws bars behind the numbers; `missing` is the look of a cell without a value.
    """

    header: tuple[str, ...]
    values: Sequence[str | float | None]
    look: str | Sequence[str] = "text"
    width: float | None = None
    bar: bool = False
    missing: str = "missing"


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of a workbook, each made once, by name: `number:2`, `number:2:imputed`, `indent:3`."""

    book: Any
    made: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, look: str) -> Any:  # noqa: ANN401 - a format of xlsxwriter, which is untyped
        """Return the format of this name."""
        if look not in self.made:
            self.made[look] = self.book.add_format({**_FONT, **_properties(look)})
        return self.made[look]


class Page:
    """A sheet being written."""

    def __init__(self, styles: Styles, key: str, *, simulated: bool) -> None:
        self.sheet = styles.book.add_worksheet(both(pair("result", f"sheet_{key}"), " "))
        self.styles = styles
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.write(0, 0, both(pair("result", f"title_{key}"), "  "), "title")
        self.sheet.set_row(0, 24)
        stamp = ""
        if simulated:
            stamp = both(pair("result", "simulated"), "  ")
            self.write(1, 0, stamp, "stamp")
            self.sheet.set_row(1, 20)
        note = pair("result", f"note_{key}")
        self.write(2, 0, note.zh, "note")
        self.write(3, 0, note.en, "note")
        self.sheet.set_header(f"&C&10{stamp}" if simulated else "")
        self.sheet.set_footer(f"&L&9{stamp}&R&9&P / &N")

    def write(self, row: int, column: int, value: str | float | None, look: str) -> None:
        """Write one cell; a text is never taken for a formula, a link or a number."""
        style = self.styles[look]
        if value is None:
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value[:_LONGEST_TEXT], style)
        else:
            self.sheet.write_number(row, column, value, style)

    def table(self, columns: Sequence[Column], *, frozen: int) -> None:
        """Write columns with their headers below the note; the header and `frozen` columns stay in view."""
        depth = len(columns[0].header)
        first, height = _HEADER_ROW + depth, len(columns[0].values)
        for at, column in enumerate(columns):
            for step, text in enumerate(column.header):
                self.write(_HEADER_ROW + step, at, text, "header")
            self.sheet.set_column(at, at, column.width or _width(column))
            self._cells(first, at, column)
            if column.bar and height:
                self.sheet.conditional_format(first, at, first + height - 1, at, _BAR)
        self.sheet.set_row(_HEADER_ROW, 48 if any("\n" in c.header[0] for c in columns) else 20)
        if len(columns) <= _MOST_COLUMNS_OF_A_PAGE:
            self.sheet.fit_to_pages(1, 0)
        self.sheet.freeze_panes(first, frozen)
        self.sheet.autofilter(first - 1, 0, max(first - 1, first + height - 1), len(columns) - 1)
        self.sheet.repeat_rows(_HEADER_ROW, first - 1)

    def spans(self, groups: Sequence[tuple[str, int, int]]) -> None:
        """Write a header over several columns for each (text, first column, last column)."""
        for text, first, last in groups:
            if first == last:
                self.write(_HEADER_ROW, first, text, "header")
            else:
                self.sheet.merge_range(
                    *(_HEADER_ROW, first, _HEADER_ROW, last), text, self.styles["header"]
                )

    def say(self, row: int, text: Text) -> None:
        """Write a sentence in both languages, one below the other."""
        self.write(row, 0, text.zh, "text")
        self.write(row + 1, 0, text.en, "text")

    def _cells(self, first: int, at: int, column: Column) -> None:
        looks = column.look
        styles = self.styles
        number, text = self.sheet.write_number, self.sheet.write_string
        for step, value in enumerate(column.values):
            look = looks if isinstance(looks, str) else looks[step]
            if value is None:
                self.sheet.write_blank(first + step, at, None, styles[column.missing])
            elif isinstance(value, str):
                text(first + step, at, value[:_LONGEST_TEXT], styles[look])
            else:
                number(first + step, at, value, styles[look])


_BAR = {
    "type": "data_bar",
    "bar_solid": True,
    "bar_color": "#9DC3E6",
    "bar_border_color": "#9DC3E6",
    "min_type": "num",
    "min_value": 0,
}


def both(text: Text, between: str = "\n") -> str:
    """Return a text in both languages.

    >>> both(Text(zh="位次", en="Rank"), " ")
    '位次 Rank'
    """
    return text.zh if text.zh == text.en else f"{text.zh}{between}{text.en}"


def number_look(values: Sequence[float | None]) -> str:
    """Return the look that shows these numbers with sensible decimals; the cells keep all digits.

    >>> number_look([1234.5, None]), number_look([0.012])
    ('number:0', 'number:4')
    """
    largest = max((abs(value) for value in values if value is not None), default=0)
    decimals = next((places for least, places in ((1000, 0), (10, 2)) if largest >= least), 4)
    return f"number:{decimals}"


def _properties(look: str) -> dict[str, object]:
    kind, *rest = look.split(":")
    if kind == "number":
        decimals, *origin = rest
        form = "#,##0" + ("." + "0" * int(decimals) if int(decimals) else "")
        if not origin:
            return {"num_format": form}
        mark = ORIGIN_MARKS.get(origin[0])
        return {"num_format": f'{form}"{mark}"' if mark else form, **_ORIGIN_LOOKS[origin[0]]}
    if kind == "indent":
        return {"indent": int(rest[0]), "bold": rest[0] == "0"}
    return _LOOKS[kind]


def _width(column: Column) -> float:
    texts = [line for cell in column.header for line in cell.split("\n")]
    texts += [value for value in column.values[:200] if isinstance(value, str)]
    widest = max(
        (sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) for text in texts), default=0
    )
    return min(max(widest + 2, 9), 30)

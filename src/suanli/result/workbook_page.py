"""One sheet of the workbook: title, stamp, note, header, cells with their look."""

from collections.abc import Sequence
from dataclasses import dataclass

from suanli.intake.template import row_height, text_width
from suanli.language import Text, pair
from suanli.result.workbook_looks import DATA_BAR, RED, Styles
from suanli.result.workbook_print import print_setup, stamp_in_print

FIRST_ROW = 4
"""The first row below title, stamp and note, counted from 0."""

_LONGEST_TEXT = 32_767
_NARROWEST, _WIDEST = 7.0, 44.0
_NOTE_WIDTH = 120.0
"""Columns of text over which notes are set, so that they can be read without scrolling."""


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

    @property
    def room(self) -> float:
        """The width given, or that of the widest text within limits."""
        if self.width is not None:
            return self.width
        lines = [line for cell in self.header for line in cell.split("\n")]
        texts = {value for value in self.values if isinstance(value, str)}
        widest = max(map(text_width, (*lines, *texts)), default=0.0)
        return min(max(widest + 2.5, _NARROWEST), _WIDEST)


class Page:
    """A sheet being written; its name, title and note are those of its key in a topic of the catalogue."""

    def __init__(self, styles: Styles, key: str, *, simulated: bool, topic: str = "result") -> None:
        self.sheet = styles.book.add_worksheet(both(pair(topic, f"sheet_{key}"), " "))
        self.styles = styles
        self.key = key
        self.topic = topic
        self.stamp = both(pair("result", "simulated"), "  ") if simulated else ""
        self.sheet.hide_gridlines(2)
        self.sheet.set_default_row(row_height(()))
        if simulated:
            self.sheet.set_tab_color(RED)
        stamp_in_print(self.sheet, self.stamp)

    def write(self, row: int, column: int, value: str | float | None, look: str) -> None:
        """Write one cell; a text is never taken for a formula, a link or a number."""
        style = self.styles[look]
        if value is None:
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value[:_LONGEST_TEXT], style)
        else:
            self.sheet.write_number(row, column, value, style)

    def heading(self, widths: Sequence[float]) -> None:
        """Set the columns' widths and write title, stamp and note across those that a screen shows."""
        for at, width in enumerate(widths):
            self.sheet.set_column(at, at, width)
        last, across = _reach(widths)
        self.write(0, 0, both(pair(self.topic, f"title_{self.key}"), "  "), "title")
        self.sheet.set_row(0, 24)
        if self.stamp:
            for at in range(len(widths)):
                self.write(1, at, "" if at else self.stamp, "stamp")
            self.sheet.set_row(1, 24)
        note = pair(self.topic, f"note_{self.key}")
        for row, text in ((2, note.zh), (3, note.en)):
            self._across(row, last, text, "note")
            self.sheet.set_row(row, row_height([(text, across)]))

    def table(
        self,
        columns: Sequence[Column],
        *,
        frozen: int,
        spans: Sequence[tuple[str, int, int]] = (),
        pages: int = 0,
    ) -> None:
        """Write columns with their headers below the note; the header and `frozen` columns stay in view and in print.

        `spans` are headers over several columns, in the place of their first header cells: text, first and last column.
        `pages` is over how many printed pages the rows go; 0 is as many as they take.
        """
        widths = [column.room for column in columns]
        self.heading(widths)
        depth = len(columns[0].header)
        first, height = FIRST_ROW + depth, len(columns[0].values)
        self._headers(columns, widths, spans)
        for at, column in enumerate(columns):
            self._cells(first, at, column)
            if column.bar and height:
                self.sheet.conditional_format(first, at, first + height - 1, at, DATA_BAR)
        self._heights(first, columns, widths)
        self.sheet.freeze_panes(first, frozen)
        last = max(first - 1, first + height - 1)
        self.sheet.autofilter(first - 1, 0, last, len(columns) - 1)
        self.sheet.repeat_rows(FIRST_ROW, first - 1)
        print_setup(self.sheet, widths, last_row=last, repeated=frozen, tall=pages)

    def say(self, row: int, text: Text) -> None:
        """Write a sentence in both languages, one below the other, on a sheet that holds nothing else."""
        widths = (_NOTE_WIDTH,)
        self.heading(widths)
        for at, sentence in enumerate((text.zh, text.en)):
            self.write(row + at, 0, sentence, "wrapped")
            self.sheet.set_row(row + at, row_height([(sentence, _NOTE_WIDTH)]))
        print_setup(self.sheet, widths, last_row=row + 1, repeated=0)

    def _across(self, row: int, last: int, text: str, look: str) -> None:
        if last:
            self.sheet.merge_range(row, 0, row, last, "", self.styles[look])
        self.write(row, 0, text, look)

    def _headers(
        self,
        columns: Sequence[Column],
        widths: Sequence[float],
        spans: Sequence[tuple[str, int, int]],
    ) -> None:
        for step in range(len(columns[0].header)):
            texts = [column.header[step] for column in columns]
            cells = list(zip(texts, widths, strict=True))
            for at, text in enumerate(texts):
                self.write(FIRST_ROW + step, at, text, "header")
            if not step:
                cells += [(text, sum(widths[start : end + 1])) for text, start, end in spans]
            # bold is a little wider
            self.sheet.set_row(
                FIRST_ROW + step, row_height((text, width * 0.94) for text, width in cells)
            )
        for text, start, end in spans:
            if start < end:
                span = (FIRST_ROW, start, FIRST_ROW, end)
                self.sheet.merge_range(*span, "", self.styles["header"])
            self.write(FIRST_ROW, start, text, "header")

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

    def _heights(self, first: int, columns: Sequence[Column], widths: Sequence[float]) -> None:
        """Make the rows high enough for texts that are wider than their columns."""
        worded = [
            (column.values, width)
            for column, width in zip(columns, widths, strict=True)
            if any(isinstance(value, str) for value in column.values)
        ]
        for step in range(len(columns[0].values)):
            cells = [(str(values[step] or ""), width) for values, width in worded]
            self.sheet.set_row(first + step, row_height(cells))


def both(text: Text, between: str = "\n") -> str:
    """Return a text in both languages.

    >>> both(Text(zh="位次", en="Rank"), " ")
    '位次 Rank'
    """
    return text.zh if text.zh == text.en else f"{text.zh}{between}{text.en}"


def _reach(widths: Sequence[float]) -> tuple[int, float]:
    """Return the last column over which notes are set, and the width up to it."""
    last, across = 0, widths[0]
    while last + 1 < len(widths) and across + widths[last + 1] <= _NOTE_WIDTH:
        last += 1
        across += widths[last]
    return last, across

"""One pass over a sheet's XML: its extent, and what its values alone do not show, cell by cell."""

from array import array
from dataclasses import dataclass, field
from typing import IO

from suanli.intake.reading.markup import Attributes, EnoughReadError, read_markup
from suanli.intake.reading.tables import KEY_BASE, Range

MAX_SHEET_ROWS = 200_000
"""Most rows of a sheet."""
MAX_SHEET_COLUMNS = 2_000
"""Most columns of a sheet."""
MAX_SHEET_CELLS = 5_000_000
"""Most cells of a sheet, and of the rectangle that its values span."""


@dataclass(slots=True)
class SheetPass:
    """What the pass found; cells are keys `line * KEY_BASE + column`.

    `texts` are cells that hold text, `percents` numbers shown times 100 as percentages, `literal_percents` numbers
    shown as they are with a percent sign, `formulas` cells computed by Excel, `empty_formulas` those without a stored
    result, `errors` cells with an error value such as `#REF!`.
    """

    too_big: bool = False
    last_line: int = 0
    last_column: int = -1
    texts: "array[int]" = field(default_factory=lambda: array("q"))
    percents: "array[int]" = field(default_factory=lambda: array("q"))
    literal_percents: "array[int]" = field(default_factory=lambda: array("q"))
    formulas: "array[int]" = field(default_factory=lambda: array("q"))
    empty_formulas: "array[int]" = field(default_factory=lambda: array("q"))
    errors: dict[int, str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_lines: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def sheet_pass(
    stream: IO[bytes], percent_styles: frozenset[int], literal_styles: frozenset[int]
) -> SheetPass:
    """Return what one pass over a sheet finds; it stops at the first cell beyond the limits.

    The two sets of styles are those of `Archive`.

    Raises
    ------
    suanli.intake.reading.markup.MarkupRefusedError, xml.sax.SAXException
        As `read_markup`.
    """
    walker = _Walker(percent_styles, literal_styles)
    read_markup(stream, start=walker.enter, end=walker.leave, text=walker.read)
    return walker.found


class _Walker:
    """Follows rows and cells; addresses that a writer left out are counted on."""

    def __init__(self, percent_styles: frozenset[int], literal_styles: frozenset[int]) -> None:
        self.found = SheetPass()
        self._percent_styles = percent_styles
        self._literal_styles = literal_styles
        self._line, self._column = 0, -1
        self._type = ""
        self._style = self._cells = 0
        self._formula = self._value = False
        self._text: list[str] | None = None
        self._written: list[str] | None = None

    def enter(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._enter_cell(attributes)
        elif name == "v":
            # an empty text is a result of a formula as any other; an empty number is none
            self._value = self._type == "str"
            self._text = []
        elif name == "is":
            self._value = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._enter_row(attributes)
        else:
            self._enter_other(name, attributes)

    def _enter_row(self, attributes: Attributes) -> None:
        self._line = int(attributes.get("r") or self._line + 1)
        self._column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.found.hidden_lines.append(self._line)

    def _enter_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._column = cell_place(reference)[1] if reference else self._column + 1
        self._cells += 1
        if self._cells > MAX_SHEET_CELLS:
            self._stop()
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s") or 0)
        self._formula = self._value = False

    def _enter_other(self, name: str, attributes: Attributes) -> None:
        if name == "dimension":
            self._check_dimension(attributes.get("ref", ""))
        elif name == "mergeCell":
            self.found.merged.append(cell_range(attributes.get("ref", "")))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.found.hidden_columns.append((first - 1, last - 1))

    def _check_dimension(self, reference: str) -> None:
        # a dimension of all rows that Excel has is some writers' habit, not a size
        last_line = cell_range(reference)[2]
        if MAX_SHEET_ROWS < last_line < 1_048_576:
            self._stop()

    def read(self, content: str) -> None:
        if self._text is not None:
            self._text.append(content)
            self._value = True

    def leave(self, name: str) -> None:
        if name == "v":
            self._written, self._text = self._text, None
        if name != "c":
            return
        key = self._line * KEY_BASE + self._column
        if self._formula:
            self.found.formulas.append(key)
        if not self._value:
            if self._formula:
                self.found.empty_formulas.append(key)
            return
        self._extend()
        self._mark(key)

    def _mark(self, key: int) -> None:
        if self._type == "e":
            self.found.errors[key] = "".join(self._written or ()).strip()
        elif self._type in ("s", "str", "inlineStr"):
            self.found.texts.append(key)
        elif self._style in self._percent_styles:
            self.found.percents.append(key)
        elif self._style in self._literal_styles:
            self.found.literal_percents.append(key)

    def _extend(self) -> None:
        found = self.found
        found.last_line = max(found.last_line, self._line)
        found.last_column = max(found.last_column, self._column)
        if (
            found.last_line > MAX_SHEET_ROWS
            or found.last_column >= MAX_SHEET_COLUMNS
            or found.last_line * (found.last_column + 1) > MAX_SHEET_CELLS
        ):
            self._stop()

    def _stop(self) -> None:
        self.found.too_big = True
        raise EnoughReadError


def cell_range(reference: str) -> Range:
    """Return the corners of a range such as `B2:C5`.

    >>> cell_range("B2:C5")
    (2, 1, 5, 2)
    """
    first, _, last = reference.partition(":")
    return (*cell_place(first), *cell_place(last or first))


def cell_place(reference: str) -> tuple[int, int]:
    """Return the line (from 1) and column (from 0) of an address such as `C7`; what is no address raises ValueError.

    >>> cell_place("C7")
    (7, 2)
    """
    bare = reference.replace("$", "")
    digits = bare.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    column = 0
    for letter in bare[: len(bare) - len(digits)]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if not digits.isascii() or not digits.isdigit() or not 1 <= column <= KEY_BASE:
        message = f"{reference[:20]!r} is not a cell"
        raise ValueError(message)
    return int(digits), column - 1

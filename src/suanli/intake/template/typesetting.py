"""Room that text takes in the cells of a sheet, estimated on the safe side.

A spreadsheet grows no row by itself once a program wrote the sheet's heights, and which font it will use is not known:
all estimates are for 10-point text in the wider of the fonts that stand in for one another.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LINE = 16.0
"""Points from one line of 10-point text to the next."""
_PADDING = 3.0
_TALLEST = 405.0
"""Points; spreadsheets show no row higher than 409."""
_CAPITAL, _SMALL = 1.3, 1.0
_PIECE = re.compile(r" +|[^ \u2e80-\uffee]+|[\u2e80-\uffee]")


@lru_cache(maxsize=65_536)
def text_width(text: str) -> float:
    """Return the width of the longest line of a text, in the columns that sheets count: digits of 10 points.

    >>> text_width("算力"), round(text_width("PUE"), 2)
    (4.0, 3.9)
    """
    return max(sum(map(_wide, line), 0.0) for line in text.split("\n"))


@lru_cache(maxsize=65_536)
def line_count(text: str, columns: float) -> int:
    """Return how many lines a text takes in a cell so many columns wide.

    Latin text is broken at spaces, Chinese between any two characters; a word that is wider than the cell is cut.

    >>> line_count("Industries served per computing centre", 15), line_count("算力", 15)
    (4, 1)
    """
    # marks that may not begin a line take the character before them along
    room = max(columns - 2, 2.0)
    return sum(_broken(line, room) for line in text.split("\n"))


def row_height(cells: Iterable[tuple[str, float]], *, least: int = 1) -> float:
    r"""Return the height in points of a row with these texts and widths, of at least so many lines.

    >>> row_height([("算力", 10), ("算力\nComputing power", 20)])
    35.0
    """
    most = max((line_count(text, columns) for text, columns in cells), default=1)
    return min(LINE * max(most, least) + _PADDING, _TALLEST)


def _broken(line: str, room: float) -> int:
    taken, used = 1, 0.0
    for piece in _PIECE.findall(line):
        wide = text_width(piece)
        if used + wide <= room:
            used += wide
        elif piece[0] == " ":
            used = room
        else:
            taken += (used > 0) + math.ceil(wide / room) - 1
            used = wide - room * (math.ceil(wide / room) - 1)
    return taken


def _wide(letter: str) -> float:
    # fonts of Chinese draw quotation marks, dashes and the like as wide as a character
    if unicodedata.east_asian_width(letter) in "WFA":
        return 2.0
    return _CAPITAL if letter.isupper() or letter in "mwMW@%" else _SMALL

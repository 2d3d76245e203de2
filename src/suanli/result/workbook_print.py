"""How the sheets of the workbook are printed: on A4, as few pages wide as stay legible, headers on every page."""

import math
from collections.abc import Sequence
from typing import Any

from suanli.result.workbook_looks import FONT, RED

_A4 = 9
_UPRIGHT, _ACROSS = 92.0, 140.0
"""Columns of 10-point text across an upright page and one on its side, at full size."""
_SMALLEST_UPRIGHT, _SMALLEST = 0.65, 0.56
"""How far an upright page, and one on its side, may be scaled down."""
_GAP = 0.7
"""What a column takes beside its width."""


def stamp_in_print(sheet: Any, stamp: str) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    """Set margins, page numbers, and the stamp of simulated data at head and foot of every page."""
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.75 if stamp else 0.5, bottom=0.6)
    if stamp:
        sheet.set_header(f'&C&"{FONT},Bold"&14&K{RED[1:]}{stamp}', {"margin": 0.3})
    left = f'&L&"{FONT},Bold"&9&K{RED[1:]}{stamp}' if stamp else ""
    sheet.set_footer(f'{left}&C&"{FONT},Regular"&9&A&R&9&P / &N', {"margin": 0.3})


def print_setup(
    sheet: Any,  # noqa: ANN401 - xlsxwriter is untyped
    widths: Sequence[float],
    *,
    last_row: int,
    repeated: int,
    tall: int = 0,
) -> None:
    """Set what is printed and how: upright if that is wide enough, else on its side, over as many pages as it takes.

    `widths` are those of the columns; the first `repeated` of them return on every page.
    `tall` is how many pages stand one below the other, 0 as many as it takes.
    """
    sheet.print_area(0, 0, last_row, len(widths) - 1)
    total = _taken(widths)
    if total > _UPRIGHT / _SMALLEST_UPRIGHT:
        sheet.set_landscape()
    pages = pages_across(widths, repeated)
    if pages > 1:
        sheet.repeat_columns(0, repeated - 1)
        sheet.print_across()
    sheet.fit_to_pages(pages, tall)


def pages_across(widths: Sequence[float], repeated: int) -> int:
    """Return how many pages stand side by side, the first `repeated` columns on each.

    >>> pages_across([10, 20, *[14] * 10], 2), pages_across([10, 20, *[14] * 40], 2)
    (1, 3)
    """
    room, keys = _ACROSS / _SMALLEST, _taken(widths[:repeated])
    if _taken(widths) <= room or not repeated:
        return 1
    return math.ceil((_taken(widths) - keys) / (room - keys))


def _taken(widths: Sequence[float]) -> float:
    return sum(widths) + _GAP * len(widths)

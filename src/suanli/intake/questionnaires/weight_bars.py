"""Weights so far, as bars that spreadsheets draw from text."""

import numpy as np
from numpy.typing import NDArray

from suanli.intake.questionnaires.state import COMPLETE
from suanli.intake.questionnaires.stationery import Sheet

_LONGEST = 14
"""Blocks of the longest bar."""


def write_bars(
    page: Sheet,
    rows: tuple[int, int],
    columns: tuple[str, str],
    bars: tuple[str, str],
    weights: NDArray[np.float64] | None,
) -> None:
    """Write weights, from their logarithms in the first of two hidden columns, and bars of them between two others."""
    place, weight = columns
    first, last = rows
    whole, most = (f"${column}${first}:${column}${last}" for column in columns)
    for at, row in enumerate(range(first, last + 1)):
        share: float | str = ""
        shown = ""
        if weights is not None:
            share, shown = float(weights[at]), bar_text(float(weights[at]), float(weights.max()))
        part = f"EXP({place}{row})/SUMPRODUCT(EXP({whole}))"
        page.formula(f"{weight}{row}", when_complete(part), "text", share)
        blocks = f'REPT("█",ROUND({_LONGEST}*{weight}{row}/MAX({most}),0))'
        area = f"{bars[0]}{row}:{bars[1]}{row}" if bars[0] != bars[1] else f"{bars[0]}{row}"
        bar = when_complete(f'{blocks}&" "&TEXT({weight}{row},"0.0%")')
        page.formula(area, bar, "bar", shown)


def bar_text(weight: float, largest: float) -> str:
    """Return a weight as a bar and a percentage.

    >>> bar_text(0.25, 0.5)
    '███████ 25.0%'
    """
    return "█" * int(_LONGEST * weight / largest + 0.5) + f" {weight:.1%}"


def when_complete(formula: str) -> str:
    """Return a formula that is empty until the sheet is complete."""
    return f'IF({COMPLETE}=1,{formula},"")'

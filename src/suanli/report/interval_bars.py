"""Bars of weights with the intervals around them, on one scale for a whole table."""

import math

from rich.text import Text as Styled

_EIGHTHS = " ▏▎▍▌▋▊▉"


def interval_bar(
    value: float | None, interval: tuple[float | None, float | None], *, highest: float, room: int
) -> Styled:
    """Return a bar from zero, `room` columns for `highest`; with an interval, solid to its lower end, then its reach.

    The weight itself is marked where it is not at an end, outside the interval too.

    >>> interval_bar(0.5, (None, None), highest=1.0, room=8).plain
    '████    '
    >>> interval_bar(0.5, (0.25, 0.9), highest=1.0, room=8).plain
    '██├─┼──┤'
    """
    low, high = interval
    if value is None or math.isnan(value) or highest <= 0:
        return Styled(" " * room)
    if low is None or high is None:
        return _bar(value / highest, room)
    first = _column(low / highest, room)
    last = max(_column(high / highest, room), first)
    point = _column(value / highest, room)
    solid = min(first, point)
    cells = [" "] * room
    cells[first : last + 1] = "─" * (last - first + 1)
    cells[first], cells[last] = ("├", "┤") if last > first else ("│", "│")
    if point not in (first, last):
        cells[point] = "┼"
    return Styled.assemble(("█" * solid, "cyan"), ("".join(cells[solid:]), "bold"))


def _bar(share: float, room: int) -> Styled:
    eighths = round(min(max(share, 0.0), 1.0) * room * 8)
    text = "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
    return Styled(text.ljust(room), style="cyan")


def _column(share: float, room: int) -> int:
    """Return the column in which a share of the scale lies."""
    return min(max(int(share * room), 0), room - 1)
